"""The one place that reads the cookie in which Streamlit keeps a login.

Streamlit offers no public way to do this outside a page, so its private functions are used here
and nowhere else; the version is pinned and a test makes a cookie the way Streamlit does.
"""

import json
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_origin_from_redirect_uri, get_secrets_auth_section
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks


def read(cookies: Mapping[str, str]) -> dict[str, Any] | None:
    """The claims of a login whose signature, age and origin are right, else None.

    The origin is the one the operator registered: a cookie of another app that happens to share
    the secret does not count.
    """
    signed = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    claims = _parsed(signed) if signed else None
    expected = get_origin_from_redirect_uri()
    return claims if claims and expected and claims.get("origin") == expected else None


def has_secrets_file() -> bool:
    """Whether the operator sets up the login in Streamlit's own secrets file."""
    return bool(get_secrets_auth_section())


def _parsed(signed: bytes) -> dict[str, Any] | None:
    """Claims of a cookie; parts of two logins, each signed, need not make sense together."""
    try:
        claims = json.loads(signed)
    except ValueError:
        return None
    return claims if isinstance(claims, dict) else None
