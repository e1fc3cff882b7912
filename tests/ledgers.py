"""Things of two dates on flat ground, as rectangles in metres, for tests of ledgers and counts."""

import numpy as np
import shapely
from affine import Affine
from rasterio.crs import CRS

from analysis.ledger import Found, Look
from analysis.things import drawn
from raster.grid import Grid

UTM33 = CRS.from_epsg(32633)
CORNER = (500_000.0, 5_400_000.0)
GRID = Grid(UTM33, Affine(0.5, 0, CORNER[0], 0, -0.5, CORNER[1]), 800, 800)
"""400 m by 400 m in pixels of half a metre."""

PRESENT, ABSENT = Look(0.9, 0.9, "present"), Look(0.0, 0.1, "absent")
NOT_SEEN = Look(0.0, 0.0, "not seen")


def rectangle(east_m, south_m, width_m=10.0, height_m=10.0):
    """A box whose upper left corner lies this far from that of the grid."""
    left, top = CORNER[0] + east_m, CORNER[1] - south_m
    return shapely.box(left, top - height_m, left + width_m, top)


def lonlat(shape):
    """A shape of the grid in WGS 84."""
    from raster.grid import lonlat_transformer

    move = lonlat_transformer(UTM33)
    return shapely.transform(shape, lambda xy: np.column_stack(move.transform(xy[:, 0], xy[:, 1])))


def found(pre=(), post=(), *, looks=None, grid=GRID):
    """Things of both dates from shapes or from arguments of `rectangle`; ids count from 1."""
    sides = [[one if hasattr(one, "area") else rectangle(*one) for one in side]
             for side in (pre, post)]  # fmt: skip
    things = (
        drawn(sides[0], grid.crs, first_id=1),
        drawn(sides[1], grid.crs, first_id=len(sides[0]) + 1),
    )
    return Found(grid, *things, looks or {})


def assembled(scene, *, edits=(), findings=(), name="huts_2020.tif", area_name="whole overlap",
              thing="hut", things="huts"):  # fmt: skip
    """A count of a scene without a file or a model."""
    from dataclasses import asdict

    from analysis.tally import of_observed
    from raster.area import PixelAreas
    from services import recorded_grid
    from services.assemble_count import CountBase, assemble

    tally = of_observed(np.zeros(GRID.shape, np.uint8), PixelAreas(GRID))
    run = {
        "id": "0123456789abcdef", "created_utc": "2026-01-02T03:04:05+00:00",
        "inputs": [{"role": "pre", "name": name, "path": name, "sha256": "a" * 64, "bytes": 9}],
        "scenes": {"pre": {"name": name, "acquired_on": "2020-05-01"},
                   "post": {"name": name, "acquired_on": None}},
        "counter": {"name": "bright", "title": "Bright things", "thing": thing, "things": things,
                    "summary": "Finds what is bright.", "source": "Tests", "limits": ["Snow."]},
        "parameters": {"min_area_m2": 20.0, "is_movable": False},
        "aoi": {"name": area_name, "is_whole_overlap": True},
        "grid": recorded_grid.as_json(GRID), "area": recorded_grid.as_json(GRID),
        "ground": tally.as_json(), "findings": [asdict(one) for one in findings],
        "weights_sha256": None,
    }  # fmt: skip
    within = lonlat(rectangle(0, 0, 400, 400))
    return assemble(CountBase(run, scene, within), edits)
