"""Connections to the one server that runs the operator's language model.

Asks that address alone, follows no redirect, keeps no cookie and reads nothing from the
environment; beside `outbound.py` the only place that opens a connection. Knows nothing of models.
"""

import asyncio
import ipaddress
import logging
import socket
from collections.abc import AsyncIterator
from http.cookiejar import DefaultCookiePolicy

import httpx2
from httpx2 import AsyncClient

from errors import InputError
from raster.text import clean
from services.outbound import USER_AGENT, Address, is_public

CONNECT_S = 5.0
MAX_BYTES = 4_000_000
"""Of one answer: the longest we ask for is some kilobytes."""
TRIES = 2
TRY_AGAIN = frozenset({429, 500, 502, 503, 529})
PAUSE_S = 0.3
LONGEST_PAUSE_S = 3.0
"""A server that asks for more patience is left alone; somebody is waiting for the answer."""
TALKATIVE = ("httpx2", "httpcore2", "openai", "anthropic")

__all__ = ["AsyncClient", "EndpointError", "checked", "client"]


class EndpointError(httpx2.RequestError):
    """The server cannot be asked, or its answer cannot be used."""


def client(base_url: str, *, timeout_s: float, max_bytes: int = MAX_BYTES) -> AsyncClient:
    """A client for addresses below `base_url`, which only the loop that first uses it may use.

    Args:
        base_url: as `checked` returns it.
        timeout_s: longest wait for the next piece of an answer.
        max_bytes: most content that is read of one answer.
    """
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    made = AsyncClient(
        transport=_Guarded(httpx2.URL(base_url), max_bytes),
        trust_env=False,
        follow_redirects=False,
        timeout=httpx2.Timeout(timeout_s, connect=CONNECT_S),
        # Packed answers could unpack to any size.
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
    )
    made.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
    return made


def checked(url: str) -> str:
    """An address without a slash at its end.

    Raises:
        InputError: it is not a plain http or https address, or it holds a password.
    """
    try:
        parts = httpx2.URL(url)
    except (httpx2.InvalidURL, TypeError, ValueError) as error:
        raise _unusable() from error
    is_plain = not (parts.userinfo or parts.query or parts.fragment)
    if parts.scheme not in {"http", "https"} or not parts.host or not is_plain:
        raise _unusable()
    return str(parts).rstrip("/")


def _unusable() -> InputError:
    msg = "The address of the language model is not a plain http or https address."
    return InputError(msg, hint="Set GROUNDSHIFT_MODEL_URL, for example to https://HOST/v1.")


class _Guarded(httpx2.AsyncBaseTransport):
    """Sends requests to one server only, a second time if it was busy."""

    def __init__(self, base: httpx2.URL, max_bytes: int) -> None:
        self._base = base
        self._max_bytes = max_bytes
        self._inner = httpx2.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer, which is cut off with an error when it gets too large."""
        self._permit(request.url)
        await request.aread()
        pinned = await self._pinned(request)
        for number in range(1, TRIES + 1):
            response = await self._inner.handle_async_request(pinned)
            pause_s = _pause_s(response)
            if number == TRIES or pause_s is None:
                break
            await response.aclose()
            await asyncio.sleep(pause_s)
        refused = _refused(response)
        if refused:
            await response.aclose()
            raise EndpointError(refused, request=request)
        stream = _Limited(response, request, self._max_bytes)
        return httpx2.Response(
            response.status_code, headers=response.headers, stream=stream,
            extensions=response.extensions,
        )  # fmt: skip

    async def aclose(self) -> None:
        """Close every connection."""
        await self._inner.aclose()

    def _permit(self, url: httpx2.URL) -> None:
        same = (url.scheme, url.host, url.port) == (
            self._base.scheme, self._base.host, self._base.port,
        )  # fmt: skip
        below = url.path.startswith(self._base.path.rstrip("/") + "/")
        if not same or not below:
            msg = f"The host {clean(url.host)!r} is not the one that was configured."
            raise EndpointError(msg)

    async def _pinned(self, request: httpx2.Request) -> httpx2.Request:
        """The request to a number, so that no second look-up of the name can differ."""
        number = await self._address(request)
        shown = f"[{number}]" if number.version == 6 else str(number)
        return httpx2.Request(
            request.method,
            request.url.copy_with(host=shown),
            headers=request.headers,
            content=request.content,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )

    async def _address(self, request: httpx2.Request) -> Address:
        """The address of the server, IPv4 first.

        Raises:
            EndpointError: it has none, is one no server has, or would get a key in the clear over
                the internet.
        """
        url = request.url
        port = url.port or {"https": 443, "http": 80}[url.scheme]
        look_up = asyncio.get_running_loop().getaddrinfo
        try:
            found = await look_up(url.host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            msg = f"The host {clean(url.host)!r} is not known."
            raise EndpointError(msg, request=request) from error
        texts = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found)
        addresses = sorted(map(ipaddress.ip_address, texts), key=lambda one: one.version)
        for address in addresses:
            self._judge(address, request)
        return addresses[0]

    def _judge(self, address: Address, request: httpx2.Request) -> None:
        # Clouds hand out their machines' passwords at link-local addresses.
        if address.is_link_local or address.is_multicast or address.is_unspecified:
            msg = "No model is asked at an address of this kind."
            raise EndpointError(msg, request=request)
        if request.url.scheme == "http" and is_public(address):
            msg = "A server on the internet is asked over https only."
            raise EndpointError(msg, request=request)


class _Limited(httpx2.AsyncByteStream):
    """Content that ends with an error when there is too much of it."""

    def __init__(self, response: httpx2.Response, request: httpx2.Request, max_bytes: int) -> None:
        self._response = response
        self._request = request
        self._left = max_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Pieces as they arrive."""
        stream = self._response.stream
        async for piece in stream:  # type: ignore[union-attr]  # asynchronous, as we asked for it
            self._left -= len(piece)
            if self._left < 0:
                msg = "The server sent more than an answer can be."
                raise EndpointError(msg, request=self._request)
            yield piece

    async def aclose(self) -> None:
        """Give the connection back."""
        await self._response.aclose()


def _refused(response: httpx2.Response) -> str:
    """Why an answer is not read; empty if it is."""
    if response.is_redirect:
        return "The server sends requests elsewhere, which is not followed."
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        return "The server packs its answers, though it was asked not to."
    return ""


def _pause_s(response: httpx2.Response) -> float | None:
    """How long to wait before a second try; None where a second try is of no use."""
    if response.status_code not in TRY_AGAIN:
        return None
    wanted = response.headers.get("retry-after", "")
    if not wanted:
        return PAUSE_S
    is_number = wanted.isascii() and wanted.isdigit()
    return float(wanted) if is_number and float(wanted) <= LONGEST_PAUSE_S else None
