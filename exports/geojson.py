"""`changes.geojson`: the changed objects in WGS 84 by RFC 7946.

Knows nothing of how objects are traced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from exports import vectors

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from analysis.result import ComparisonResult

NAME = "geojson"
FILE_NAME = "changes.geojson"
SUFFIX = ".geojson"
MEDIA_TYPE = "application/geo+json"

DECIMALS = 7
"""About a centimetre on the ground, below the size of any pixel (RFC 7946, section 11.2)."""


def write(result: ComparisonResult, path: Path) -> None:
    """Write one multipolygon per object: exterior rings counter-clockwise, no `crs` member.

    Raises:
        ExportError: the file was not written in full.
    """
    objects = result.objects.to_crs("EPSG:4326")
    objects = objects.set_geometry(on_decimals(objects.geometry.to_numpy()), crs="EPSG:4326")
    options: dict[str, str | int] = {
        "RFC7946": "YES",
        "COORDINATE_PRECISION": DECIMALS,
    }
    vectors.write(objects, path, driver="GeoJSON", options=options)


def on_decimals(shapes: NDArray[Any]) -> NDArray[Any]:
    """Shapes (n,) on whole steps of the last decimal, valid.

    Rounding a vertex by itself can move it across a neighbouring edge; shapes where that happens
    are snapped as a whole. One below the step, which would vanish, is left as it was.
    """
    rounded = shapely.transform(shapes, lambda xy: np.round(xy, DECIMALS))
    broken = np.flatnonzero(~shapely.is_valid(rounded))
    snapped = shapely.set_precision(shapely.make_valid(shapes[broken]), 10.0**-DECIMALS)
    is_kept = ~shapely.is_empty(snapped)
    rounded[broken[is_kept]] = snapped[is_kept]
    rounded[broken[~is_kept]] = shapes[broken[~is_kept]]
    return np.asarray(rounded)
