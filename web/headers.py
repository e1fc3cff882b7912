"""What every answer tells the browser not to do: run strangers' scripts, be framed, leak addresses.

Knows the inline script of Streamlit's page and the hosts of the background maps, nothing else.
"""

import base64
import hashlib
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services import basemaps
from web import login_settings
from web.sections import section_of

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

STEADY = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

FOR_FILES = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""A downloaded page that a browser shows after all may run nothing."""


class SafetyHeaders:
    """Adds the headers to every answer, whoever gives it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_page = section_of(scope) == "pages"
        is_behind_tls = login_settings.load().site.startswith("https:")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(STEADY)
                headers["Content-Security-Policy"] = for_pages() if is_page else FOR_FILES
                if is_behind_tls:
                    message["headers"] = [_kept_to_tls(*header) for header in message["headers"]]
            await send(message)

        await self.app(scope, receive, send_with_headers)


@cache
def for_pages() -> str:
    """The Content-Security-Policy of the pages.

    Styles may be inline, because Streamlit writes its own so; scripts may not, but for the one
    in its page, by its hash.
    """
    rules = {
        "default-src": ("'self'",),
        "script-src": ("'self'", *_script_hashes()),
        "style-src": ("'self'", "'unsafe-inline'"),
        "img-src": ("'self'", "data:", "blob:", *basemaps.allowed_origins_csp()),
        "font-src": ("'self'", "data:"),
        "connect-src": ("'self'",),
        "worker-src": ("'self'", "blob:"),
        "object-src": ("'none'",),
        "base-uri": ("'self'",),
        "form-action": ("'self'",),
        "frame-src": ("'self'",),
        "frame-ancestors": ("'none'",),
    }
    return "; ".join(" ".join((name, *sources)) for name, sources in rules.items())


def _kept_to_tls(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A header as it is, but a cookie never leaves TLS; Streamlit does not say so for its own."""
    is_open = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return name, value + b"; Secure" if is_open else value


def _script_hashes() -> list[str]:
    """Hashes of the inline scripts in Streamlit's page, as CSP level 2 writes them."""
    found = find_spec("streamlit")
    if found is None or found.origin is None:
        return []
    page = (Path(found.origin).parent / "static" / "index.html").read_text(encoding="utf-8")
    digests = (hashlib.sha256(text.encode()).digest() for text in INLINE_SCRIPT.findall(page))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
