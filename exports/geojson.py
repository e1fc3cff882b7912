"""`changes.geojson`: the changed objects in WGS 84 by RFC 7946.

Knows nothing of how objects are traced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import vectors

if TYPE_CHECKING:
    from pathlib import Path

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
    options: dict[str, str | int] = {
        "RFC7946": "YES",
        "COORDINATE_PRECISION": DECIMALS,
    }
    vectors.write(objects, path, driver="GeoJSON", options=options)
