"""Shapes and attributes of a Shapefile, parsed from bytes.

After the ESRI Shapefile Technical Description (1998) and the dBASE III file format. Knows nothing
of coordinate systems.
"""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

import settings
from raster.text import clean
from raster.vectors import MAX_ZIP_ENTRIES, MIN_RING, SHP_FILE_CODE

HEADER_BYTES = 100
POINTS = frozenset({1, 11, 21})
MULTIPOINTS = frozenset({8, 18, 28})
LINES = frozenset({3, 13, 23})
POLYGONS = frozenset({5, 15, 25})
"""Types of shapes, each plain, with Z and with M."""
DBF_FIELD_BYTES = 32
SUFFIXES = (".shp", ".dbf", ".prj", ".cpg")

Array = NDArray[Any]


@dataclass(frozen=True)
class Parts:
    """The files of one Shapefile; those that are missing are empty."""

    shp: bytes
    dbf: bytes = b""
    prj: bytes = b""
    cpg: bytes = b""


def beside(path: Path) -> Parts:
    """The Shapefile at a path with the files that belong to it.

    Raises:
        ValueError: they are too large.
    """
    found = {}
    for one in sorted(path.parent.iterdir()):
        if one.stem == path.stem and one.suffix.lower() in SUFFIXES and one.is_file():
            found[one.suffix.lower()] = one
    _check_bytes(sum(one.stat().st_size for one in found.values()))
    return _parts({suffix: one.read_bytes() for suffix, one in found.items()})


def unzipped(path: Path) -> Parts:
    """The one Shapefile inside a ZIP, read in memory.

    Raises:
        ValueError: there is not exactly one, or it is unsafe or too large.
    """
    with zipfile.ZipFile(path) as archive:
        infos = {one.filename: one for one in archive.infolist() if _is_plain(one.filename)}
        if len(archive.infolist()) > MAX_ZIP_ENTRIES:
            msg = f"the archive holds more than {MAX_ZIP_ENTRIES} files"
            raise ValueError(msg)
        stems = [name[:-4] for name in infos if name.lower().endswith(".shp")]
        if len(stems) != 1:
            msg = f"the archive holds {len(stems)} Shapefiles; one is needed"
            raise ValueError(msg)
        members = {
            suffix: info
            for name, info in infos.items()
            for suffix in SUFFIXES
            if name.lower() == f"{stems[0].lower()}{suffix}"
        }
        _check_bytes(sum(info.file_size for info in members.values()))
        return _parts({suffix: _member(archive, info) for suffix, info in members.items()})


def rows(parts: Parts) -> Iterator[tuple[BaseGeometry | None, Mapping[str, Any]]]:
    """The geometry of each record, or None, and its attributes as text.

    Raises:
        ValueError: the files are damaged.
    """
    shp = parts.shp
    if len(shp) < HEADER_BYTES or int.from_bytes(shp[:4], "big") != SHP_FILE_CODE:
        msg = "it is not a Shapefile"
        raise ValueError(msg)
    for record, about in zip_longest(_records(shp), _attributes(parts), fillvalue=None):
        yield None if record is None else _shape(record), about or {}


def _parts(found: Mapping[str, bytes]) -> Parts:
    return Parts(*(found.get(suffix, b"") for suffix in SUFFIXES))


def _check_bytes(total: int) -> None:
    limit = settings.load().max_aoi_bytes
    if total > limit:
        msg = f"it unpacks to {total} bytes; the limit is {limit}"
        raise ValueError(msg)


def _is_plain(name: str) -> bool:
    parts = PurePosixPath(name).parts
    is_inside = not name.startswith("/") and ".." not in parts
    return is_inside and not any(part.startswith((".", "__MACOSX")) for part in parts)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Bytes of a member; never more than it declares, which was checked."""
    try:
        with archive.open(info) as file:
            return file.read(info.file_size)
    except (RuntimeError, NotImplementedError) as error:  # encrypted, or an odd compression
        msg = f"the member {clean(info.filename)!r} cannot be unpacked"
        raise ValueError(msg) from error


def _records(shp: bytes) -> Iterator[bytes]:
    at = HEADER_BYTES
    while at + 12 <= len(shp):
        length = 2 * int.from_bytes(shp[at + 4 : at + 8], "big")
        record = shp[at + 8 : at + 8 + length]
        if len(record) < length or length < 4:
            msg = "the Shapefile is truncated"
            raise ValueError(msg)
        yield record
        at += 8 + length


def _shape(record: bytes) -> BaseGeometry | None:
    kind = int.from_bytes(record[:4], "little")
    if kind in POINTS:
        return shapely.Point(np.frombuffer(record, "<f8", 2, 4))
    if kind in MULTIPOINTS:
        number = int(np.frombuffer(record, "<i4", 1, 36)[0])
        return shapely.MultiPoint(_finite(record, number, 40))
    if kind in LINES:
        return shapely.MultiLineString([part for part in _paths(record) if len(part) > 1])
    if kind in POLYGONS:
        return _polygon([ring for ring in _paths(record) if len(ring) >= MIN_RING])
    return None


def _paths(record: bytes) -> list[Array]:
    parts, points = np.frombuffer(record, "<i4", 2, 36).tolist()
    starts = np.frombuffer(record, "<i4", parts, 44)
    return np.split(_finite(record, points, 44 + 4 * parts), starts[1:])


def _finite(record: bytes, points: int, offset: int) -> Array:
    xy = np.frombuffer(record, "<f8", 2 * points, offset)
    if not np.isfinite(xy).all():
        msg = "a coordinate is not finite"
        raise ValueError(msg)
    return xy.reshape(-1, 2)


def _polygon(rings: list[Array]) -> BaseGeometry:
    """Rings combined by the even-odd rule, so that holes need no order."""
    combined: BaseGeometry = shapely.Polygon()
    for ring in rings:
        combined = combined.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
    return combined


def _attributes(parts: Parts) -> Iterator[Mapping[str, Any]]:
    """The attributes of each record of the table, by name."""
    dbf = parts.dbf
    if len(dbf) < DBF_FIELD_BYTES:
        return
    header, length = (int.from_bytes(dbf[at : at + 2], "little") for at in (8, 10))
    fields = _fields(dbf[DBF_FIELD_BYTES:header])
    encoding = _encoding(parts.cpg)
    for start in range(header, len(dbf) - length + 1, max(length, 1)):
        record = dbf[start : start + length]
        at, about = 1, {}
        for name, size in fields:
            about[name] = record[at : at + size].decode(encoding, errors="replace").strip(" \x00")
            at += size
        yield about


def _fields(header: bytes) -> list[tuple[str, int]]:
    """Name and width of each field."""
    found = []
    for at in range(0, len(header) - DBF_FIELD_BYTES + 1, DBF_FIELD_BYTES):
        field = header[at : at + DBF_FIELD_BYTES]
        if field[:1] == b"\r":
            break
        name = field[:11].split(b"\x00")[0].decode("utf-8", errors="replace")
        found.append((name, field[16]))
    return found


def _encoding(cpg: bytes) -> str:
    """Of the text: what the code page file says where Python knows it, else UTF-8."""
    said = cpg.decode("ascii", errors="replace").strip().lower()
    known = {"1252": "cp1252", "ansi 1252": "cp1252", "iso-8859-1": "latin-1", "88591": "latin-1"}
    return known.get(said, "utf-8")
