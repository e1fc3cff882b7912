"""How rasters are written: quick intermediates, and cloud-optimised results that appear whole.

Knows nothing of what the pixels mean.
"""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import rasterio
import rasterio.shutil
from rasterio.errors import RasterioError

import settings
from errors import ExportError
from raster import gdal
from raster.grid import Grid
from raster.text import clean

BLOCK_PX = 512
WORKING_LEVEL = 1
RESULT_LEVEL = 9

Color = tuple[int, int, int, int]


@dataclass(frozen=True)
class CogOptions:
    """How a result raster is written.

    Attributes:
        nodata: value that means "not observed", or None.
        overview_resampling: `nearest` for codes, `average` for scores and imagery.
        predictor: 2 for integers, 3 for floats, 1 for class codes.
        tags: dataset tags.
        colormap: colour (red, green, blue, alpha in 0..255) per code, for uint8 rasters.
    """

    nodata: float | None
    overview_resampling: str
    predictor: int = 1
    tags: Mapping[str, str] = field(default_factory=dict)
    colormap: Mapping[int, Color] | None = None


def working_profile(grid: Grid, dtype: str, nodata: float | None) -> dict[str, Any]:
    """Creation options of a one-band intermediate: tiled GeoTIFF, zstd level 1.

    Level 1 writes 0.3 to 0.6 GB/s; files over 4 GB become BigTIFF.
    """
    return {
        "driver": gdal.TIFF,
        "crs": grid.crs,
        "transform": grid.transform,
        "height": grid.height,
        "width": grid.width,
        "count": 1,
        "dtype": dtype,
        "nodata": nodata,
        "tiled": True,
        "blockxsize": BLOCK_PX,
        "blockysize": BLOCK_PX,
        "compress": "zstd",
        "zstd_level": WORKING_LEVEL,
        "bigtiff": "IF_SAFER",
    }


def write_cog(source: Path, target: Path, options: CogOptions) -> None:
    """A cloud-optimised copy of an intermediate GeoTIFF, complete or not there at all.

    Tags, nodata and colours are first set on `source` itself, which is ours and thrown away.

    Raises:
        ExportError: the folder cannot be written, or the disk is full.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=target.parent) as folder:
            beside = Path(folder) / "result.tif"
            with gdal.environment():
                _annotate(source, options)
                _copy(source, beside, options)
                _check(beside)
            os.replace(beside, target)
    except (RasterioError, OSError) as error:
        msg = f"{clean(target.name)!r} could not be written to {clean(str(target.parent))!r}."
        hint = "Check that the folder can be written and that the disk is not full."
        raise ExportError(msg, hint=hint) from error


def _annotate(source: Path, options: CogOptions) -> None:
    with rasterio.open(source, "r+", driver=gdal.TIFF) as dataset:
        if options.nodata is not None:
            dataset.nodata = options.nodata
        if options.colormap:
            dataset.write_colormap(1, dict(options.colormap))
        dataset.update_tags(**options.tags)


def _copy(source: Path, beside: Path, options: CogOptions) -> None:
    rasterio.shutil.copy(
        source,
        beside,
        driver="COG",
        compress="ZSTD" if options.predictor > 1 else "DEFLATE",
        level=RESULT_LEVEL,
        predictor=options.predictor,
        blocksize=BLOCK_PX,
        overview_resampling=options.overview_resampling,
        num_threads=settings.load().threads,
        bigtiff="IF_SAFER",
    )


def _check(beside: Path) -> None:
    """Read the last block: GDAL may notice a full disk only when it closes a file."""
    with rasterio.open(beside, driver=gdal.TIFF) as dataset:
        *_others, (_block, last) = dataset.block_windows(1)
        dataset.read(1, window=last)
