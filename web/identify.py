"""Whose request this is, for everything the app answers beside its pages.

Takes what the visitor sent apart; the rule itself is in `workspace.identity`, which the pages ask
too.
"""

from ipaddress import ip_address, ip_network

from starlette.requests import HTTPConnection

import settings
from errors import ForbiddenError
from web import login_cookie
from workspace import identity


def owner(request: HTTPConnection) -> str:
    """The owner id of the visitor.

    Raises:
        ForbiddenError: nobody is known; nothing may be shown or changed.
    """
    rules = settings.load()
    if rules.identity == "header":
        _check_header(request, rules.identity_header)
    user = login_cookie.read(request.cookies) if rules.identity == "login" else None
    return identity.owner_of(rules.identity, request.headers, user, header=rules.identity_header)


def is_trusted_proxy(request: HTTPConnection) -> bool:
    """Whether the other end of the connection is a proxy the operator named."""
    return _is_among(peer(request), settings.load().trusted_proxies)


def peer(request: HTTPConnection) -> str:
    """Address of the other end of the connection; empty if the server does not know."""
    return request.client.host if request.client else ""


def _check_header(request: HTTPConnection, name: str) -> None:
    """A name counts only from a proxy that was named; two of them are no name at all."""
    if is_trusted_proxy(request) and len(request.headers.getlist(name)) == 1:
        return
    msg = "The name of a visitor is only accepted from the proxy in front of this app."
    hint = "Use the address of that proxy, or ask the operator to add it to the trusted ones."
    raise ForbiddenError(msg, hint=hint)


def _is_among(address: str, networks: tuple[str, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in ip_network(network, strict=False) for network in networks)
