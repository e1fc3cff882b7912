import numpy as np
import pytest

from errors import InputError
from inference.training.tuning import split, windows
from inference.training.tuning.windows import Place
from tests.inference.training.tuning.grounds import ground, row_of


def parted(place, gap_px=288):
    blocks = split.choose([place], gap_px=gap_px)
    return blocks, split.apart([place], blocks, gap_px=gap_px)


def test_no_window_touches_validation_or_its_gap():
    place = ground(boxes=row_of(12))
    blocks, out = parted(place)
    places = windows.find([place], out, size_px=96)
    windows.require_apart(places, out, blocks)
    shown = np.zeros(place.shape, bool)
    for one in places:
        shown[one.top : one.top + 96, one.left : one.left + 96] = True
    assert not (shown & out[0]).any()
    assert shown[~out[0]].mean() > 0.8


def test_a_window_slipped_into_validation_is_found():
    place = ground(boxes=row_of(12))
    blocks, out = parted(place)
    places = windows.find([place], out, size_px=96)
    (block,) = blocks
    leaking = windows.Places((*places.busy, Place(0, block.top, block.left)), (), (), 96)
    with pytest.raises(InputError, match="touches ground that is kept for validation"):
        windows.require_apart(leaking, out, blocks)


def test_a_block_that_is_not_kept_out_is_found():
    place = ground(boxes=row_of(12))
    blocks, out = parted(place)
    places = windows.find([place], out, size_px=96)
    with pytest.raises(InputError, match="touches"):
        windows.require_apart(places, [np.zeros_like(out[0])], blocks)


def test_windows_are_told_apart_by_what_they_teach():
    place = ground(boxes=row_of(12))
    unknown = ground(boxes=row_of(12), known=False)
    nothing_out = [np.zeros(place.shape, bool)]
    everywhere, here = (windows.find([one], nothing_out, size_px=64) for one in (place, unknown))
    assert set(everywhere.busy) == set(here.busy)
    assert everywhere.calm
    assert not everywhere.bare
    assert not here.calm
    assert set(here.bare) == set(everywhere.calm)


def test_windows_shrink_to_the_smallest_ground_in_whole_cells():
    assert windows.side_px([ground((200, 500)), ground((150, 400))], 256) == 128


def test_ground_whose_changes_are_all_kept_out_is_refused():
    place = ground(boxes=row_of(1))
    with pytest.raises(InputError, match="No labelled change is left"):
        windows.find([place], [place.changed], size_px=64)
