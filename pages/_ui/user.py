"""Who is looking at a page, asked before anything is shown.

Knows the same three modes as the addresses beside the pages, and ends the run with a login page
where nobody is known.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

import settings
from errors import ForbiddenError
from pages._ui.words import plain
from workspace import identity


def current_owner() -> str:
    """The owner id of the visitor; a visitor nobody knows gets the login page and the run ends."""
    rules = settings.load()
    user = st.user.to_dict() if rules.identity == "login" else None
    # In header mode the door lets only a trusted proxy's connections reach a page.
    headers: Mapping[str, str] = st.context.headers if rules.identity == "header" else {}
    try:
        return identity.owner_of(rules.identity, headers, user, header=rules.identity_header)
    except ForbiddenError as error:
        _show_door(error, has_login=rules.identity == "login")
        st.stop()


def show_user() -> None:
    """Name and logout button, where there is a login; nothing otherwise."""
    if settings.load().identity != "login":
        return
    user = st.user.to_dict()
    st.caption("Logged in as " + plain(str(user.get("email") or user.get("name") or "you")))
    st.button("Log out", on_click=st.logout, key="gs-logout")


def _show_door(error: ForbiddenError, *, has_login: bool) -> None:
    st.title("Groundshift")
    if not has_login:
        st.error(str(error))
        return
    st.write("Change analysis of satellite and aerial images.")
    st.write("Log in to see your scenes, areas and results. Nobody else can see them.")
    for name in _providers():
        label = "Log in" if name is None else f"Log in with {name}"
        st.button(label, on_click=st.login, args=(name,), type="primary", key=f"gs-login-{name}")


def _providers() -> list[str | None]:
    """Names of the login services the operator set up; None stands for a single unnamed one."""
    section: Mapping[str, Any] = st.secrets.get("auth", {})
    names = [name for name, value in section.items() if isinstance(value, Mapping)]
    return [name for name in names if name != "client_kwargs"] or [None]
