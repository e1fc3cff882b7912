import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasterio.windows import Window

from errors import CancelledError
from inference.counting import picture as pictures
from progress import Watcher
from tests.pictures import picture
from tests.scenes import ground

SEEN = picture(ground((40, 50)), valid=np.arange(40 * 50).reshape(40, 50) % 7 > 0)


@given(st.integers(-70, 70), st.integers(-70, 70), st.integers(1, 60), st.integers(1, 60))
def test_a_window_shows_the_picture_inside_it_and_nothing_outside(top, left, height, width):
    chip = SEEN.read(Window(left, top, width, height))
    padded = np.pad(SEEN.image, ((0, 0), (140, 140), (140, 140)), constant_values=128)
    seen = np.pad(SEEN.valid, 140)
    at = np.s_[top + 140 : top + 140 + height, left + 140 : left + 140 + width]
    assert np.array_equal(chip.image, padded[(slice(None), *at)])
    assert np.array_equal(chip.valid, seen[at])
    assert chip.grid.transform @ (0, 0) == SEEN.grid.transform @ (left, top)


def test_a_picture_read_in_pieces_is_the_whole(monkeypatch):
    monkeypatch.setattr(pictures, "READ_PX", 17)
    taken = pictures.take(SEEN.read, SEEN.grid, Watcher())
    assert np.array_equal(taken.image, SEEN.image)
    assert np.array_equal(taken.valid, SEEN.valid)


def test_reading_can_be_cancelled():
    with pytest.raises(CancelledError):
        pictures.take(SEEN.read, SEEN.grid, Watcher(is_cancelled=lambda: True))
