"""The written report as a page: self-contained, every small number leads to its source."""

import re
from html import unescape

import pytest

from exports.written import html
from tests.exports import synthetic
from tests.exports.markup import parse
from tests.exports.written.matters import hostile, of_comparison, of_count
from wording.written_report import write


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return synthetic.build(tmp_path_factory.mktemp("result"))


@pytest.fixture(scope="module")
def document(result):
    return write(of_comparison(result, question="What changed?"), provenance=())


def test_every_small_number_leads_to_its_fact_and_nothing_is_loaded(document):
    page = parse(html.render(document))
    ids = [one["id"] for _tag, one in page.tags if "id" in one]
    links = [one["href"] for one in page.all("a")]
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert {f"source-{one.number}" for one in document.sources} == {
        link.removeprefix("#") for link in links
    }
    assert all(uri.startswith("data:image/") for uri in page.values("src", "srcset", "data"))
    assert page.all("script") == []


def test_its_policy_lets_only_its_own_style_in(document):
    text = html.render(document)
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', text).group(1))
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert not [one for _tag, one in parse(text).tags if "style" in one]


def test_facts_are_listed_with_their_ids_and_methods(document):
    text = parse(html.render(document)).text
    for source in document.sources:
        assert source.fact.id in text
        assert source.shown in text


def test_pictures_are_described_and_tables_have_headings(document):
    page = parse(html.render(document))
    assert all(one["alt"] for one in page.all("img"))
    assert len(page.all("img")) == 6
    assert {one["scope"] for one in page.all("th")} == {"col", "row"}
    assert page.all("html")[0]["lang"] == "en"


def test_text_from_outside_is_shown_and_not_run(result):
    text = html.render(write(hostile(of_comparison(result)), provenance=()))
    page = parse(text)
    assert page.all("script") == []
    assert "&lt;script&gt;" in text
    assert "{{7*7}}" in page.text


def test_a_count_without_pictures_has_a_page():
    page = parse(html.render(write(of_count(), provenance=())))
    assert page.all("img") == []
    assert "What became of the huts" in page.text


def test_it_can_be_printed(document):
    style = "".join(parse(html.render(document)).raw["style"])
    assert "@page" in style
    assert "@media print" in style
    assert "prefers-color-scheme: dark" in style
