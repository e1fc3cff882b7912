"""Marks on the map for a segmentation: by mouse and keyboard, on either date, pushed and undone."""

import pytest
from playwright.sync_api import expect
from shapely.geometry import shape

from tests.e2e import steps
from tests.e2e.test_map_component import (
    click,
    drag,
    map_address,
    show,
    spot,
    until,
    use,
    window,
    workspace,
)

__all__ = ["map_address", "window", "workspace"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def marking(workspace):
    """The page as it is for somebody who outlines one thing after the other."""
    workspace.get_by_text("Marks of one thing").click()
    pressed(workspace, "point_in")
    return workspace


def pressed(page, tool):
    page.locator(f"[data-testid=gs-tool-{tool}][aria-pressed=true]").wait_for()


def marks(page, condition):
    """What is marked once a condition over `marks`, a list of label, form and side, holds."""
    told = "said.prompts.features.map(({properties: p}) => `${p.label} ${p.form} ${p.side}`)"
    return until(page, f"((marks) => {condition})({told})")["prompts"]["features"]


def test_a_click_marks_at_once_and_with_shift_what_is_outside(marking):
    click(marking, "left", (0.3, 0.3))
    marks(marking, "marks.join() === '1 point left'")
    marking.keyboard.down("Shift")
    click(marking, "left", (0.5, 0.5))
    marking.keyboard.up("Shift")
    marks(marking, "marks.join() === '1 point left,0 point left'")
    pressed(marking, "point_in")
    marking.get_by_test_id("gs-map-left").get_by_title("Point outside; click to remove").click()
    marks(marking, "marks.join() === '1 point left'")


def test_a_new_box_takes_the_place_of_the_former_and_the_point_tool_is_back(marking):
    use(marking, "box")
    click(marking, "left", (0.2, 0.2), (0.4, 0.4))
    (first,) = marks(marking, "marks.join() === '1 box left'")
    pressed(marking, "point_in")
    use(marking, "box")
    click(marking, "left", (0.5, 0.5), (0.7, 0.7))
    text = shape(first["geometry"]).wkt
    (second,) = marks(marking, f"marks.length === 1 && {differs(first)}")
    assert shape(second["geometry"]).wkt != text


def differs(feature):
    lon = feature["geometry"]["coordinates"][0][0][0]
    return f"said.prompts.features[0].geometry.coordinates[0][0][0] !== {lon}"


def test_without_a_pointer_the_space_bar_marks_the_middle_of_the_map(marking):
    left = marking.get_by_test_id("gs-map-left")
    # Only who uses the keyboard sees the middle marked.
    marking.keyboard.press("Tab")
    left.focus()
    middle = left.evaluate("node => getComputedStyle(node, '::after').backgroundImage")
    assert "linear-gradient" in middle
    marking.keyboard.press("Space")
    (point,) = marks(marking, "marks.join() === '1 point left'")
    said = marking.get_by_test_id("gs-position").inner_text()
    lat, lon = steps.READOUT.search(said).groups()
    assert point["geometry"]["coordinates"] == pytest.approx([float(lon), float(lat)], abs=1e-5)

    use(marking, "box")
    left.focus()
    marking.keyboard.press("Space")
    moved(marking, "ArrowRight")
    moved(marking, "ArrowDown")
    marking.keyboard.press("Space")
    box = marks(marking, "marks.join() === '1 point left,1 box left'")[1]
    west, south, east, north = shape(box["geometry"]).bounds
    assert [west, north] == pytest.approx(point["geometry"]["coordinates"], abs=1e-5)
    assert east > west
    assert south < north


def moved(page, key):
    """Press an arrow on the map and wait until it rests."""
    place = page.get_by_test_id("gs-position")
    before = place.inner_text()
    page.keyboard.press(key)
    for _attempt in range(500):
        now = place.inner_text()
        if now != before and place.inner_text() == now:
            break
    page.wait_for_function(
        """() => {
            const roots = [...document.querySelectorAll('*')].map((node) => node.shadowRoot);
            const find = (root) => root?.querySelector('[data-testid=gs-map-left]');
            const map = roots.map(find).find(Boolean);
            return !map.querySelector('.leaflet-pan-anim');
        }"""
    )


def test_outlines_and_cuts_are_drawn_and_an_outline_is_reshaped(marking):
    use(marking, "line")
    click(marking, "left", (0.2, 0.8), (0.4, 0.8))
    marking.keyboard.press("Enter")
    marks(marking, "marks.join() === '1 line left'")
    use(marking, "outline")
    click(marking, "left", (0.3, 0.3), (0.5, 0.3), (0.5, 0.5), (0.3, 0.3))
    drawn = marks(marking, "marks.join() === '1 line left,1 outline left'")[1]
    use(marking, "reshape")
    handles = marking.get_by_test_id("gs-map-left").locator(".marker-icon:not(.marker-icon-middle)")
    drag(marking, handles.first, -40, -30)
    text = str(drawn["geometry"]["coordinates"]).replace(" ", "")
    changed = marks(
        marking,
        f"JSON.stringify(said.prompts.features[1].geometry.coordinates) !== '{text}'",
    )[1]
    assert shape(changed["geometry"]).area > shape(drawn["geometry"]).area
    use(marking, "undo")
    marks(marking, f"JSON.stringify(said.prompts.features[1].geometry.coordinates) === '{text}'")


def test_the_date_of_a_mark_is_that_of_its_map_or_of_its_side_of_the_divider(marking):
    show(marking, "dual")
    click(marking, "right", (0.3, 0.3))
    click(marking, "left", (0.6, 0.6))
    marks(marking, "marks.join() === '1 point right,1 point left'")
    # Each is on the map of its date only.
    for side in ("left", "right"):
        expect(marking.get_by_test_id(f"gs-map-{side}").locator(".gs-point")).to_have_count(1)
    show(marking, "swipe")
    use(marking, "clear_prompts")
    click(marking, "left", (0.4, 0.5), (0.6, 0.5))
    marks(marking, "marks.join() === '1 point left,1 point right'")


def test_the_page_puts_an_outline_there_and_the_user_can_take_it_back(marking):
    click(marking, "left", (0.3, 0.3))
    marks(marking, "marks.length === 1")
    marking.get_by_role("button", name="Push an outline").click()
    marks(marking, "marks.join() === '1 outline left'")
    use(marking, "undo")
    marks(marking, "marks.join() === '1 point left'")


def test_a_mark_made_while_the_page_pushes_others_stays(marking):
    click(marking, "left", (0.3, 0.3))
    marks(marking, "marks.length === 1")
    # In one breath: the page cannot have answered before the map is clicked.
    marking.get_by_role("button", name="Push an outline").evaluate(
        """(button) => {
            const roots = [...document.querySelectorAll('*')].map((node) => node.shadowRoot);
            const find = (root) => root?.querySelector('[data-testid=gs-map-left]');
            const map = roots.map(find).find(Boolean);
            button.click();
            map.focus();
            map.dispatchEvent(new KeyboardEvent('keydown', {key: ' ', bubbles: true}));
        }"""
    )
    marks(marking, "marks.join() === '1 outline left,1 point left'")
    use(marking, "clear_prompts")
    marks(marking, "marks.length === 0")


def test_marks_are_still_there_when_the_page_is_left_and_entered_again(marking):
    click(marking, "left", (0.3, 0.3))
    marks(marking, "marks.length === 1")
    marking.get_by_text("Other", exact=True).click()
    marking.get_by_test_id("gs-map-left").wait_for(state="detached")
    marking.get_by_text("Map", exact=True).click()
    marking.get_by_test_id("gs-map-left").get_by_title("Point inside; click to remove").wait_for()
    pressed(marking, "point_in")
    click(marking, "left", (0.6, 0.6))
    marks(marking, "marks.join() === '1 point left,1 point left'")
    expect(marking.get_by_test_id("gs-map-left").locator(".gs-point")).to_have_count(2)


def test_objects_are_chosen_once_the_point_tool_is_laid_down(marking):
    use(marking, "zoom_in")
    # Object 190 lies near the middle of the map.
    place = 15 - 0.03 + 10 * 0.003 + 0.001, 48 - 0.03 + 9 * 0.003 + 0.001
    spot(marking, *place)
    marks(marking, "marks.length === 1 && said.selected === null")
    use(marking, "clear_prompts")
    use(marking, "choose")
    pressed(marking, "choose")
    spot(marking, *place)
    until(marking, "said.selected === 190")
    assert marking.get_by_test_id("gs-panel").get_by_label("Squares", exact=True).is_checked()
