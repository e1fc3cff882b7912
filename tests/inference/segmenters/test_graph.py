import time

import numpy as np
import pytest
from rasterio.features import rasterize

from inference.segmenters import graph
from inference.segmenters.base import Prompt
from raster.chip import Chip
from raster.grid import Grid
from simulation.pair import PairSpec, render
from tests.scenes import UTM33, transform

SHAPE = (120, 160)
ROOF = (50, 30, 110, 80)
"""Left, top, right, bottom."""


def chip(image, valid=None):
    seen = np.ones(image.shape[1:], bool) if valid is None else valid
    return Chip(image, seen, Grid(UTM33, transform(0.5), *seen.shape))


def mask_of(left, top, right, bottom, shape=SHAPE):
    mask = np.zeros(shape, bool)
    mask[top:bottom, left:right] = True
    return mask


def iou(one, other):
    return np.count_nonzero(one & other) / max(np.count_nonzero(one | other), 1)


def mottled(seed=0, shape=SHAPE):
    rng = np.random.default_rng(seed)
    return np.clip(rng.normal(0, 4, (3, *shape)) + 80, 0, 255)


@pytest.fixture(scope="module")
def roof():
    """A gable roof, one half darker, with a dark chimney, and a shadow below it."""
    image = mottled()
    image[:, 80:88, 50:114] = 35
    image[0, 30:80, 50:110] = 200
    image[1:, 30:80, 50:110] = 120
    image[:, 55:80, 50:110] *= 0.8
    image[:, 40:43, 60:63] = 20
    return graph.embed(None, chip(np.clip(image, 0, 255).astype(np.uint8)))


def ask(embedding, **prompt):
    return graph.answer(None, embedding, Prompt(**prompt))


def test_a_click_gives_readings_one_of_which_is_the_roof(roof):
    found = ask(roof, inside=((80.5, 50.5),))
    assert max(iou(one.mask, mask_of(*ROOF)) for one in found) > 0.95
    assert all(one.mask[50, 80] for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_a_second_click_joins_the_halves(roof):
    (best, *_others) = ask(roof, inside=((80.5, 40.5), (80.5, 70.5)))
    assert iou(best.mask, mask_of(*ROOF)) > 0.95


def test_a_click_outside_takes_a_half_away(roof):
    (best, *_others) = ask(roof, inside=((80.5, 68.5),), outside=((80.5, 40.5),))
    assert best.mask[68, 80]
    assert not best.mask[40, 80]
    assert iou(best.mask, mask_of(50, 55, 110, 80)) > 0.9


@pytest.mark.parametrize("slack", [0, 4, 8])
def test_a_box_gives_the_roof_without_shadow_and_with_its_chimney(roof, slack):
    left, top, right, bottom = ROOF
    box = (left - slack, top - slack, right + slack, bottom + slack)
    (found,) = ask(roof, box=tuple(float(side) for side in box))
    assert iou(found.mask, mask_of(*ROOF)) > 0.93
    assert found.mask[41, 61]


def test_a_point_beside_the_thing_in_a_box_is_left_out(roof):
    box = (48.0, 28.0, 116.0, 90.0)
    (found,) = ask(roof, box=box, outside=((80.5, 84.5),))
    assert not found.mask[84, 80]
    assert iou(found.mask, mask_of(*ROOF)) > 0.93


def test_a_rough_outline_gives_the_roof(roof):
    (found,) = ask(roof, polygon=((45, 27), (114, 26), (116, 84), (47, 83)))
    assert iou(found.mask, mask_of(*ROOF)) > 0.93


def test_nothing_is_found_beyond_the_picture_or_on_nodata():
    image = np.clip(mottled(1), 0, 255).astype(np.uint8)
    valid = np.ones(SHAPE, bool)
    valid[:, 100:] = False
    embedding = graph.embed(None, chip(image, valid))
    assert ask(embedding, inside=((120.5, 50.5),)) == ()
    assert ask(embedding, inside=((500.0, 500.0),)) == ()
    assert ask(embedding, box=(110.0, 10.0, 150.0, 60.0)) == ()
    assert ask(embedding, box=(-90.0, -90.0, -20.0, -20.0)) == ()
    assert ask(embedding, polygon=((300, 300), (340, 300), (320, 340))) == ()
    assert ask(embedding) == ()
    assert ask(embedding, outside=((5.5, 5.5),)) == ()


def test_no_candidate_covers_what_was_not_observed():
    image = mottled(2)
    image[:, 40:80, 60:120] = 200
    valid = np.ones(SHAPE, bool)
    valid[:, 100:] = False
    embedding = graph.embed(None, chip(image.astype(np.uint8), valid))
    for found in (
        ask(embedding, inside=((80.5, 60.5),)),
        ask(embedding, box=(55.0, 35.0, 125.0, 85.0)),
    ):
        assert found
        assert not (found[0].mask & ~valid).any()
        assert iou(found[0].mask, mask_of(60, 40, 100, 80)) > 0.95


def test_points_on_both_sides_of_nodata_still_give_one_thing():
    image = mottled(3)
    valid = np.ones(SHAPE, bool)
    valid[:, 70:90] = False
    embedding = graph.embed(None, chip(image.astype(np.uint8), valid))
    (found, *_others) = ask(embedding, inside=((30.5, 60.5), (130.5, 60.5)))
    assert found.mask[60, 30] != found.mask[60, 130]


def test_a_point_that_is_both_inside_and_outside_asks_for_nothing(roof):
    assert ask(roof, inside=((80.5, 50.5),), outside=((80.5, 50.5),)) == ()


def test_a_chip_of_one_colour_has_a_single_reading():
    plain = graph.embed(None, chip(np.full((3, *SHAPE), 90, np.uint8)))
    (found,) = ask(plain, inside=((80.5, 50.5),))
    assert found.mask.all()
    assert found.score < 0.1
    (boxed,) = ask(plain, box=(10.0, 10.0, 60.0, 60.0))
    assert (boxed.mask == mask_of(10, 10, 60, 60)).all()


def test_proposals_hold_the_roof_and_no_grain(roof):
    found = graph.propose(None, roof)
    overlaps = []
    for thing in found:
        mask = np.zeros(SHAPE, bool)
        mask[thing.window.toslices()] = thing.mask
        overlaps.append(iou(mask, mask_of(*ROOF)))
    upper_half = iou(mask_of(50, 30, 110, 55), mask_of(*ROOF))
    assert max(overlaps) >= upper_half - 0.02
    assert min(thing.pixels for thing in found) >= 9


@pytest.mark.slow
def test_boxes_around_simulated_roofs_reach_the_bar():
    """The bar of 0.88 is the default segmenter's; this one has no weights and meets it."""
    values = []
    for seed in (21, 22):
        pair = render(PairSpec(seed, shape=(384, 384)))
        embedding = graph.embed(None, chip(pair.pre))
        for thing in pair.objects:
            left, top, right, bottom = thing.polygon.bounds
            if thing.in_pre and left > 1 and top > 1 and right < 383 and bottom < 383:
                truth = rasterize([(thing.polygon, 1)], out_shape=(384, 384), dtype="uint8") > 0
                (found,) = ask(embedding, box=(left, top, right, bottom))
                values.append(iou(found.mask, truth))
    assert len(values) > 30
    assert np.median(values) > 0.88


@pytest.mark.slow
def test_prompts_on_a_megapixel_are_answered_in_time():
    rng = np.random.default_rng(5)
    coarse = rng.integers(0, 200, (3, 128, 128)).astype(np.float32)
    picture = np.kron(coarse, np.ones((8, 8), np.float32)) + rng.normal(0, 12, (3, 1024, 1024))
    embedding = graph.embed(None, chip(np.clip(picture, 0, 255).astype(np.uint8)))
    for prompt in (Prompt(inside=((500.0, 500.0),)), Prompt(box=(100.0, 100.0, 900.0, 900.0))):
        graph.answer(None, embedding, prompt)
        began = time.process_time()
        graph.answer(None, embedding, prompt)
        assert time.process_time() - began < 0.3
