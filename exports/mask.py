"""`mask.tif`: class codes on the pair's grid as a cloud-optimised GeoTIFF that explains itself.

Knows nothing of how classes are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from raster import writing

    mask = result.mask
    writing.write_cog(
        mask.codes_path,
        path,
        nodata=NOT_OBSERVED,
        overview_resampling="mode",
        tags=tags(mask.legend, str(result.run["id"])),
        colormap=colormap(mask.legend),
    )


def colormap(legend: Sequence[ChangeClass]) -> dict[int, Color]:
    """Red, green, blue and alpha (0..255) of every code in use."""
    colors = {entry.code: _color(entry.color) for entry in legend}
    return {UNCHANGED: UNCHANGED_COLOR, **colors, NOT_OBSERVED: NOT_OBSERVED_COLOR}


def tags(legend: Sequence[ChangeClass], run: str) -> dict[str, str]:
    """What each code means, `CLASS_<code>`, and the run that wrote it."""
    names = {f"CLASS_{entry.code}": entry.name for entry in legend}
    return {
        f"CLASS_{UNCHANGED}": "unchanged",
        **names,
        f"CLASS_{NOT_OBSERVED}": "not observed",
        "GROUNDSHIFT_RUN": run,
    }


def _color(text: str) -> Color:
    """From `#rrggbb`."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue, 255
