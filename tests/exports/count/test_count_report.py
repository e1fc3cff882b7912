"""The report of a count: self-contained, every number a fact, strangers' text harmless."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from exports.count.drawing import draw
from exports.count.report import render
from exports.count.view import view_of
from raster.findings import Finding
from tests.ledgers import GRID, NOT_SEEN, PRESENT, assembled, found

SCENE = found(
    [(10, 10), (60, 10), (100, 10, 20, 10), (200, 200)],
    [(10, 10), (60, 10, 16, 10), (100, 10, 9, 10), (111, 10, 9, 10), (300, 300)],
    looks={4: NOT_SEEN, 9: PRESENT},
)
HOSTILE = "<script>alert(1)</script>\u202e\"'&{{7*7}}.tif"


class _Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.sources, self.scripts, self.open = set(), [], [], 0, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        self.scripts += tag == "script"
        if "id" in about:
            assert about["id"] not in self.ids
            self.ids.add(about["id"])
        self.links += [about.get("href")] * (tag == "a")
        self.sources += [about[key] for key in ("src", "data", "srcset") if key in about]
        assert not any(key.startswith("on") or key == "style" for key in about)


def test_every_link_leads_to_something_on_the_page_and_nothing_is_loaded():
    page = _Page(render(assembled(SCENE)))
    assert all(link.removeprefix("#") in page.ids for link in page.links)
    assert (page.sources, page.scripts) == ([], 0)
    assert len([link for link in page.links if link.startswith("#fact-")]) > 6


def test_its_policy_lets_only_its_own_style_in():
    text = render(assembled(SCENE))
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', text).group(1))
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy


def test_figures_are_those_of_the_facts():
    result = assembled(SCENE)
    facts = {fact.id: fact for fact in result.facts}
    view = view_of(result)
    assert [int(figure.value) for figure in view.figures] == [
        facts[figure.fact_id].value for figure in view.figures
    ]
    assert "".join(piece.text for piece in view.caption) == result.caption
    assert [(row.label, row.entries) for row in view.states] == [
        ("split", "1"), ("kept, larger", "1"), ("kept", "2"), ("not assessed", "1"),
    ]  # fmt: skip
    assert {row.label for row in view.entries} == {"split", "kept, larger"}


def test_text_from_outside_is_shown_and_not_run():
    caution = Finding("odd", "caution", HOSTILE, HOSTILE)
    text = render(assembled(SCENE, findings=(caution,), name=HOSTILE, area_name=HOSTILE))
    assert _Page(text).scripts == 0
    assert "&lt;script&gt;" in text
    assert "\u202e" not in text
    assert "49" not in re.findall(r"<bdi>(.*?)</bdi>", text)[0]


def test_an_empty_count_has_a_report():
    text = render(assembled(found()))
    assert "Nothing appeared, vanished or changed its size." in text
    assert ">huts</a> were found at either date" in text


def test_outlines_lie_where_they_are_on_the_ground():
    ledger = assembled(found([], [(100, 200, 40, 20)])).ledger
    drawing = draw(ledger, GRID)
    ((state, path),) = drawing.paths
    numbers = [float(one) for one in re.findall(r"-?\d+\.\d", path)]
    assert state == "appeared"
    assert drawing.height == pytest.approx(1000, rel=1e-3)
    assert (min(numbers[::2]), max(numbers[::2])) == pytest.approx((250, 350), abs=1)
    assert (min(numbers[1::2]), max(numbers[1::2])) == pytest.approx((500, 550), abs=1)
