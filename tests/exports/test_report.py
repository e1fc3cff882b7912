import base64
import hashlib
import re
from dataclasses import replace

import pytest
from shapely.geometry import Point, Polygon, box

from analysis.result import AreaBudget
from exports import report
from exports.page import view
from raster.findings import Finding
from tests.exports import synthetic
from tests.exports.markup import parse


@pytest.fixture(scope="module")
def page(result):
    return parse(report.render(result))


def _hash(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_page_loads_nothing(page):
    for link in page.values("src", "href", "srcset", "action", "data", "poster"):
        assert link.startswith(("data:image/", "#")), link[:80]
    for style in page.raw["style"]:
        assert "url(" not in style
        assert "@import" not in style
    assert not page.all("link")
    assert not page.all("iframe")


def test_the_policy_allows_exactly_the_style_and_the_script_of_the_page(page):
    policy = next(
        attrs["content"]
        for attrs in page.all("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "unsafe" not in policy
    assert f"style-src '{_hash(''.join(page.raw['style']))}'" in policy
    assert f"script-src '{_hash(''.join(page.raw['script']))}'" in policy
    assert not page.values("style", "onclick", "onload", "onerror")


def test_the_page_stays_small(result):
    assert len(report.render(result)) < 4_000_000


def test_every_internal_link_has_its_target(page):
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.values("href") if link.startswith("#")} <= set(ids)


def test_the_caption_links_each_number_to_its_fact(result, page):
    cited = [f"#fact-{fact_id}" for _start, _end, fact_id in result.run["caption_citations"]]
    links = [attrs["href"] for attrs in page.all("a") if attrs.get("class") == "cite"]
    assert links == cited
    assert " ".join(result.caption.split())[:40].split(" changed")[0] in page.text


def test_every_control_has_a_label(page):
    labelled = {attrs.get("for") for attrs in page.all("label")}
    controls = {attrs["id"] for attrs in page.all("input")}
    assert controls == {"split", "opacity", "show-mask", "show-pins"}
    assert controls <= labelled
    assert all(attrs["alt"] for attrs in page.all("img"))
    assert page.all("html")[0]["lang"] == "en"


def test_pictures_are_there_without_script(page):
    assert len(page.all("img")) == 3
    tool = next(attrs for attrs in page.all("div") if attrs.get("id") == "swipe-tool")
    assert "hidden" in tool


def test_provenance_cautions_and_exclusions_are_shown(result, page):
    for words in (
        "a" * 64, "c" * 64, "Flags pixels whose bands moved far", "Seasons look like change.",
        "The scores have two clear groups.", "replay run.json", "no data at the post date",
        "1.4 %", "3 Jun 2021", "21 Jun 2024", "rasterio", "ortho_2021.tif",
    ):  # fmt: skip
        assert words in page.text
    for fact in result.facts:
        assert fact.id in page.text


def test_no_text_is_smaller_than_12_px(page):
    style = "".join(page.raw["style"])
    sizes = re.findall(r"font(?:-size)?:[^;]*?([\d.]+)(rem|px|pt)", style)
    px = {"rem": 16, "px": 1, "pt": 96 / 72}
    assert sizes
    assert min(float(size) * px[unit] for size, unit in sizes) >= 12


HOSTILE = (
    '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}\u202egpj.exe' + "n" * 10_000
)


@pytest.fixture
def hostile(build):
    made = build(
        pre_name=HOSTILE, post_name=f"</title>{HOSTILE}", label=f"</style>{HOSTILE}",
        finding=f"'{HOSTILE}", has_dates=False,
    )  # fmt: skip
    detector = {**made.run["detector"], "summary": HOSTILE, "limits": [HOSTILE]}
    run = {**made.run, "detector": detector, "parameters": {HOSTILE: HOSTILE}}
    return replace(made, run=run, caption=f"{made.caption} {HOSTILE}")


def test_hostile_names_stay_text(hostile):
    page = parse(report.render(hostile))
    assert len(page.all("script")) == 1
    assert "alert" not in "".join(page.raw["script"] + page.raw["style"])
    assert "<script>alert(1)</script>" in page.text
    assert "{{7*7}}" in page.text
    assert not [attrs for attrs in page.all("img") if attrs["src"] == "x"]


def test_names_cannot_reorder_or_flood_the_page(hostile):
    text = report.render(replace(hostile, caption="short"))
    assert "\u202e" not in text
    assert "n" * 500 not in text


def test_no_change_is_said_and_is_not_the_same_as_not_assessed(build):
    page = parse(report.render(build(has_change=False)))
    assert "No change was detected in what could be assessed." in page.text
    assert "it is neither changed nor unchanged" in page.text


def test_nothing_assessed_gives_a_page_too(build):
    made = build(has_change=False)
    nothing = AreaBudget(made.budget.aoi_m2, 0.0, made.budget.excluded)
    rows = tuple(replace(row, area_share_pct=0.0, valid_area_m2=0.0) for row in made.statistics)
    page = parse(report.render(replace(made, budget=nothing, statistics=rows)))
    assert "0 m² of the" in page.text


@pytest.mark.parametrize(
    ("severity", "words"),
    [("info", "can be compared."), ("caution", "with care"), ("refuse", "should not be compared")],
)
def test_the_verdict_is_in_plain_words(result, severity, words):
    made = replace(result, findings=(Finding("x", severity, "Something."),))
    assert words in parse(report.render(made)).text


def test_a_run_record_with_missing_parts_still_gives_a_page(result):
    page = parse(report.render(replace(result, run={"id": "00"})))
    assert result.caption in page.text


def test_a_grid_in_degrees_is_shown_in_its_true_proportions(build):
    style = "".join(parse(report.render(build(grid=synthetic.DEGREES))).raw["style"])
    aspect = float(re.search(r"--aspect: ([\d.]+)", style).group(1))
    assert aspect == pytest.approx(480 * 3 * 0.4986 / (360 * 2), rel=0.01)


def test_more_objects_than_listed_are_said(result):
    many = result.objects.loc[result.objects.index.repeat(5)].reset_index(drop=True)
    many["id"] = range(1, len(many) + 1)
    page = parse(report.render(replace(result, objects=many)))
    assert "The 25 largest of 40 changed objects." in page.text
    assert sum(1 for value in page.values("id") if value.startswith("object-")) == 25


def test_a_reduced_picture_says_what_a_pixel_stands_for(result):
    look = replace(result.quicklook, pixels_per_pixel=4.0)
    page = parse(report.render(replace(result, quicklook=look)))
    assert "stands for 4 by 4 pixels" in page.text


def test_an_unmeasured_shift_is_not_called_zero(result):
    shift = replace(result.pair.shift, windows=0, dx_px=0.0, dy_px=0.0)
    made = replace(result, pair=replace(result.pair, shift=shift))
    assert "could not be measured" in parse(report.render(made)).text


def test_the_legend_shows_what_was_found_and_all_when_nothing_was(result, build):
    only_one = result.objects[result.objects["class"] == "vegetation_loss"]
    rows = tuple(
        replace(row, objects=0, area_m2=0.0) if row.name == "built_up_gain" else row
        for row in result.statistics
    )
    made = replace(result, objects=only_one, statistics=rows)
    assert [entry.is_shown for entry in view.legend_of(made)] == [False, True]
    assert [entry.is_shown for entry in view.legend_of(build(has_change=False))] == [True, True]


def test_the_smallest_mapped_area_is_shown(page):
    assert "smallest mapped area 36.0 m² smaller regions left out 12" in page.text


def test_each_fact_leads_to_how_it_was_measured(result, page):
    for fact in result.facts:
        assert fact.method in page.text
    links = [attrs["href"] for attrs in page.all("a") if "#method-" in attrs["href"]]
    ways = list(dict.fromkeys(fact.method for fact in result.facts))
    assert links == [f"#method-{ways.index(fact.method) + 1}" for fact in result.facts]


def test_a_fact_that_leaves_out_something_else_says_so(result):
    other = replace(result.facts[0], excluded=())
    page = parse(report.render(replace(result, facts=(other, *result.facts[1:]))))
    assert page.text.count("left out: nothing") == 1


def test_the_number_of_a_large_object_stands_inside_it(result):
    grid = result.mask.grid
    west, south, east, north = grid.bounds
    wedge = Polygon([(west, south), (east, south), (east, north)])
    pinned = view._pinned(wedge, grid)
    assert wedge.contains(Point(pinned[0], pinned[1]))
    small = box(west, south, west + 0.1 * (east - west), south + 0.1 * (north - south))
    assert view._pinned(small, grid) == small.bounds


@pytest.mark.parametrize(("aspect", "is_strip"), [(1.0, False), (30.0, True), (0.03, False)])
def test_a_strip_is_shown_in_rows_and_other_pictures_side_by_side(result, aspect, is_strip):
    """In a third of the page a long strip would be a line."""
    pictures = replace(view.view_of(result).pictures, aspect=aspect)
    assert pictures.is_strip == is_strip
