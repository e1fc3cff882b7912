"""Asking in the browser: a dialogue, a number followed to its things on the map, and no result."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.e2e import counted_pair, steps
from tests.e2e.conftest import served
from tests.e2e.test_access import overflow, severe_findings
from tests.e2e.test_count import choose, count

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SELECTED = """() => {
    const roots = [...document.querySelectorAll('*')].map((node) => node.shadowRoot);
    const chosen = roots.map((root) => root?.querySelectorAll('path.gs-chosen').length ?? 0);
    return chosen.reduce((sum, one) => sum + one, 0);
}"""
OUTLINES_OF_ONE = 2
"""A chosen thing is drawn twice, dark below bright."""


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """The app as `make run` serves it, with a counter of known truth beside its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).with_name("extra")))
        folder = tmp_path_factory.mktemp("data")
        with served(folder, work_seconds_without_asking="0") as url:
            yield url


@pytest.fixture
def pair(page, local, tmp_path):
    """A pair in which one house stays, one goes and two come, on the page Count."""
    page.goto(local)
    steps.calm(page)
    counted_pair.bring(page, tmp_path, to="Count")
    steps.calm(page)
    return page


def ask(page, question):
    """Type a question; the text of its answer."""
    before = page.get_by_test_id("gs-caption").count()
    field = page.get_by_test_id("stChatInputTextArea")
    field.fill(question)
    field.press("Enter")
    page.get_by_test_id("gs-caption").nth(before).wait_for()
    steps.calm(page)
    return page.get_by_test_id("gs-caption").nth(before).inner_text()


def chip(page, text, *, answer):
    return (
        page.get_by_test_id("gs-caption").nth(answer).get_by_role("button", name=text, exact=True)
    )


def outlines(page, number):
    """Wait until so many things are marked on the map."""
    page.wait_for_function(f"() => ({SELECTED})() === {number * OUTLINES_OF_ONE}")


def test_a_dialogue_of_three_turns_and_a_number_followed_to_its_things(pair, tmp_path):
    page = pair
    choose(page, "Bright roofs")
    count(page, "houses")
    steps.go(page, "Ask")
    steps.first_tiles(page)
    steps.calm(page)

    assert ask(page, "How many new houses are there?").startswith("2 ")
    assert ask(page, "And in the northern half?").startswith("2 ")
    assert "m²" in ask(page, "Which is the largest?")
    assert ask(page, "Wie viele sind im ganzen Gebiet dazugekommen?").endswith("kamen hinzu.")

    chip(page, "2", answer=0).click()
    page.get_by_text("2 objects are marked on the map").wait_for()
    outlines(page, 2)
    steps.calm(page)
    page.get_by_text("The step that found it").click()
    page.get_by_text("state: appeared").wait_for()
    page.get_by_text("Inputs and identity").click()
    page.get_by_text("Fact ").first.wait_for()
    assert severe_findings(page) == []

    largest = page.get_by_test_id("gs-caption").nth(2)
    largest.get_by_role("button").filter(has_text="m²").click()
    page.get_by_text("1 object is marked on the map").wait_for()
    outlines(page, 1)
    steps.calm(page)

    with page.expect_download() as caught:
        page.get_by_role("button", name="Download", exact=True).click()
    read_dialogue(caught.value, tmp_path)
    look_at_it_in_the_dark_and_on_a_phone(page)
    page.reload()
    page.get_by_test_id("gs-caption").nth(3).wait_for()
    assert page.complaints == []


def read_dialogue(download, folder):
    """The dialogue can be read elsewhere, with its facts."""
    path = folder / "dialogue.zip"
    download.save_as(path)
    with zipfile.ZipFile(path) as archive:
        facts = json.loads(archive.read("facts.json"))
        assert "How many new houses are there?" in archive.read("dialogue.md").decode()
    assert 2 in [fact["value"] for fact in facts]


def look_at_it_in_the_dark_and_on_a_phone(page):
    page.mouse.move(*steps.CORNER)
    page.emulate_media(color_scheme="dark")
    assert severe_findings(page) == []
    for width in (600, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == []
    page.emulate_media(color_scheme="light")


def test_before_any_result_the_agent_offers_to_run_one_and_takes_no_for_an_answer(pair):
    page = pair
    steps.go(page, "Ask")
    page.get_by_text("Nothing was run on this pair yet").wait_for()
    steps.calm(page)
    assert severe_findings(page) == []
    page.get_by_role("button", name="Count the buildings.").click()
    page.get_by_text("It will take about").wait_for()
    page.get_by_role("button", name="Yes, start").wait_for()
    steps.calm(page)
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("button", name="Yes, start").wait_for(state="detached")
    assert page.complaints == []
