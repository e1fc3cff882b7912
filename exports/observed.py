"""`observed.tif`: which pixels were assessed, and why the others were not.

Knows nothing of what was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from raster.mask import Observed

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.result import ComparisonResult

NAME = "observed"
FILE_NAME = "observed.tif"
SUFFIX = ".tif"
MEDIA_TYPE = "image/tiff; application=geotiff; profile=cloud-optimized"


def write(result: ComparisonResult, path: Path) -> None:
    """Write the observation codes; tags `CODE_<n>` name them."""
    from raster import writing

    names = {f"CODE_{code.value}": code.name.lower().replace("_", " ") for code in Observed}
    writing.write_cog(
        result.mask.observed_path,
        path,
        nodata=None,
        overview_resampling="nearest",
        tags={**names, "GROUNDSHIFT_RUN": str(result.run["id"])},
    )
