import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.planner import tokens
from agent.planner.marks import vocabulary

WORDS = vocabulary("en")


def words(question, **options):
    return tokens.read(question, WORDS, **options).words


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("bulding", "building"), ("buildinng", "building"), ("biulding", "building"),
     ("percantage", "percentage"), ("largset", "largest"), ("disapeared", "disappeared")],
)  # fmt: skip
def test_a_slip_of_the_pen_is_put_right(slip, meant):
    assert words(slip) == [meant]


@pytest.mark.parametrize("other", ["horses", "hoses", "bones", "lakers"])
def test_a_wrong_consonant_makes_another_word_which_is_left_alone(other):
    assert words("bouses") == ["bouses"]
    assert "houses" not in words(other) or other == "hoses"


def test_names_of_the_user_and_words_in_quotes_are_never_repaired():
    assert words("in Bulding", names=["bulding"]) == ["in", "bulding"]
    assert words('in "Bulding"') == ["in", "bulding"]


def test_umlauts_accents_and_squares_become_plain():
    assert tokens.plain("Größe der Gebäude à 12 m²") == "groesse der gebaeude a 12 m2"


def test_units_stand_apart_from_their_numbers():
    assert tokens.plain("50m 0.5ha 1,200 m2") == "50 m 0.5 ha 1,200 m2"


@given(st.text(max_size=200))
def test_any_text_becomes_words_without_braces_or_capitals(text):
    plain = tokens.plain(text)
    assert "{" not in plain
    assert plain == tokens.plain(plain)
