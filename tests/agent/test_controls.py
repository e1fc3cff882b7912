"""Pairs of which it is known what must be answered: nothing changed, or the dates are swapped."""

import json

import pytest

from agent.ask import ask
from agent.desk import Desk
from agent.dialogue import Dialogue
from errors import AoiError
from progress import Watcher
from services.compare import CompareRequest, compare
from services.open_case import open_case
from tests.agent import cases
from tests.inquiry_cases import counted
from tests.scenes import ground, write_pair

HOUSES = [(30, 40, 12, 10), (90, 120, 9, 9), (150, 60, 14, 11)]
LATER = [(30, 40, 12, 10), (210, 210, 10, 10)]


def answer(desk, question):
    return ask(desk, question, Dialogue())


def desk_of(folder, pre, post):
    paths = write_pair(folder, pre, post)
    request = CompareRequest(*paths, detector="cva")
    made = compare(request, out_dir=folder / "out", watcher=Watcher())
    return Desk((open_case(made.folder),))


def shifted(by_px):
    image = ground((340, 360))
    start = 20 - by_px
    return image[:, 20:320, 20:340], image[:, start : start + 300, start : start + 320]


PAIRS = {
    "identical": lambda: (ground(), ground()),
    "brighter": lambda: (ground(), ground() * 1.25),
    "darker": lambda: (ground(), ground() * 0.85 + 12),
    "shifted by 1 px": lambda: shifted(1),
    "shifted by 2 px": lambda: shifted(2),
    "shifted by 4 px": lambda: shifted(4),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_where_nothing_changed_the_answer_says_so_and_gives_nought(tmp_path, pair):
    desk = desk_of(tmp_path, *pair())
    how_much = answer(desk, "How much ground changed?")
    assert [one.fact.value for one in how_much.facts if one.fact.name == "changed_area"] == [0]
    told = answer(desk, "Did anything change?")
    assert not told.refused
    assert "nothing changed" in told.text.lower()
    assert "no change" in answer(desk, "Describe the changes.").text.lower()
    assert "keine Veränderung" in answer(desk, "Beschreibe die Veränderungen.").text


def test_swapped_dates_swap_what_appeared_and_what_vanished():
    straight, swapped = (Desk((counted(*dates),)) for dates in ((HOUSES, LATER), (LATER, HOUSES)))

    def number(desk, word):
        told = answer(desk, f"How many buildings {word}?")
        return next(one.fact.value for one in told.facts if one.fact.name == f"objects_{word}")

    assert (number(straight, "appeared"), number(straight, "vanished")) == (1, 2)
    assert (number(swapped, "appeared"), number(swapped, "vanished")) == (2, 1)


@pytest.mark.parametrize("question", ["How many ships appeared?", "Wie viele Schiffe sind neu?"])
@pytest.mark.parametrize("scene", ["suburb_count", "suburb_changed", "unchanged"])
def test_a_class_that_no_result_tells_is_not_said_to_be_absent(scene, question):
    told = answer(cases.desk(scene), question)
    assert told.refused
    assert told.reason in {"unknown_class", "not_assessed"}
    assert not any(fact.fact.change_class == "ship" for fact in told.facts)


def test_not_assessed_and_unchanged_are_told_apart():
    hidden = answer(cases.desk("partly_cloudy"), "Did anything change in the north-west?")
    assert (hidden.refused, hidden.reason) == (True, "not_assessed")
    seen = answer(cases.desk("unchanged"), "Did anything change in the north-west?")
    assert (seen.refused, seen.reason) == (False, None)


@pytest.mark.parametrize(
    "area",
    [{"type": "FeatureCollection", "features": []},
     {"type": "Polygon", "coordinates": []},
     {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}],
    ids=["no feature", "no ring", "elsewhere"],
)  # fmt: skip
def test_an_empty_area_is_refused_before_anything_is_measured(tmp_path, area):
    (tmp_path / "aoi.geojson").write_text(json.dumps(area), encoding="utf-8")
    paths = write_pair(tmp_path, ground((64, 64)), ground((64, 64)))
    request = CompareRequest(*paths, tmp_path / "aoi.geojson", "cva")
    with pytest.raises(AoiError):
        compare(request, out_dir=tmp_path / "out", watcher=Watcher())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("scene", ["suburb_count", "suburb_changed", "unchanged", "partly_cloudy"])
def test_a_german_caption_rests_on_the_same_facts_as_the_english_one(scene):
    desk = cases.desk(scene)
    english = answer(desk, "Describe the changes.")
    german = answer(desk, "Beschreibe die Veränderungen.")
    assert german.language == "de"
    assert {one[2] for one in german.citations} == {one[2] for one in english.citations}
