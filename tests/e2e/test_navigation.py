"""Pages, project and history in a real browser: links, back, reload, a page in another tab."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.e2e import steps
from tests.e2e.conftest import PATIENCE_MS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = [
    "Scenes", "Compare", "Segment", "Count", "Ask", "Report", "History", "Train", "Models",
    "Settings",
]  # fmt: skip

# What the server sends arrives this late, as over a slow line.
SLOW_LINE = """
const listen = WebSocket.prototype.addEventListener;
WebSocket.prototype.addEventListener = function (name, then, ...rest) {
  const late = (event) => setTimeout(() => then(event), 800);
  return listen.call(this, name, name === "message" ? late : then, ...rest);
};
"""


def link(page, name):
    return page.locator(".st-key-navigation").get_by_role("link", name=name, exact=True)


def at(page, name, path, project):
    """Wait until a page is shown under its address with the project in it."""
    title = page.get_by_role("heading", level=1, name=name, exact=True)
    expect(title).to_be_visible(timeout=PATIENCE_MS)
    address = re.compile(rf"//[^/]+/{path}\?project={project}$")
    expect(page).to_have_url(address, timeout=PATIENCE_MS)


@pytest.fixture
def project(page, address):
    """A project of the sample `harbour`, opened in `page`; its id is returned."""
    page.goto(address)
    use = page.locator(".st-key-use_harbour button")
    use.wait_for()
    if use.is_enabled():  # a test before this one may have chosen it
        use.click()
    ready = page.get_by_role("button", name="Compare this pair")
    expect(ready).to_be_visible(timeout=PATIENCE_MS)
    steps.pictures(page)
    return re.search(r"\?project=([0-9a-f]{32})$", page.url)[1]


@pytest.fixture
def sent(page, address):
    """What the browser sends from now on, with a sample on Compare in `page` over a slow line."""
    frames = []
    page.on("websocket", lambda line: line.on("framesent", lambda frame: frames.append(frame)))
    page.add_init_script(SLOW_LINE)
    steps.use_sample(page, address)
    steps.calm(page)
    return frames


def only_the_click_is_sent(page, sent):
    """Follow a link to another page; until that is shown nothing else is said."""
    link(page, "Count").click()
    steps.heading(page, "Count")
    assert len(sent) == 1


def test_one_step_back_is_one_page_and_the_project_stays(page, project):
    link(page, "History").click()
    at(page, "History", "history", project)
    link(page, "Models").click()
    at(page, "Models", "models", project)
    page.go_back()
    at(page, "History", "history", project)
    page.go_back()
    at(page, "Scenes", "", project)
    steps.pictures(page)
    page.go_forward()
    at(page, "History", "history", project)
    assert not page.complaints


def test_a_map_that_was_just_moved_does_not_call_the_page_back_that_is_being_left(page, sent):
    """Streamlit would take its word for a wish to see that page again, and show neither."""
    box = steps.frame(page)
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(300)
    sent.clear()
    only_the_click_is_sent(page, sent)
    page.wait_for_timeout(1000)
    steps.first_tiles(page)
    assert not page.complaints


def test_work_that_ends_while_another_page_is_asked_for_does_not_call_back_the_one_left(page, sent):
    is_leaving = []

    def progress(route):
        # It ends once the click is on its way: what ends before it is told, and rightly.
        is_active = not (is_leaving and sent)
        said = {"is_active": is_active, "share_pct": 50, "words": "Held back by the test"}
        route.fulfill(json=said)

    page.route("**/progress/jobs/*", progress)
    page.get_by_role("button", name="Find changes").click()
    page.get_by_text("Held back by the test").wait_for()
    steps.calm(page)
    sent.clear()
    is_leaving.append(True)
    only_the_click_is_sent(page, sent)


def test_reload_and_another_tab_show_the_same_project(page, project):
    link(page, "History").click()
    at(page, "History", "history", project)
    page.reload()
    at(page, "History", "history", project)
    link(page, "Models").click()
    at(page, "Models", "models", project)
    other = page.context.new_page()
    other.goto(page.url.replace("models", "history"))
    at(other, "History", "history", project)
    assert not page.complaints


def test_another_visitor_with_the_address_learns_nothing(page, new_page, project):
    other = new_page()
    other.goto(page.url)
    gone = "The project in the address is not there any more, or it is not yours."
    expect(other.get_by_text(gone)).to_be_visible(timeout=PATIENCE_MS)
    expect(other.get_by_text("Port on two passes")).to_have_count(1)  # the card of the sample


@pytest.mark.parametrize("width_px", [1440, 1024])
def test_all_links_fit_into_the_bar(new_page, address, width_px):
    page = new_page(viewport={"width": width_px, "height": 800})
    page.goto(address)
    menu = page.get_by_test_id("stMainMenu").bounding_box()
    boxes = [link(page, name).bounding_box() for name in PAGES]
    assert all(a["x"] + a["width"] <= b["x"] for a, b in pairwise(boxes))
    assert boxes[-1]["x"] + boxes[-1]["width"] <= menu["x"]


@pytest.mark.parametrize("width", [360, 390, 600, 800])
def test_on_a_narrow_window_every_page_is_in_the_bar_and_none_lies_under_the_menu(
    page, project, width
):
    page.set_viewport_size({"width": width, "height": 800})
    menu = page.get_by_test_id("stMainMenu")
    expect(menu).to_be_visible()
    end = menu.bounding_box()["x"]
    for name in PAGES:
        box = link(page, name).bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= end, name
        assert 0 <= box["y"] + box["height"] / 2 <= 60, name
