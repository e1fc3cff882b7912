"""A finished comparison or count, opened for questions.

Reads what the exports wrote; the last few are remembered, because a finished result never changes.
"""

import json
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.windows import Window

from analysis import facts
from analysis.edits import Edit
from analysis.inquiry.case import Case, Layer
from analysis.inquiry.columns import columns
from analysis.inquiry.ground import PixelGround, keys_of
from analysis.inquiry.opened import Compared, of_comparison, of_count, with_places
from errors import GroundshiftError, InputError
from exports import geopackage, mask, observed
from exports.count.geopackage import FILE_NAME as LEDGER
from exports.vectors import LAYER
from raster import gdal
from services import count_results, recorded_grid, results, review
from services.measure_areas import DrawnArea

CASES = 24
HINT = "Give the folder of a finished comparison or count."


def open_case(
    folder: Path,
    *,
    areas: Sequence[DrawnArea] = (),
    layers: Sequence[Layer] = (),
    corrections: tuple[Edit, ...] = (),
) -> Case:
    """A result folder as a case; the same arguments give the same case.

    Args:
        folder: of a comparison or of a count.
        areas: drawn areas one may ask about; those that cannot be used are left out.
        layers: the user's layers; those with nothing around the area are left out.
        corrections: by hand, for a count.

    Raises:
        InputError: it is neither, it is incomplete, or a correction cannot be applied.
    """
    named = tuple(
        (area.name, json.dumps(area.geometry, sort_keys=True)) for area in areas if area.geometry
    )
    return _placed(folder.resolve(), named, tuple(layers), corrections)


@lru_cache(maxsize=CASES)
def _placed(
    folder: Path,
    areas: tuple[tuple[str, str], ...],
    layers: tuple[Layer, ...],
    corrections: tuple[Edit, ...],
) -> Case:
    shapes = [(name, shapely.from_geojson(geometry)) for name, geometry in areas]
    case = with_places(_opened(folder, corrections), shapes, layers)
    columns(case)  # made once, here rather than with the first question
    return case


@lru_cache(maxsize=CASES)
def _opened(folder: Path, corrections: tuple[Edit, ...]) -> Case:
    if (folder / LEDGER).is_file():
        return of_count(count_results.review(folder, corrections).result)
    try:
        return of_comparison(_compared(folder))
    except GroundshiftError:
        raise
    except (OSError, ValueError, KeyError, TypeError, DataLayerError, DataSourceError) as error:
        msg = f"{folder.name!r} is no complete result folder."
        raise InputError(msg, hint=HINT) from error


def _compared(folder: Path) -> Compared:
    saved = results.load(folder)
    legend = review.as_run(folder).legend
    by_name = {entry.name: entry.code for entry in legend}
    grid = recorded_grid.read(saved.run["grid"])
    keys = partial(_keys, folder / mask.FILE_NAME, folder / observed.FILE_NAME)
    keys(Window(0, 0, 1, 1))
    return Compared(
        saved.run,
        tuple(facts.from_json(entry) for entry in saved.facts),
        legend,
        _rows(folder),
        grid,
        PixelGround(grid, keys, {code: name for name, code in by_name.items()}),
    )


def _rows(folder: Path) -> list[dict[str, Any]]:
    table = pyogrio.read_dataframe(folder / geopackage.FILE_NAME, layer=LAYER)
    rows = [dict(row) for row in table.to_dict("records")]
    return sorted(rows, key=lambda row: int(row["id"]))


def _keys(codes_path: Path, observed_path: Path, window: Window) -> NDArray[np.int64]:
    with (
        gdal.open_dataset(codes_path, gdal.TIFF) as codes,
        gdal.open_dataset(observed_path, gdal.TIFF) as seen,
    ):
        return keys_of(codes.read(1, window=window), seen.read(1, window=window))
