"""The app's rules around a small app of the test's own, with a data folder of its own."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

import settings
from errors import GroundshiftError
from web import errors, headers, login_settings

HOME = "http://127.0.0.1:8501"
LOOPBACK = ("127.0.0.1", 50000)
OURS = {"X-Groundshift": "1", "Sec-Fetch-Site": "same-origin"}
"""What a page of the app sends with a request that changes something."""


@pytest.fixture(autouse=True)
def data_dir(tmp_path, monkeypatch):
    """A data folder of its own, and settings that are read anew."""
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    _forget()
    yield tmp_path / "data"
    _forget()


def _forget():
    for remembered in (settings.load, login_settings.load, headers.for_pages):
        remembered.cache_clear()


@pytest.fixture
def rules(monkeypatch):
    """Changes settings, given in lower case."""

    def change(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"GROUNDSHIFT_{name.upper()}", str(value))
        _forget()

    return change


@pytest.fixture
def client():
    """Opens a small app: the given routes, or one that answers everything, behind the given rules.

    A visitor at this machine asks unless another peer is given.
    """
    opened = []

    def open_client(*middleware, routes=None, peer=LOOPBACK, base_url=HOME, user=None):
        app = Starlette(
            routes=routes or [Route("/{path:path}", _say_hello, methods=METHODS), CHAT],
            middleware=list(middleware),
            exception_handlers={
                GroundshiftError: errors.answer_known,
                Exception: errors.answer_unknown,
            },
        )
        found = TestClient(
            app, base_url=base_url, client=peer, raise_server_exceptions=False, cookies=user
        )
        opened.append(found)
        return found

    yield open_client
    for found in opened:
        found.close()


METHODS = ["GET", "POST", "PUT", "DELETE"]


async def _say_hello(request):
    body = await request.body()
    return PlainTextResponse(f"hello {len(body)}")


async def _chat(socket):
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


CHAT = WebSocketRoute("/_stcore/stream", _chat)
