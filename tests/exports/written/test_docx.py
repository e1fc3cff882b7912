"""The written report as a text document, read back by python-docx and as XML."""

import zipfile

import docx as word
import pytest
from docx.oxml.ns import qn
from lxml import etree

from exports.written import docx
from tests.exports import synthetic
from tests.exports.written.matters import hostile, of_comparison, of_count
from wording.written_report import write


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return synthetic.build(tmp_path_factory.mktemp("result"))


@pytest.fixture(scope="module")
def document(result):
    return write(of_comparison(result, question="What changed?"), provenance=())


@pytest.fixture(scope="module")
def path(document, tmp_path_factory):
    target = tmp_path_factory.mktemp("docx") / "report.docx"
    docx.write(document, target)
    return target


def body(path):
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_its_headings_are_the_sections(document, path):
    found = [one.text for one in word.Document(str(path)).paragraphs
             if one.style.name == "Heading 1"]  # fmt: skip
    assert found == [*(one.title for one in document.sections), document.labels.sources]


def test_every_small_number_leads_to_the_row_of_its_fact(document, path):
    root = body(path)
    anchors = {one.get(qn("w:anchor")) for one in root.iter(qn("w:hyperlink"))}
    marks = {one.get(qn("w:name")) for one in root.iter(qn("w:bookmarkStart"))}
    assert anchors == marks == {f"source_{one.number}" for one in document.sources}
    rows = word.Document(str(path)).tables[-1].rows[1:]
    assert [(row.cells[0].text, row.cells[-1].text) for row in rows] == [
        (str(one.number), one.fact.id) for one in document.sources
    ]


def test_pictures_are_embedded_and_described(path):
    shapes = word.Document(str(path)).inline_shapes
    assert len(shapes) == 6
    assert all(shape._inline.docPr.get("descr") for shape in shapes)


def test_pages_are_numbered_and_headings_of_tables_repeat(path):
    document = word.Document(str(path))
    fields = document.sections[0].footer._element.iter(qn("w:fldSimple"))
    assert [one.get(qn("w:instr")) for one in fields] == ["PAGE"]
    assert len(list(body(path).iter(qn("w:tblHeader")))) >= 4


def test_it_names_its_title_and_language(document, path):
    about = word.Document(str(path)).core_properties
    assert (about.title, about.language) == (document.title, "en")


def test_text_from_outside_stays_text(result, tmp_path):
    target = tmp_path / "hostile.docx"
    docx.write(write(hostile(of_comparison(result)), provenance=()), target)
    texts = "".join(body(target).itertext())
    assert "<script>alert(1)</script>" in texts
    assert not {"\u202e", "\u0007"} & set(texts)


def test_a_count_has_a_document_too(tmp_path):
    target = tmp_path / "count.docx"
    docx.write(write(of_count(), provenance=()), target)
    assert "What became of the huts" in [one.text for one in word.Document(str(target)).paragraphs]
