import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.counting.splitting import split

SIDE = 160


def disks(*centres_and_radii, side=SIDE):
    """(row, col) float32, 1 inside any of the disks (row, col, radius)."""
    rows, cols = np.mgrid[:side, :side]
    inside = np.zeros((side, side), bool)
    for row, col, radius in centres_and_radii:
        inside |= (rows - row) ** 2 + (cols - col) ** 2 < radius**2
    return inside.astype(np.float32)


def bar(length, width, angle_rad, side=SIDE):
    rows, cols = np.mgrid[:side, :side] - side / 2 + 0.5
    along = cols * np.cos(angle_rad) + rows * np.sin(angle_rad)
    across = rows * np.cos(angle_rad) - cols * np.sin(angle_rad)
    return ((abs(along) <= length / 2) & (abs(across) <= width / 2)).astype(np.float32)


def painted(things, shape):
    """How many things hold each pixel."""
    total = np.zeros(shape, int)
    for thing in things:
        total[thing.window.toslices()] += thing.mask
    return total


@settings(max_examples=25, deadline=None)
@given(
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1),
    st.lists(st.integers(3, 18), min_size=16, max_size=16),
)
def test_separate_disks_are_as_many_things(cells, radii):
    placed = [(20 + 40 * r, 20 + 40 * c, radii[4 * r + c]) for r, c in cells]
    assert len(split(disks(*placed))) == len(placed)


@pytest.mark.parametrize("radius", [12, 20, 30])
def test_two_disks_part_at_one_and_a_half_radii_and_stay_one_at_one_point_three(radius):
    def pair(apart):
        return disks((80, 60, radius), (80, 60 + apart * radius, radius))

    assert len(split(pair(1.5))) == 2
    assert len(split(pair(1.3))) == 1


def test_parted_disks_share_the_ground_evenly_and_exactly():
    both = disks((80, 50, 22), (80, 88, 22))
    left, right = sorted(split(both), key=lambda thing: thing.left)
    assert (painted((left, right), both.shape) == both).all()
    assert left.pixels == pytest.approx(right.pixels, rel=0.05)
    assert abs(right.left - 69) <= 1


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 40), st.floats(0, np.pi), st.integers(40, 150))
def test_a_bar_is_one_thing_in_every_direction(width, angle_rad, length):
    assert len(split(bar(length, width, angle_rad))) == 1


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.2, 0.8))
def test_areas_add_up_to_the_thresholded_mask(seed, threshold):
    coarse = np.random.default_rng(seed).random((12, 12)).astype(np.float32)
    inside = np.kron(coarse, np.ones((6, 6), np.float32))
    found = split(inside, threshold=threshold)
    assert (painted(found, inside.shape) == (inside > threshold)).all()


def test_patches_below_the_smallest_area_are_left_out_and_no_piece_is_smaller():
    inside = disks((40, 40, 20), (40, 67, 9), (120, 120, 3))
    everything = split(inside)
    kept = split(inside, min_area_px=300)
    assert len(everything) == 3
    assert len(kept) == 1
    assert kept[0].pixels == everything[0].pixels + everything[1].pixels


def test_a_shallow_gap_of_the_interior_parts_two_equal_halls():
    inside = np.full((60, 120), 0.05, np.float32)
    inside[15:45, 10:110] = 0.95
    inside[15:45, 59:61] = 0.6
    assert len(split(inside)) == 2
    assert len(split(inside, heights=(0.0,))) == 1


def test_the_score_is_the_mean_interior_of_the_piece():
    inside = np.zeros((40, 90), np.float32)
    inside[5:35, 5:35] = 0.9
    inside[5:35, 50:80] = 0.7
    left, right = sorted(split(inside), key=lambda thing: thing.left)
    assert left.score == pytest.approx(0.9)
    assert right.score == pytest.approx(0.7)


def test_what_was_not_observed_belongs_to_nothing():
    inside = np.full((30, 30), np.nan, np.float32)
    assert split(inside) == ()
    inside[5:20, 5:20] = 1
    assert sum(thing.pixels for thing in split(inside)) == 225
