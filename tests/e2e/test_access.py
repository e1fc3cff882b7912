"""Every page, light and dark, wide and narrow: readable by a screen reader, and nothing cut off."""

from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as TimedOut

from tests.e2e import steps

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    "Scenes", "Compare", "Segment", "Count", "Ask", "Report", "History", "Train", "Models",
    "Settings",
)  # fmt: skip
SEVERE = {"serious", "critical"}
SETTLED_MS = 5000
OVERFLOW = """() => [document.documentElement, ...document.querySelectorAll(
    '[data-testid=stMain], [data-testid=stAppViewContainer]')]
    .filter((node) => node.scrollWidth > node.clientWidth + 1)
    .map((node) => `${node.dataset.testid ?? node.tagName} ${node.scrollWidth}`)"""
ANSWERS = {
    "Compare": "What changed",
    "Report": "Single files",
    "History": "Projects",
    "Scenes": "These scenes can be compared",
}
"""Words a page shows last."""


def severe_findings(page):
    steps.calm(page)
    # What fades in is pale for a moment.
    # In a folded part of the page a transition that has ended stays in the list.
    page.wait_for_function(
        "() => document.getAnimations().every((one) => one.playState !== 'running')"
    )
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], one["impact"], [node["target"] for node in one["nodes"]][:4])
        for one in found
        if one["impact"] in SEVERE
    ]


def overflow(page):
    """What is wider than the window once the page has settled; tables follow it with a delay."""
    with suppress(TimedOut):
        page.wait_for_function(f"() => ({OVERFLOW})().length === 0", timeout=SETTLED_MS)
    return page.evaluate(OVERFLOW)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_with_a_result_is_accessible_and_fits_the_window(address, new_page, scheme):
    page = new_page(color_scheme=scheme)
    steps.use_sample(page, address)
    steps.find_changes(page)
    steps.result(page)
    found = {}
    for name in PAGES:
        steps.go(page, name)
        page.get_by_text(ANSWERS.get(name, name)).first.wait_for()
        steps.calm(page)
        found |= {f"{name}: axe": severe_findings(page)}
        for width in (1024, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            found |= {f"{name}: {width} px": overflow(page)}
    found = {place: what for place, what in found.items() if what}
    assert found == {}, found
    assert page.complaints == []


def test_pages_without_a_project_are_accessible_and_say_where_to_go(address, page):
    page.goto(address)
    steps.heading(page, "Scenes")
    assert severe_findings(page) == []
    for tab in ("Your own files", "Background maps", "Your scenes"):
        page.get_by_role("tab", name=tab).click()
        steps.calm(page)
        assert severe_findings(page) == []
    for name, words in (
        ("Compare", "Go to Scenes"), ("Report", "Go to Compare"), ("History", "Go to Scenes"),
    ):  # fmt: skip
        steps.go(page, name)
        page.get_by_role("link", name=words).wait_for()
        assert severe_findings(page) == []
    assert page.complaints == []
