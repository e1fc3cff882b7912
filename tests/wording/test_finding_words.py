"""Findings in the language of a report: each code has words, numbers keep their value."""

import ast
import math
from dataclasses import replace
from pathlib import Path

import pytest

from agent.languages import german
from raster.findings import Finding
from wording.english import ENGLISH
from wording.finding_words import SENTENCES, said
from wording.slots import numbers_in

ROOT = Path(__file__).parents[2]
PLACES = ("raster/**/*.py", "analysis/**/*.py", "inference/*.py", "inference/counting/*.py",
          "inference/detectors/*.py", "services/run_record.py")  # fmt: skip
GERMAN = german.LANGUAGE
SHIFT = Finding("residual_shift", "caution", "Post lies off pre.", "Look.", 2.1, "px")


def codes():
    """Codes that are written out where findings of pairs are made."""
    files = [file for place in PLACES for file in ROOT.glob(place)]
    calls = [
        one
        for file in files
        for one in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "Finding"
    ]
    named = [call.args[0] for call in calls if call.args]
    return {name.value for name in named if isinstance(name, ast.Constant)}  # fmt: skip


def test_every_finding_of_a_pair_has_german_words():
    made = codes()
    assert len(made) > 30
    assert made <= SENTENCES["de"].keys()


def test_every_german_sentence_can_be_filled_and_states_no_number_of_its_own():
    for key, sentence in SENTENCES["de"].items():
        assert sentence.count("{") == sentence.count("{value}") <= 1, key
        assert not numbers_in(sentence.replace("{value}", ""), language=GERMAN), key
        assert sentence.endswith("."), key


def test_a_number_has_the_marks_of_the_language_and_its_unit():
    assert "2,10 px" in said(SHIFT, GERMAN)
    dropped = Finding("below_mapping_unit", "info", "Left out.", "", 1234567.0, "m2")
    assert "1,23 km²" in said(dropped, GERMAN)
    assert " 81 Tage" in said(Finding("season_gap", "caution", "Far.", "", 81.0, "d"), GERMAN)


def test_the_sentence_is_that_of_the_severity_where_they_differ():
    told = [said(replace(SHIFT, severity=one), GERMAN) for one in ("info", "caution")]
    assert told[0] != told[1]
    unmeasured = said(replace(SHIFT, severity="info", value=None), GERMAN)
    assert "nicht messen" in unmeasured
    assert "{" not in unmeasured


@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_a_sentence_that_needs_a_number_gives_way_to_the_english_one_without_it(value):
    lost = Finding("season_gap", "caution", "The dates are far apart.", "Mind it.", value, "d")
    assert said(lost, GERMAN) == "The dates are far apart. Mind it."


def test_an_unknown_code_and_a_language_without_words_keep_the_english_sentence():
    odd = Finding("<script>", "info", "Something odd.")
    assert said(odd, GERMAN) == "Something odd."
    assert said(SHIFT, ENGLISH) == "Post lies off pre. Look."
    assert said(SHIFT, replace(ENGLISH, tag="fr")) == "Post lies off pre. Look."
