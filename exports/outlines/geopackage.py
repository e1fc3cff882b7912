"""`things.gpkg`: the outlines in the CRS of the scene, layer `things`.

Knows nothing of how things are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import vectors
from exports.outlines import table

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.outlined import Outlined

FILE_NAME = "things.gpkg"
MEDIA_TYPE = "application/geopackage+sqlite3"


def write(outlined: Outlined, path: Path) -> None:
    """Write one multipolygon per thing, with its sizes.

    Raises:
        ExportError: the file was not written in full.
    """
    options: dict[str, str | int] = {
        "IDENTIFIER": "Outlined things",
        "DESCRIPTION": f"Groundshift run {outlined.run['id']}",
        "FID": "fid",
    }
    vectors.write_layer(table.of(outlined), path, table.LAYER, driver="GPKG", options=options)
