from hypothesis import given
from hypothesis import strategies as st

from exports.page.citations import Piece, pieces

IDS = frozenset({"a", "b"})
citation = st.lists(st.one_of(st.integers(-5, 40), st.sampled_from(["a", "b", "x"])), max_size=4)


def test_cited_spans_become_links_in_order():
    found = pieces("4 objects, 2 ha", [[0, 1, "a"], [11, 15, "b"]], IDS)
    assert found == (Piece("4", "a"), Piece(" objects, "), Piece("2 ha", "b"))


@given(st.text(max_size=30), st.lists(citation, max_size=6))
def test_pieces_always_join_to_the_caption_and_cite_known_facts_only(caption, citations):
    found = pieces(caption, citations, IDS)
    assert "".join(piece.text for piece in found) == caption
    assert {piece.fact_id for piece in found} <= IDS | {None}


def test_an_overlap_or_an_unknown_fact_is_plain_text():
    found = pieces("12345", [[0, 3, "a"], [2, 4, "b"], [4, 5, "x"]], IDS)
    assert found == (Piece("123", "a"), Piece("45"))
