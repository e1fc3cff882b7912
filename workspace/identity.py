"""Who a visitor is: one short id per person, the same for pages and for addresses beside them.

Pure: knows nothing of requests, cookies or proxies; who calls has checked where the words come
from.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal

from errors import ForbiddenError

Mode = Literal["local", "login", "header"]

LOCAL = "local"
MAX_NAME = 256


def owner_of(
    mode: Mode,
    headers: Mapping[str, str],
    login_user: Mapping[str, Any] | None,
    *,
    header: str = "X-Forwarded-User",
) -> str:
    """The owner id of a visitor: `local`, or 32 hex digits made from who vouches for whom.

    Args:
        mode: how the operator has visitors told apart.
        headers: of the request; only read in header mode, and then from a trusted proxy.
        login_user: claims of a checked login, or None without one.
        header: the header that carries the name in header mode.

    Raises:
        ForbiddenError: nobody is known under this mode.
    """
    if mode == "local":
        return LOCAL
    if mode == "header":
        return _of_header(headers.get(header, ""))
    return _of_login(login_user or {})


def _of_header(name: str) -> str:
    name = name.strip()
    if not name or len(name) > MAX_NAME or not name.isprintable():
        msg = "The proxy in front of this app did not say who you are."
        raise ForbiddenError(msg, hint="Log in there, or ask the operator to check its settings.")
    return _id("header", name)


def _of_login(claims: Mapping[str, Any]) -> str:
    """A subject is unique within its issuer only (OpenID Connect Core 1.0, section 2)."""
    issuer, subject = claims.get("iss"), claims.get("sub")
    is_known = claims.get("is_logged_in") is True
    if not (is_known and isinstance(issuer, str) and issuer and isinstance(subject, str)):
        raise _nobody()
    if not subject:
        raise _nobody()
    return _id("login", issuer, subject)


def _nobody() -> ForbiddenError:
    return ForbiddenError("You are not logged in.", hint="Open the app's page and log in.")


def _id(*parts: str) -> str:
    """JSON keeps the parts apart, whatever they hold."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
