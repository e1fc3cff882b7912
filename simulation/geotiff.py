"""Writes small GeoTIFFs: tiled, compressed, with overviews, band names, date and colours.

Knows nothing of how pixels were made.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from rasterio.enums import ColorInterp
from rasterio.io import DatasetWriter, MemoryFile
from rasterio.shutil import copy

from raster.grid import Grid
from simulation.sensors import Pixels

RGB = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)


@dataclass(frozen=True)
class Labels:
    """What a file says about its pixels.

    Attributes:
        band_names: one description a band.
        taken_utc: acquisition time, written as TIFFTAG_DATETIME; None for truth.
        nodata: value that means "not observed", or None.
        wavelengths_nm: one a band, or empty.
        colors: `#rrggbb` by value, for class codes.
    """

    band_names: tuple[str, ...]
    taken_utc: datetime | None = None
    nodata: float | None = None
    wavelengths_nm: tuple[float, ...] = ()
    colors: tuple[tuple[int, str], ...] = ()


def write(path: Path, pixels: Pixels, grid: Grid, labels: Labels) -> None:
    """Write (band, row, col) pixels as a cloud-optimised GeoTIFF."""
    profile = {
        "driver": "GTiff", "dtype": pixels.dtype.name, "count": len(pixels), "crs": grid.crs,
        "transform": grid.transform, "height": grid.height, "width": grid.width,
        "nodata": labels.nodata,
    }  # fmt: skip
    if len(pixels) == 3 and pixels.dtype == np.uint8:
        profile["photometric"] = "RGB"
    with MemoryFile() as memory:
        with memory.open(**profile) as dataset:
            dataset.write(pixels)
            _describe(dataset, labels)
        resampling = "MODE" if labels.colors else "AVERAGE"
        copy(memory.name, str(path), driver="COG", compress="DEFLATE", level=9, predictor="YES",
             blocksize=256, overview_resampling=resampling)  # fmt: skip


def _describe(dataset: DatasetWriter, labels: Labels) -> None:
    for index, name in enumerate(labels.band_names, start=1):
        dataset.set_band_description(index, name)
    for index, wavelength in enumerate(labels.wavelengths_nm, start=1):
        dataset.update_tags(index, WAVELENGTH=f"{wavelength:g}", WAVELENGTH_UNITS="nm")
    if labels.taken_utc is not None:
        dataset.update_tags(TIFFTAG_DATETIME=labels.taken_utc.strftime("%Y:%m:%d %H:%M:%S"))
    if labels.colors:
        table = {0: (255, 255, 255, 0)} | {code: _rgba(color) for code, color in labels.colors}
        dataset.write_colormap(1, table)
    elif labels.band_names == ("red", "green", "blue"):
        dataset.colorinterp = RGB


def _rgba(color: str) -> tuple[int, int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16), 255
