import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.counting.skeleton import length_m, spine
from tests.inference.counting.test_splitting import bar, disks


@settings(max_examples=25, deadline=None)
@given(st.integers(80, 140), st.integers(3, 14), st.floats(0, np.pi), st.floats(0.1, 10))
def test_a_ribbon_is_as_long_as_it_was_drawn_in_every_direction(length, width, turn, gsd_m):
    assert length_m(bar(length, width, turn) > 0, gsd_m) == pytest.approx(length * gsd_m, rel=0.03)


def test_a_bend_is_measured_along_the_middle():
    bend = np.zeros((200, 200), bool)
    bend[20:180, 20:30] = True
    bend[170:180, 20:160] = True
    assert length_m(bend, 1.0) == pytest.approx(155 + 135, rel=0.03)


def test_every_branch_counts():
    tee = np.zeros((200, 200), bool)
    tee[100:106, 10:190] = True
    tee[20:100, 97:103] = True
    assert length_m(tee, 0.5) == pytest.approx(0.5 * (180 + 83), rel=0.03)
    assert len(spine(tee).lines) == 3


def test_a_ring_is_as_long_as_its_middle_circle():
    ring = (disks((80, 80, 60)) > 0) & ~(disks((80, 80, 54)) > 0)
    assert length_m(ring, 1.0) == pytest.approx(2 * np.pi * 57, rel=0.03)


def test_bumps_of_the_outline_are_no_branches():
    rough = bar(140, 16, 0) > 0
    rough[66:72, ::12] = True
    rough &= bar(140, 28, 0) > 0
    assert len(spine(rough).lines) == 1
    assert length_m(rough, 1.0) == pytest.approx(140, rel=0.05)


def test_a_blob_is_as_long_as_it_is_wide():
    assert length_m(disks((80, 80, 30)) > 0, 2.0) == pytest.approx(120, rel=0.05)
    assert length_m(np.ones((1, 1), bool), 3.0) == pytest.approx(3.0)


def test_nothing_has_no_length():
    assert length_m(np.zeros((5, 5), bool), 1.0) == 0
