from hypothesis import given
from hypothesis import strategies as st

from raster.text import clean


@given(st.text())
def test_cleaned_text_is_short_printable_and_on_one_line(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= 120
    assert cleaned.isprintable() or not cleaned
    assert "\n" not in cleaned


def test_marks_that_reorder_text_are_removed() -> None:
    assert clean("a\u202egpj.exe\x00\n b") == "agpj.exe b"
