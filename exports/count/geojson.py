"""`ledger.geojson`: the entries of the ledger in WGS 84 by RFC 7946.

Knows nothing of how things are matched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import vectors
from exports.geojson import DECIMALS, on_decimals

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.count_result import CountResult

FILE_NAME = "ledger.geojson"
MEDIA_TYPE = "application/geo+json"


def write(result: CountResult, path: Path) -> None:
    """Write one multipolygon per entry, at the later date where it stands then.

    Raises:
        ExportError: the file was not written in full.
    """
    from analysis import ledger_tables

    table = ledger_tables.entries(result.ledger, result.edited, thing=result.counter.thing)
    table = table.to_crs("EPSG:4326")
    table = table.set_geometry(on_decimals(table.geometry.to_numpy()), crs="EPSG:4326")
    options: dict[str, str | int] = {"RFC7946": "YES", "COORDINATE_PRECISION": DECIMALS}
    vectors.write_layer(table, path, "ledger", driver="GeoJSON", options=options)
