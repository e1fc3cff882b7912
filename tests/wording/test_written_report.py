"""The written report as a record: every number from a fact, nothing left unsaid, both languages."""

import re
from dataclasses import replace

import pytest

from tests.exports import synthetic
from tests.exports.written.matters import HOSTILE, hostile, measured, of_comparison, of_count
from tests.ledgers import found
from wording import report_english, report_german, slots
from wording.document import Bullets, Figure, Paragraph, Table
from wording.english import ENGLISH
from wording.matter import Answer
from wording.written_report import write

SLOT = re.compile(r"\{[^}]*\}")
# Phrases that never stand in a sentence; the second half of SHA-256 is a name.
NAMES = {"provenance.inputs.columns"}


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return synthetic.build(tmp_path_factory.mktemp("result"))


def texts(document):
    for section in document.sections:
        for block in section.blocks:
            match block:
                case Paragraph(said):
                    yield section.key, said
                case Bullets(items):
                    yield from ((section.key, item) for item in items)
                case Table(rows=rows):
                    yield from ((section.key, cell) for row in rows for cell in row)
                case Figure(caption=said):
                    yield section.key, said


def digits_outside_citations(said):
    kept = list(said.text)
    for cite in said.citations:
        kept[cite.start : cite.end] = " " * (cite.end - cite.start)
    return re.findall(r"\d", "".join(kept))


def section(document, key):
    return " ".join(said.text for name, said in texts(document) if name == key)


@pytest.mark.parametrize("style", ["short", "full"])
def test_every_number_of_the_findings_is_a_fact_with_that_value(result, style):
    matter = of_comparison(result)
    document = write(matter, provenance=(), style=style)
    known = {source.fact.id: source for source in document.sources}
    for key, said in texts(document):
        if key not in {"cautions", "words", "data"}:
            assert digits_outside_citations(said) == [], said.text
        for cite in said.citations:
            shown = said.text[cite.start : cite.end]
            if any(char.isdigit() for char in shown):
                assert shown == known[cite.fact_id].shown


def test_a_full_report_has_every_part_and_a_short_one_the_essential_ones(result):
    matter = of_comparison(result, question="What changed?")
    full = [one.key for one in write(matter, provenance=()).sections]
    short = [one.key for one in write(matter, provenance=(), style="short").sections]
    assert full == ["question", "summary", "data", "method", "findings", "pictures", "cautions",
                    "not_assessed", "words", "provenance"]  # fmt: skip
    assert short == ["question", "summary", "data", "pictures", "cautions", "not_assessed",
                     "provenance"]  # fmt: skip


def test_sources_are_numbered_as_they_are_first_cited(result):
    document = write(of_comparison(result), provenance=())
    order = list(dict.fromkeys(c.fact_id for _key, said in texts(document) for c in said.citations))
    assert [source.fact.id for source in document.sources] == order
    assert [source.number for source in document.sources] == list(range(1, len(order) + 1))


def test_unchanged_is_said_plainly(tmp_path):
    nothing = synthetic.build(tmp_path, synthetic.Setup(has_change=False))
    document = write(of_comparison(nothing, largest=(), views=()), provenance=())
    assert "Unchanged: no change was detected" in section(document, "findings")
    assert "Few" not in section(document, "findings")


def test_the_same_things_at_both_dates_are_unchanged_too():
    document = write(of_count(found([(10, 10)], [(10, 10)])), provenance=())
    assert "Unchanged: the same huts stood at both dates." in section(document, "findings")


def test_a_count_says_what_became_of_the_things(result):
    document = write(of_count(), provenance=())
    said = section(document, "findings")
    assert "Few huts appeared (2)." in said
    assert "vanished" in said
    assert document.title == "What became of the huts"


def test_what_was_not_assessed_is_listed_with_its_area(result):
    document = write(of_comparison(result), provenance=())
    (excluded,) = (
        one for one in measured(result) if one.name.startswith("excluded_area_") and one.value
    )
    gaps = next(one for one in document.sections if one.key == "not_assessed")
    rows = next(block for block in gaps.blocks if isinstance(block, Table)).rows
    assert rows[0][1].citations[0].fact_id == excluded.id


def test_the_answer_keeps_its_citations_and_unknown_facts_become_plain_text(result):
    fact = measured(result)[0]
    answer = Answer("It was 9 ha or 8 ha.", ((7, 11, fact.id), (15, 19, "f" * 16)))
    document = write(of_comparison(result, question="How much?", answer=answer), provenance=())
    (said,) = [one for key, one in texts(document) if key == "question" and one.citations]
    assert [cite.fact_id for cite in said.citations] == [fact.id]


def test_names_of_strangers_are_quoted_and_cut(result):
    document = write(hostile(of_comparison(result)), provenance=())
    assert "\u202e" not in section(document, "data")
    assert section(document, "data").count("“<script>") == 3


def test_without_images_the_report_says_why_it_has_no_pictures(result):
    document = write(of_comparison(result, views=()), provenance=())
    assert "no longer where they were" in section(document, "pictures")


def test_ranges_of_the_words_of_degree_are_printed(result):
    document = write(of_comparison(result), provenance=())
    said = section(document, "words")
    for words in ("most from 50 %, below 95 %", "hardly any above 0 %, below 1 %", "few from 1",
                  "dense from 1,000"):  # fmt: skip
        assert words in said


def test_both_languages_have_the_same_templates_with_the_same_slots():
    assert report_english.TEMPLATES.keys() == report_german.TEMPLATES.keys()
    for key, english in report_english.TEMPLATES.items():
        german = report_german.TEMPLATES[key]
        assert sorted(SLOT.findall(english)) == sorted(SLOT.findall(german)), key
        assert [english.count(mark) for mark in "%|"] == [german.count(mark) for mark in "%|"], key


@pytest.mark.parametrize("key", sorted(report_english.TEMPLATES.keys() - NAMES))
def test_no_english_template_states_a_number(key):
    for piece in report_english.TEMPLATES[key].split("%s"):
        slots.check(piece)


def test_a_german_report_is_german(result):
    german = replace(ENGLISH, tag="de", decimal=",", thousands=".")
    document = write(of_comparison(result), provenance=(), language=german)
    assert document.title == "Bericht über Veränderungen"
    assert "Ein Teil des beurteilten Bodens" in section(document, "findings") or (
        "Wenig vom beurteilten Boden" in section(document, "findings")
    )
    assert HOSTILE not in section(document, "data")
