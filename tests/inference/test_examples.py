"""Places that somebody points at, and the pixels of tiles that a detector is handed for them."""

from dataclasses import dataclass, field, replace
from types import SimpleNamespace

import numpy as np
import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.windows import Window

from errors import InputError, OutsideSceneError
from inference import examples
from inference.scoring import ScoringJob
from raster import aoi, scene
from raster.align import align
from raster.grid import lonlat_transformer
from raster.resized import resize
from tests.scenes import ground, write_pair

SHAPE = (90, 120)


@dataclass
class Told:
    """A detector that remembers the examples it was given."""

    CARD: object = field(
        default_factory=lambda: SimpleNamespace(name="told", tile_px=32, halo_px=8)
    )
    seen: list = field(default_factory=list)

    def like_these(self, params, given_examples, least_score):
        self.seen = list(given_examples)
        return params, least_score


def image():
    """Ground on which the first band is the row and the second the column."""
    rows, cols = np.indices(SHAPE)
    return np.stack([rows + 1, cols + 1, ground(SHAPE, bands=1)[0]])


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    post = image()
    post[:, 60:70, 20:30] = 0
    paths = write_pair(tmp_path_factory.mktemp("pair"), image(), post, nodata=0)
    return align(*(scene.open(path) for path in paths), correct=False)


def job_of(pair, detector, *, target=None):
    return ScoringJob(pair, target or pair.grid.window, aoi.whole(pair.grid), detector, "params")


def lonlat(grid, row, col):
    """The middle of a pixel."""
    return lonlat_transformer(grid.crs).transform(*(grid.transform @ (col + 0.5, row + 0.5)))


def pointed(pair, *places):
    told = Told()
    points = [lonlat(pair.grid, *place) for place in places]
    found = examples.narrowed(job_of(pair, told), pair.grid, points, 0.5)
    assert found.params == ("params", 0.5)
    return told.seen


@given(
    row=st.integers(0, SHAPE[0] - 1),
    col=st.integers(0, SHAPE[1] - 1).filter(lambda col: not 20 <= col < 30),
)
def test_an_example_is_the_pixel_pointed_at_in_the_core_of_its_tile(pair, row, col):
    (example,) = pointed(pair, (row, col))
    at = example.row, example.col
    assert example.block.pre[0][at] == row + 1
    assert example.block.pre[1][at] == col + 1
    for place, span in zip(at, example.block.core, strict=True):
        assert span.start <= place < span.stop


def test_examples_keep_their_order_and_their_words(pair):
    one, two = pointed(pair, (5, 5), (80, 110))
    assert one.block.pre[0][one.row, one.col] < two.block.pre[0][two.row, two.col]
    lon, lat = lonlat(pair.grid, 5, 5)
    assert one.words == f"{lon:.5f}, {lat:.5f}"


def test_without_a_place_the_job_is_itself(pair):
    job = job_of(pair, Told())
    assert examples.narrowed(job, pair.grid, (), 0.5) is job


@pytest.mark.parametrize("place", [(-1, 5), (5, -1), (SHAPE[0], 5), (5, SHAPE[1])])
def test_a_pixel_beyond_the_edge_is_outside(pair, place):
    with pytest.raises(OutsideSceneError, match="outside the area that is compared"):
        pointed(pair, place)


def test_what_surrounds_the_area_is_outside_of_it(pair):
    job = job_of(pair, Told(), target=Window(40, 30, 20, 20))
    examples.narrowed(job, pair.grid, [lonlat(pair.grid, 35, 45)], 0.5)
    with pytest.raises(OutsideSceneError):
        examples.narrowed(job, pair.grid, [lonlat(pair.grid, 35, 39)], 0.5)


def test_a_place_that_one_date_did_not_observe_is_told(pair):
    with pytest.raises(InputError, match=r"Nothing was observed at .* at one of the dates"):
        pointed(pair, (65, 25))


@pytest.mark.parametrize("point", [(181.0, 0.0), (0.0, 91.0), (float("nan"), 0.0)])
def test_what_is_no_longitude_and_latitude_is_told(point):
    with pytest.raises(InputError, match="no longitude and latitude"):
        examples.require(Told(), [point])


def test_a_detector_that_takes_no_examples_says_so():
    plain = SimpleNamespace(CARD=SimpleNamespace(name="plain"))
    with pytest.raises(InputError, match="'plain' cannot look for changes like one"):
        examples.require(plain, [(15.0, 48.0)])
    examples.require(plain, [])


def test_more_places_than_may_be_are_refused():
    with pytest.raises(InputError, match="21 places were pointed at; the most are 20"):
        examples.require(Told(), [(15.0, 48.0)] * 21)


def test_in_other_pixels_the_example_lies_on_the_same_ground(tmp_path):
    lean = Affine(6e-6, 0, 10.0, 0, -6e-6, 60.0)
    paths = write_pair(tmp_path, image(), image(), at=lean, crs=CRS.from_epsg(4326))
    pair = align(*(scene.open(path) for path in paths), correct=False)
    there = resize(pair, pair.grid.gsd_m)
    assert not there.is_same
    told = Told()
    job = replace(job_of(there.pair, told), target=pair.grid.window)
    examples.narrowed(job, pair.grid, [lonlat(pair.grid, 40, 100)], 0.5)
    (example,) = told.seen
    rows, cols = (example.block.pre[band][example.row, example.col] for band in (0, 1))
    assert rows == pytest.approx(41, abs=1)
    assert cols == pytest.approx(101, abs=1.5)
