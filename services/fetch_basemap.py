"""Pictures of a background map for an area, put together into one georeferenced file.

Knows nothing of scenes or users.
"""

import hashlib
from collections import deque
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice, product
from pathlib import Path
from typing import Any

import rasterio
from rasterio.io import DatasetWriter
from rasterio.windows import Window

import settings
from errors import ExportError, InputError, LimitError, OutboundError
from progress import Watcher
from raster import gdal
from raster.writing import WRITE_FAILURES
from services import basemaps, wayback
from services.basemap import Basemap, Bounds
from services.basemap_tiles import Tile, TileReader
from services.mercator import TILE_PX, TileRange, covering, gsd_m
from services.outbound import Session
from services.tile_picture import Pixels, is_seen

Tiles = Generator[Tile, None, None]

THREADS = 4
"""Requests at a time to one provider: browsers open six, and we are a guest."""
AHEAD = 8
"""Tiles asked for before they are written; bounds the memory to some megabytes."""
TILE_BYTES = 20_000
"""Size of a JPEG tile of imagery, for the estimate (providers differ: 5 to 40 kB)."""
SIDES = 2
"""A pair has two, and the limit in the settings counts both."""
FEW_TILES = 4
"""From this many equal tiles on, a provider is taken to have no picture at this level."""


@dataclass(frozen=True)
class Estimate:
    """What a fetch would take, for one date.

    Attributes:
        tiles: pictures to ask for.
        width_px: columns of the file: whole tiles, so a little more than the area.
        height_px: rows of the file.
        bytes: about how much is downloaded.
        gsd_m: ground size of a pixel at the middle latitude.
        is_allowed: whether a pair of this size is within the operator's limit.
    """

    tiles: int
    width_px: int
    height_px: int
    bytes: int
    gsd_m: float
    is_allowed: bool


@dataclass(frozen=True)
class FetchReport:
    """What a fetch brought.

    Attributes:
        path: the GeoTIFF.
        tiles: pictures asked for.
        missing: pictures the provider did not have; they are nodata.
        bytes: downloaded.
        captured_on: days the area was pictured, where the provider says so.
        digests: SHA-256 of the pixels of each picture, row by row; empty for a missing one.
    """

    path: Path
    tiles: int
    missing: int
    bytes: int
    captured_on: tuple[date, ...]
    digests: tuple[str, ...]


def estimate(bounds_wgs84: Bounds, zoom: int) -> Estimate:
    """Tiles, size and ground size of a fetch; nothing is asked for.

    Raises:
        InputError: the bounds are no rectangle on the globe.
    """
    area = covering(bounds_wgs84, zoom)
    middle_deg = (bounds_wgs84[1] + bounds_wgs84[3]) / 2
    return Estimate(
        tiles=area.tiles,
        width_px=area.columns * TILE_PX,
        height_px=area.rows * TILE_PX,
        bytes=area.tiles * TILE_BYTES,
        gsd_m=gsd_m(middle_deg, zoom),
        is_allowed=area.tiles * SIDES <= settings.load().max_basemap_tiles,
    )


def fetch(
    basemap: Basemap, bounds_wgs84: Bounds, zoom: int, path: Path, *, watcher: Watcher
) -> FetchReport:
    """Write the tiles that cover an area to `path`, complete or not there at all.

    The file is red, green, blue in EPSG:3857 with a mask; what the provider did not have is nodata.
    Source, attribution, level and day are in its tags. Takes about as long as the provider needs;
    memory does not grow with the area.

    Raises:
        InputError: the map has no such level, or may not be kept.
        LimitError: more tiles than the operator allows.
        OutboundError: the provider cannot be asked, or has no picture of the area.
        CancelledError: the watcher asked to stop.
        ExportError: the disk is full or cannot be written.
    """
    require_allowed(basemap, bounds_wgs84, zoom)
    area = covering(bounds_wgs84, zoom)
    part = path.with_name(f"{path.name}.part")
    try:
        with Session(basemaps.allowed_hosts() | {basemap.host}) as session:
            captured_on = _captured_on(session, basemap, bounds_wgs84, zoom)
            tiles = _gathered(TileReader(session, basemap), basemap.title, area, watcher)
            tally = _written(part, area, tiles, _tags(basemap, zoom, captured_on))
        _require_pictures(basemap, tally)
        part.replace(path)
    except WRITE_FAILURES as error:
        msg = f"The picture of {basemap.title!r} could not be written."
        raise ExportError(msg, hint="Check that the disk is not full.") from error
    finally:
        part.unlink(missing_ok=True)
    return FetchReport(
        path=path,
        tiles=area.tiles,
        missing=tally.missing,
        bytes=tally.bytes,
        captured_on=captured_on,
        digests=tuple(tally.digests),
    )


def require_allowed(basemap: Basemap, bounds_wgs84: Bounds, zoom: int) -> None:
    """Refuse a fetch that cannot be made, before anything is asked for.

    Raises:
        InputError: the map has no such level, may not be kept, or the bounds are no rectangle.
        LimitError: more tiles than the operator allows.
    """
    if not basemap.may_fetch:
        msg = f"Pictures of {basemap.title!r} may not be kept."
        raise InputError(msg, hint="Choose an imagery map, such as one with a date.")
    if not basemap.min_zoom <= zoom <= basemap.max_zoom:
        msg = f"{basemap.title!r} has no zoom level {zoom}."
        hint = f"Choose one from {basemap.min_zoom} to {basemap.max_zoom}."
        raise InputError(msg, hint=hint)
    tiles, limit = covering(bounds_wgs84, zoom).tiles * SIDES, settings.load().max_basemap_tiles
    if tiles > limit:
        msg = f"A pair of this area takes {tiles:,} tiles; the limit is {limit:,}."
        raise LimitError(msg, hint="Choose a smaller area or a coarser zoom level.")


def _captured_on(session: Session, basemap: Basemap, bounds: Bounds, zoom: int) -> tuple[date, ...]:
    """Days the area was pictured; only Wayback tells."""
    series, _dash, number = basemap.id.partition("-")
    if series != "wayback" or not number.isdigit():
        return ()
    return wayback.captured_on(session, int(number), bounds, zoom)


@dataclass
class _Tally:
    """What has come so far."""

    missing: int = 0
    bytes: int = 0
    digests: list[str] = field(default_factory=list)

    def count(self, tile: Tile) -> None:
        pixels = tile.pixels
        self.bytes += tile.bytes
        self.missing += pixels is None
        self.digests.append("" if pixels is None else hashlib.sha256(pixels.tobytes()).hexdigest())


def _gathered(reader: TileReader, title: str, area: TileRange, watcher: Watcher) -> Tiles:
    """The tiles row by row, several asked for at a time, with progress."""
    places = product((area.zoom,), range(area.top, area.bottom), range(area.left, area.right))
    waiting: deque[Future[Tile]] = deque()
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="basemap")
    try:
        for done in range(area.tiles):
            watcher.step(done / area.tiles, f"{title}: tile {done + 1} of {area.tiles}")
            for zoom, y, x in islice(places, AHEAD - len(waiting)):
                waiting.append(pool.submit(reader.read, zoom, x, y))
            yield waiting.popleft().result()
    finally:
        reader.stop()
        pool.shutdown(cancel_futures=True)


def _written(part: Path, area: TileRange, tiles: Tiles, tags: dict[str, str]) -> _Tally:
    """Write tiles as they come; the first picture decides between 256 and 512 pixels."""
    tally = _Tally()
    dataset: DatasetWriter | None = None
    with closing(tiles), gdal.environment(), _mask_inside(), ExitStack() as opened:
        for place, tile in enumerate(tiles):
            tally.count(tile)
            if tile.pixels is None:
                continue
            if dataset is None:
                profile = _profile(area, tile.pixels.shape[1])
                dataset = opened.enter_context(rasterio.open(part, "w", **profile))
                dataset.update_tags(**tags)
            _put(dataset, divmod(place, area.columns), tile.pixels)
    return tally


def _mask_inside() -> rasterio.Env:
    """The mask belongs into the file, not beside it."""
    return rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True)


def _profile(area: TileRange, tile_px: int) -> dict[str, Any]:
    return {
        "driver": gdal.TIFF,
        "crs": "EPSG:3857",
        "transform": area.transform(tile_px),
        "height": area.rows * tile_px,
        "width": area.columns * tile_px,
        "count": 3,
        "dtype": "uint8",
        "photometric": "RGB",
        "tiled": True,
        "blockxsize": tile_px,
        "blockysize": tile_px,
        "compress": "deflate",
        "predictor": 2,
        "bigtiff": "IF_SAFER",
    }


def _put(dataset: DatasetWriter, rowcol: tuple[int, int], pixels: Pixels) -> None:
    """Write one tile, which is one block of the file."""
    row, col = rowcol
    size_px = dataset.profile["blockxsize"]
    if pixels.shape[1] != size_px:
        msg = "The map's server sends tiles of different sizes."
        raise OutboundError(msg, hint="Choose another background map.")
    window = Window(col * size_px, row * size_px, size_px, size_px)
    seen = is_seen(pixels)
    dataset.write(pixels[:3] * seen, window=window)
    dataset.write_mask(seen, window=window)


def _require_pictures(basemap: Basemap, tally: _Tally) -> None:
    """Refuse a file that shows nothing, or the same "no picture here" in every tile."""
    shown = {digest for digest in tally.digests if digest}
    if not shown:
        msg = f"{basemap.title!r} has no picture of this area at this zoom level."
        raise OutboundError(msg, hint="Choose a coarser level, another map or another area.")
    if len(shown) == 1 and len(tally.digests) - tally.missing >= FEW_TILES:
        msg = f"{basemap.title!r} shows the same picture in every tile of this area."
        raise OutboundError(msg, hint="Choose a coarser level: the provider has nothing this fine.")


def _tags(basemap: Basemap, zoom: int, captured_on: tuple[date, ...]) -> dict[str, str]:
    """Where the pictures come from; an acquisition date only where there is exactly one."""
    tags = {
        "TIFFTAG_IMAGEDESCRIPTION": basemap.title,
        "TIFFTAG_COPYRIGHT": basemap.attribution,
        "BASEMAP_ID": basemap.id,
        "BASEMAP_SOURCE": _public_source(basemap),
        "BASEMAP_TERMS": basemap.terms,
        "BASEMAP_ZOOM": str(zoom),
        "BASEMAP_DATED_ON": basemap.dated_on or "",
        "BASEMAP_CAPTURED_ON": " ".join(day.isoformat() for day in captured_on),
        "BASEMAP_FETCHED_UTC": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    if len(captured_on) == 1:
        tags["ACQUISITION_DATE"] = captured_on[0].isoformat()
    return {name: value for name, value in tags.items() if value}


def _public_source(basemap: Basemap) -> str:
    """Where pictures come from; of an address that may hold a key, the host alone."""
    if basemap.group == "yours" and basemap.through_server:
        return basemap.host
    return basemap.source
