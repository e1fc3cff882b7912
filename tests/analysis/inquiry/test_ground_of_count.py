"""The ground of a count: parts exactly, other places evenly, with how far off they may be."""

import numpy as np
import pytest
import shapely

from analysis.inquiry import measure
from analysis.inquiry.case import HALVES, Place, Which
from analysis.inquiry.ground_of_count import ground_of_count
from analysis.inquiry.places import FIXED, MOST_DOUBT
from analysis.inquiry.unanswerable import Unanswerable
from analysis.regions import REGIONS
from analysis.tally import of_observed
from raster.area import PixelAreas
from raster.mask import Observed
from tests.inquiry_cases import WITHIN, counted, lonlat_of, pixels, value
from tests.ledgers import GRID

PLACE = {place.name: place for place in FIXED}


def ground(observed):
    return ground_of_count(of_observed(observed, PixelAreas(GRID)), GRID, WITHIN, is_whole=True)


@pytest.fixture(scope="module")
def striped():
    """A strip along the eastern edge that one date does not show, a tenth of each eastern part."""
    observed = np.zeros(GRID.shape, np.uint8)
    observed[:, -27:] = Observed.POST_NODATA
    return ground(observed)


def test_parts_and_the_whole_are_those_of_the_tally(striped):
    assert striped.within(PLACE["aoi"]).valid_m2 == striped.tally.valid_m2
    for name, area_m2 in striped.tally.valid_by_region().items():
        found = striped.within(PLACE[name])
        assert (found.valid_m2, found.doubt_m2) == (area_m2, 0.0)
    assert striped.within(PLACE["east"]).excluded_m2.keys() == {"post nodata"}


@pytest.mark.parametrize("names", [HALVES[:2], HALVES[2:]])
def test_halves_sum_to_the_whole_though_they_cut_parts(striped, names):
    halves = striped.within_each([PLACE[name] for name in names])
    assert sum(one.valid_m2 for one in halves) == pytest.approx(striped.tally.valid_m2, rel=1e-9)
    excluded = sum(one.excluded_m2.get("post nodata", 0.0) for one in halves)
    assert excluded == pytest.approx(striped.tally.excluded_m2["post nodata"], rel=1e-9)


def test_what_lies_in_parts_that_were_seen_entirely_is_known_exactly(striped):
    field = Place("field", "area", "", lonlat_of(pixels(GRID, 100, 100, 300, 300), GRID))
    found = striped.within(field)
    assert found.doubt_m2 == 0.0
    assert found.valid_m2 == pytest.approx(150 * 150, rel=1e-3)


def test_the_truth_lies_within_the_doubt(striped):
    for top, left, rows, cols in ((0, 600, 400, 200), (100, 760, 50, 40), (0, 0, 800, 800)):
        shape = lonlat_of(pixels(GRID, top, left, rows, cols), GRID)
        found = striped.within(Place("field", "area", "", shape))
        unseen = max(0, left + cols - (GRID.width - 27))
        true_m2 = rows * (cols - unseen) * 0.25
        assert abs(found.valid_m2 - true_m2) <= found.doubt_m2 + 1e-3 * true_m2


def test_the_area_of_interest_alone_counts():
    inside = lonlat_of(pixels(GRID, 0, 0, 800, 400), GRID)
    observed = np.zeros(GRID.shape, np.uint8)
    observed[:, 400:] = Observed.OUTSIDE_AOI
    tally = of_observed(observed, PixelAreas(GRID))
    found = ground_of_count(tally, GRID, inside, is_whole=False)
    assert found.within(PLACE["eastern half"]).aoi_m2 == 0.0
    western = found.within(PLACE["western half"])
    assert western.valid_m2 == pytest.approx(tally.valid_m2, rel=1e-6)
    crossing = Place("x", "area", "", lonlat_of(pixels(GRID, 300, 350, 100, 100), GRID))
    assert found.within(crossing).aoi_m2 == pytest.approx(50 * 100 * 0.25, rel=1e-3)


def test_a_density_says_how_far_off_its_ground_may_be_or_is_refused():
    case = counted([], [(10, 10), (390, 390)])
    assert measure.density(case, Which(place="southern half")).fact.uncertainty is None
    observed = np.zeros(GRID.shape, np.uint8)
    observed[:, -3:] = Observed.PRE_NODATA
    from dataclasses import replace

    slightly = replace(case, ground=ground(observed))
    density = measure.density(slightly, Which(place="southern half")).fact
    assert density.uncertainty.startswith("What was seen is known by part of the area only")
    assert measure.valid_area(slightly, "southern half").fact.uncertainty == density.uncertainty
    observed[:, -400:] = Observed.PRE_NODATA
    mostly = replace(case, ground=ground(observed))
    found = mostly.ground.within(PLACE["southern half"])
    assert found.doubt_m2 > MOST_DOUBT * found.valid_m2
    with pytest.raises(Unanswerable) as refused:
        measure.density(mostly, Which(place="southern half"))
    assert refused.value.reason == "not_assessed"
    assert value(measure.count(mostly, Which(place="southern half"))) == 1


def test_parts_are_named_once():
    assert set(PLACE) == {"aoi", *REGIONS, *HALVES}
    assert shapely.get_dimensions(WITHIN) == 2
