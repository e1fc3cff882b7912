"""A cloud-optimised GeoTIFF on another machine, read block by block as map tiles.

Only the parts that a tile needs are asked for, and only through `services.outbound`. Knows nothing
of background maps.
"""

import io
import threading
from collections import OrderedDict
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.abc import FileContainer
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, Resampling
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT

import settings
from errors import OutboundError, RasterError, TooManyPixelsError, UnreadableRasterError
from raster import gdal
from services.mercator import TILE_PX, TileRange
from services.outbound import Reply, Session, Wanted

PART_BYTES = 1 << 16
KEPT_PARTS = 256
"""16 MB of the file are remembered: its directory and the blocks around the tile."""
MAX_BLOCK_PX = 4096 * 4096
TYPES = ("image/", "application/octet-stream", "binary/octet-stream")
NAME = "remote.tif"
MERCATOR = CRS.from_epsg(3857)

Pixels = NDArray[np.uint8]


class RemoteCog:
    """One file on a server; use it from any thread."""

    def __init__(self, session: Session, url: str) -> None:
        """Ask for nothing yet."""
        self._file = _RemoteFile(session, url)
        self._lock = threading.Lock()

    def tile(self, zoom: int, x: int, y: int) -> Pixels | None:
        """Red, green, blue and alpha (4, row, col) of a tile; None where the file shows nothing.

        Raises:
            OutboundError: the server cannot be asked, or does not send parts of files.
            RasterError: the file is no 8-bit picture with a CRS, or too large.
        """
        tile = TileRange(zoom, x, y, x + 1, y + 1)
        with self._lock, gdal.environment():
            self._file.failure = None
            _ = self._file.size  # Asked here, a server that refuses says so in its own words.
            try:
                with rasterio.open(NAME, driver=gdal.TIFF, opener=_Folder(self._file)) as dataset:
                    return _read(dataset, tile)
            except gdal.FAILURES as error:
                raise self._file.failure or _unreadable() from error


class _RemoteFile:
    """Parts of a file, asked for once."""

    def __init__(self, session: Session, url: str) -> None:
        self._session, self._url = session, url
        self._parts: OrderedDict[int, bytes] = OrderedDict()
        self._size: int | None = None
        self.failure: OutboundError | None = None

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        if self._size is None:
            self._part(0)
        return self._size or 0

    def read(self, start: int, length: int) -> bytes:
        """Some bytes; fewer at the end of the file."""
        end = min(start + length, self.size)
        numbers = range(start // PART_BYTES, -(-end // PART_BYTES))
        joined = b"".join(self._part(number) for number in numbers)
        skipped = start - (start // PART_BYTES) * PART_BYTES
        return joined[skipped : skipped + max(end - start, 0)]

    def _part(self, number: int) -> bytes:
        if number not in self._parts:
            self._parts[number] = self._asked(number * PART_BYTES)
            if len(self._parts) > KEPT_PARTS:
                self._parts.popitem(last=False)
        self._parts.move_to_end(number)
        return self._parts[number]

    def _asked(self, start: int) -> bytes:
        part = (start, start + PART_BYTES - 1)
        reply = _part_of(self._session.get(self._url, Wanted(TYPES, PART_BYTES, part)))
        size = reply.total_bytes or 0
        is_whole = len(reply.body) == min(PART_BYTES, size - start)
        if not is_whole or self._size not in {None, size}:
            msg = "The image of this map changed while it was read."
            raise OutboundError(msg, hint="Try again.")
        self._size = size
        return reply.body


class _Cursor(io.RawIOBase):
    """A place in a remote file, as GDAL wants to see a file."""

    def __init__(self, file: _RemoteFile) -> None:
        self._file, self._at = file, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at}.get(whence)
        self._at = max((self._file.size if start is None else start) + offset, 0)
        return self._at

    def read(self, size: int = -1) -> bytes:
        wanted = self._file.size - self._at if size < 0 else size
        try:
            found = self._file.read(self._at, wanted)
        except OutboundError as error:
            # GDAL calls this from C, where an exception would be lost.
            self._file.failure = error
            return b""
        self._at += len(found)
        return found


class _Folder(FileContainer):  # type: ignore[misc]  # rasterio has no types
    """A folder with one file, so that GDAL finds no sidecar files."""

    def __init__(self, file: _RemoteFile) -> None:
        self._file = file

    def open(self, path: str, _mode: str = "rb", **_options: Any) -> _Cursor:
        if not path.endswith(NAME):
            raise FileNotFoundError(path)
        return _Cursor(self._file)

    def isfile(self, path: str) -> bool:
        return path.endswith(NAME)

    def isdir(self, _path: str) -> bool:
        return False

    def ls(self, _path: str) -> list[str]:
        return []

    def mtime(self, _path: str) -> int:
        return 0

    def size(self, path: str) -> int:
        return self._file.size if path.endswith(NAME) else 0

    def rm(self, path: str) -> None:
        raise PermissionError(path)


def _part_of(reply: Reply) -> Reply:
    if reply.status != 206 or reply.total_bytes is None:
        msg = f"The server answered {reply.status} when a part of the image was asked for."
        raise OutboundError(msg, hint="Check the address of this map in the settings.")
    return reply


def _read(dataset: DatasetReader, tile: TileRange) -> Pixels | None:
    _require_usable(dataset)
    has_alpha = dataset.colorinterp[-1] == ColorInterp.alpha
    with WarpedVRT(
        dataset,
        crs=MERCATOR,
        transform=tile.transform(TILE_PX),
        height=TILE_PX,
        width=TILE_PX,
        resampling=Resampling.bilinear,
        add_alpha=not has_alpha,
    ) as warped:
        colors = [1, 2, 3] if warped.count >= 4 else [1, 1, 1]
        pixels: Pixels = warped.read([*colors, warped.count])
    return pixels if pixels[3].any() else None


def _require_usable(dataset: DatasetReader) -> None:
    """Refuse before a pixel is read what cannot be shown or costs too much."""
    if dataset.crs is None or set(dataset.dtypes) != {"uint8"} or dataset.count not in {1, 3, 4}:
        msg = "The image of this map is no 8-bit picture with a coordinate system."
        hint = "Convert it: gdal_translate -of COG -ot Byte -scale -b 1 -b 2 -b 3 image.tif cog.tif"
        raise UnreadableRasterError(msg, hint=hint)
    limit, pixels = settings.load().max_pixels, dataset.width * dataset.height * dataset.count
    if pixels > limit or max(rows * cols for rows, cols in dataset.block_shapes) > MAX_BLOCK_PX:
        msg = f"The image of this map is too large: {dataset.width} x {dataset.height} pixels."
        raise TooManyPixelsError(msg, hint="Make it a cloud-optimised GeoTIFF, or cut it.")


def _unreadable() -> RasterError:
    msg = "The image of this map cannot be read: it is damaged or no GeoTIFF."
    return UnreadableRasterError(msg, hint="Check it with gdalinfo.")
