"""Writing tables of polygons as vector files, and saying clearly when that failed.

Knows the columns of a comparison's result; knows nothing of how objects are traced.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from errors import ExportError

if TYPE_CHECKING:
    import geopandas as gpd

COLUMNS = (
    "id", "class", "state", "area_m2", "perimeter_m", "score", "votes", "seen_by", "lon", "lat",
)  # fmt: skip
LAYER = "changes"


def write(
    objects: gpd.GeoDataFrame, path: Path, *, driver: str, options: Mapping[str, str | int]
) -> None:
    """Write the objects as multipolygons in the layer `changes`.

    Raises:
        ExportError: the file was not written in full.
    """
    write_layer(objects[[*COLUMNS, objects.geometry.name]], path, LAYER, driver=driver,
                options=options)  # fmt: skip


def write_layer(
    table: gpd.GeoDataFrame,
    path: Path,
    layer: str,
    *,
    driver: str,
    options: Mapping[str, str | int],
) -> None:
    """Write a table of polygons as one layer, beside those the file has, and count what arrived.

    The count is read back because a driver may meet a full disk only when it closes the file.

    Raises:
        ExportError: the file was not written in full.
    """
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, GeometryError

    try:
        pyogrio.write_dataframe(
            table,
            path,
            layer=layer,
            driver=driver,
            geometry_type="MultiPolygon",
            promote_to_multi=True,
            layer_options=dict(options),
        )
        written = pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"]
    except (DataLayerError, DataSourceError, GeometryError) as error:
        raise _failed(path, str(error)) from error
    if written != len(table):
        raise _failed(path, f"{written!r} of {len(table)!r} objects arrived")


def _failed(path: Path, reason: str) -> ExportError:
    msg = f"{path.name!r} could not be written ({reason})."
    return ExportError(msg, hint="Check that the disk has room and that you may write there.")
