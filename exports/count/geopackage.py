"""`ledger.gpkg`: the ledger, and the things of each date with what is known of them.

Holds all that is needed to match the things again. Knows nothing of how they are matched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import vectors

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from analysis.count_result import CountResult

FILE_NAME = "ledger.gpkg"
MEDIA_TYPE = "application/geopackage+sqlite3"
LEDGER, PRE, POST, REJECTED, REGULAR = "ledger", "pre", "post", "rejected", "regular"
RIGHT_ANGLED = frozenset({"building", "house", "hut", "roof", "shed"})
"""Things people build with right angles."""


def write(result: CountResult, path: Path) -> None:
    """Write the layers `ledger`, `pre`, `post` and `rejected` in the CRS of the count.

    Buildings have a further layer `regular`: outlines with right angles, where the originals in
    `pre` and `post` support them.

    Raises:
        ExportError: the file was not written in full.
    """
    for name, table in _layers(result).items():
        options = {
            "IDENTIFIER": name,
            "DESCRIPTION": f"Groundshift run {result.run['id']}",
            "FID": "fid",
        }
        vectors.write_layer(table, path, name, driver="GPKG", options=options)


def _layers(result: CountResult) -> dict[str, gpd.GeoDataFrame]:
    from analysis import ledger_tables

    thing = result.counter.thing
    layers = {
        LEDGER: ledger_tables.entries(result.ledger, result.edited, thing=thing),
        PRE: ledger_tables.things(result.ledger, result.edited, "pre", thing=thing),
        POST: ledger_tables.things(result.ledger, result.edited, "post", thing=thing),
        REJECTED: ledger_tables.rejected(result.ledger, result.edited, thing=thing),
    }
    if thing in RIGHT_ANGLED:
        layers[REGULAR] = ledger_tables.regular(result.ledger, result.edited, thing=thing)
    return layers
