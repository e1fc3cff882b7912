import numpy as np
import pytest

from inference.segmentation.asking import readings
from progress import Watcher
from raster.chip import Chip
from raster.grid import Grid
from tests.inference.segmentation.test_automatic import ASKED, PROPOSING, scene
from tests.scenes import UTM33, transform


def chip(image, valid=None):
    seen = np.ones(image.shape, bool) if valid is None else valid
    return Chip(np.stack([image] * 3), seen, Grid(UTM33, transform(1.0), *image.shape))


def asked(image, least_px, valid=None, segmenter=ASKED):
    calls = []

    class Counting:
        CARD = segmenter.CARD
        embed = staticmethod(segmenter.embed)

        @staticmethod
        def answer(model, embedding, prompt):
            calls.append(prompt)
            return segmenter.answer(model, embedding, prompt)

    found = readings(Counting, None, chip(image, valid), least_px=least_px, watcher=Watcher())
    return found, [prompt for prompt in calls if prompt.box is None]


def test_the_lattice_is_as_fine_as_the_smallest_thing_wanted():
    empty = scene((128, 192), [])
    assert len(asked(empty, 64 * 64)[1]) == 2 * 3
    assert len(asked(empty, 32 * 32)[1]) == 2 * 3 + 4 * 6
    assert len(asked(empty, 1)[1]) == 2 * 3 + 4 * 6 + 8 * 12


def test_no_prompt_lies_on_nodata():
    valid = np.zeros((128, 128), bool)
    valid[:64, :64] = True
    _found, prompts = asked(scene((128, 128), []), 64 * 64, valid)
    assert [prompt.inside for prompt in prompts] == [((32.0, 32.0),)]


def test_what_was_found_is_not_asked_for_again():
    image = scene((128, 128), [(0, 0, 128, 128)])
    assert len(asked(image, 32 * 32)[1]) == 1


def test_a_thing_large_for_the_lattice_is_asked_for_what_it_holds():
    large = scene((512, 512), [(0, 0, 512, 512)])
    _found, prompts = asked(large, 64 * 64)
    assert len(prompts) == 8 * 8


def test_a_small_picture_is_asked_in_its_middle():
    _found, prompts = asked(scene((20, 30), [(10, 5, 10, 10)]), 64 * 64)
    assert [prompt.inside for prompt in prompts] == [((15.0, 10.0),)]


def test_proposals_are_taken_as_they_are():
    image = scene((60, 60), [(5, 5, 9, 9), (30, 30, 9, 9)])
    found = readings(PROPOSING, None, chip(image), least_px=1, watcher=Watcher())
    assert [(thing.left, thing.pixels) for thing in found] == [(5, 81), (30, 81)]
    assert found[0].score == pytest.approx(0.9)
