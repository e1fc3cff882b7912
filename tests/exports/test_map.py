import html
import json
import re

import pytest

from exports import map as web_map
from tests.exports.markup import parse

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e'\"`${alert(3)}"


@pytest.fixture(scope="module")
def text(result):
    return web_map.render(result)


def _features(text):
    blocks = re.findall(r"_add\((\{.*?\"type\": \"FeatureCollection\"\})\);", text)
    return [feature for block in blocks for feature in json.loads(block)["features"]]


def test_every_object_is_drawn_where_it_lies(result, text):
    found = {int(f["properties"]["shown_id"]): f["geometry"] for f in _features(text)}
    assert sorted(found) == sorted(result.objects["id"])
    lonlat = result.objects.to_crs("EPSG:4326")
    for number, shape in zip(lonlat["id"], lonlat.geometry, strict=True):
        lon, lat = zip(*found[number]["coordinates"][0], strict=True)
        assert (min(lon), min(lat), max(lon), max(lat)) == pytest.approx(shape.bounds, abs=1e-6)


def test_only_the_map_library_and_the_basemap_come_from_elsewhere(text):
    page = parse(text)
    hosts = {link.split("/")[2] for link in page.values("src", "href") if link.startswith("http")}
    assert hosts == {"cdn.jsdelivr.net"}
    assert "tile.openstreetmap.org" in text
    assert "load from the internet" in page.text


def test_hostile_text_never_becomes_markup(build):
    text = web_map.render(build(pre_name=HOSTILE, post_name=HOSTILE, label=HOSTILE))
    page = parse(text)
    assert len(page.all("script")) == len(parse(web_map.render(build())).all("script"))
    assert not [attrs for attrs in page.all("img") if attrs.get("src") == "x"]
    assert not [script for script in page.raw["script"] if script.startswith("alert")]
    for feature in _features(text):
        for value in feature["properties"].values():
            shown = parse(value)
            assert {tag for tag, _attrs in shown.tags} <= {"b", "br"}


@pytest.mark.parametrize(
    "name",
    ["{{ 7 * 7 }}", "{{ cycler.__init__.__globals__.os.getcwd() }}", "{% raw %}", "{# a #}", "{{"],
)
def test_text_from_outside_is_never_run_as_a_template(build, name):
    text = web_map.render(build(pre_name=f"{name}.tif", post_name=name, label=name))
    assert parse(text).text.count(name) >= 2
    labels = {feature["properties"]["shown_class"] for feature in _features(text)}
    assert name in {html.unescape(label) for label in labels}


def test_layer_names_are_escaped_because_the_library_takes_them_for_html(build):
    text = web_map.render(build(label="<img src=x onerror=alert(2)>"))
    names = re.search(r"overlays\s*:\s*\{(.*?)\},\s*\}", text, re.DOTALL).group(1)
    assert "<img" not in names
    assert "onerror" in names


def test_a_cut_is_said(result, monkeypatch):
    monkeypatch.setattr(web_map, "MOST_OBJECTS", 3)
    text = web_map.render(result)
    assert len(_features(text)) == 3
    assert "Only the 3 largest of 8 objects are drawn." in parse(text).text


def test_no_change_gives_a_map_of_both_dates(build):
    text = web_map.render(build(has_change=False))
    assert _features(text) == []
    assert text.count("data:image/webp") == 2
