"""One way to open an untrusted vector file: a known format, there, not too large, and not damaged.

Knows neither what is in the file nor how a format is parsed.
"""

import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree

from rasterio.errors import CRSError
from shapely.errors import ShapelyError

import settings
from errors import UnreadableAoiError
from raster.text import clean

FORMATS = "GeoJSON, GeoPackage, zipped Shapefile or KML"
DAMAGED = "is damaged or not what its name says"
TRIPPED_OVER = (
    OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError,
    ShapelyError, sqlite3.Error, zipfile.BadZipFile, ElementTree.ParseError, CRSError,
)  # fmt: skip
"""What a parser raises on a damaged file."""

Found = TypeVar("Found")


@dataclass(frozen=True)
class Subject:
    """How a file is spoken of.

    Attributes:
        name: what it is, e.g. `The area of interest`.
        convert: the remedy for another format.
        renew: the remedy for a damaged file.
    """

    name: str
    convert: str
    renew: str

    def unreadable(self, path: Path, what: str, hint: str) -> UnreadableAoiError:
        """The refusal, in one sentence about the file."""
        return UnreadableAoiError(f"{self.name} {clean(path.name)!r} {what}.", hint=hint)

    def read(self, path: Path, readers: Mapping[str, Callable[[Path], Found]]) -> Found:
        """What the reader of the file's suffix gives.

        Raises:
            UnreadableAoiError: no such file, too large, of an unknown format, or damaged.
        """
        reader = readers.get(path.suffix.lower())
        if reader is None:
            raise self.unreadable(path, f"is not {FORMATS}", self.convert)
        if not path.is_file():
            raise self.unreadable(path, "does not exist", "Check the path.")
        limit = settings.load().max_aoi_bytes
        if path.stat().st_size > limit:
            what = f"has {path.stat().st_size} bytes; the limit is {limit}"
            raise self.unreadable(path, what, "Simplify it, or raise GROUNDSHIFT_MAX_AOI_BYTES.")
        try:
            return reader(path)
        except TRIPPED_OVER as error:
            raise self.unreadable(path, DAMAGED, self.renew) from error
