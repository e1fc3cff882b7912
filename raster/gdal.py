"""The only way this project opens a raster: one pinned driver per kind of file, no side files.

GDAL would otherwise follow VRTs, URLs and sidecar files to other people's pixels. Knows nothing of
scenes.
"""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rasterio
from pyproj.exceptions import ProjError
from rasterio._err import CPLE_BaseError
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader

import settings
from errors import UnreadableRasterError
from raster.text import clean

TIFF = "GTiff"
ENVI = "ENVI"
JPEG2000 = "JP2OpenJPEG"
PNG = "PNG"
JPEG = "JPEG"

DRIVER_BY_SUFFIX = {
    ".tif": TIFF, ".tiff": TIFF, ".gtiff": TIFF, ".jp2": JPEG2000,
    ".png": PNG, ".jpg": JPEG, ".jpeg": JPEG,
}  # fmt: skip
PICTURE_DRIVERS = frozenset({PNG, JPEG})

# First bytes of a file, from the format specifications, with the words for a message.
MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"II*\x00", TIFF, "a TIFF"),
    (b"MM\x00*", TIFF, "a TIFF"),
    (b"II+\x00", TIFF, "a BigTIFF"),
    (b"MM\x00+", TIFF, "a BigTIFF"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", JPEG2000, "a JPEG 2000 file"),
    (b"\xff\x4f\xff\x51", JPEG2000, "a JPEG 2000 file"),
    (b"\x89PNG\r\n\x1a\n", PNG, "a PNG picture"),
    (b"\xff\xd8\xff", JPEG, "a JPEG picture"),
    (b"CDF", "", "a netCDF file"),
    (b"\x89HDF", "", "a netCDF or HDF5 file"),
    (b"GRIB", "", "a GRIB file"),
    (b"<VRTDataset", "", "a GDAL VRT, which points to other files"),
    (b"<?xml", "", "an XML file"),
    (b"<", "", "an XML or HTML file"),
    (b"PK\x03\x04", "", "a ZIP archive"),
    (b"BM", "", "a BMP picture"),
    (b"GIF8", "", "a GIF picture"),
    (b"%PDF", "", "a PDF"),
    (b"\x1f\x8b", "", "a gzip archive"),
)

# What a damaged file makes rasterio, GDAL and PROJ raise: GDAL's own errors are no RasterioError.
FAILURES: tuple[type[Exception], ...] = (
    RasterioError, CPLE_BaseError, ProjError, ValueError, UnicodeError, ArithmeticError, IndexError,
    TypeError, MemoryError,
)  # fmt: skip
_OPENING = threading.Lock()
MAX_CACHE_BYTES = 2**31 - 1  # GDALSetCacheMax takes a C int.


def environment(driver: str = TIFF) -> rasterio.Env:
    """GDAL options under which a file of `driver` is opened.

    No directory scan, no sidecar metadata (`.aux.xml` and world files changed the georeference in
    trials), no network. ENVI alone must probe for its header, so it gets `TRUE` (named files only)
    where the others get `EMPTY_DIR`.
    """
    cache_bytes = min(settings.load().gdal_cache_mb * 2**20, MAX_CACHE_BYTES)
    return rasterio.Env(
        GDAL_DISABLE_READDIR_ON_OPEN="TRUE" if driver == ENVI else "EMPTY_DIR",
        GDAL_PAM_ENABLED="NO",
        GDAL_GEOREF_SOURCES="INTERNAL",
        CPL_VSIL_CURL_ALLOWED_EXTENSIONS=".disabled",
        GDAL_CACHEMAX=cache_bytes,
    )


def driver_of(path: Path) -> str:
    """The one driver that may open `path`, by suffix and first bytes.

    Raises:
        UnreadableRasterError: no such file, a GDAL virtual path, a format we do not read, or a
            content that does not match the name.
    """
    _refuse_virtual(path)
    if not path.is_file():
        msg = f"There is no file {_shown(path)}."
        raise UnreadableRasterError(msg, hint="Check the path.")
    expected = DRIVER_BY_SUFFIX.get(path.suffix.lower())
    if expected is None:
        return _driver_without_suffix(path)
    found, looks_like = sniff(path)
    if found == expected or {found, expected} <= PICTURE_DRIVERS:
        return found
    msg = f"{_shown(path)} is not what its name says: it looks like {looks_like}."
    raise UnreadableRasterError(msg, hint=_remedy(path, looks_like))


def sniff(path: Path) -> tuple[str, str]:
    """Driver ('' where we have none) and plain words for the content of a file."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        msg = f"{_shown(path)} cannot be read: {error.strerror}."
        raise UnreadableRasterError(msg, hint="Check the permissions.") from error
    for magic, driver, words in MAGIC:
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magic) or head.startswith(magic):
            return driver, words
    if not head.strip(b"\x00"):
        return "", "an empty file"
    return "", "a file of an unknown format"


def open_dataset(path: Path, driver: str, *, overview_level: int | None = None) -> DatasetReader:
    """An open dataset, read with `driver` and no other.

    `overview_level` opens a reduced copy (0 is the largest) in place of full resolution. The
    caller closes the dataset. A dataset may only be used by the thread that opened it.

    Raises:
        UnreadableRasterError: the driver cannot open the file.
    """
    _refuse_virtual(path)
    options = {} if overview_level is None else {"OVERVIEW_LEVEL": overview_level}
    with environment(driver), _without_georeference_warning():
        try:
            dataset = rasterio.open(path.absolute(), driver=driver, sharing=False, **options)
            # GDAL looks for `.msk` and `.ovr` side files at the first question about masks and
            # overviews; asked here, it finds none.
            _ = dataset.mask_flag_enums, dataset.count and dataset.overviews(1)
        except FAILURES as error:
            raise _damaged(path) from error
    return dataset


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turn what a damaged file makes the libraries raise into an error of ours.

    Raises:
        UnreadableRasterError: naming the file.
    """
    try:
        yield
    except FAILURES as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> UnreadableRasterError:
    msg = f"{_shown(path)} cannot be read: the file is damaged, empty or of an unknown kind."
    return UnreadableRasterError(msg, hint="Copy it again, or check it with gdalinfo.")


@contextmanager
def _without_georeference_warning() -> Iterator[None]:
    """A missing georeference is answered with an error of ours, so rasterio's warning is noise.

    Python's warning filters are shared by all threads, hence the lock.
    """
    with _OPENING, warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        yield


def _refuse_virtual(path: Path) -> None:
    text = str(path)
    if text.startswith("/vsi") or ":/" in text:
        msg = f"{_shown(path)} is not a file on this machine."
        hint = "Download the raster and give its path; URLs and GDAL virtual paths are not read."
        raise UnreadableRasterError(msg, hint=hint)


def _driver_without_suffix(path: Path) -> str:
    if header_of(path) is not None:
        return ENVI
    _driver, looks_like = sniff(path)
    msg = f"{_shown(path)} is not a raster we read: it looks like {looks_like}."
    raise UnreadableRasterError(msg, hint=_remedy(path, looks_like))


def header_of(path: Path) -> Path | None:
    """The ENVI header beside a raw file (`x.hdr` or `x.img.hdr`), or None."""
    for header in (path.with_name(path.name + ".hdr"), path.with_suffix(".hdr")):
        if header == path or not header.is_file():
            continue
        with header.open("rb") as file:
            if file.read(4) == b"ENVI":
                return header
    return None


def _remedy(path: Path, looks_like: str) -> str:
    if path.suffix.lower() == ".hdr":
        return "Give the raw file beside the header, not the header."
    if "empty" in looks_like or "unknown" in looks_like:
        return "Give a GeoTIFF, an ENVI raw file with its .hdr, or a JPEG 2000 file."
    if "ZIP" in looks_like or "gzip" in looks_like:
        return "Unpack it first and give the GeoTIFF inside."
    source = clean(path.name, limit=60)
    if "netCDF" in looks_like:
        source = f"NETCDF:{source}:VARIABLE"
    return f"Convert it first: gdal_translate -of COG '{source}' scene.tif"


def _shown(path: Path) -> str:
    return repr(clean(path.name or str(path)))
