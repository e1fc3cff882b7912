import numpy as np
import pytest

from errors import CancelledError, InputError
from inference.counters import like_this
from inference.counters.base import Wanted
from inference.counting import alike
from progress import Watcher
from tests.pictures import example_of, ground_of, picture, with_cars

SHAPE = (260, 300)
CARS = ((60, 50, 0), (150, 60, 35), (240, 70, 90), (70, 150, 120), (160, 160, 60), (230, 200, 10))
BOX = (49, 44, 71, 56)


@pytest.fixture(scope="module")
def seen():
    return picture(with_cars(SHAPE, CARS))


def find(seen, *, similarity=0.4, box=BOX, examples=None, **sizes):
    wanted = Wanted(
        sizes.get("least", 10.0),
        sizes.get("most", 100.0),
        examples or (example_of(seen, box),),
        similarity,
    )
    return like_this.find(None, ground_of(seen), wanted, Watcher())


def middles(things):
    return sorted(
        (one.left + one.mask.shape[1] / 2, one.top + one.mask.shape[0] / 2) for one in things
    )


def test_every_thing_like_the_example_is_found_at_any_angle_and_nothing_else(seen):
    things = find(seen).instances
    expected = sorted((x, y) for x, y, _angle in CARS)
    assert np.abs(np.array(middles(things)) - expected).max() < 3


def test_outlines_cover_the_things(seen):
    for thing in find(seen).instances:
        assert 0.75 * 18 * 8 < thing.pixels < 1.35 * 18 * 8


def test_the_example_itself_is_very_like_itself(seen):
    itself = min(find(seen).instances, key=lambda thing: abs(thing.left - 51))
    assert abs(itself.left - 51) <= 2
    assert itself.score > 0.75


def test_more_similarity_never_finds_more(seen):
    numbers = [len(find(seen, similarity=similarity).instances) for similarity in (0.2, 0.5, 0.9)]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[-1] < numbers[0]


def test_small_tiles_and_one_tile_find_the_same(seen, monkeypatch):
    whole = find(seen)
    monkeypatch.setattr(alike, "TILE_CELLS", 29)
    tiled = find(seen)
    assert middles(tiled.instances) == middles(whole.instances)
    assert np.abs(tiled.support.astype(int) - whole.support).max() <= 1


def test_things_do_not_overlap(seen):
    taken = np.zeros(SHAPE, int)
    for thing in find(seen, similarity=0.1).instances:
        taken[thing.window.toslices()] += thing.mask
    assert taken.max() == 1


def test_support_is_high_on_things_and_low_on_ground(seen):
    support = find(seen).support
    on_cars = [support[y, x] for x, y, _angle in CARS]
    assert min(on_cars) >= 127
    assert np.median(support) < 50


def test_an_example_of_one_image_finds_things_in_another(seen):
    other = picture(with_cars(SHAPE, CARS[2:], seed=5) * 0.9 + 8)
    things = find(other, examples=(example_of(seen, BOX),)).instances
    expected = sorted((x, y) for x, y, _angle in CARS[2:])
    assert np.abs(np.array(middles(things)) - expected).max() < 3


def test_ground_without_such_things_gives_none(seen):
    empty = picture(with_cars(SHAPE, (), seed=9))
    assert find(empty, examples=(example_of(seen, BOX),), similarity=0.6).instances == ()


def test_nothing_is_found_where_nothing_was_observed(seen):
    valid = np.ones(SHAPE, bool)
    valid[:, 120:] = False
    half = picture(with_cars(SHAPE, CARS), valid=valid)
    things = find(half).instances
    assert all(one.left + one.mask.shape[1] <= 120 for one in things)
    assert len(things) == 2


def test_an_image_without_a_pixel_observed_gives_none(seen):
    dark = picture(with_cars((60, 70), ()), valid=np.zeros((60, 70), bool))
    assert find(dark, examples=(example_of(seen, BOX),)).instances == ()


@pytest.mark.parametrize("shape", [(1, 1), (3, 40), (30, 9)])
def test_slivers_of_an_image_are_searched(seen, shape):
    sliver = picture(with_cars(shape, ()))
    found = find(sliver, examples=(example_of(seen, BOX),))
    assert found.support.shape == shape


def test_sizes_are_kept(seen):
    assert find(seen, least=60.0).instances == ()
    assert find(seen, least=1.0, most=10.0).instances == ()


@pytest.mark.parametrize("number", [0, alike.MOST_EXAMPLES + 1])
def test_no_example_and_too_many_are_refused(seen, number):
    wanted = Wanted(1, 100, (example_of(seen, BOX),) * number)
    with pytest.raises(InputError, match=f"There are {number} examples"):
        like_this.find(None, ground_of(seen), wanted, Watcher())


def test_too_many_finds_are_cut_to_the_likest_and_this_is_said(seen, monkeypatch):
    monkeypatch.setattr(alike, "MOST_FINDS", 3)
    found = find(seen)
    assert len(found.instances) <= 3
    assert [note.code for note in found.notes] == ["count_too_many"]
    assert max(one.score for one in found.instances) > 0.75


def test_equal_questions_have_equal_answers(seen):
    one, two = find(seen), find(seen)
    assert [(a.top, a.left, a.score) for a in one.instances] == [
        (b.top, b.left, b.score) for b in two.instances
    ]
    assert np.array_equal(one.support, two.support)


def test_the_search_can_be_cancelled(seen):
    wanted = Wanted(1, 100, (example_of(seen, BOX),))
    with pytest.raises(CancelledError):
        like_this.find(None, ground_of(seen), wanted, Watcher(is_cancelled=lambda: True))


def test_several_examples_find_what_either_alone_would(seen):
    image = with_cars(SHAPE, CARS[:3])
    image[:, 150:166, 60:76] = np.array([30, 60, 220])[:, None, None]
    image[:, 190:206, 200:216] = np.array([30, 60, 220])[:, None, None]
    mixed = picture(image)
    examples = (example_of(mixed, BOX), example_of(mixed, (60, 150, 76, 166)))
    found = find(mixed, examples=examples, similarity=0.5)
    assert len(found.instances) == 5
    subject = alike.subject_of(examples[1])
    assert np.count_nonzero(subject.mask) == pytest.approx(256, rel=0.1)
