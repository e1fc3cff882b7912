"""`things.geojson`: the outlines in WGS 84 by RFC 7946.

Knows nothing of how things are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import vectors
from exports.geojson import DECIMALS, on_decimals
from exports.outlines import table

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.outlined import Outlined

FILE_NAME = "things.geojson"
MEDIA_TYPE = "application/geo+json"


def write(outlined: Outlined, path: Path) -> None:
    """Write one multipolygon per thing, with its sizes.

    Raises:
        ExportError: the file was not written in full.
    """
    things = table.of(outlined).to_crs("EPSG:4326")
    things = things.set_geometry(on_decimals(things.geometry.to_numpy()), crs="EPSG:4326")
    options: dict[str, str | int] = {"RFC7946": "YES", "COORDINATE_PRECISION": DECIMALS}
    vectors.write_layer(things, path, table.LAYER, driver="GeoJSON", options=options)
