"""A grid as records keep it, and back again."""

from collections.abc import Mapping
from typing import Any

from affine import Affine
from rasterio.crs import CRS

from raster.grid import Grid


def as_json(grid: Grid) -> dict[str, Any]:
    """CRS, transform, shape and ground size of a pixel."""
    return {
        "crs": grid.crs.to_string(),
        "transform": list(grid.transform)[:6],
        "rows": grid.height,
        "cols": grid.width,
        "gsd_m": round(grid.gsd_m, 4),
    }


def read(content: Mapping[str, Any]) -> Grid:
    """The grid that `as_json` wrote."""
    crs, transform = CRS.from_string(content["crs"]), Affine(*content["transform"])
    return Grid(crs, transform, int(content["rows"]), int(content["cols"]))
