"""Ground of places: what is cut apart adds up, on any grid, and is measured on the ellipsoid."""

import numpy as np
import pytest
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS

from analysis.inquiry.case import HALVES, Place
from analysis.inquiry.ground import PixelGround, keys_of
from analysis.inquiry.halves import QUARTERS_OF, Middle
from analysis.inquiry.places import FIXED
from analysis.regions import REGIONS
from raster.grid import ELLIPSOID, Grid
from raster.mask import Observed
from tests.inquiry_cases import DEGREES, compared, lonlat_of, pixels

UTM33 = CRS.from_epsg(32633)
TURNED = Grid(
    UTM33, Affine.translation(500_000, 5_300_000) @ Affine.rotation(25) @ Affine.scale(10, -10),
    50, 70,
)  # fmt: skip
GRIDS = [Grid(UTM33, Affine(10, 0, 420_000, 0, -10, 5_300_000), 50, 70), TURNED, DEGREES]
PLACE = {place.name: place for place in FIXED}


def scattered(grid, *, seed=1):
    """Codes with two classes and unobserved pixels, and why those were not observed."""
    rng = np.random.default_rng(seed)
    codes = rng.choice(np.array([0, 0, 0, 1, 2, 255], np.uint8), grid.shape)
    observed = np.where(codes == 255, rng.choice([1, 2, 3], grid.shape), 0).astype(np.uint8)
    return codes, observed


def ground_of(grid, *, seed=1):
    """The ground of scattered codes, without a file."""
    codes, observed = scattered(grid, seed=seed)

    def keys(window):
        return keys_of(codes[window.toslices()], observed[window.toslices()])

    return PixelGround(grid, keys, {1: "vegetation_loss", 2: "vegetation_gain"})


def area(name, shape):
    return Place(name, "area", "", shape)


def totals(grounds):
    """Sums of everything that is measured."""
    rows = [
        (one.aoi_m2, one.valid_m2, *one.changed_m2.values(), sum(one.excluded_m2.values()))
        for one in grounds
    ]
    return np.sum(rows, axis=0)


@pytest.mark.parametrize("grid", GRIDS, ids=["utm", "turned", "degrees"])
@pytest.mark.parametrize("names", [HALVES[:2], HALVES[2:], REGIONS])
def test_halves_and_parts_sum_to_the_whole(grid, names):
    ground = ground_of(grid)
    parts = totals(ground.within_each([PLACE[name] for name in names]))
    np.testing.assert_allclose(parts, totals([ground.within(PLACE["aoi"])]), rtol=1e-12)


@pytest.mark.parametrize("grid", GRIDS, ids=["utm", "turned", "degrees"])
def test_the_whole_is_what_the_facts_of_the_run_say(make_mask, grid):
    codes, observed = scattered(grid)
    case = compared(make_mask(codes, observed=observed, grid=grid))
    facts = {(one.name, one.change_class): one.value for one in case.facts if one.region == "aoi"}
    ground = case.ground.within(PLACE["aoi"])
    assert ground.aoi_m2 == pytest.approx(facts["aoi_area", "any"], rel=1e-8)
    assert ground.valid_m2 == pytest.approx(facts["valid_area", "any"], rel=1e-8)
    for name, area_m2 in ground.changed_m2.items():
        assert area_m2 == pytest.approx(facts["changed_area", name], rel=1e-8)
    assert set(ground.changed_m2) == {"vegetation_loss", "new_building"}


@pytest.mark.parametrize("grid", GRIDS, ids=["utm", "turned", "degrees"])
def test_every_pixel_is_told_its_quarter_as_if_alone(grid):
    rows, cols = np.mgrid[: grid.height, : grid.width]
    alone = Middle(grid).quarters(rows.ravel(), cols.ravel()).reshape(grid.shape)
    assert (Middle(grid).codes(grid.window) == alone).all()


def test_north_of_the_middle_parallel_is_the_northern_half():
    codes = Middle(DEGREES).codes(DEGREES.window)
    assert np.isin(codes[:30], QUARTERS_OF["northern half"]).all()
    assert np.isin(codes[30:], QUARTERS_OF["southern half"]).all()
    assert np.isin(codes[:, :45], QUARTERS_OF["western half"]).all()
    assert np.isin(codes[:, 45:], QUARTERS_OF["eastern half"]).all()


def test_halves_are_told_across_the_antimeridian():
    grid = Grid(CRS.from_epsg(32601), Affine(1000, 0, 300_000, 0, -1000, 0), 40, 100)
    codes = Middle(grid).codes(grid.window)
    assert np.isin(codes[:, :40], QUARTERS_OF["western half"]).all()
    assert np.isin(codes[:, 60:], QUARTERS_OF["eastern half"]).all()


@pytest.mark.parametrize("grid", GRIDS, ids=["utm", "turned", "degrees"])
def test_a_polygon_of_whole_pixels_has_their_area_on_the_ellipsoid(grid):
    shape = lonlat_of(pixels(grid, 10, 12, 20, 30), grid)
    expected_m2 = abs(ELLIPSOID.geometry_area_perimeter(shape)[0])
    codes, observed = scattered(grid)
    inside = (slice(10, 30), slice(12, 42))
    share = (observed[inside] != Observed.OUTSIDE_AOI).mean()
    ground = ground_of(grid).within(area("field", shape))
    assert ground.aoi_m2 == pytest.approx(expected_m2 * share, rel=1e-4)
    assert ground.changed_m2["vegetation_loss"] == pytest.approx(
        expected_m2 * (codes[inside] == 1).mean(), rel=1e-4
    )


@settings(max_examples=30)
@given(
    cut=st.floats(-0.4, 0.4),
    slope=st.floats(-1.0, 1.0),
    number=st.sampled_from(range(len(GRIDS))),
)
def test_an_area_cut_in_two_has_the_ground_of_both_parts(cut, slope, number):
    grid = GRIDS[number]
    whole = lonlat_of(pixels(grid, 3, 4, 40, 60), grid)
    west, south, east, north = whole.bounds
    middle = west + (0.5 + cut / 2) * (east - west)
    lean = slope * (east - west) / 3
    left = shapely.Polygon(
        [(west - 1, south), (middle - lean, south), (middle + lean, north), (west - 1, north)]
    )
    places = [area("whole", whole), area("left", whole & left), area("right", whole - left)]
    all_, *halves = ground_of(grid).within_each(places)
    np.testing.assert_allclose(totals(halves), totals([all_]), rtol=1e-9, atol=1e-6)


def test_overlapping_polygons_have_all_of_their_ground_each():
    grid = GRIDS[0]
    shapes = [lonlat_of(pixels(grid, top, 5, 20, 20), grid) for top in (5, 10, 15, 40)]
    together = ground_of(grid).within_each([area("one", shape) for shape in shapes])
    for ground, shape in zip(together, shapes, strict=True):
        alone = ground_of(grid).within(area("one", shape))
        np.testing.assert_allclose(totals([ground]), totals([alone]), rtol=1e-12)
        assert alone.aoi_m2 > 0


def test_a_polygon_elsewhere_has_no_ground():
    ground = ground_of(GRIDS[0]).within(area("far", shapely.box(100.0, 10.0, 100.1, 10.1)))
    assert (ground.aoi_m2, ground.valid_m2, ground.excluded_m2) == (0.0, 0.0, {})


def test_excluded_ground_is_told_by_reason(make_mask):
    codes = np.zeros((9, 9), np.uint8)
    observed = np.zeros((9, 9), np.uint8)
    codes[:3], observed[:3] = 255, Observed.PRE_NODATA
    codes[3, :3] = 255
    observed[8, 8], codes[8, 8] = Observed.OUTSIDE_AOI, 255
    case = compared(make_mask(codes, observed=observed))
    ground = case.ground.within(PLACE["aoi"])
    assert set(ground.excluded_m2) == {"pre nodata", "no score"}
    assert ground.excluded_m2["pre nodata"] == pytest.approx(27 * 100, rel=1e-2)
    assert ground.excluded_m2["no score"] == pytest.approx(3 * 100, rel=1e-2)
    assert ground.aoi_m2 == pytest.approx(80 * 100, rel=1e-2)
