"""`kind.tif`: the class each pixel would get if its score reached the threshold.

With `score.tif` it gives the mask of any other threshold without running the detector again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.mask import colormap, tags
from raster.mask import NOT_OBSERVED

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.result import ComparisonResult

NAME = "kind"
FILE_NAME = "kind.tif"
SUFFIX = ".tif"
MEDIA_TYPE = "image/tiff; application=geotiff; profile=cloud-optimized"


def write(result: ComparisonResult, path: Path) -> None:
    """Write the classes with the colour table and the tags of the mask."""
    from raster import writing

    legend = result.mask.legend
    writing.write_cog(
        result.mask.kinds_path,
        path,
        nodata=NOT_OBSERVED,
        overview_resampling="nearest",
        tags=tags(legend, str(result.run["id"])),
        colormap=colormap(legend),
    )
