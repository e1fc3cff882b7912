"""What a raster on disk is: CRS, grid, ground size, bands, nodata, sensor and date.

Opens and describes; reading pixels is `reading.py`. Knows nothing of pairs.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from errors import InputError, UnreadableRasterError
from raster import dates, mosaic, offsets
from raster.bands import Band, BandRole, Sensor, describe, sensor_of
from raster.findings import Finding
from raster.georeference import SIZE_ASSUMED
from raster.grid import Grid
from raster.inspection import Inspection, inspect, inspect_picture
from raster.text import clean

__all__ = ["Band", "BandRole", "Scene", "Sensor", "open", "open_picture"]

MAX_GSD_M = 100_000.0


@dataclass(frozen=True)
class Scene:
    """One georeferenced image: a file, or the tiles of one sensor in a folder, mosaicked lazily.

    Attributes:
        name: file or folder name for people, cleaned and length-limited; untrusted text.
        paths: the raster files; earlier ones win where tiles overlap.
        driver: GDAL driver, pinned at every open.
        grid: native grid; of the union of the tiles for a mosaic; of the north-up warp for
            rotated or GCP-only files.
        bands: image bands, alpha excluded.
        dtype: numpy dtype name of the bands.
        nodata: value that means "not observed", or None.
        sensor: optical or SAR (by tags, band names or dtype and statistics).
        acquired_on: acquisition date by tags or file name.
        date_source: `tag TIFFTAG_DATETIME`, `file name`, `band names`, or empty.
        offset_dn: radiometric offset in DN to *add* by the product's own metadata
            (Sentinel-2 baseline 04.00: -1000), or None.
        has_overviews: whether previews are cheap.
        findings: what was noticed on opening.
        tile_grids: north-up grid of each file of a mosaic, in the order of `paths`; empty for a
            single file, whose grid is `grid`.
    """

    name: str
    paths: tuple[Path, ...]
    driver: str
    grid: Grid
    bands: tuple[Band, ...]
    dtype: str
    nodata: float | None
    sensor: Sensor
    acquired_on: date | None = None
    date_source: str = ""
    offset_dn: float | None = None
    has_overviews: bool = False
    findings: tuple[Finding, ...] = ()
    tile_grids: tuple[Grid, ...] = ()

    @property
    def is_size_assumed(self) -> bool:
        """Whether nobody said how large a pixel is on the ground."""
        return any(finding.code == SIZE_ASSUMED for finding in self.findings)


def open(path: Path) -> Scene:
    """The scene in a file, or in a folder of tiles of one sensor.

    Reads headers and a few blocks, so that a truncated file is found here and not an hour later.

    Raises:
        RasterError: the file is missing, damaged, unsafe, has no CRS, declares too many pixels,
            or holds no observed pixel.
    """
    if not path.is_dir():
        return _single(inspect(path))
    return _mosaic(path, [inspect(tile) for tile in mosaic.tile_paths(path)])


def open_picture(path: Path, *, gsd_m: float | None) -> Scene:
    """A picture without georeference on a made-up local grid (foot at 0, 0, equal-area CRS).

    For `evaluate` only: positions mean nothing, ground sizes are as good as `gsd_m`.

    Args:
        path: PNG, JPEG or TIFF; a georeference, if there is one, is not used.
        gsd_m: ground size of a pixel in metres; None takes 1 m and says so in a finding.

    Raises:
        InputError: `gsd_m` is not a size.
        RasterError: as `open`.
    """
    if gsd_m is not None and not 0 < gsd_m < MAX_GSD_M:
        msg = f"The ground size of a pixel cannot be {gsd_m!r} m."
        raise InputError(msg, hint="Give metres per pixel, e.g. --gsd-m 0.5.")
    return _single(inspect_picture(path, gsd_m=gsd_m))


def _single(seen: Inspection) -> Scene:
    return _scene(seen, (seen,), [seen.path.name], seen.georeference.grid)


def _mosaic(folder: Path, tiles: list[Inspection]) -> Scene:
    mosaic.check_alike(folder, tiles)
    first = tiles[0]
    names = [*(tile.path.name for tile in tiles[:1]), folder.absolute().name]
    grid = mosaic.union([tile.georeference.grid for tile in tiles], clean(folder.name))
    return _scene(first, tuple(tiles), names, grid)


def _scene(first: Inspection, tiles: tuple[Inspection, ...], names: list[str], grid: Grid) -> Scene:
    """A scene of one or more inspected files; `names` may hold a date, the last one is shown."""
    name = clean(names[-1])
    if not any(tile.has_valid for tile in tiles):
        msg = f"{name!r} holds no observed pixel: all is nodata, masked or transparent."
        raise UnreadableRasterError(msg, hint="Check the nodata value, the mask or the alpha band.")
    bands = describe(first.labels, dtype=first.dtype, hints=first.hints)
    acquired = _acquired(first, names)
    is_grey = all(tile.is_grey for tile in tiles)
    return Scene(
        name=name,
        paths=tuple(tile.path for tile in tiles),
        driver=first.driver,
        grid=grid,
        bands=bands,
        dtype=first.dtype,
        nodata=first.nodata,
        sensor=sensor_of(bands, first.hints, is_grey=is_grey),
        acquired_on=acquired[0] if acquired else None,
        date_source=acquired[1] if acquired else "",
        offset_dn=offsets.declared_dn(first.tags, first.path.name),
        has_overviews=all(tile.has_overviews for tile in tiles),
        findings=(
            *first.findings,
            *mosaic.findings([tile.georeference.grid for tile in tiles]),
            *_remarks(bands, names, is_dated=acquired is not None, is_grey=is_grey),
        ),
        tile_grids=tuple(tile.georeference.grid for tile in tiles) if len(tiles) > 1 else (),
    )


def _acquired(first: Inspection, names: list[str]) -> tuple[date, str] | None:
    return (
        dates.from_tags(first.tags)
        or dates.from_names(names)
        or dates.from_descriptions(label.description for label in first.labels)
    )


def _remarks(
    bands: tuple[Band, ...], names: list[str], *, is_dated: bool, is_grey: bool
) -> list[Finding]:
    """What is unknown or odd about bands and date."""
    remarks = []
    if not any(band.role for band in bands):
        remarks.append(_NO_ROLES)
    if any(band.role in {"red", "nir"} and band.name == f"band {band.index}" for band in bands):
        remarks.append(_assumed_roles(bands))
    if is_grey:
        remarks.append(_GREY)
    years = [year for name in names if (year := dates.year_in(name))]
    if not is_dated and years:
        message = f"The name gives the year {years[0]} but no day, so the date stays unknown."
        remarks.append(Finding("year_only", "info", message, _DATE_REMEDY, float(years[0]), "year"))
    return remarks


def _assumed_roles(bands: tuple[Band, ...]) -> Finding:
    """A caution where a near infrared is assumed, because indices rest on it."""
    names = ", ".join(str(band.role) for band in bands if band.role)
    return Finding(
        "band_roles_assumed",
        "caution" if any(band.role == "nir" for band in bands) else "info",
        f"The bands are not named; by custom they are taken for {names}.",
        "Set band descriptions if that is wrong, e.g. with rasterio's dataset.descriptions.",
    )


_DATE_REMEDY = "Put the date into the file name (YYYYMMDD) or the tag TIFFTAG_DATETIME."
_NO_ROLES = Finding(
    "band_roles_unknown", "info",
    "Nothing says which band is red, near infrared and so on; index detectors cannot be used.",
    "Set band descriptions, e.g. gdal_edit.py -d red or rasterio's dataset.descriptions.",
)  # fmt: skip
_GREY = Finding("grey_bands", "info", "The three bands are copies of one: the picture is grey.")
