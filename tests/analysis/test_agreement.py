"""Who sees an object: half of its pixels, across strips, for every object of a mask."""

from dataclasses import replace

import numpy as np
import pytest
import rasterio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.ndimage import label

from analysis import agreement
from raster import components
from raster.area import PixelAreas
from raster.mask import Votes

VOTERS = ("cva", "irmad", "structure")


@pytest.fixture
def voted(make_mask):
    """A mask with what each of three methods said of its pixels (row, col) as bits."""

    def make(codes, bits):
        mask = make_mask(codes)
        path = mask.codes_path.with_name("votes.tif")
        with rasterio.open(mask.codes_path) as like, rasterio.open(path, "w", **like.profile) as to:
            to.write(np.asarray(bits, np.uint8), 1)
        return replace(mask, votes=Votes(path, VOTERS))

    return make


def measured(mask):
    regions = components.label(mask.codes, mask.scores, PixelAreas(mask.grid))
    return regions, agreement.measure(mask, regions)


def test_a_method_sees_an_object_from_half_of_its_pixels_on(voted):
    codes, bits = np.zeros((6, 12)), np.zeros((6, 12), int)
    codes[1:3, 1:5], codes[1:3, 7:11] = 1, 1
    bits[codes > 0] = 0b001
    bits[1:3, 1:3] |= 0b010  # Half of the first.
    bits[1, 7:10] |= 0b010  # Less than half of the second.
    _regions, found = measured(voted(codes, bits))
    assert found.sees.tolist() == [[True, True, False], [True, False, False]]
    assert found.votes.tolist() == [2, 1]
    assert found.names == ("cva, irmad", "cva")


def test_what_was_said_outside_of_objects_is_not_counted(voted):
    codes = np.zeros((5, 5))
    codes[2, 2] = 1
    bits = np.where(codes > 0, 0b100, 0b011)
    _regions, found = measured(voted(codes, bits))
    assert found.names == ("structure",)


def test_one_method_alone_agrees_with_nobody(make_mask):
    assert measured(make_mask(np.ones((3, 3))))[1] is None


def test_no_object_is_seen_by_nobody(voted):
    _regions, found = measured(voted(np.zeros((3, 3)), np.full((3, 3), 7)))
    assert found.sees.shape == (0, 3)
    assert found.names == ()


def test_strips_leave_no_trace(voted, monkeypatch):
    codes = np.zeros((40, 10))
    codes[3:35, 2:6] = 1
    bits = np.where(np.arange(40)[:, None] < 19, 0b001, 0b110) * np.ones((40, 10), int)
    monkeypatch.setattr(components, "STRIP_ROWS", 7)
    regions, found = measured(voted(codes, bits))
    assert len(regions) == 1
    # 16 of its 32 rows are above the line.
    assert found.names == ("cva, irmad, structure",)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_object_has_the_votes_of_its_own_pixels(voted, seed):
    rng = np.random.default_rng(seed)
    codes, bits = (rng.random((9, 11)) < 0.4).astype(np.uint8), rng.integers(0, 8, (9, 11))
    regions, found = measured(voted(codes, bits))
    numbers, count = label(codes, np.ones((3, 3)))
    expected = sorted(
        [tuple((bits[numbers == one] >> at & 1).mean() >= 0.5 for at in range(3))]
        for one in range(1, count + 1)
    )
    assert len(regions) == count
    assert sorted([tuple(row)] for row in found.sees.tolist()) == expected
