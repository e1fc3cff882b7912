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
     ("percantage", "percentage"), ("largset", "largest"), ("bulidngs", "buildings"),
     ("disapeared", "disappeared")],
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


GERMAN = vocabulary("de")
JOINTS = ("", "s", "n", "en", "es", "er")


def german(question):
    return tokens.read(question, GERMAN, joints=JOINTS).words


@pytest.mark.parametrize(
    ("joined", "parts"),
    [("Gebäudezählung", ["gebaeude", "zaehlung"]), ("Dachfläche", ["dach", "flaeche"]),
     ("Vegetationsübersicht", ["vegetation", "uebersicht"])],
)  # fmt: skip
def test_a_compound_of_known_words_is_read_as_its_parts(joined, parts):
    assert german(joined) == parts


@pytest.mark.parametrize("other", ["Rathaus", "Baumhaus", "Windrad", "Grundflächen"])
def test_a_thing_is_no_head_of_a_compound_and_an_ending_makes_none(other):
    assert len(german(other)) == 1


def test_a_common_word_is_neither_repaired_nor_taken_for_what_was_meant():
    assert "chart" in WORDS.common
    assert words("charrt") == ["charrt"]
    assert words("brunt") == ["brunt"]


def test_a_rank_in_digits_is_one_word():
    assert words("the 2nd one") == ["the", "2nd", "one"]
