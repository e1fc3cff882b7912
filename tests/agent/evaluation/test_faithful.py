"""Numeric faithfulness: shown numbers are the facts' values, in any unit and language."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.evaluation.faithful import Shown, unfaithful
from analysis.facts import Fact, with_id
from wording import quantities
from wording.english import ENGLISH

BASE = Fact("", "", 0, "", "any", "any", "aoi", "Measured.", 1.0, 1.0)
GERMAN = replace(ENGLISH, tag="de", decimal=",", thousands=".")


def fact(value, unit):
    return with_id(replace(BASE, name="n", value=value, unit=unit))


def shown(text, piece, one, language="en"):
    start = text.index(piece)
    return Shown(text, ((start, start + len(piece), one.id),), {one.id: one}, language)


@pytest.mark.parametrize(
    ("piece", "value", "unit", "language"),
    [
        ("1.24 ha", 12_400.0, "m2", "en"), ("12,400 m²", 12_400.0, "m2", "en"),
        ("0.0124 km²", 12_400.0, "m2", "en"), ("1,24 ha", 12_400.0, "m2", "de"),
        ("1.240", 1240, "1", "de"), ("1,240", 1240, "1", "en"), ("3.1 %", 3.1, "%", "en"),
        ("less than 0.01 %", 0.004, "%", "en"), ("852 per km²", 851.508, "1/km2", "en"),
        ("1.2 km", 1204.0, "m", "en"), ("0.31 px", 0.3100004, "px", "en"),
        ("2021-06-12", "2021-06-12", "", "en"), ("12. Juni 2021", "2021-06-12", "", "de"),
        ("0.259 ha", 0.2592, "ha", "en"), ("2.0 %", 1.96, "%", "en"), ("0 ha", 0.0, "ha", "en"),
        ("1.2 km", 1.204, "km", "en"), ("-7", -7, "1", "en"),
        ("2 %", 0.02, "1", "en"), ("1 690 m²", 1690.0, "m2", "fr"),
    ],
)  # fmt: skip
def test_a_value_shown_in_another_unit_or_language_is_faithful(piece, value, unit, language):
    text = f"It was {piece} there."
    assert unfaithful(shown(text, piece, fact(value, unit), language)) == ()


@pytest.mark.parametrize(
    ("piece", "value", "unit"),
    [
        ("1.26 ha", 12_400.0, "m2"), ("124 ha", 12_400.0, "m2"), ("1.24 km²", 12_400.0, "m2"),
        ("8", 7, "1"), ("7 %", 7, "1"), ("12 m", 12.0, "m2"), ("2021-06-13", "2021-06-12", ""),
        ("0.259 ha", 0.2692, "ha"), ("2.0 %", 2.06, "%"), ("2.59 km²", 2.59, "ha"),
        ("7", -7, "1"), ("1,241", 1240, "1"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_the_facts_is_found(piece, value, unit):
    assert unfaithful(shown(f"It was {piece} there.", piece, fact(value, unit))) == (piece,)


@pytest.mark.parametrize(
    "word",
    ["3", "three", "doubled", "٣", "XII", "１２"],  # noqa: RUF001 - digits of other scripts
)
def test_a_number_outside_a_citation_is_found(word):
    one = fact(5, "1")
    assert unfaithful(shown(f"Of 5, {word} were new.", "5", one)) != ()


def test_numbers_in_quoted_names_are_part_of_the_name():
    one = fact(5, "1")
    assert unfaithful(shown("5 in “District 9”.", "5", one)) == ()


def test_a_citation_of_an_unknown_fact_is_found():
    assert unfaithful(Shown("It was 5.", ((7, 8, "f" * 16),), {})) == ("5",)


@given(value=st.floats(0.01, 1e9), unit=st.sampled_from(["m2", "m", "px", "1/km2"]))
def test_whatever_the_renderer_shows_is_faithful(value, unit):
    one = fact(value, unit)
    for language in (ENGLISH, GERMAN):
        piece = quantities.text(value, unit, language=language)
        assert unfaithful(shown(piece, piece, one, language.tag)) == ()


@given(value=st.integers(1, 10**9), factor=st.floats(1.02, 1e3))
def test_a_wrong_count_is_never_faithful(value, factor):
    piece = quantities.text(int(value * factor) + 1, "1")
    assert unfaithful(shown(piece, piece, fact(value, "1"))) == (piece,)
