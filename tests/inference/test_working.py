import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import UnsuitableSceneError
from inference.working import suited

RANGE, BEST = (0.28, 1.2), 0.5


def look(gsd_m):
    return suited(gsd_m, range_m=RANGE, best_m=BEST)


@pytest.mark.parametrize(
    ("gsd_m", "expected"),
    [(0.1, 0.5), (0.15, 0.45), (0.2, 0.4), (0.27, 0.54), (0.3, 0.3), (1.2, 1.2), (1.5, 0.75)],
)
def test_pairs_are_looked_at_near_the_best_size(gsd_m, expected):
    assert look(gsd_m) == pytest.approx(expected)


def test_too_large_pixels_are_refused_with_the_range():
    with pytest.raises(UnsuitableSceneError, match=r"3 m are too large.*0\.28 to 1\.2 m"):
        look(3.0)


@given(st.floats(0.01, 2.4))
def test_every_accepted_size_lies_in_the_range_by_a_whole_factor(gsd_m):
    size_m = look(gsd_m)
    assert RANGE[0] * 0.989 <= size_m <= RANGE[1] * 1.011
    factor = max(size_m / gsd_m, gsd_m / size_m)
    assert factor == pytest.approx(round(factor))
