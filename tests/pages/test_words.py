import pytest

from pages._ui.words import MARKDOWN, plain, told_apart


@pytest.mark.parametrize("mark", MARKDOWN)
def test_every_mark_of_markdown_is_escaped(mark):
    assert plain(f"a{mark}b").startswith(f"a\\{mark}")


@pytest.mark.parametrize(
    "text", ["https://evil.example/x", "HTTP://evil.example", "WWW.evil.example", "a@evil.example"]
)
def test_an_address_is_shown_but_leads_nowhere(text):
    shown = plain(text).replace("\\", "")
    assert text not in shown
    assert shown.replace("\u2060", "") == text


def test_text_of_several_lines_starts_no_block():
    assert "\n" not in plain("name\r\n\n    code\n===\n")


def test_ordinary_words_are_left_as_they_are():
    assert plain("12,5 m² of Graz, façade 3") == "12,5 m² of Graz, façade 3"


def test_titles_that_several_share_are_told_apart_and_others_stay():
    shown = told_apart({"a" * 32: "Port", "b" * 32: "Port", "c" * 32: "Delta"})
    assert shown["c" * 32] == "Delta"
    assert len(set(shown.values())) == 3
    assert all(title.startswith("Port") for found, title in shown.items() if found[0] in "ab")


def test_titles_are_told_apart_where_ids_begin_alike_or_a_title_looks_like_one_told_apart():
    alike = told_apart({"trained_roofs_1": "Roofs", "trained_roofs_2": "Roofs"})
    assert len(set(alike.values())) == 2
    posing = told_apart({"a" * 32: "Port", "b" * 32: "Port", "c" * 32: "Port (aaaaaa)"})
    assert len(set(posing.values())) == 3
