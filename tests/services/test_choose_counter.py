import pytest

from errors import InputError, UnknownDetectorError
from services.choose_counter import choose, plural
from tests.counting import add_bright_counter


@pytest.fixture(autouse=True)
def bright(monkeypatch):
    add_bright_counter(monkeypatch)


@pytest.mark.parametrize("word", ["hut", "huts", " Huts ", "bright"])
def test_a_counter_is_found_by_what_it_counts_or_by_its_name(word):
    card, counter = choose("", word, has_examples=False)
    assert (card.name, counter.thing, counter.things) == ("bright", "hut", "huts")


def test_a_named_counter_counts_under_the_word_given():
    _card, counter = choose("bright", "box", has_examples=False)
    assert (counter.name, counter.thing, counter.things) == ("bright", "box", "boxes")


def test_with_examples_any_word_names_what_they_show():
    card, counter = choose("", "oil tank", has_examples=True)
    assert card.needs_examples
    assert (counter.thing, counter.things) == ("oil tank", "oil tanks")


def test_a_named_counter_stays_even_with_examples():
    assert choose("bright", "", has_examples=True)[0].name == "bright"


@pytest.mark.parametrize("word", ["unicorn", "buildingz"])
def test_an_unknown_word_lists_what_there_is(word):
    with pytest.raises(UnknownDetectorError) as caught:
        choose("", word, has_examples=False)
    assert "bright (huts)" in caught.value.hint


@pytest.mark.parametrize("word", ["<b>", "a\u202eb", "7", "x" * 60, "=1+1"])
def test_a_word_that_is_none_is_refused(word):
    with pytest.raises(InputError):
        choose("bright", word, has_examples=False)


@pytest.mark.parametrize(
    ("one", "many"),
    [("tree", "trees"), ("box", "boxes"), ("bus", "buses"), ("church", "churches"),
     ("berry", "berries"), ("quay", "quays")],
)  # fmt: skip
def test_plurals_are_the_usual_ones(one, many):
    assert plural(one) == many
