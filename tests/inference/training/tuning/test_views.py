import numpy as np
import torch

from inference.training.change.shards import BUILT, CHANGED, SEEN, Stored
from inference.training.tuning import views, windows
from inference.training.tuning.ground import KNOWN
from inference.training.tuning.recipe import TuningRecipe
from tests.inference.training.tuning.grounds import ground, row_of

RECIPE = TuningRecipe(batch=4, size_px=96, replay_share=0.5)


def replayed():
    """A rendered pair of which the left half is labelled, with one building at pre."""
    codes = np.zeros((128, 128), np.uint8)
    codes[:, :64] |= SEEN
    codes[20:40, 20:40] |= CHANGED | BUILT[0]
    pictures = np.full((2, 128, 128, 3), 77, np.uint8)
    return Stored(pictures, codes, np.zeros((2, 128, 128), np.uint8))


def lesson():
    place = ground(boxes=row_of(12))
    return [place], windows.find([place], [np.zeros(place.shape, bool)], size_px=96)


def test_a_batch_is_a_pure_function_of_its_step():
    grounds, places = lesson()
    one, same, other = (
        views.batch_of(grounds, places, [replayed()], RECIPE, step) for step in (3, 3, 4)
    )
    assert torch.equal(one.pre, same.pre)
    assert torch.equal(one.change, same.change)
    assert not torch.equal(one.pre, other.pre)


def test_labels_turn_with_their_pictures():
    place = ground(boxes=((30, 40, 12, 30),))
    part = views.part_of([place], windows.Place(0, 0, 0), 96)
    for seed in range(16):
        turned = views.turned(np.random.default_rng(seed), part)
        bright = (turned.pictures > 200).all(axis=3).any(axis=0)
        assert np.array_equal(bright, (turned.codes & CHANGED) > 0)


def test_exchanged_dates_exchange_their_buildings_and_nothing_else():
    codes = np.array([[BUILT[0] | KNOWN[0] | SEEN | CHANGED, BUILT[1], SEEN]], np.uint8)
    expected = np.array([[BUILT[1] | KNOWN[1] | SEEN | CHANGED, BUILT[0], SEEN]], np.uint8)
    assert np.array_equal(views.exchanged(codes), expected)
    assert np.array_equal(views.exchanged(expected), codes)


def test_buildings_are_known_on_rendered_ground_and_unknown_on_unlabelled():
    grounds, places = lesson()
    batch = views.batch_of(grounds, places, [replayed()], RECIPE, 0)
    told = batch.told.reshape(2, 4, 96, 96)
    assert torch.equal(told[:, :2].amax(0), batch.seen[:2])
    assert not told[:, 2:].any()


def test_unlabelled_windows_come_twice_alike_but_for_the_light():
    grounds, places = lesson()
    plain, strong = views.unlabelled(grounds, places, RECIPE, 5)
    assert torch.equal(plain.change, strong.change)
    assert not torch.equal(plain.pre, strong.pre)
