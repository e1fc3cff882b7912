"""Rules for our own addresses: whose request, how often, how large, and asked by a page of ours.

Stands before every route, so that none can forget a rule; knows nothing of what the routes do.
"""

import math

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import settings
from errors import ForbiddenError, GroundshiftError, LimitError
from web import errors, identify, metrics
from web.door import check_same_origin
from web.rate import Buckets
from web.sections import section_of

GUARDED = frozenset({"tiles", "uploads", "downloads", "progress"})
HARMLESS = frozenset({"GET", "HEAD"})
OFTEN = frozenset({"tiles", "progress"})
"""Small answers that pages ask for by themselves."""
OFTEN_PER_REQUEST = 20
"""Two maps side by side ask for about forty tiles at every step of a zoom."""


class Guard:
    """Applies the rules to every request for something of a user's."""

    def __init__(self, app: ASGIApp) -> None:
        per_minute = settings.load().requests_per_minute
        self.app = app
        self._buckets = Buckets(per_minute)
        self._buckets_of_often = Buckets(per_minute * OFTEN_PER_REQUEST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it in plain words."""
        section = section_of(scope)
        if scope["type"] != "http" or section not in GUARDED:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        try:
            visitor = identify.owner(request)
            check_intent(request)
            _check_size(request.headers)
        except GroundshiftError as error:
            await errors.answer(error)(scope, receive, send)
            return
        buckets = self._buckets_of_often if section in OFTEN else self._buckets
        wait_s = buckets.take(visitor)
        if wait_s:
            await _too_often(wait_s)(scope, receive, send)
            return
        await self.app(scope, _measured(receive, is_upload=section == "uploads"), send)


def check_intent(request: Request) -> None:
    """Nothing, if a request that changes something was made by a page of ours on purpose.

    A browser lets no other site add the header without asking us first, and we never agree.

    Raises:
        ForbiddenError: it was not, or the browser did not say where it comes from.
    """
    if request.method in HARMLESS:
        return
    says_origin = "origin" in request.headers or "sec-fetch-site" in request.headers
    if request.headers.get("x-groundshift") != "1" or not says_origin:
        msg = "This request did not come from a page of this app."
        raise ForbiddenError(msg, hint="Use the app's pages in a browser.")
    check_same_origin(request.headers)


def _check_size(headers: Headers) -> None:
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > settings.load().chunk_bytes:
        raise _too_large()


def _measured(receive: Receive, *, is_upload: bool) -> Receive:
    """The same body, counted: one that hides its size ends at the limit too."""
    limit_bytes = settings.load().chunk_bytes
    received_bytes = 0

    async def receive_measured() -> Message:
        nonlocal received_bytes
        message = await receive()
        size_bytes = len(message.get("body", b""))
        received_bytes += size_bytes
        if is_upload:
            metrics.UPLOADED_BYTES.inc(size_bytes)
        if received_bytes > limit_bytes:
            raise _too_large()
        return message

    return receive_measured


def _too_large() -> LimitError:
    limit_mb = settings.load().chunk_bytes / 1e6
    msg = f"One request may carry {limit_mb:.0f} MB."
    return LimitError(msg, hint="Send the file in smaller pieces, as the app's own page does.")


def _too_often(wait_s: float) -> JSONResponse:
    after_s = math.ceil(wait_s)
    msg = "You are asking faster than this app allows."
    response = errors.answer(LimitError(msg, hint=f"Try again in {after_s} s."), 429)
    response.headers["Retry-After"] = str(after_s)
    return response
