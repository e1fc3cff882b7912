"""What a raster on disk is: CRS, grid, ground size, bands, nodata, sensor and date.

Opens and describes; reading pixels is `reading.py`. Knows nothing of pairs.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from raster.findings import Finding
from raster.grid import Grid

BandRole = Literal[
    "coastal", "blue", "green", "red", "rededge", "nir", "swir1", "swir2", "thermal",
    "pan", "vv", "vh", "hh", "hv", "index",
]  # fmt: skip
Sensor = Literal["optical", "sar"]


@dataclass(frozen=True)
class Band:
    """One image band (alpha is never one).

    Attributes:
        index: 1-based band number in the file.
        name: description tag, colour interpretation or `band 1`, cleaned of control characters.
        role: spectral or polarisation role where tagged or inferred, else None.
        wavelength_nm: centre wavelength where tagged.
    """

    index: int
    name: str
    role: BandRole | None = None
    wavelength_nm: float | None = None


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
        date_source: `tag TIFFTAG_DATETIME`, `file name`, or empty.
        offset_dn: radiometric offset in DN to *add* by the product's own metadata
            (Sentinel-2 baseline 04.00: -1000), or None.
        has_overviews: whether previews are cheap.
        findings: what was noticed on opening.
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
