"""Opened results without a detector, a model or a folder: masks and ledgers that are known."""

from functools import cache

import numpy as np
import shapely
from affine import Affine

from analysis import objects, tally
from analysis.evidence import Evidence, Origin, derive
from analysis.inquiry.case import Layer
from analysis.inquiry.ground import PixelGround, keys_of
from analysis.inquiry.opened import Compared, of_comparison, of_count, with_places
from raster import components
from raster.area import PixelAreas
from raster.grid import WGS84, Grid, lonlat_transformer
from raster.mask import ChangeClass
from services.assemble_count import CountBase, assemble
from tests import ledgers

LOSS = ChangeClass(1, "vegetation_loss", "vegetation loss", "decrease", "#d7301f")
GAIN = ChangeClass(2, "vegetation_gain", "vegetation gain", "increase", "#2c7fb8")
WATER = ChangeClass(3, "water_gain", "new water", "appeared", "#183f7d")
CHANGED = ChangeClass(1, "changed", "changed", "changed", "#d7301f")
WITHIN = ledgers.lonlat(ledgers.rectangle(0, 0, 400, 400))
DEGREES = Grid(WGS84, Affine(0.0001, 0, 16.0, 0, -0.0001, 48.0), 60, 90)
"""About 660 m by 670 m near Vienna, rows along parallels."""


def compared(mask, *, findings=(), areas=(), layers=(), min_area_m2=0.0):
    """A comparison whose mask is known; `areas` are (name, WGS 84 shape)."""
    pixel_areas = PixelAreas(mask.grid)
    regions = components.label(mask.codes, mask.scores, pixel_areas)
    tallied = tally.measure(mask, pixel_areas)
    origin = Origin("run1", ("a" * 64,), tuple(findings), None, None, None, "cva", 0.5, min_area_m2)
    facts = derive(Evidence(mask.grid, mask.legend, tallied, regions), origin)
    table = objects.trace(mask, regions)
    run = {
        "id": "run1", "findings": [vars(one) for one in findings],
        "inputs": [{"role": "pre", "name": "a.tif"}, {"role": "post", "name": "b.tif"}],
    }  # fmt: skip
    ground = PixelGround(
        mask.grid,
        lambda window: keys_of(mask.codes(window), mask.observed(window)),
        {one.code: one.name for one in mask.legend},
    )
    rows = table.to_dict("records")
    case = of_comparison(Compared(run, facts, mask.legend, rows, mask.grid, ground))
    return with_places(case, areas, layers)


def counted(pre=(), post=(), *, areas=(), layers=(), looks=None, **options):
    """A count of rectangles in metres, see `tests.ledgers.rectangle`."""
    scene = ledgers.found(pre, post, looks=looks)
    if options:
        return with_places(of_count(ledgers.assembled(scene, **options)), areas, layers)
    result = assemble(CountBase(_run(), scene, WITHIN))
    return with_places(of_count(result), areas, layers)


@cache
def _run():
    """The record of a count, which takes longer to make than a count."""
    return ledgers.assembled(ledgers.found()).run


def lonlat_of(shape, grid):
    """A shape in the CRS of a grid in WGS 84."""
    move = lonlat_transformer(grid.crs)
    return shapely.transform(shape, lambda xy: np.column_stack(move.transform(xy[:, 0], xy[:, 1])))


def pixels(grid, top, left, rows, cols):
    """The rectangle of whole pixels in the CRS of the grid."""
    corners = [(left, top), (left + cols, top), (left + cols, top + rows), (left, top + rows)]
    return shapely.Polygon([grid.transform @ corner for corner in corners])


def layer(name, shapes, names=None):
    """A user's layer of WGS 84 shapes."""
    called = names or [f"{name} {number}" for number in range(1, len(shapes) + 1)]
    return Layer(name, tuple(called), tuple(shapes))


def value(measured):
    """The number of one fact."""
    return measured.fact.value
