"""`score.tif`: the detector's scores on the pair's grid as a cloud-optimised GeoTIFF.

Knows nothing of what a score means.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.result import ComparisonResult

NAME = "score"
FILE_NAME = "score.tif"
SUFFIX = ".tif"
MEDIA_TYPE = "image/tiff; application=geotiff; profile=cloud-optimized"


def write(result: ComparisonResult, path: Path) -> None:
    """Write the scores, 0..1, NaN where not observed, with averaged overviews."""
    from raster import writing

    tags = {
        "GROUNDSHIFT_RUN": str(result.run["id"]),
        "DETECTOR": str(result.run["detector"]["name"]),
        "THRESHOLD": str(result.run["threshold"]["value"]),
    }
    writing.write_cog(
        result.mask.scores_path,
        path,
        nodata=math.nan,
        overview_resampling="average",
        tags=tags,
    )
