"""The web door: `streamlit run app.py` and `uvicorn app:app` both serve the whole product."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from streamlit import config

import settings
from errors import GroundshiftError
from web import errors, login_settings, logs, policy, routes, sections, startup
from workspace import signing_key
from workspace.supervisor import Supervisor


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Workers run while the app is served; it answers before they are warm."""
    logs.configure(settings.load().log_format)
    workers = Supervisor()
    workers.start()
    try:
        yield
    finally:
        await asyncio.to_thread(workers.stop)


try:
    # Here for what the server says first, and again above for what Streamlit has made since.
    logs.configure(settings.load().log_format)
    startup.check()
    # One setting for pages and addresses alike; logins and forms survive a restart.
    config.set_option("server.baseUrlPath", sections.base_path().strip("/"))
    config.set_option("server.cookieSecret", signing_key.derive("cookies").hex())
    # Streamlit's command looks for a plain assignment of this form.
    app = st.App(
        "pages/_main.py",
        routes=routes.routes(),
        middleware=policy.MIDDLEWARE,
        exception_handlers={
            GroundshiftError: errors.answer_known,
            Exception: errors.answer_unknown,
        },
        secrets=login_settings.secrets(),
        lifespan=lifespan,
    )
except GroundshiftError as error:
    # Words for the operator instead of a traceback.
    sys.exit(str(error))
