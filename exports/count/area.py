"""`aoi.geojson`: the area that was counted, in WGS 84.

Knows nothing of what was counted in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import jsontext

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.count_result import CountResult

FILE_NAME = "aoi.geojson"
MEDIA_TYPE = "application/geo+json"


def write(result: CountResult, path: Path) -> None:
    """Write one feature with the name of the area."""
    import shapely

    name = str((result.run.get("aoi") or {}).get("name", ""))
    feature = {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": shapely.geometry.mapping(result.within),
    }
    content = {"type": "FeatureCollection", "features": [feature]}
    path.write_text(jsontext.dumps(content), encoding="utf-8")
