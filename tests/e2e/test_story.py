"""What an analyst does from two files to a bundle that other programs read."""

import json
import re

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from playwright.sync_api import expect
from pyproj import Geod
from rasterio.features import geometry_mask
from rasterio.warp import transform_geom
from shapely.geometry import Point, box

from tests.e2e import steps
from tests.e2e.conftest import served
from tests.e2e.database import Database

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WGS84 = Geod(ellps="WGS84")
# Around the houses in the west and in the east, with some ground; the third lies south of it.
DRAWN = (steps.corner(30, 20), steps.corner(190, 290))
BOX = box(DRAWN[0][0], DRAWN[1][1], DRAWN[1][0], DRAWN[0][1])


@pytest.fixture
def local(tmp_path):
    """The app as `make run` serves it."""
    folder = tmp_path / "data"
    folder.mkdir()
    with served(folder) as url:
        yield url


def test_from_two_files_to_a_bundle_that_other_programs_read(local, page, tmp_path):
    upload_and_look(local, page, tmp_path)
    swipe_between_the_dates(page)
    draw_and_run(page)
    said = {label: steps.figure(page, label) for label in ("Changed area", "Objects")}
    move_the_threshold(page, said["Changed area"])
    pick_objects(page)
    ask_for_the_origin_of_a_number(page)
    folder = read_the_report(page, said, tmp_path)
    read_the_bundle(folder, said)
    assert page.complaints == []


def test_side_by_side_both_maps_draw_and_page_switch_back_button_and_reload_keep_it_all(
    address, data_dir, page
):
    steps.use_sample(page, address)
    page.get_by_test_id("gs-mode-dual").click()
    steps.draw_shares(page, (0.2, 0.7), (0.5, 0.9), side="left")
    page.get_by_text("Area 2: ").first.wait_for()
    steps.draw_shares(page, (0.5, 0.1), (0.8, 0.3), side="right")
    page.get_by_text("Area 3: ").first.wait_for()
    for side in ("left", "right"):
        outlines = page.get_by_test_id(f"gs-map-{side}").locator("path.gs-area")
        expect(outlines).to_have_count(3)
    move_the_map(page, Database(data_dir))
    kept = what_the_map_shows(page)
    assert kept["names"] == ["Area of interest", "Area 2", "Area 3"]

    steps.go(page, "History")
    page.go_back()
    steps.heading(page, "Compare")
    steps.first_tiles(page)
    assert what_the_map_shows(page) == kept
    page.reload()
    steps.first_tiles(page)
    assert what_the_map_shows(page) == kept
    page.go_back()
    steps.heading(page, "Scenes")
    assert page.complaints == []


def move_the_map(page, kept):
    """Closer, then to the east; each time until the server has been told where the map rests."""
    project = steps.query(page, "project")
    steps.rest(page)

    def view():
        """The view that is kept, once it is the one on the screen."""
        told = json.loads(kept.ask("SELECT map_state FROM projects WHERE id = ?", project))
        found = told.get("view") or {"lat": 0, "lon": 0}
        shown = page.get_by_test_id("gs-position").inner_text()
        return found if shown == f"Centre {found['lat']:.5f}° N, {found['lon']:.5f}° E" else {}

    first = kept.wait_for(view)
    page.get_by_test_id("gs-tool-zoom_in").click()
    kept.wait_for(lambda: view().get("zoom") == first["zoom"] + 1)
    page.get_by_test_id("gs-map-left").focus()
    page.keyboard.press("ArrowRight")
    kept.wait_for(lambda: view().get("lon", 0) > first["lon"])


def what_the_map_shows(page):
    steps.rest(page)
    return {
        "place": page.get_by_test_id("gs-position").inner_text(),
        "scale": page.get_by_test_id("gs-map-left").locator(".leaflet-control-scale").inner_text(),
        "mode": page.get_by_test_id("gs-map").get_attribute("data-mode"),
        "names": steps.areas(page),
    }


def upload_and_look(address, page, folder):
    page.goto(address)
    steps.bring(page, *steps.write_survey(folder))
    page.get_by_text("These scenes can be compared").wait_for()
    steps.to_compare(page)
    page.get_by_text("Checks of the two scenes").click()
    page.get_by_text("Also good to know").click()
    page.get_by_text("Resampled to the common grid of 1 m").wait_for()
    page.get_by_text("Checks of the two scenes").click()


def swipe_between_the_dates(page):
    """Left of the divider the ground is still bare; right of it the house stands."""
    steps.calm(page)
    house = steps.screen(page, *steps.centre("west"))
    divider = page.get_by_test_id("gs-divider")
    at = divider.bounding_box()
    start = (at["x"] + at["width"] / 2, at["y"] + 60)
    frame = page.get_by_test_id("gs-map-left").bounding_box()
    drag(page, start, (frame["x"] + 20, start[1]))
    bright = steps.colour(page, *house)
    assert bright.min() > 200
    divider.focus()
    page.keyboard.press("End")
    assert divider.get_attribute("aria-valuenow") == "100"
    assert steps.colour(page, *house).max() < 190
    page.keyboard.press("Home")
    assert steps.colour(page, *house) == pytest.approx(bright, abs=2)
    page.keyboard.press("ArrowRight")
    assert divider.get_attribute("aria-valuenow") == "2"


def drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, end[1])
    page.mouse.move(*end)
    page.mouse.up()


def draw_and_run(page):
    steps.draw_rectangle(page, *DRAWN)
    page.get_by_text(re.compile(r"Area 1: [\d.]+ ha")).first.wait_for()
    steps.find_changes(page)
    page.get_by_role("progressbar").first.wait_for()
    steps.stop_button(page).wait_for()
    steps.result(page)
    assert steps.query(page, "job")


def move_the_threshold(page, ran):
    """Areas, and the mask on the map, follow at once; the run's own come back."""
    before, pixels = steps.overlay_addresses(page), steps.overlay_pixels(page)
    assert pixels
    page.get_by_role("slider", name="Threshold").focus()
    page.keyboard.press("Home")
    page.get_by_text("This is a preview").wait_for()
    page.wait_for_function(f"(before) => !({steps.OVERLAY})().some(one => one.src === before)",
                           arg=before[0])  # fmt: skip
    assert steps.figure(page, "Changed area") != ran
    assert steps.overlay_pixels(page) > 2 * pixels
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Changed area"))
    assert row.get_by_role("cell").last.inner_text() == ran
    page.get_by_role("button", name="Reset").click()
    page.get_by_text("This is a preview").wait_for(state="detached")
    assert steps.figure(page, "Changed area") == ran
    assert steps.overlay_addresses(page) == before


def pick_objects(page):
    """From the table to the map, and from the map to the table."""
    marked = page.get_by_test_id("gs-map-left").locator("path.gs-chosen")
    assert marked.count() == 0
    table = page.get_by_test_id("stDataFrame").last
    steps.pick_row(table, 1)
    marked.first.wait_for(state="attached")
    second = marked.first.get_attribute("d")

    first = steps.cell(table, 0, "Longitude"), steps.cell(table, 0, "Latitude")
    steps.click_at(page, *steps.screen(page, float(first[0]), float(first[1])))
    page.wait_for_function(f"(d) => ({CHOSEN})()[0] !== d", arg=second)
    steps.wait_picked(table, 0)


CHOSEN = """() => {
    const roots = [...document.querySelectorAll('*')].map((node) => node.shadowRoot);
    const map = roots.map((root) => root?.querySelector('[data-testid=gs-map-left]')).find(Boolean);
    return [...map.querySelectorAll('path.gs-chosen')].map((one) => one.getAttribute('d'));
}"""


def ask_for_the_origin_of_a_number(page):
    # No line begins with the full stop, comma or bracket after a number.
    together = page.get_by_test_id("gs-caption").locator(".together").all_inner_texts()
    assert any(text[-1] in ",.;:)" for text in together)
    page.get_by_test_id("gs-caption").get_by_role("button", name="2", exact=True).first.click()
    page.get_by_text("2 objects are marked on the map").wait_for()
    page.get_by_text(re.compile("^How: ")).wait_for()
    page.get_by_text(re.compile("^Assessed: ")).wait_for()
    # A light line on a dark one for each.
    page.wait_for_function(f"() => ({CHOSEN})().length === 4")


def read_the_report(page, said, folder):
    page.get_by_role("link", name="All facts and files of this result").click()
    steps.heading(page, "Report")
    page.get_by_text("Single files").wait_for()
    for label, words in said.items():
        shown = page.get_by_test_id("stMetric").filter(has_text=label)
        assert shown.get_by_test_id("stMetricValue").inner_text() == words
    with page.expect_download() as caught:
        page.get_by_role("link", name="Everything as one ZIP").click()
    return steps.unpacked(caught.value, folder)


def read_the_bundle(folder, said):
    """The files say what the page said, and nothing lies outside the rectangle of the mouse."""
    with rasterio.open(folder / "mask.tif") as mask:
        codes, crs, at, tags = mask.read(1), mask.crs, mask.transform, mask.tags()
    assert crs == rasterio.crs.CRS.from_epsg(32633)
    changed = (codes > 0) & (codes < 255)
    # Two pixels for what the mouse and the map's readout can tell.
    reach = transform_geom("EPSG:4326", crs, BOX.buffer(3e-5).__geo_interface__)
    assert not (changed & geometry_mask([reach], codes.shape, at)).any()
    inside = geometry_mask([reach], codes.shape, at, invert=True)
    assert (codes[inside] != 255).mean() > 0.9

    found = gpd.read_file(folder / "changes.gpkg", layer="changes")
    assert len(found) == int(said["Objects"])
    degrees = found.to_crs(4326)
    for house in ("west", "east"):
        assert degrees.contains(Point(steps.centre(house))).sum() == 1
    assert not degrees.contains(Point(steps.centre("south"))).any()
    area_m2 = sum(abs(WGS84.geometry_area_perimeter(one)[0]) for one in degrees.geometry)
    assert area_m2 == pytest.approx(square_metres(said["Changed area"]), rel=0.02)
    assert changed.sum() == pytest.approx(area_m2, rel=0.01)
    named = {tags[f"CLASS_{code}"] for code in np.unique(codes[changed])}
    assert named == set(found["class"])


def square_metres(words):
    number, unit = words.replace(",", "").split()
    return float(number) * {"m²": 1, "ha": 10_000}[unit]
