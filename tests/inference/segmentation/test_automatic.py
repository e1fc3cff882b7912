from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.windows import Window

from errors import CancelledError
from inference.segmentation import automatic
from inference.segmenters import graph
from inference.segmenters.base import Candidate, Card
from progress import Watcher
from raster.chip import Chip
from raster.grid import Grid
from raster.instances import cut
from tests.scenes import UTM33, transform

WINDOW_PX = 128
GSD_M = 2.0
NO_LIMIT = float("inf")


def card(prompts=("point", "box"), gsd_range_m=(0.1, 100.0)):
    return Card(
        "spots", "Spots", "Sees bright spots.", "made here", "", frozenset(prompts), gsd_range_m,
        window_px=WINDOW_PX,
    )  # fmt: skip


def bright(chip):
    """Labels (row, col) of the bright spots of a chip; dark spots are not things."""
    _n, labels = cv2.connectedComponents((chip.image[0] > 150).astype(np.uint8), connectivity=4)
    return labels


def embed(_model, chip):
    return {"labels": bright(chip)}


def propose(_model, embedding):
    labels = embedding["labels"]
    return tuple(cut(labels == number, 0.9) for number in range(1, int(labels.max()) + 1))


def answer(_model, embedding, prompt):
    labels = embedding["labels"]
    if prompt.box is not None:
        left, top, right, bottom = (int(side) for side in prompt.box)
        inside = labels[top:bottom, left:right]
        number = int(np.bincount(inside[inside > 0], minlength=1).argmax())
    else:
        ((x, y),) = prompt.inside
        number = int(labels[int(y), int(x)])
    return (Candidate(labels == number, 0.9),) if number else ()


PROPOSING = SimpleNamespace(CARD=card(), embed=embed, answer=answer, propose=propose)
ASKED = SimpleNamespace(CARD=card(), embed=embed, answer=answer)


def scene(shape, blocks):
    """A dark picture with bright blocks (left, top, width, height)."""
    image = np.full(shape, 60, np.uint8)
    for left, top, width, height in blocks:
        image[top : top + height, left : left + width] = 220
    return image


def look(image, segmenter=PROPOSING, window=None, *, low_m2=0.0, high_m2=NO_LIMIT, watcher=None):
    grid = Grid(UTM33, transform(GSD_M), *image.shape)
    return automatic.everything(
        segmenter, None, reader(image, grid), grid, window or grid.window,
        min_area_m2=low_m2, max_area_m2=high_m2, watcher=watcher or Watcher(),
    )  # fmt: skip


def reader(image, grid, unseen=None):
    def read(window):
        assert max(window.width, window.height) <= 4 * WINDOW_PX
        part = image[window.toslices()]
        valid = np.ones(part.shape, bool) if unseen is None else ~unseen[window.toslices()]
        return Chip(np.stack([part] * 3), valid, grid.crop(window))

    return read


def boxes(things):
    return sorted(
        (thing.left, thing.top, thing.mask.shape[1], thing.mask.shape[0]) for thing in things
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_every_small_thing_is_found_once_and_whole_wherever_tiles_meet(seed):
    rng = np.random.default_rng(seed)
    blocks = [
        (
            int(x + rng.integers(0, 6)), int(y + rng.integers(0, 6)),
            int(rng.integers(2, 32)), int(rng.integers(2, 32)),
        )
        for x in range(0, 400, 40)
        for y in range(0, 240, 40)
    ]  # fmt: skip
    found = look(scene((250, 410), blocks))
    assert boxes(found) == sorted(blocks)
    assert all(thing.mask.all() for thing in found)


def test_a_thing_wider_than_the_overlap_is_found_once():
    wide = (40, 90, 70, 60)
    assert boxes(look(scene((300, 300), [wide]))) == [wide]


def test_a_thing_larger_than_a_window_is_found_once_in_a_coarser_look():
    large = (20, 40, 250, 200)
    (thing,) = look(scene((300, 300), [large, (4, 4, 8, 8)]), low_m2=1000)
    # Its outline is as fine as the pixels of the look that showed it whole.
    assert np.abs(np.array(boxes([thing])[0]) - large).max() <= 4
    assert thing.mask.all()


def test_a_thing_larger_than_the_widest_look_is_put_together():
    river = (0, 100, 900, 30)
    (thing,) = look(scene((260, 900), [river]))
    assert boxes([thing]) == [river]
    assert thing.mask.all()


def test_no_look_is_coarser_than_the_segmenter_knows():
    fine = SimpleNamespace(
        CARD=card(gsd_range_m=(0.1, GSD_M / 2)), embed=embed, answer=answer, propose=propose
    )
    river = (0, 100, 900, 30)
    assert boxes(look(scene((260, 900), [river]), fine)) == [river]


def test_a_piece_that_nobody_beyond_the_border_confirms_is_no_thing():
    def in_the_first_window_only(_model, embedding):
        return propose(None, embedding) if embedding["is_first"] else ()

    def marked(_model, chip):
        return {"labels": bright(chip), "is_first": chip.image[0, 0, 0] == 61}

    image = scene((100, 300), [(60, 20, 200, 60), (20, 20, 20, 20)])
    image[0, 0] = 61
    no_wider = card(gsd_range_m=(0.1, GSD_M / 2))
    alone = SimpleNamespace(
        CARD=no_wider, embed=marked, answer=answer, propose=in_the_first_window_only
    )
    assert boxes(look(image, alone)) == [(20, 20, 20, 20)]


def test_sizes_are_in_square_metres():
    blocks = [(10, 10, 5, 5), (40, 10, 10, 10), (80, 10, 20, 20)]
    found = look(scene((60, 120), blocks), low_m2=101, high_m2=1599)
    assert boxes(found) == [blocks[1]]


def test_things_that_touch_the_window_are_whole_and_others_left_out():
    blocks = [(20, 20, 30, 30), (60, 60, 10, 10), (130, 130, 10, 10)]
    found = look(scene((200, 200), blocks), window=Window(45, 45, 60, 60))
    assert boxes(found) == blocks[:2]


def test_a_picture_without_things_gives_none():
    assert look(scene((200, 200), [])) == ()
    assert look(scene((200, 200), []), ASKED) == ()


def test_ground_that_was_not_observed_is_not_shown_to_the_segmenter():
    image = scene((100, 100), [(10, 10, 20, 20)])
    grid = Grid(UTM33, transform(GSD_M), 100, 100)
    read = reader(image, grid, unseen=np.ones((100, 100), bool))
    found = automatic.everything(
        PROPOSING, None, read, grid, grid.window,
        min_area_m2=0, max_area_m2=NO_LIMIT, watcher=Watcher(),
    )  # fmt: skip
    assert found == ()


def test_a_segmenter_without_proposals_is_asked_point_by_point():
    blocks = [(10, 10, 30, 20), (70, 90, 16, 16), (150, 120, 18, 40)]
    found = look(scene((200, 200), blocks), ASKED, low_m2=16 * 16 * GSD_M**2)
    assert boxes(found) == blocks


def test_a_reading_that_its_own_box_contradicts_is_left_out():
    def moody(_model, embedding, prompt):
        found = answer(_model, embedding, prompt)
        if prompt.box is None or not found:
            return found
        return (Candidate(np.roll(found[0].mask, 9, axis=1), 0.9),)

    image = scene((100, 100), [(30, 30, 20, 20)])
    shaky = SimpleNamespace(CARD=card(), embed=embed, answer=moody)
    assert look(image, shaky) == ()
    # Without boxes there is nothing to contradict it.
    trusting = SimpleNamespace(CARD=card(prompts=("point",)), embed=embed, answer=moody)
    assert len(look(image, trusting)) == 1


def test_unsure_readings_are_left_out():
    def unsure(_model, embedding):
        return tuple(cut(embedding["labels"] == n, 0.3) for n in (1, 2))

    doubting = SimpleNamespace(CARD=card(), embed=embed, answer=answer, propose=unsure)
    assert look(scene((90, 90), [(5, 5, 9, 9), (30, 30, 9, 9)]), doubting) == ()


def test_progress_grows_to_the_end_and_cancelling_stops():
    told = []
    image = scene((300, 300), [(20, 40, 250, 200)])
    look(image, ASKED, watcher=Watcher(lambda fraction, _words: told.append(fraction)))
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) > 9
    with pytest.raises(CancelledError):
        look(image, watcher=Watcher(is_cancelled=lambda: True))


def test_the_real_segmenter_finds_roofs_across_tiles_once():
    rng = np.random.default_rng(0)
    image = np.clip(rng.normal(70, 4, (200, 300)), 0, 255).astype(np.uint8)
    roofs = [(20, 20, 30, 24), (110, 80, 36, 30), (200, 30, 24, 40), (105, 150, 40, 30)]
    for left, top, width, height in roofs:
        image[top : top + height, left : left + width] = 190
    small = SimpleNamespace(
        CARD=card(), embed=graph.embed, answer=graph.answer, propose=graph.propose
    )
    found = look(image, small, low_m2=400 * GSD_M**2, high_m2=2000 * GSD_M**2)
    assert len(found) == len(roofs)
    for got, (left, top, width, height) in zip(boxes(found), sorted(roofs), strict=True):
        assert np.abs(np.array(got) - (left, top, width, height)).max() <= 2
