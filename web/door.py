"""Who may speak to the app at all: the right name, the right origin, a known way in.

Looks at connections, pages and their web sockets included; what a visitor may see is decided by
whose it is, elsewhere.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

import settings
from errors import ForbiddenError, GroundshiftError
from web import errors, identify
from web.sections import section_of

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")
OPEN_TO_ALL = frozenset({"healthz", "metrics"})
"""Answer without an identity: they tell nothing of users, and /metrics asks for its own word."""

CLOSED = ("/_stcore/metrics", "/_stcore/agent")
"""What Streamlit would tell or let anybody do; this app has its own numbers and no agent there."""


FOR_VISITORS_WE_KNOW = "/_stcore/upload_file"
"""Keeps files in memory: the login page is for everybody, this is not."""


class Door:
    """Turns away what must not reach the pages or our own addresses."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the connection on, or refuse it in plain words."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        try:
            check(HTTPConnection(scope))
        except GroundshiftError as error:
            await _refuse(error, scope, receive, send)
            return
        await self.app(scope, receive, send)


def check(connection: HTTPConnection) -> None:
    """Nothing, if the connection may go on.

    Raises:
        ForbiddenError: a foreign name, a foreign origin, or nobody is known to this mode.
    """
    section = section_of(connection.scope)
    if section in OPEN_TO_ALL:
        return
    _check_host(connection)
    if connection.scope["type"] == "websocket":
        check_same_origin(connection.headers)
    if any(part in connection.url.path for part in CLOSED):
        raise _refusal("This address is closed.", "Use the pages of the app.")
    if settings.load().identity == "header" or FOR_VISITORS_WE_KNOW in connection.url.path:
        identify.owner(connection)


def check_same_origin(headers: Headers) -> None:
    """Nothing, if a browser says that a page of ours asks, or no browser asks.

    Raises:
        ForbiddenError: the page of another site asks.
    """
    origin = headers.get("origin")
    if headers.get("sec-fetch-site", "same-origin") != "same-origin" or (
        origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    ):
        raise _refusal("Another site may not use this app for you.", "Open the app itself.")


def is_loopback(connection: HTTPConnection) -> bool:
    """Whether the other end is this machine, under a name of this machine, with nobody between."""
    host = _host_name(connection.headers.get("host", ""))
    is_direct = not any(name in connection.headers for name in FORWARDED)
    return host in LOOPBACK_NAMES and is_direct and _is_own(identify.peer(connection))


def _check_host(connection: HTTPConnection) -> None:
    """Names that are not ours are refused: a stranger's name could lead a browser here (rebinding).

    Without accounts everybody let in is the same person, so an empty list also keeps other
    machines out.
    """
    host = _host_name(connection.headers.get("host", ""))
    if is_loopback(connection) or host in {name.lower() for name in settings.load().hosts}:
        return
    if settings.load().identity == "local" and not settings.load().hosts:
        msg = "This app is set up for one person at its own machine."
        hint = "Open it there as 127.0.0.1; for several people see docs/operating.md."
        raise _refusal(msg, hint)
    hint = "Use the address the operator gave you; the operator lists names in GROUNDSHIFT_HOSTS."
    raise _refusal(f"This app does not answer to the name {host[:80]!r}.", hint)


def _is_own(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def _host_name(host: str) -> str:
    """The name in a Host header, without port and brackets; empty if it is not one."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


async def _refuse(error: GroundshiftError, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    await errors.answer(error)(scope, receive, send)


def _refusal(message: str, hint: str) -> ForbiddenError:
    return ForbiddenError(message, hint=hint)
