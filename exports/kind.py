"""`kind.tif`: the class each pixel would get if its score reached the threshold.

With `score.tif` it gives the mask of any other threshold without running the detector again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.mask import write_codes

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.result import ComparisonResult

NAME = "kind"
FILE_NAME = "kind.tif"
SUFFIX = ".tif"
MEDIA_TYPE = "image/tiff; application=geotiff; profile=cloud-optimized"


def write(result: ComparisonResult, path: Path) -> None:
    """Write the classes with the colour table and the tags of the mask."""
    write_codes(result, result.mask.kinds_path, path, overview_resampling="nearest")
