"""Tiles of a background map, asked for politely: with the operator's key, patience and a limit.

Knows nothing of files or pages.
"""

import threading
from dataclasses import dataclass
from functools import lru_cache

import settings
from errors import InputError, NotFoundError, OutboundError
from services import basemaps
from services.basemap import Basemap, filled
from services.outbound import Reply, Session, Wanted
from services.remote_cog import RemoteCog
from services.tile_picture import MAX_BYTES, Pixels, decoded, encoded

TYPES = ("image/png", "image/jpeg", "image/jpg", "image/webp", "application/octet-stream")
WANTED = Wanted(TYPES, MAX_BYTES)
ABSENT = frozenset({204, 404, 410})
"""Answers of a provider that has no picture of this place."""
BUSY = frozenset({429, 500, 502, 503, 504})
ATTEMPTS = 3
FIRST_PAUSE_S = 0.5


@dataclass(frozen=True)
class Tile:
    """One tile.

    Attributes:
        pixels: red, green, blue, alpha (4, row, col); None where the provider has no picture.
        bytes: what was downloaded for it.
    """

    pixels: Pixels | None
    bytes: int


class TileReader:
    """Reads tiles of one map; use it from several threads."""

    def __init__(self, session: Session, basemap: Basemap) -> None:
        """Ask for nothing yet; `session` must allow the map's host."""
        self._session, self._basemap = session, basemap
        self._stopped = threading.Event()
        self._cog = RemoteCog(session, basemap.source) if basemap.is_cog else None

    def read(self, zoom: int, x: int, y: int) -> Tile:
        """One tile.

        Raises:
            OutboundError: the server refuses, stays busy or sends something else than a tile.
            RasterError: a COG that cannot be shown.
        """
        if self._cog is not None:
            pixels = self._cog.tile(zoom, x, y)
            return Tile(pixels, 0 if pixels is None else pixels.nbytes)
        reply = self._patiently(_address(self._basemap, zoom, x, y))
        if reply.status in ABSENT or not reply.body:
            return Tile(None, 0)
        return Tile(decoded(reply.body), len(reply.body))

    def stop(self) -> None:
        """Wait for busy servers no longer; what is being read may still fail or end."""
        self._stopped.set()

    def _patiently(self, url: str) -> Reply:
        """The answer; a busy or silent server is asked again, at growing intervals."""
        for attempt in range(ATTEMPTS):
            is_last = attempt == ATTEMPTS - 1
            try:
                reply = self._session.get(url, WANTED)
            except OutboundError:
                if is_last:
                    raise
                reply = None
            if reply is not None and (is_last or reply.status not in BUSY):
                return self._accepted(reply)
            wait_s = reply.retry_after_s if reply is not None else None
            self._stopped.wait(FIRST_PAUSE_S * 2**attempt if wait_s is None else wait_s)
        raise AssertionError

    def _accepted(self, reply: Reply) -> Reply:
        if reply.status in {200, *ABSENT}:
            return reply
        host, status = self._basemap.host, reply.status
        if status in {401, 403}:
            msg = f"The server {host!r} refuses to send pictures (status {status})."
            raise OutboundError(msg, hint="Ask the operator to check the key for this map.")
        msg = f"The server {host!r} answered with status {status}."
        raise OutboundError(msg, hint="Try again later, or choose another background map.")


def served(basemap_id: str, zoom: int, x: int, y: int) -> bytes | None:
    """PNG of a tile this server passes on; None where there is no picture.

    Raises:
        NotFoundError: no such map, or one the browser asks for itself.
        InputError: no such tile.
        OutboundError: the provider cannot be asked.
        RasterError: a COG that cannot be shown.
    """
    basemap = basemaps.get(basemap_id)
    if not basemap.through_server:
        raise NotFoundError("There is no such background map.", hint="Choose another one.")
    side = 2**zoom if 0 <= zoom <= basemap.max_zoom else 0
    if not (0 <= x < side and 0 <= y < side):
        msg = f"There is no tile {zoom}/{x}/{y} of this map."
        raise InputError(msg, hint=f"Its finest level is {basemap.max_zoom}.")
    pixels = _reader(basemap).read(zoom, x, y).pixels
    return None if pixels is None else encoded(pixels)


@lru_cache(maxsize=16)
def _reader(basemap: Basemap) -> TileReader:
    """A reader that keeps its connections; one per map and process."""
    return TileReader(Session(frozenset({basemap.host})), basemap)


def _address(basemap: Basemap, zoom: int, x: int, y: int) -> str:
    url = filled(basemap.source, zoom, x, y)
    if not basemap.needs_key:
        return url
    # The only way to authenticate that Planet documents for tiles (docs.planet.com/develop/apis).
    return f"{url}?api_key={settings.load().planet_key.get_secret_value()}"
