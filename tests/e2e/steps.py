"""What an analyst does in the browser, and what the page then shows."""

import io
import re
import zipfile

import numpy as np
from PIL import Image
from pyproj import Transformer

from tests import scenes

HOUSES = {"west": (60, 50, 26, 30), "east": (70, 210, 30, 24), "south": (230, 120, 24, 28)}
"""Houses built between the dates: top, left, height, width in pixels of one metre."""
SIZE = (300, 320)
ROW_PX = 35
"""Height of a row of Streamlit's tables."""
CORNER = (5, 5)
"""A place on the screen without anything."""
READOUT = re.compile(r"(-?[\d.]+)° N, (-?[\d.]+)° E")
TO_DEGREES = Transformer.from_crs(scenes.UTM33, "EPSG:4326", always_xy=True)


# Scenes with known content.


def write_survey(folder, *, houses=tuple(HOUSES)):
    """Two surveys of one place in two CRS: the earlier in UTM 33, the later in Web Mercator."""
    image = scenes.ground(SIZE, seed=7)
    built = scenes.with_houses(image, [HOUSES[name] for name in houses])
    pre, post = scenes.write_pair(folder, image, built)
    return pre, to_web_mercator(post, folder / "later.tif")


def to_web_mercator(path, target):
    """A copy of a scene in another CRS, made by GDAL."""
    import rasterio
    from rasterio.shutil import copy
    from rasterio.vrt import WarpedVRT

    with (
        rasterio.open(path) as source,
        WarpedVRT(source, crs="EPSG:3857", resampling=1, add_alpha=False, nodata=0) as warped,
    ):
        copy(warped, target, driver="GTiff")
        day = source.tags().get("TIFFTAG_DATETIME")
    with rasterio.open(target, "r+") as out:
        out.update_tags(TIFFTAG_DATETIME=day)
    return target


def corner(row, col):
    """Longitude and latitude of the upper left corner of a pixel of the survey."""
    east, north = scenes.transform() @ (col, row)
    return TO_DEGREES.transform(east, north)


def centre(house):
    top, left, height, width = HOUSES[house]
    return corner(top + height / 2, left + width / 2)


# Pages.


def heading(page, name):
    page.get_by_role("heading", name=name, level=1, exact=True).wait_for()


def go(page, name):
    """Another page by its link in the bar."""
    calm(page)
    page.locator(".st-key-navigation").get_by_role("link", name=name).click()
    heading(page, name)


def query(page, name):
    """A value of the page's address."""
    found = re.search(rf"[?&]{name}=([0-9a-f]+)", page.url)
    return found and found[1]


def calm(page):
    """Wait until the server has answered everything."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def pictures(page):
    """Wait for the pictures of a page; the server drops those of a page that was left."""
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stImage] img')]"
        ".every((one) => one.complete && one.naturalWidth)"
    )


def use_sample(page, address, title="Port on two passes"):
    """A project of a bundled sample, on the page Compare."""
    page.goto(address)
    card = page.get_by_test_id("stColumn").filter(has_text=title)
    card.get_by_role("button", name="Use this pair").wait_for()
    pictures(page)
    card.get_by_role("button", name="Use this pair").click()
    to_compare(page)


def to_compare(page):
    button = page.get_by_role("button", name="Compare this pair")
    button.wait_for()
    calm(page)
    pictures(page)
    button.click()
    heading(page, "Compare")
    first_tiles(page)


def bring(page, pre, post):
    """Upload a pair on the page Scenes and have it prepared."""
    calm(page)
    page.get_by_role("tab", name="Your own files").click()
    page.get_by_role("tab", name="Your own files", selected=True).wait_for()
    calm(page)
    for role, path in (("pre", pre), ("post", post)):
        box = page.get_by_test_id(f"gs-uploader-{role}")
        box.locator("input[type=file]").set_input_files(path)
        box.get_by_text("Uploaded").first.wait_for()
    page.get_by_role("button", name="Prepare this pair").click()


def figure(page, label):
    """A number of the result beside the map: that of the threshold in force."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=label, exact=True))
    return row.get_by_role("cell").first.inner_text()


def find_changes(page):
    # While a page is drawn anew, its former button may still be there beside the new one.
    calm(page)
    page.get_by_role("button", name="Find changes").click()


def run_again(page):
    """Likewise: a button that is drawn anew under the mouse takes no click."""
    calm(page)
    page.get_by_role("button", name="Run again").click()


def stop_button(page):
    """Ours; the bar at the top has one of Streamlit's for a moment while a page is drawn."""
    return page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True)


def result(page):
    """Wait for the result of the run under way."""
    page.get_by_role("rowheader", name="Changed area").wait_for()
    page.get_by_test_id("gs-caption").wait_for()


# The map.


def first_tiles(page):
    page.get_by_test_id("gs-map-left").locator("img.leaflet-tile-loaded").first.wait_for()


def frame(page, side="left"):
    """Where a map is on the screen, after it was brought out from under the bar at the top."""
    found = page.get_by_test_id(f"gs-map-{side}")
    found.evaluate("node => node.scrollIntoView({block: 'center', behavior: 'instant'})")
    return found.bounding_box()


def rest(page):
    """Take the mouse off a map without outlines, over its edge: it then tells its centre."""
    box = frame(page)
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
    page.mouse.move(*CORNER)
    page.get_by_test_id("gs-position").filter(has_text="Centre").wait_for()


def readout(page, x, y):
    """Longitude and latitude the map tells for a place on the screen."""
    place = page.get_by_test_id("gs-position")
    page.mouse.move(x - 20, y - 20)
    elsewhere = place.inner_text()
    # Above outlines Leaflet looks at the mouse every 32 ms only, and a hand would go on moving.
    for _attempt in range(1000):
        page.mouse.move(x + 1, y)
        page.mouse.move(x, y)
        if place.inner_text() != elsewhere:
            break
    lat, lon = READOUT.search(place.inner_text()).groups()
    return float(lon), float(lat)


def screen(page, lon, lat):
    """Where a place is on the screen, by what the map tells of two others."""
    box = frame(page)
    ends = [
        (box["x"] + share * box["width"], box["y"] + share * box["height"]) for share in (0.1, 0.9)
    ]
    (west, north), (east, south) = (readout(page, *end) for end in ends)
    (left, top), (right, bottom) = ends
    return (
        left + (lon - west) / (east - west) * (right - left),
        top + (lat - north) / (south - north) * (bottom - top),
    )


def click_at(page, x, y):
    page.mouse.move(x - 4, y - 4)
    page.mouse.move(x, y)
    page.mouse.click(x, y)


def draw_rectangle(page, first, second):
    """Two corners, in longitude and latitude, with the mouse."""
    ends = [screen(page, *place) for place in (first, second)]
    page.get_by_test_id("gs-tool-rectangle").click()
    for end in ends:
        click_at(page, *end)


def draw_shares(page, first, second, side="left"):
    """Two corners, as shares of the width and height of a map, with the mouse."""
    box = frame(page, side)
    page.get_by_test_id("gs-tool-rectangle").click()
    for across, down in (first, second):
        click_at(page, box["x"] + across * box["width"], box["y"] + down * box["height"])


def areas(page):
    """Names of the areas in the list beside the map, which may be folded away."""
    names = page.get_by_test_id("gs-area-name")
    return names.evaluate_all("all => all.map((one) => one.value)")


def unfold_list(page):
    """Show the list of layers and areas beside the map."""
    button = page.get_by_test_id("gs-tool-panel")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    page.get_by_test_id("gs-panel").wait_for()


def colour(page, x, y):
    """The colour at a place on the screen."""
    png = page.screenshot(clip={"x": x - 1, "y": y - 1, "width": 3, "height": 3})
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGB"), float).mean(axis=(0, 1))


def overlay_addresses(page):
    """Addresses of the tiles that lie over both dates, once all have arrived."""
    page.wait_for_function(OVERLAY_LOADED)
    return page.evaluate(f"() => ({OVERLAY})().map(one => one.src)")


def overlay_pixels(page):
    """How many pixels of those tiles have a colour."""
    page.wait_for_function(OVERLAY_LOADED)
    return page.evaluate(
        f"""() => ({OVERLAY})().map((picture) => {{
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
            const pen = canvas.getContext('2d');
            pen.drawImage(picture, 0, 0);
            const bytes = pen.getImageData(0, 0, canvas.width, canvas.height).data;
            return bytes.filter((value, at) => at % 4 === 3 && value > 0).length;
        }}).reduce((sum, one) => sum + one, 0)"""
    )


OVERLAY = """() => {
    const roots = [...document.querySelectorAll('*')].map((node) => node.shadowRoot);
    const map = roots.map((root) => root?.querySelector('[data-testid=gs-map-left]')).find(Boolean);
    return [...(map?.querySelectorAll('.leaflet-gs-both-pane img') ?? [])];
}"""
OVERLAY_LOADED = f"""() => {{
    const all = ({OVERLAY})();
    return all.length && all.every((one) => one.matches('.leaflet-tile-loaded') && one.complete);
}}"""


# Tables and files.


def pick_row(table, row):
    """Click the box at the beginning of a row of a table."""
    grid = table.locator(".dvn-scroller")
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 18, "y": ROW_PX * (row + 1.5)})
    wait_picked(table, row)


def wait_picked(table, row):
    """A table is a picture with a hidden table of the same content, in which the first is 2."""
    table.locator(f"tr[aria-rowindex='{row + 2}'][aria-selected=true]").wait_for(state="attached")


def cell(table, row, column):
    """Text of a cell by the name of its column."""
    table.locator("th[role=columnheader]").first.wait_for(state="attached")
    head = table.locator("th[role=columnheader]").all_inner_texts()
    line = table.locator(f"tr[aria-rowindex='{row + 2}'] td")
    return line.nth(head.index(column)).inner_text()


def unpacked(download, folder):
    """The result folder of a downloaded bundle."""
    path, target = folder / "bundle.zip", folder / "bundle"
    download.save_as(path)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(target)
    (inside,) = target.iterdir()
    return inside
