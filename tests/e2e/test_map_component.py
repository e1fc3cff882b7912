"""The map in a real browser: drawn on in every mode, told and telling, kept over reruns."""

import io
import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from pyproj import Geod
from shapely.geometry import shape

from tests.e2e import steps
from tests.servers import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 60_000
WGS84 = Geod(ellps="WGS84")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def map_address(tmp_path_factory):
    kept = tmp_path_factory.mktemp("map") / "kept.json"
    port = free_port()
    command = ["uvicorn", "--app-dir", "tests/e2e", "map_app:app", "--host", "127.0.0.1"]
    with subprocess.Popen(
        [sys.executable, "-m", *command, "--port", port],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "MAP_TEST_KEPT": str(kept)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def window(chromium):
    """One visitor's browser for all tests, so that files are loaded once."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1250})
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def workspace(window, map_address):
    """A new session on the page with the map; it must have nothing to complain about in the end."""
    page = opened(window, map_address)
    yield page
    page.close()
    assert page.complaints == []


def opened(window, address):
    page = window.new_page()
    page.complaints = []
    page.on("console", lambda one: one.type == "error" and page.complaints.append(one.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda one: is_ours(one.url) or page.complaints.append(one.url))
    page.goto(address)
    page.locator("img.leaflet-tile-loaded").first.wait_for()
    page.locator(".st-key-said code").wait_for()
    return page


def is_ours(url):
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob"} or parts.hostname == "127.0.0.1"


def said(page):
    """What the page knows from the map."""
    return json.loads(page.locator(".st-key-said code").inner_text())


def until(page, condition):
    """Waits until `condition`, a JavaScript expression over what the page knows, holds."""
    page.wait_for_function(
        f"() => {{ const text = document.querySelector('.st-key-said code')?.innerText;"
        f" if (!text) return false; const said = JSON.parse(text);"
        f" const names = said.areas.features.map((one) => one.properties.name);"
        f" return {condition}; }}"
    )
    return said(page)


def use(page, tool):
    page.get_by_test_id(f"gs-tool-{tool}").click()


def show(page, mode):
    page.get_by_test_id(f"gs-mode-{mode}").click()


def click(page, side, *points):
    """Click points given as shares of the width and height of a map."""
    box = page.get_by_test_id(f"gs-map-{side}").bounding_box()
    for across, down in points:
        x, y = box["x"] + across * box["width"], box["y"] + down * box["height"]
        page.mouse.move(x - 4, y - 4)
        page.mouse.move(x, y)
        page.mouse.click(x, y)


def bounds(feature):
    return shape(feature["geometry"]).bounds


def position(page):
    return page.get_by_test_id("gs-position").inner_text()


def test_areas_are_drawn_with_the_mouse_in_every_mode_and_on_both_sides(workspace):
    use(workspace, "rectangle")
    click(workspace, "left", (0.2, 0.3), (0.4, 0.5))
    until(workspace, "names.join() === 'Area 1'")

    show(workspace, "swipe")
    use(workspace, "rectangle")
    # Across the divider, which lies in the middle.
    click(workspace, "left", (0.35, 0.55), (0.65, 0.7))
    until(workspace, "names.length === 2 && said.mode === 'swipe'")

    show(workspace, "dual")
    use(workspace, "polygon")
    click(workspace, "right", (0.2, 0.2), (0.4, 0.25), (0.3, 0.4), (0.2, 0.2))
    until(workspace, "names.length === 3")
    use(workspace, "polygon")
    click(workspace, "left", (0.6, 0.2), (0.8, 0.25), (0.7, 0.4))
    workspace.keyboard.press("Enter")
    areas = until(workspace, "names.join() === 'Area 1,Area 2,Area 3,Area 4'")["areas"]["features"]

    # All four are on both maps, and the same place is at the same spot of each.
    for side in ("left", "right"):
        expect(workspace.get_by_test_id(f"gs-map-{side}").locator(".gs-area")).to_have_count(4)
    assert all(shape(one["geometry"]).is_valid for one in areas)
    west, _, east, _ = bounds(areas[2])
    other_west, _, other_east, _ = bounds(areas[3])
    assert (other_east - other_west) / (east - west) == pytest.approx(1, abs=0.02)
    assert set(areas[0]["properties"]) == {"id", "name"}


def test_reruns_keep_node_view_and_drawings(workspace):
    use(workspace, "rectangle")
    click(workspace, "left", (0.2, 0.3), (0.4, 0.5))
    before = until(workspace, "names.length === 1")["areas"]
    place = move(workspace)
    node = workspace.get_by_test_id("gs-map")
    node.evaluate("node => { node.mark = 'the same' }")
    pane = workspace.get_by_test_id("gs-map-left").locator(".leaflet-gs-left-pane")
    for step in range(5):
        workspace.get_by_test_id("stSlider").get_by_role("slider").focus()
        workspace.keyboard.press("ArrowLeft")
        workspace.get_by_text(re.compile(rf"^run {step + 3}$")).wait_for()
    assert node.evaluate("node => node.mark") == "the same"
    assert position(workspace) == place
    assert said(workspace)["areas"] == before
    looks = pane.locator(".leaflet-layer").evaluate_all(
        "all => all.map((one) => one.style.opacity)"
    )
    assert "0.95" in looks


def move(page):
    """Move the map with the keyboard; where it is then, once the page has been told."""
    # Away from the map, so that the readout is that of its centre.
    page.mouse.move(5, 5)
    before = position(page)
    page.get_by_test_id("gs-map-left").focus()
    page.keyboard.press("ArrowRight")
    for _attempt in range(500):
        kept = page.request.get(f"{page.url.rstrip('/')}/kept").json()
        place = position(page)
        if place != before and kept and place == f"Centre {words(kept)}":
            return place
    pytest.fail(f"the page was not told of the move to {place}, but of {kept}")


def words(view):
    return f"{view['lat']:.5f}° N, {view['lon']:.5f}° E"


PLAIN = (40, 90, 60)
TILES_GONE_MS = 1_000
LOOKS = 8
BESIDE_TILES = "gs-objects gs-chosen gs-areas gs-prompts marker overlay"


@pytest.mark.parametrize("pixels_per_point", [1, 1.5])
def test_no_line_shows_where_tiles_meet(chromium, map_address, pixels_per_point):
    viewport = {"width": 1280, "height": 1250}
    context = chromium.new_context(viewport=viewport, device_scale_factor=pixels_per_point)
    context.set_default_timeout(PATIENCE_MS)
    context.route("**/testtiles/**", lambda one: one.fulfill(body=png(PLAIN)))
    page = opened(context, map_address)
    left = page.get_by_test_id("gs-map-left")
    for name in BESIDE_TILES.split():
        left.locator(f".leaflet-{name}-pane").evaluate("pane => { pane.style.display = 'none' }")
    # The hand lies on the middle, which has a picture at every zoom.
    box = left.bounding_box()
    middle = {"x": box["x"] + 0.3 * box["width"], "y": box["y"] + 0.2 * box["height"],
              "width": 0.4 * box["width"], "height": 0.6 * box["height"]}  # fmt: skip
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _half_a_level in range(4):
        zoom_in(page, left)
        # A busy machine may still be at it: a line that is there to stay is on every picture.
        offs = [levels_off(page.screenshot(clip=middle)) for _look in range(LOOKS)]
        assert min(offs) <= 4, f"{min(offs)} levels off on tiles of one colour"
    context.close()


def levels_off(picture):
    shown = Image.open(io.BytesIO(picture)).convert("RGB")
    return np.abs(np.asarray(shown, np.int16) - PLAIN).max()


def png(colour):
    held = io.BytesIO()
    Image.new("RGB", (256, 256), colour).save(held, "PNG")
    return held.getvalue()


def zoom_in(page, side):
    """Half a zoom level by the wheel; waits until tiles are in full colour and none lies below."""
    scale = side.locator(".leaflet-control-scale-line")
    before = scale.inner_text(), scale.bounding_box()["width"]
    page.mouse.wheel(0, -45)
    for _attempt in range(1000):
        if before != (scale.inner_text(), scale.bounding_box()["width"]):
            break
    page.wait_for_function(
        "node => [...node.querySelectorAll('img.leaflet-tile')].every((one) =>"
        " one.classList.contains('leaflet-tile-loaded') && one.style.opacity === '1')",
        arg=side.element_handle(),
    )
    # Leaflet takes the former level away a quarter of a second later and tells nobody.
    page.wait_for_timeout(TILES_GONE_MS)


def test_another_page_and_back_loses_nothing(workspace):
    show(workspace, "dual")
    use(workspace, "rectangle")
    click(workspace, "right", (0.2, 0.3), (0.4, 0.5))
    before = until(workspace, "names.length === 1")
    strength = workspace.get_by_test_id("gs-panel").get_by_label("Opacity of Scene post")
    strength.fill("40")
    place = move(workspace)
    workspace.get_by_text("Other", exact=True).click()
    workspace.get_by_test_id("gs-map").wait_for(state="detached")
    workspace.get_by_text("Map", exact=True).click()
    workspace.get_by_test_id("gs-map-right").locator(".gs-area").wait_for(state="attached")
    assert position(workspace) == place
    assert until(workspace, "names.length === 1")["areas"] == before["areas"]
    assert said(workspace)["mode"] == "dual"
    assert strength.input_value() == "40"


def test_an_outline_is_changed_moved_deleted_and_brought_back(workspace):
    use(workspace, "rectangle")
    click(workspace, "left", (0.3, 0.3), (0.5, 0.5))
    (drawn,) = until(workspace, "names.length === 1")["areas"]["features"]
    show(workspace, "dual")
    use(workspace, "edit")
    right = workspace.get_by_test_id("gs-map-right")
    drag(workspace, right.locator(".marker-icon").first, 30, 40)
    (edited,) = until(workspace, f"names.length && {differs(drawn)}")["areas"]["features"]
    assert len(edited["geometry"]["coordinates"][0]) == 5
    # The other map shows the same outline.
    paths = workspace.locator(".gs-area").evaluate_all("all => all.map((p) => p.getAttribute('d'))")
    assert len(set(paths)) == 1

    use(workspace, "move")
    drag(workspace, right.locator(".gs-area"), 25, 10)
    (moved,) = until(workspace, f"names.length && {differs(edited)}")["areas"]["features"]
    first, second = bounds(edited), bounds(moved)
    assert second[2] - second[0] == pytest.approx(first[2] - first[0], rel=1e-3)

    use(workspace, "delete")
    right.locator(".gs-area").click()
    until(workspace, "names.length === 0")
    for expected in (moved, edited, drawn):
        use(workspace, "undo")
        until(workspace, f"names.length === 1 && !({differs(expected)})")


def differs(feature):
    text = json.dumps(feature["geometry"]["coordinates"], separators=(",", ":"))
    return f"JSON.stringify(said.areas.features[0].geometry.coordinates) !== '{text}'"


def drag(page, what, across_px, down_px):
    box = what.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across_px / 2, y + down_px / 2)
    page.mouse.move(x + across_px, y + down_px)
    page.mouse.up()


def test_an_area_is_made_named_and_resized_by_keyboard(workspace):
    enter(workspace, 14.99, 47.99, 15.01, 48.02)
    workspace.get_by_test_id("gs-bounds-add").press("Enter")
    (area,) = until(workspace, "names.length === 1")["areas"]["features"]
    assert bounds(area) == (14.99, 47.99, 15.01, 48.02)

    name = workspace.get_by_test_id("gs-area-name")
    name.fill("<img src=x onerror=alert(1)> r")
    name.press("Enter")
    until(workspace, "names[0] === '<img src=x onerror=alert(1)> r'")

    enter(workspace, 14.98, 47.98, 15.02, 48.01)
    workspace.get_by_test_id("gs-bounds-north").press("Enter")
    area = until(workspace, "said.areas.features[0].geometry.coordinates.flat(2).includes(14.98)")
    assert bounds(area["areas"]["features"][0]) == (14.98, 47.98, 15.02, 48.01)

    enter(workspace, 15.1, 47.98, 15.02, 48.01)
    workspace.get_by_test_id("gs-bounds-apply").press("Enter")
    wrong = workspace.get_by_test_id("gs-bounds-wrong")
    assert wrong.inner_text() == "West has to be smaller than east."
    enter(workspace, "abc", 47.98, 15.02, 48.01)
    workspace.get_by_test_id("gs-bounds-apply").press("Enter")
    assert "has to be a number" in wrong.inner_text()
    size = workspace.get_by_test_id("gs-area-size").inner_text()
    expected = abs(
        WGS84.geometry_area_perimeter(shape(area["areas"]["features"][0]["geometry"]))[0]
    )
    assert size == f"{expected / 1e6:.3g} km²"


def enter(page, *values):
    for edge, value in zip(("west", "south", "east", "north"), values, strict=True):
        page.get_by_test_id(f"gs-bounds-{edge}").fill(str(value))


def upload(page, content, name="areas.geojson"):
    text = content if isinstance(content, str) else json.dumps(content)
    page.get_by_test_id("gs-import").set_input_files(
        {"name": name, "mimeType": "application/geo+json", "buffer": text.encode()}
    )


def circle(corners):
    angles = [2 * math.pi * number / corners for number in range(corners)]
    ring = [[15 + 0.02 * math.cos(one), 48 + 0.02 * math.sin(one)] for one in angles]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def test_a_file_of_areas_is_imported_without_what_it_carries(workspace):
    evil = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
    square = {"type": "Polygon", "coordinates": [[[14.99, 47.99], [15, 47.99], [15, 48]]]}
    content = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name": evil, "x": evil}, "geometry": square},
            {"type": "Feature", "properties": None, "geometry": circle(10_000)},
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "Point", "coordinates": [1]},
            },
        ],
    }
    upload(workspace, content)
    first, second = until(workspace, "names.length === 2")["areas"]["features"]
    assert first["properties"].keys() == {"id", "name"}
    assert first["properties"]["name"] == evil[:80]
    assert first["geometry"]["coordinates"][0][0] == first["geometry"]["coordinates"][0][-1]
    assert len(second["geometry"]["coordinates"][0]) == 10_001
    use(workspace, "edit")
    workspace.get_by_test_id("gs-map-left").locator(".marker-icon").first.wait_for()
    assert workspace.evaluate("window.hacked") is None


REFUSED = {
    "is not GeoJSON": "no json",
    "There is no polygon in this file": {"type": "Point", "coordinates": [15, 48]},
    "vertices; 50,000 can be imported": circle(50_001),
    "5 MB can be imported": " " * 5_000_001,
    "are not longitudes and latitudes": {"type": "Polygon", "coordinates": [[[5e5, 5e6]] * 4]},
    "Save it in WGS 84": {"crs": {"properties": {"name": "EPSG:32633"}}, **circle(5)},
    "at least three corners": {"type": "Polygon", "coordinates": [[[15, 48], [15.1, 48]]]},
    "is not a number": {"type": "Polygon", "coordinates": [[["a", 48], [1, 2], [2, 3]]]},
    "500 can be imported": {"type": "GeometryCollection", "geometries": [circle(4)] * 501},
}


def test_a_file_that_cannot_be_used_gets_a_sentence_and_changes_nothing(workspace):
    for words, content in REFUSED.items():
        upload(workspace, content)
        workspace.get_by_test_id("gs-words").get_by_text(words).wait_for()
    assert said(workspace)["areas"]["features"] == []


def test_objects_are_chosen_on_the_map_and_from_the_page(workspace):
    before = position(workspace)
    # Object 190 of a grid of 20 by 20 lies near the middle of the map.
    use(workspace, "zoom_in")
    spot(workspace, 15 - 0.03 + 10 * 0.003 + 0.001, 48 - 0.03 + 9 * 0.003 + 0.001)
    until(workspace, "said.selected === 190 && said.chosen.join() === '190'")
    tip = workspace.locator(".leaflet-tooltip")
    assert re.fullmatch(r"Gone 3\.3\d ha", tip.inner_text())
    expect(workspace.locator(".gs-chosen")).to_have_count(2)

    caption = workspace.get_by_test_id("gs-caption")
    for _step in range(3):
        use(workspace, "zoom_in")
    caption.get_by_role("button", name="1 far").click()
    until(workspace, "said.fact === 'far' && said.chosen.join() === '399'")
    caption.get_by_role("button", name="1 far", pressed=True).wait_for()
    # It lay outside of the view: the map has moved there.
    workspace.locator(".gs-chosen").first.wait_for(state="visible")
    expect(workspace.get_by_test_id("gs-position")).not_to_have_text(before)

    caption.get_by_role("button", name="1 far").click()
    until(workspace, "said.fact === null && said.chosen.length === 0")
    workspace.locator(".gs-chosen").first.wait_for(state="detached")


def spot(page, lon, lat):
    """Click a place given by its coordinates."""
    steps.click_at(page, *steps.screen(page, lon, lat))


def test_points_and_boxes_for_a_segmentation_reach_the_page(workspace):
    use(workspace, "point_in")
    click(workspace, "left", (0.2, 0.2), (0.25, 0.3))
    use(workspace, "point_out")
    click(workspace, "left", (0.3, 0.2))
    use(workspace, "box")
    click(workspace, "left", (0.15, 0.15), (0.4, 0.4))
    prompts = until(workspace, "said.prompts.features.length === 4")["prompts"]["features"]
    assert [one["properties"]["label"] for one in prompts] == [1, 1, 0, 1]
    assert [one["geometry"]["type"] for one in prompts] == [*["Point"] * 3, "Polygon"]
    workspace.locator(".gs-out").click()
    until(workspace, "said.prompts.features.length === 3")
    use(workspace, "clear_prompts")
    until(workspace, "said.prompts.features.length === 0")
    use(workspace, "undo")
    until(workspace, "said.prompts.features.length === 3 && names.length === 0")
    use(workspace, "clear_prompts")


def test_distances_and_areas_are_those_of_the_ellipsoid(workspace):
    use(workspace, "distance")
    box = workspace.get_by_test_id("gs-map-left").bounding_box()
    spots = [(box["x"] + across, box["y"] + down) for across, down in ((100, 150), (500, 400))]
    first, second = (steps.readout(workspace, *one) for one in spots)
    for one in spots:
        workspace.mouse.move(*one)
        workspace.mouse.click(*one)
    workspace.keyboard.press("Enter")
    metres = WGS84.inv(*first, *second)[2]
    workspace.get_by_test_id("gs-words").get_by_text(f"Length: {metres / 1000:.3g} km").wait_for()
    tip = workspace.get_by_test_id("gs-map-left").locator(".leaflet-tooltip")
    assert tip.inner_text() == f"Length: {metres / 1000:.3g} km"
    use(workspace, "clear_measures")
    tip.wait_for(state="detached")
    use(workspace, "area_size")
    workspace.keyboard.press("Escape")
    assert workspace.get_by_test_id("gs-words").inner_text() == ""
    assert said(workspace)["areas"]["features"] == []


def test_the_divider_follows_the_keyboard_and_the_pointer(workspace):
    show(workspace, "swipe")
    divider = workspace.get_by_test_id("gs-divider")
    divider.focus()
    for key, value in (("ArrowLeft", 48), ("PageUp", 58), ("Home", 0), ("End", 100)):
        workspace.keyboard.press(key)
        assert divider.get_attribute("aria-valuenow") == str(value)
    box = workspace.get_by_test_id("gs-map-left").bounding_box()
    held = divider.bounding_box()
    workspace.mouse.move(held["x"], held["y"] + 40)
    workspace.mouse.down()
    workspace.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 60)
    workspace.mouse.up()
    assert divider.get_attribute("aria-valuenow") == "25"
    pane = workspace.get_by_test_id("gs-map-left").locator(".leaflet-gs-right-pane")
    edge = float(re.search(r"polygon\((-?[\d.]+)px", pane.get_attribute("style"))[1])
    edge += pane.evaluate("node => node.getBoundingClientRect().left")
    assert edge == pytest.approx(box["x"] + box["width"] / 4, abs=2)
    show(workspace, "single")


def test_layers_are_hidden_and_reordered_in_the_list(workspace):
    panel = workspace.get_by_test_id("gs-panel")
    tiles = workspace.get_by_test_id("gs-map-left").locator(
        ".leaflet-gs-left-pane img.leaflet-tile"
    )
    panel.get_by_label("Scene pre", exact=True).uncheck()
    tiles.first.wait_for(state="detached")
    panel.get_by_label("Scene pre", exact=True).check()
    tiles.first.wait_for()
    up = panel.get_by_role("button", name="Move Marks up")
    up.focus()
    workspace.keyboard.press("Enter")
    names = panel.locator("[data-focus^='left/'][data-focus$=visible]")
    assert names.first.get_attribute("data-focus") == "left/marks visible"
    layers = workspace.locator(".leaflet-gs-left-pane .leaflet-layer, .leaflet-gs-left-pane > img")
    order = layers.evaluate_all("all => all.map((one) => [one.style.zIndex, one.tagName])")
    assert sorted(order)[-1][1] == "IMG"


def test_without_a_background_map_there_are_degrees_and_a_sentence(workspace):
    assert "No background map can be reached" in workspace.get_by_test_id("gs-notice").inner_text()
    assert workspace.get_by_test_id("gs-attribution").inner_text() == "Made for a test"
    lines = workspace.get_by_test_id("gs-map-left").locator(".leaflet-gs-left-pane canvas")
    lines.first.wait_for()
    grid = workspace.get_by_test_id("gs-panel").get_by_label("Degree grid")
    grid.uncheck()
    lines.first.wait_for(state="detached")
    grid.check()
    lines.first.wait_for()


def test_a_background_map_out_of_reach_costs_one_request_and_says_so(window, map_address):
    page = opened(window, map_address)
    asked = []
    page.on("request", lambda one: "/broken/" in one.url and asked.append(one.url))
    page.get_by_text("Broken base").click()
    page.get_by_test_id("gs-unreachable").get_by_text("could not be reached").wait_for()
    assert len(asked) == 1
    assert [one for one in page.complaints if "503" not in one] == []
    page.get_by_role("button", name="Try again").click()
    page.get_by_test_id("gs-unreachable").get_by_text("could not be reached").wait_for()
    assert len(asked) == 2
    page.close()


def test_areas_from_the_page_are_taken_over_and_can_be_undone(workspace):
    use(workspace, "rectangle")
    click(workspace, "left", (0.2, 0.3), (0.4, 0.5))
    until(workspace, "names.join() === 'Area 1'")
    workspace.get_by_role("button", name="Push an area").click()
    until(workspace, "names.join() === 'From the page'")
    workspace.get_by_role("textbox", name="Name of the area From the page").wait_for()
    use(workspace, "undo")
    until(workspace, "names.join() === 'Area 1'")
    use(workspace, "rectangle")
    click(workspace, "left", (0.6, 0.3), (0.7, 0.5))
    until(workspace, "names.length === 2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_is_wrong_for_assistive_technology(workspace, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    workspace.emulate_media(color_scheme=scheme)
    show(workspace, "swipe")
    use(workspace, "rectangle")
    click(workspace, "left", (0.2, 0.3), (0.4, 0.5))
    use(workspace, "edit")
    use(workspace, "point_in")
    click(workspace, "left", (0.7, 0.7))
    until(workspace, "said.prompts.features.length === 1")
    workspace.get_by_test_id("gs-map").and_(workspace.locator(f"[data-theme={scheme}]")).wait_for()
    found = axe.Axe().run(workspace, options={"resultTypes": ["violations"]}).response
    serious = [
        (one["id"], node["target"], node["failureSummary"])
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
        if isinstance(node["target"][0], list)  # inside one of our shadow roots
    ]
    assert serious == []
    assert not [one for one in found["incomplete"] if one["id"] == "button-name"]
