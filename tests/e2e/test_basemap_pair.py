"""Two background maps of a map server on this machine become a pair, and its truth is found."""

import json
import math
import re

import pytest
from shapely.geometry import Point, box, shape

from tests.e2e import steps
from tests.e2e.database import Database
from tests.services import xyz_server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLACE = (13.4010, 52.5010, 13.4050, 52.5030)
ZOOM = 18
WORLD_DEG = 360


def test_two_background_maps_become_a_pair_whose_houses_are_found(address, data_dir, maps, page):
    page.goto(address)
    page.get_by_role("tab", name="Background maps").click()
    choose(page, "Left background map", "Yours: pre")
    page.get_by_text("Choose two different background maps.").wait_for()
    choose(page, "Right background map", "Yours: post")
    go_to(page, PLACE)
    steps.draw_shares(page, (0.3, 0.2), (0.7, 0.8))
    # The area that led there goes; the one of the mouse stays.
    page.get_by_text("Per date:").wait_for()
    page.get_by_role("button", name="Delete the area Area 1").click()
    page.get_by_role("button", name="Delete the area Area 1").wait_for(state="detached")
    steps.calm(page)
    fetch = page.get_by_role("button", name="Use these background maps as my pair")
    assert fetch.is_disabled()
    page.get_by_text("I may use these pictures in this way.").click()
    maps.asked.clear()
    fetch.click()
    page.get_by_text("Both dates are here; the project is open.").wait_for()
    said = page.get_by_text("Per date:").inner_text()
    tiles = int(re.search(r"Per date: (\d+) tile", said)[1])

    drawn = area_of(data_dir, steps.query(page, "project"))
    expected = {(x, y) for x, y in tiles_of(drawn.bounds)}
    assert len(expected) == tiles
    for layer in ("pre", "post"):
        asked = {path for path in maps.asked if path.startswith(f"/{layer}/{ZOOM}/")}
        assert asked >= {f"/{layer}/{ZOOM}/{x}/{y}.png" for x, y in expected}
    steps.to_compare(page)
    steps.find_changes(page)
    steps.result(page)
    compare_with_truth(page, drawn, expected)
    assert page.complaints == []


def choose(page, label, option):
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    steps.calm(page)


def go_to(page, bounds):
    """Show a place by giving its bounds as an area."""
    steps.unfold_list(page)
    for edge, value in zip(("west", "south", "east", "north"), bounds, strict=True):
        page.get_by_test_id(f"gs-bounds-{edge}").fill(str(value))
    page.get_by_test_id("gs-bounds-add").click()
    page.get_by_test_id("gs-area-name").wait_for()
    page.get_by_role("button", name="Show the area Area 1").click()
    scale = page.get_by_test_id("gs-map-left").locator(".leaflet-control-scale")
    scale.get_by_text(re.compile(r"^\d+ m$")).wait_for()


def area_of(data_dir, project):
    """The only area of a project, from the database."""
    text = Database(data_dir).ask("SELECT areas FROM projects WHERE id = ?", project)
    [feature] = json.loads(text)["features"]
    return shape(feature["geometry"])


def tile_of(lon, lat):
    """Column and row of the tile of a place, with the place within it as a fraction."""
    scale = 2**ZOOM
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * scale
    return (lon + 180) / WORLD_DEG * scale, y


def place_of(x, y):
    """Longitude and latitude of a place given in tiles."""
    scale = 2**ZOOM
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / scale))))
    return x / scale * WORLD_DEG - 180, lat


def tiles_of(bounds):
    west, south, east, north = bounds
    (left, top), (right, bottom) = tile_of(west, north), tile_of(east, south)
    for x in range(int(left), int(right) + 1):
        for y in range(int(top), int(bottom) + 1):
            yield x, y


def house(x, y):
    """The roof in a tile of the later map."""
    rows, cols = xyz_server.HOUSE
    west, north = place_of(x + cols.start / 256, y + rows.start / 256)
    east, south = place_of(x + cols.stop / 256, y + rows.stop / 256)
    return box(west, south, east, north)


def compare_with_truth(page, drawn, tiles):
    """Every house that lies whole in the area is one object, and there is no other object."""
    whole = [house(*tile) for tile in tiles if drawn.contains(house(*tile))]
    cut = [house(*tile) for tile in tiles if drawn.intersects(house(*tile))]
    assert len(whole) >= 4
    assert len(whole) <= int(steps.figure(page, "Objects")) <= len(cut)
    table = page.get_by_test_id("stDataFrame").last
    for row in range(len(whole)):
        found = Point(*(float(steps.cell(table, row, name)) for name in ("Longitude", "Latitude")))
        assert any(roof.buffer(2e-5).contains(found) for roof in cut)
