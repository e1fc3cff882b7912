import pytest

from agent.answer import SlotAnswer
from agent.book_slots import fill, listed, tag_of
from agent.tools import registry
from agent.validator import Gate
from errors import InputError


@pytest.fixture
def new(desk):
    """The handle of the number of new buildings."""
    wanted = {"subject": "building", "state": "appeared"}
    told = registry.call(registry.discover()["count_objects"], desk, wanted)
    return f"f{told.facts[0].fact.id[:8]}"


def test_a_slot_is_filled_in_the_language_of_the_answer(desk, new):
    shown = fill(f"{{{new}}} {{{new}.classes}}", desk, "de")
    assert shown.text == "8 Gebäude"
    assert [one.fact.value for one in shown.facts] == [8]
    assert [shown.text[start:end] for start, end, _ in shown.citations] == ["8", "Gebäude"]


def test_of_a_language_without_words_of_ours_the_facts_are_listed(desk, new):
    shown = fill(listed(f"{{{new}}} nouveaux"), desk, "fr")
    assert shown.text == "8 nouveaux [building, area of interest: 8]"


@pytest.mark.parametrize(
    ("text", "tag"),
    [("fr", "fr"), ("pt-BR", "pt-BR"), ("DE", "de"), ("klingon", ""), ("", ""), ("../x", "")],
)
def test_only_languages_there_are_have_a_tag(text, tag):
    assert tag_of(text) == tag


def test_a_handle_that_was_not_found_fills_nothing(desk):
    with pytest.raises(InputError):
        fill("{f00000000}", desk, "en")


@pytest.mark.parametrize("is_ours", [True, False])
@pytest.mark.parametrize(
    "text", ["{%s} of 20", "twenty of {%s}", "{%s.in_ha}", "{f00000000}", "{%s", "{%s} XII"]
)
def test_numbers_and_slots_are_checked_whoever_wrote_them(text, is_ours, desk, new):
    answer = SlotAnswer(text=text.replace("%s", new))
    assert Gate(desk, "en", is_ours).objection(answer)


def test_a_refusal_needs_a_reason(desk):
    refusal = SlotAnswer(text="No.", refused=True)
    assert "reason" in Gate(desk, "en", is_ours=False).objection(refusal)


def test_a_number_word_of_the_language_of_the_answer_counts(desk, new):
    answer = SlotAnswer(text=f"{{{new}}} von zwanzig Gebäuden", language="de")
    assert Gate(desk, "en", is_ours=True).objection(answer)
