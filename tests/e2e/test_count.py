"""Counting in the browser: an example is boxed, both dates counted, a correction is at once."""

import json
import re
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import Point

from tests.e2e import counted_pair, steps
from tests.e2e.conftest import served
from tests.e2e.test_access import severe_findings

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Counting looks at every place of both dates; beside other tests that takes its time.
PATIENT_MS = 300_000


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """The app as `make run` serves it, with a counter of known truth beside its own.

    A browser names no user when it fetches a file, so there is no proxy here.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).with_name("extra")))
        with served(tmp_path_factory.mktemp("data")) as url:
            yield url


@pytest.fixture
def survey(page, local, tmp_path):
    """The page Count with a pair in which one house stays, one goes and two come."""
    page.goto(local)
    steps.calm(page)
    counted_pair.bring(page, tmp_path, to="Count")
    steps.calm(page)
    return page


def figures(page):
    """The numbers beside the map by their labels."""
    lines = page.get_by_test_id("gs-figures").get_by_role("button").all_inner_texts()
    return {label.strip(): int(value) for label, value in (line.split("\n")[:2] for line in lines)}


def choose(page, title):
    page.get_by_role("combobox", name="What to count").click()
    page.get_by_role("option", name=title).click()
    steps.calm(page)


def count(page, things):
    page.get_by_role("button", name=f"Count {things}").click()
    page.get_by_test_id("gs-figures").wait_for(timeout=PATIENT_MS)
    steps.calm(page)


def count_like(page, house):
    """Box a house of the earlier date as the example and count what is like it."""
    choose(page, "Things like this one")
    page.get_by_text("Box one or more examples").wait_for()
    steps.calm(page)
    page.get_by_test_id("gs-mode-dual").click()
    steps.calm(page)
    ends = [steps.screen(page, *place) for place in counted_pair.around(house)]
    page.get_by_test_id("gs-tool-box").click()
    for end in ends:
        steps.click_at(page, *end)
    page.get_by_text("Examples: 1 pre").wait_for()
    steps.calm(page)
    count(page, "things like the example")


def wait_figure(page, label, number):
    page.get_by_test_id("gs-figures").get_by_role("button", name=f"{label} {number}").wait_for()


def test_what_came_and_went_is_counted_corrected_and_taken_away(survey, tmp_path):
    choose(survey, "Bright roofs")
    count(survey, "houses")
    before = figures(survey)
    assert before == {"Pre": 2, "Post": 3, "Appeared": 2, "Vanished": 1, "Kept": 1}

    # A number leads to its things, and a thing on the map to what can be done with it.
    vanished = survey.get_by_test_id("gs-figures").get_by_role("button", name="Vanished")
    vanished.click()
    survey.get_by_text("1 object is marked on the map").wait_for()
    steps.calm(survey)
    steps.click_at(survey, *steps.screen(survey, *counted_pair.centre("west")))
    survey.get_by_text(re.compile(r"Thing \d+, .*: appeared")).wait_for()
    steps.calm(survey)
    survey.get_by_role("button", name="Reject", exact=True).click()
    survey.get_by_text("1 correction by hand").wait_for()
    wait_figure(survey, "Appeared", 1)
    after = figures(survey)
    assert after == {**before, "Appeared": 1, "Post": before["Post"] - 1}

    with survey.expect_download() as caught:
        survey.get_by_role("button", name="With 1 correction, as one ZIP").click()
    folder = steps.unpacked(caught.value, tmp_path)
    read_labels(folder, after)
    survey.get_by_role("button", name="Undo correction").click()
    wait_figure(survey, "Appeared", 2)
    assert figures(survey) == before
    assert survey.complaints == []


def test_a_missed_thing_is_added_by_one_click(survey):
    choose(survey, "Bright roofs")
    count(survey, "houses")
    steps.click_at(survey, *steps.screen(survey, *counted_pair.centre("east")))
    survey.get_by_text(re.compile(r"Thing \d+, .*: appeared")).wait_for()
    steps.calm(survey)
    survey.get_by_role("button", name="Reject", exact=True).click()
    wait_figure(survey, "Appeared", 1)
    steps.calm(survey)

    survey.get_by_role("button", name="Add a missed thing").click()
    survey.locator("[data-testid=gs-tool-point_in][aria-pressed=true]").wait_for()
    steps.click_at(survey, *steps.screen(survey, *counted_pair.centre("east")))
    survey.get_by_text("It stands there").wait_for()
    steps.calm(survey)
    survey.get_by_role("button", name="Save", exact=True).click()
    wait_figure(survey, "Appeared", 2)
    survey.get_by_text("2 corrections by hand").wait_for()
    assert survey.complaints == []


def read_labels(folder, said):
    """The labels say what the page said, and the rejected house is none of them."""
    post = gpd.read_file(folder / "ledger.gpkg", layer="post").to_crs(4326)
    assert len(post) == said["Post"]
    assert post.contains(Point(counted_pair.centre("east"))).sum() == 1
    assert not post.contains(Point(counted_pair.centre("west"))).any()
    labels = json.loads((folder / "labels.coco.json").read_text("utf-8"))
    dates = {one["id"]: one["date"] for one in labels["images"]}
    found = [dates[one["image_id"]] for one in labels["annotations"]]
    assert (found.count("pre"), found.count("post")) == (said["Pre"], said["Post"])


def test_an_example_is_counted_and_the_run_is_found_again_in_history(survey):
    count_like(survey, "middle")
    said = figures(survey)
    assert said["Pre"] + said["Appeared"] - said["Vanished"] == said["Post"]
    assert said["Kept"] >= 1
    steps.go(survey, "History")
    survey.get_by_text("Count of ").wait_for()
    steps.calm(survey)
    survey.locator("[class*=st-key-run_]").get_by_role("button", name="Count", exact=True).click()
    steps.heading(survey, "Count")
    survey.get_by_test_id("gs-figures").wait_for()
    survey.reload()
    survey.get_by_test_id("gs-figures").wait_for()
    steps.calm(survey)
    assert figures(survey) == said
    assert severe_findings(survey) == []
    assert survey.complaints == []
