"""What every counter must keep, run over the whole registry on a small picture made here."""

import re

import numpy as np
import pytest

from errors import CancelledError
from inference import counter_registry
from inference.counters.base import Wanted
from progress import Watcher
from tests.pictures import example_of, ground_of, picture, with_cars

SHAPE = (150, 170)
CARS = ((40, 40, 0), (110, 50, 30), (60, 110, 80))
BOX = (29, 34, 51, 46)
AVAILABLE = [entry.name for entry in counter_registry.available() if entry.is_available]


@pytest.fixture(params=AVAILABLE, scope="module")
def loaded(request):
    return counter_registry.load(request.param, "cpu")


@pytest.fixture(scope="module")
def seen():
    valid = np.ones(SHAPE, bool)
    valid[120:, 140:] = False
    return picture(with_cars(SHAPE, CARS), valid=valid)


def find(loaded, seen, *, watcher=None, least=4.0, most=2_000.0):
    examples = (example_of(picture(with_cars(SHAPE, CARS)), BOX),)
    wanted = Wanted(least, most, examples if loaded.card.needs_examples else ())
    return loaded.counter.find(loaded.model, ground_of(seen), wanted, watcher or Watcher())


@pytest.fixture(scope="module")
def sighting(loaded, seen):
    return find(loaded, seen)


def test_the_card_is_complete(loaded):
    card = loaded.card
    assert re.fullmatch(r"[a-z][a-z_]*", card.name)
    assert all((card.title, card.thing, card.things, card.summary, card.source))
    assert card.summary.endswith(".")
    assert all(limit.endswith(".") for limit in card.limits)
    assert 0 < card.gsd_range_m[0] < card.gsd_range_m[1]
    assert 0 < card.area_range_m2[0] < card.area_range_m2[1]
    assert bool(card.weights) == bool(loaded.weights_sha256)


def test_things_lie_on_the_grid_are_tight_and_do_not_overlap(sighting):
    taken = np.zeros(SHAPE, int)
    for thing in sighting.instances:
        assert thing.top >= 0
        assert thing.left >= 0
        assert 0 <= thing.score <= 1
        assert thing.mask.dtype == np.bool_
        assert thing.mask[0].any()
        assert thing.mask[-1].any()
        assert thing.mask[:, 0].any()
        assert thing.mask[:, -1].any()
        taken[thing.window.toslices()] += thing.mask
    assert taken.max(initial=0) <= 1


def test_support_covers_the_grid_and_is_higher_on_things(sighting):
    assert sighting.support.shape == SHAPE
    assert sighting.support.dtype == np.uint8
    inside = np.zeros(SHAPE, bool)
    for thing in sighting.instances:
        inside[thing.window.toslices()] |= thing.mask
    if inside.any():
        assert sighting.support[inside].mean() > 100 > sighting.support[~inside].mean()


def test_sizes_asked_for_are_kept(loaded, seen, sighting):
    sizes = sorted(thing.pixels * seen.grid.gsd_m**2 for thing in sighting.instances)
    assert all(4.0 <= size <= 2_000.0 for size in sizes)
    if sizes:
        found = find(loaded, seen, least=sizes[-1] + 1, most=sizes[-1] + 2).instances
        assert all(sizes[-1] + 1 <= one.pixels * 0.25 <= sizes[-1] + 2 for one in found)


def test_nothing_is_seen_where_nothing_was_observed(sighting):
    for thing in sighting.instances:
        rows, cols = np.nonzero(thing.mask)
        assert not ((rows + thing.top >= 120) & (cols + thing.left >= 140)).any()


def test_a_picture_of_nothing_gives_nothing(loaded):
    nothing = picture(with_cars((90, 80), ()), valid=np.zeros((90, 80), bool))
    found = find(loaded, nothing)
    assert found.instances == ()
    assert not found.support.any()


def test_equal_questions_have_equal_answers(loaded, seen, sighting):
    again = find(loaded, seen)
    assert [(one.top, one.left, one.score) for one in again.instances] == [
        (one.top, one.left, one.score) for one in sighting.instances
    ]
    assert np.array_equal(again.support, sighting.support)


def test_work_can_be_cancelled(loaded, seen):
    with pytest.raises(CancelledError):
        find(loaded, seen, watcher=Watcher(is_cancelled=lambda: True))


def test_progress_stays_between_nothing_and_all(loaded, seen):
    told = []
    find(loaded, seen, watcher=Watcher(on_progress=lambda share, _words: told.append(share)))
    assert told
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1
