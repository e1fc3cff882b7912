"""`changes.gpkg`: the changed objects in the CRS of the pair, layer `changes`.

Knows nothing of how objects are traced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import vectors

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.result import ComparisonResult

NAME = "geopackage"
FILE_NAME = "changes.gpkg"
SUFFIX = ".gpkg"
MEDIA_TYPE = "application/geopackage+sqlite3"


def write(result: ComparisonResult, path: Path) -> None:
    """Write one multipolygon per object, with its attributes.

    Raises:
        ExportError: the file was not written in full.
    """
    options = {
        "IDENTIFIER": "Changed objects",
        "DESCRIPTION": f"Groundshift run {result.run['id']}",
        "FID": "fid",
    }
    vectors.write(result.objects, path, driver="GPKG", options=options)
