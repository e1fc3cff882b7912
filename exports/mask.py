"""`mask.tif`: class codes on the pair's grid as a cloud-optimised GeoTIFF that explains itself.

Knows nothing of how classes are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.page import colors
from raster.mask import NOT_OBSERVED, UNCHANGED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from analysis.result import ComparisonResult
    from raster.mask import ChangeClass

NAME = "mask"
FILE_NAME = "mask.tif"
SUFFIX = ".tif"
MEDIA_TYPE = "image/tiff; application=geotiff; profile=cloud-optimized"

Color = tuple[int, int, int, int]
UNCHANGED_COLOR: Color = (236, 238, 240, 255)
NOT_OBSERVED_COLOR: Color = (0, 0, 0, 0)


def write(result: ComparisonResult, path: Path) -> None:
    """Write the codes with a colour table, class names as tags and mode overviews.

    Overviews take the commonest code, because codes cannot be averaged.
    """
    write_codes(result, result.mask.codes_path, path, overview_resampling="mode")


def write_codes(
    result: ComparisonResult, source: Path, path: Path, *, overview_resampling: str
) -> None:
    """Write a raster of class codes with the colours and the names of the legend."""
    from raster import writing

    legend = result.mask.legend
    writing.write_cog(
        source,
        path,
        nodata=NOT_OBSERVED,
        overview_resampling=overview_resampling,
        tags=tags(legend, str(result.run["id"])),
        colormap=colormap(legend),
    )


def colormap(legend: Sequence[ChangeClass]) -> dict[int, Color]:
    """Red, green, blue and alpha (0..255) of every code in use."""
    classes = {entry.code: (*colors.rgb(entry.color), 255) for entry in legend}
    return {UNCHANGED: UNCHANGED_COLOR, **classes, NOT_OBSERVED: NOT_OBSERVED_COLOR}


def tags(legend: Sequence[ChangeClass], run: str) -> dict[str, str]:
    """What each code means, `CLASS_<code>`, and the run that wrote it."""
    names = {f"CLASS_{entry.code}": entry.name for entry in legend}
    return {
        f"CLASS_{UNCHANGED}": "unchanged",
        **names,
        f"CLASS_{NOT_OBSERVED}": "not observed",
        "GROUNDSHIFT_RUN": run,
    }
