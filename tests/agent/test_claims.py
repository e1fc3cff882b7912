import pytest

from agent.claims import unsupported
from agent.tools import registry


def told(desk, tool, **arguments):
    """Handles of what a tool tells."""
    result = registry.call(registry.discover()[tool], desk, arguments)
    return [f"f{one.fact.id[:8]}" for one in result.facts]


@pytest.fixture
def slots(desk):
    """Handles of facts by short names."""
    count = registry.discover()["count_objects"]
    wanted = {
        "new": {"state": "appeared"}, "gone": {"state": "vanished"}, "kept": {"state": "kept"},
        "north": {"state": "appeared", "place": "north"},
        "south": {"state": "appeared", "place": "south"},
        "none": {"state": "moved"}, "before": {"date": "pre"}, "after": {"date": "post"},
        "old_town": {"state": "appeared", "place": "Old Town"},
    }  # fmt: skip
    found = {
        name: f"f{registry.call(count, desk, {'subject': 'building', **one}).facts[0].fact.id[:8]}"
        for name, one in wanted.items()
    }
    found["area"] = told(desk, "measure_area", subject="changed")[0]
    found["largest"] = told(desk, "find_largest", subject="building", state="appeared")[0]
    near = {"layer": "rivers", "relation": "near", "distance_m": 60}
    found["near"] = told(desk, "relate_to_layer", subject="building", state="appeared", **near)[0]
    found["big"] = told(desk, "count_objects", subject="building", min_area_m2=150)[0]
    found["share"] = told(desk, "measure_share", subject="building", state="appeared",
                          of="objects")[0]  # fmt: skip
    found["pre_on"], found["post_on"] = told(desk, "describe_pair")[:2]
    return found


def said(text, slots, desk, tag="en"):
    for name, handle in slots.items():
        text = text.replace(f"{{{name}}}", f"{{{handle}}}").replace(f"{{{name}.", f"{{{handle}.")
    return unsupported(text, desk, tag)


@pytest.mark.parametrize(
    "text",
    [
        "{new} new buildings appeared.",
        "{new} buildings were built and {gone} were demolished.",
        "In the {north.region}, {north} buildings appeared.",
        "{north} new buildings stand in the north and {south} in the south.",
        "{kept} buildings remained.",
        "No building moved: {none}.",
        "There were {before} buildings at the earlier date, and {after} at the later date.",
        "{after} buildings stood on {post_on}.",
        "The largest new building covers {largest}.",
        "{old_town} new buildings stand in Old Town.",
        "{area} changed.",
        "{new} new houses.",
        "{near} new buildings stand near the rivers.",
        "{big} larger buildings stand now.",
        "{north} new buildings stand in the {north.region} of the area.",
        "A number of new buildings appeared ({new}).",
        "{share} of the buildings are new.",
    ],
)
def test_what_the_facts_say_may_be_said(text, slots, desk):
    assert said(text, slots, desk) == ""


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{new} new swimming pools and trees.", "trees"),
        ("{new} ships appeared.", "ships"),
        ("{area} of forest changed.", "forest"),
        ("{area} was lost.", "was lost"),
        ("{new} buildings vanished.", "vanished"),
        ("{share} of the buildings vanished.", "vanished"),
        ("{kept} new buildings.", "new"),
        ("{new} new buildings in the south.", "south"),
        ("{north} new buildings in the southern half.", "southern half"),
        ("{new} new buildings in Old Town.", "old town"),
        ("In the whole area {north} buildings appeared.", "whole area"),
        ("{before} buildings stand at the later date.", "at the later date"),
        ("{after} buildings stood at the earlier date.", "at the earlier date"),
    ],
)
def test_a_class_a_change_a_place_or_a_date_that_no_fact_says_is_named_back(
    text, word, slots, desk
):
    assert word in said(text, slots, desk)


@pytest.mark.parametrize(
    "text",
    [
        "No new buildings appeared ({new}).",
        "{north} new buildings in the north, and none in the south.",
        "The {new} new buildings are twofold what stood before.",
        "{gone} buildings vanished, more than the {new} that appeared.",
        "Most buildings remained: {kept}.",
        "Many buildings vanished: {gone}.",
        "The biggest change is that {new} buildings appeared.",
        "In March, {new} buildings appeared.",
        "{new} buildings appeared. The mayor paid for them.",
        "{new} buildings appeared; everything else burned.",
        "{new} " + "word " * 60,
        "{near} new buildings appeared.",
        "{big} buildings stand now.",
    ],
)
def test_a_claim_beyond_the_facts_is_objected_to(text, slots, desk):
    assert said(text, slots, desk)


def test_a_comparison_in_the_order_of_the_values_may_be_said(slots, desk):
    assert not said("{new} buildings appeared, more than the {gone} that vanished.", slots, desk)
    assert said("{gone} buildings vanished, more than the {new} that appeared.", slots, desk)


def test_a_word_of_degree_may_be_said_where_its_range_holds(slots, desk):
    assert not said("Few buildings vanished ({gone}).", slots, desk)
    assert said("Few buildings stand now: {after}.", slots, desk)


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("{new} neue Gebäude.", True),
        ("{north} neue Gebäude im Norden.", True),
        ("{north} neue Gebäude im Süden.", False),
        ("{new} neue Schiffe.", False),
        ("Kein Gebäude ist neu ({new}).", False),
        ("{new} Gebäude sind verschwunden.", False),
    ],
)
def test_german_is_judged_by_its_own_words(text, is_said, slots, desk):
    assert (said(text, slots, desk, "de") == "") is is_said


def test_words_are_judged_also_by_the_language_they_are_in(slots, desk):
    text = "There were {new} of the new ships in the area and they are in the south."
    assert "ships" in said(text, slots, desk, "de")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("{new} ships.", "de"), ("{new}: they vanished.", "de"), ("It doubled to {new}.", "de"),
        ("{north} in the southern half.", "de"), ("{new} Schiffe.", "en"),
        ("{new} verschwanden.", "en"), ("{new} ships.", "fr"), ("{new}: they merged.", "es"),
    ],
)  # fmt: skip
def test_a_claim_in_another_language_than_the_answer_names_is_objected_to(text, tag, slots, desk):
    assert said(text, slots, desk, tag)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("{new} neue Gebäude, der Rest war schon da: {kept}.", "de"),
        ("{north} edificios nuevos que se construyeron en el norte.", "es"),
        ("{new} new buildings can be found in the area.", "en"),
    ],
)
def test_words_that_mean_something_else_in_another_language_are_no_claim(text, tag, slots, desk):
    assert said(text, slots, desk, tag) == ""


@pytest.mark.parametrize(
    ("text", "tag", "is_said"),
    [
        ("{north} nouveaux bâtiments au nord.", "fr", True),
        ("{north} nouveaux bâtiments au sud.", "fr", False),
        ("Deux fois {north} bâtiments.", "fr", False),
        ("{north} edificios nuevos en el norte.", "es", True),
        ("{north} edificios nuevos, el doble.", "es", False),
        ("北部有{north}座新建筑。", "zh", True),
        ("南部有{north}座新建筑。", "zh", False),
        ("北部有十座新建筑 {north}。", "zh", False),
        ("{new} majengo mapya.", "sw", False),
    ],
)
def test_of_other_languages_numbers_and_directions_are_judged(text, tag, is_said, slots, desk):
    assert (said(text, slots, desk, tag) == "") is is_said
