"""Rendered places are functions of their seed, and what is built in them is measured exactly."""

import numpy as np
import pytest
from shapely.geometry import box

from inference.training.multispectral import places
from inference.training.multispectral.places import BANDS, GSD_M, OPEN_PX, ground_size, rendered
from simulation.events import Story
from simulation.pair import PairSpec
from simulation.plan import Area, Building, Part, Plan, Presence, Site


def test_a_place_is_a_pure_function_of_its_seed() -> None:
    one, again, other = (rendered(seed, ("forest",)) for seed in (3, 3, 4))
    assert np.array_equal(one.dates, again.dates)
    assert not np.array_equal(one.dates[:, :, :50, :50], other.dates[:, :, :50, :50])
    assert one.dates.shape == (2, len(BANDS), OPEN_PX, OPEN_PX)
    assert one.shape == (OPEN_PX, OPEN_PX)
    assert all(one.held)


def test_both_dates_show_one_ground_in_another_light() -> None:
    place = rendered(5, ("farmland",))
    pre, post = place.dates.astype(np.float32)
    assert not np.array_equal(pre, post)
    assert pre.min() > 0
    assert pre.max() < 1.2
    assert np.corrcoef(pre[3].ravel(), post[3].ravel())[0, 1] > 0.2


def test_industry_is_built_and_forest_is_not() -> None:
    built = [float(rendered(7, (kind,)).built.mean()) for kind in ("industry", "forest")]
    assert built[0] > 0.3
    assert built[1] < 0.1


def test_shares_are_those_of_the_outlines() -> None:
    """A roof of 30 x 40 m and a yard of 20 x 20 m on pixels of 10 m: 12 and 4 pixels."""
    roof = Building("house", (Part((65.0, 50.0), 30, 40, 0.0, 5.0),), "metal")
    yard = Area(box(120, 120, 140, 140), "asphalt")
    gone = Area(box(20, 120, 60, 160), "asphalt", presence=Presence(pre=False))
    field = Area(box(150, 20, 180, 60), "crop")
    site = Site(200.0, 200.0, 10.0)
    plan = Plan(site, "grass", (yard, gone, field), (roof,))
    spec = PairSpec(0, "farmland", (20, 20), 10.0, "multispectral6")
    share = places._built(spec, Story(plan, (), box(0, 0, 200, 200)))
    assert share.sum() == pytest.approx(12 + 4, abs=0.01)
    assert share[4, 6] == 1
    assert share[13, 13] == 1


def test_ground_sizes_stay_in_the_range_and_are_often_ten_metres() -> None:
    rng = np.random.default_rng(0)
    sizes = np.array([ground_size(rng) for _size in range(400)])
    assert ((sizes >= GSD_M[0]) & (sizes <= GSD_M[1])).all()
    assert 0.4 < (sizes == 10.0).mean() < 0.6
    assert sizes.max() > 17
