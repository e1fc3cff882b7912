"""The only place, beside `endpoint_client.py`, that opens a connection to another machine.

Asks named hosts alone, at addresses that are not of the server's own network, and never sends a
cookie or follows a redirect blindly. Knows nothing of what is fetched.
"""

import ipaddress
import logging
import socket
import threading
import time
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import httpx

import settings
from errors import OutboundError
from raster.text import clean
from services.basemap import DEFAULT_PORTS, host_of

USER_AGENT = "Groundshift/0.1 (change analysis of satellite imagery)"
TIMEOUT_S = httpx.Timeout(10.0, connect=5.0)
TOTAL_S = 30.0
MAX_REDIRECTS = 3
ADDRESS_S = 60.0
"""How long a checked address is used before the name is looked up again."""
MAX_RETRY_AFTER_S = 30.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: the last four bytes are an IPv4 address, which may be a private one."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Reply:
    """What a server answered.

    Attributes:
        status: HTTP status; 200 and 206 carry the content that was asked for.
        content_type: media type without parameters, in lower case.
        body: content; empty unless the status is 200 or 206.
        retry_after_s: how long the server asks to wait; None if it does not say.
        total_bytes: size of the whole file when a part was asked for; None if not said.
    """

    status: int
    content_type: str
    body: bytes
    retry_after_s: float | None = None
    total_bytes: int | None = None


@dataclass(frozen=True)
class Wanted:
    """What a caller accepts as an answer.

    Attributes:
        types: media types, or beginnings of them that end in `/`.
        max_bytes: most content that is read.
        part: first and last byte of a part of the file; None for the whole.
    """

    types: tuple[str, ...]
    max_bytes: int
    part: tuple[int, int] | None = None


@dataclass(frozen=True)
class _Target:
    """A permitted address, not yet looked up."""

    parts: SplitResult
    host: str

    @property
    def port(self) -> int:
        return self.parts.port or DEFAULT_PORTS[self.parts.scheme]

    def at(self, address: Address) -> str:
        """The address with the name replaced by numbers, so that no second look-up can differ."""
        number = f"[{address}]" if address.version == 6 else str(address)
        path = self.parts.path or "/"
        return urlunsplit((self.parts.scheme, f"{number}:{self.port}", path, self.parts.query, ""))


class Session:
    """Connections to a closed list of hosts, kept open between requests.

    Safe to use from several threads. One client per host: connections are then never shared by two
    hosts that happen to have one address.
    """

    def __init__(self, hosts: frozenset[str]) -> None:
        """Allow `hosts`: names as `services.basemap.host_of` gives them."""
        self._hosts = hosts
        self._clients: dict[str, httpx.Client] = {}
        self._addresses: dict[str, tuple[float, tuple[Address, ...]]] = {}
        self._lock = threading.Lock()

    def get(self, url: str, wanted: Wanted) -> Reply:
        """The answer to a GET, after at most three permitted redirects.

        Raises:
            OutboundError: the address is not permitted, the server cannot be reached, or its
                answer is too large, too slow or of another kind.
        """
        for _turn in range(MAX_REDIRECTS + 1):
            answer = self._ask(self._permitted(url), wanted)
            if isinstance(answer, Reply):
                return answer
            url = urljoin(url, answer)
        msg = f"The server {_shown(url)} sends requests on and on."
        raise OutboundError(msg, hint="Correct the address of this map in the settings.")

    def _permitted(self, url: str) -> _Target:
        try:
            parts = urlsplit(url)
            host = host_of(url)
        except ValueError as error:
            msg = f"{_shown(url)} is not a web address."
            raise OutboundError(msg, hint="Correct the address of this map.") from error
        schemes = {"https", "http"} if settings.load().allow_private_hosts else {"https"}
        if parts.scheme not in schemes or parts.username is not None:
            msg = f"The address of {clean(host)!r} may not be asked: only https without a password."
            raise OutboundError(msg, hint="Use an https address.")
        if host not in self._hosts:
            msg = f"The host {clean(host)!r} is not among those this server may ask."
            raise OutboundError(msg, hint="An operator can add it to the background maps.")
        return _Target(parts, host)

    def _ask(self, target: _Target, wanted: Wanted) -> Reply | str:
        """The reply, or where the server sends us."""
        failure: Exception | None = None
        for address in self._checked(target):
            try:
                return self._ask_at(target, address, wanted)
            except httpx.ConnectError as error:
                failure = error  # The next address may answer.
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                raise _unreachable(target.host) from error
        raise _unreachable(target.host) from failure

    def _checked(self, target: _Target) -> tuple[Address, ...]:
        """Addresses of a host, all of which may be asked."""
        kept = self._addresses.get(target.host)
        if kept and kept[0] > time.monotonic():
            return kept[1]
        addresses = _look_up(target)
        if not settings.load().allow_private_hosts and not all(map(is_public, addresses)):
            msg = f"The host {clean(target.host)!r} is inside the server's own network."
            hint = "An operator can allow this with GROUNDSHIFT_ALLOW_PRIVATE_HOSTS."
            raise OutboundError(msg, hint=hint)
        self._addresses[target.host] = (time.monotonic() + ADDRESS_S, addresses)
        return addresses

    def _ask_at(self, target: _Target, address: Address, wanted: Wanted) -> Reply | str:
        headers = {"Host": target.host, "Accept-Encoding": "identity"}
        if wanted.part:
            headers["Range"] = f"bytes={wanted.part[0]}-{wanted.part[1]}"
        extensions = {"sni_hostname": target.parts.hostname}
        client = self._client(target.host)
        with client.stream(
            "GET", target.at(address), headers=headers, extensions=extensions
        ) as response:
            if response.status_code in REDIRECTS:
                return str(response.headers.get("location", ""))
            return _read(response, target.host, wanted)

    def _client(self, host: str) -> httpx.Client:
        with self._lock:
            if host not in self._clients:
                self._clients[host] = _new_client()
            return self._clients[host]

    def close(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            client.close()

    def __del__(self) -> None:
        """A session that was forgotten leaves no open socket."""
        self.close()

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open internet, also when it wraps an IPv4 address.

    Private, loopback, link-local, shared, reserved and multicast addresses do not (IANA special
    purpose registries, as the `ipaddress` module knows them).
    """
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address a network would translate an IPv6 address to."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo


def _look_up(target: _Target) -> tuple[Address, ...]:
    """Addresses of a host, IPv4 first: many servers have no way out over IPv6."""
    try:
        found = socket.getaddrinfo(target.parts.hostname, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _unreachable(target.host) from error
    texts = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found)
    addresses = sorted(map(ipaddress.ip_address, texts), key=lambda one: one.version)
    return tuple(addresses)


def _new_client() -> httpx.Client:
    """A client that takes nothing from the environment and keeps no cookie."""
    # httpx writes every address into its log, and an address may carry the operator's key.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    client = httpx.Client(
        trust_env=False,
        follow_redirects=False,
        timeout=TIMEOUT_S,
        headers={"User-Agent": USER_AGENT},
    )
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
    return client


def _read(response: httpx.Response, host: str, wanted: Wanted) -> Reply:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    retry_after_s = _seconds(response.headers.get("retry-after", ""))
    if response.status_code not in {200, 206}:
        return Reply(response.status_code, kind, b"", retry_after_s)
    if wanted.part and response.status_code != 206:
        msg = f"The server {clean(host)!r} cannot send parts of a file."
        raise OutboundError(msg, hint="Choose a server that supports range requests.")
    if not any(kind == one or (one.endswith("/") and kind.startswith(one)) for one in wanted.types):
        msg = f"The server {clean(host)!r} answered with {clean(kind) or 'nothing known'!r}."
        raise OutboundError(msg, hint="Check the address of this map, and its key if it needs one.")
    body = _body(response, host, wanted.max_bytes)
    return Reply(response.status_code, kind, body, retry_after_s, _total(response))


def _body(response: httpx.Response, host: str, max_bytes: int) -> bytes:
    """The content, cut off with an error as soon as it is too large or too slow."""
    until = time.monotonic() + TOTAL_S
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > max_bytes:
            msg = f"The server {clean(host)!r} sent more than {max_bytes:,} bytes for one request."
            raise OutboundError(msg, hint="Check the address of this map.")
        if time.monotonic() > until:
            msg = f"The server {clean(host)!r} took more than {TOTAL_S:g} s for one request."
            raise OutboundError(msg, hint="Try again later.")
    return bytes(body)


def _total(response: httpx.Response) -> int | None:
    """Size of the whole file from `Content-Range: bytes 0-9/1234`."""
    total = response.headers.get("content-range", "").rpartition("/")[2]
    return int(total) if total.isascii() and total.isdigit() and len(total) < 16 else None


def _seconds(text: str) -> float | None:
    """`Retry-After` in seconds; the form with a date is not used by tile servers we know."""
    is_number = text.isascii() and text.isdigit() and len(text) < 9
    return min(float(text), MAX_RETRY_AFTER_S) if is_number else None


def _unreachable(host: str) -> OutboundError:
    msg = f"The server {clean(host)!r} cannot be reached."
    return OutboundError(msg, hint="Check the server's connection to the internet, or try later.")


def _shown(url: str) -> str:
    """The host alone: the rest of an address may hold a key."""
    return repr(
        clean(url.partition("//")[2].partition("/")[0].rpartition("@")[2] or "without name")
    )
