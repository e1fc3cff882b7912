import numpy as np
import pytest

from analysis import statistics, tally
from raster import components as regions
from raster.area import PixelAreas
from raster.mask import Observed


def rows(mask):
    areas = PixelAreas(mask.grid)
    components = regions.label(mask.codes, mask.scores, areas)
    return statistics.by_class(mask.legend, components, tally.measure(mask, areas))


def test_shares_are_of_the_valid_area_and_any_sums_the_classes(make_mask):
    codes = np.zeros((10, 10), np.uint8)
    codes[0, :4], codes[2:4, 0:2] = 1, 2
    observed = np.zeros((10, 10), np.uint8)
    observed[5:] = Observed.POST_NODATA
    codes[5:] = 255
    loss, gain, total = rows(make_mask(codes, observed=observed))
    assert [row.name for row in (loss, gain, total)] == ["vegetation_loss", "new_building", "any"]
    assert [row.objects for row in (loss, gain, total)] == [1, 1, 2]
    assert loss.area_share_pct == pytest.approx(8, rel=1e-4)
    assert total.area_m2 == pytest.approx(loss.area_m2 + gain.area_m2, rel=1e-12)
    assert total.area_share_pct == pytest.approx(16, rel=1e-4)


def test_a_class_that_does_not_occur_has_a_row_of_zeros(make_mask):
    assert [(row.objects, row.area_m2) for row in rows(make_mask(np.zeros((4, 4))))] == [(0, 0)] * 3


def test_nothing_valid_is_a_share_of_zero_not_a_division_by_zero(make_mask):
    observed = np.full((3, 3), Observed.BOTH_NODATA, np.uint8)
    total = rows(make_mask(np.full((3, 3), 255), observed=observed))[-1]
    assert (total.area_share_pct, total.valid_area_m2) == (0, 0)
