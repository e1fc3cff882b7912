"""Outlining in the browser: a click gives an outline at once; kept things outlast the session."""

import logging
import time

import geopandas as gpd
import pytest
from playwright.sync_api import expect
from shapely.geometry import Point

from tests.e2e import counted_pair, steps
from tests.e2e.conftest import served
from tests.e2e.test_access import severe_findings

log = logging.getLogger(__name__)
pytestmark = [pytest.mark.browser, pytest.mark.slow]

# The worker may still be loading its model, beside other tests.
PATIENT_MS = 180_000


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """The app as `make run` serves it: a browser names no user when it fetches a file."""
    with served(tmp_path_factory.mktemp("data")) as url:
        yield url


@pytest.fixture
def survey(page, local, tmp_path):
    """The page Segment with the later date of a pair with known houses."""
    page.goto(local)
    steps.calm(page)
    counted_pair.bring(page, tmp_path, to="Segment")
    # The tool for clicks is in hand only once the map has heard which one to begin with.
    page.locator("[data-testid^=gs-tool-][aria-pressed=true]").first.wait_for()
    return page


def outlined(page, point):
    """The area of the outline in square metres, once it is there."""
    words = page.get_by_text("outlined, score")
    point()
    words.wait_for(timeout=PATIENT_MS)
    steps.calm(page)
    return float(words.inner_text().split()[0].replace(",", ""))


def outline(page, house):
    """Click a house; its outlined area, and how long that took."""
    steps.calm(page)
    place = steps.screen(page, *counted_pair.centre(house))
    page.mouse.move(place[0] - 4, place[1])
    page.mouse.move(*place)
    began_s = time.monotonic()
    area_m2 = outlined(page, lambda: page.mouse.click(*place))
    return area_m2, time.monotonic() - began_s


def test_a_click_gives_an_outline_and_kept_ones_outlast_a_reload(survey, tmp_path):
    area_m2, first_s = outline(survey, "west")
    assert area_m2 == pytest.approx(counted_pair.area_m2("west"), rel=0.35)
    survey.get_by_role("button", name="Keep", exact=True).click()
    survey.get_by_text("1 thing, ").wait_for()
    steps.calm(survey)
    _area, next_s = outline(survey, "east")
    # For the record only: the machine of the tests has other things to do as well.
    log.info("outline after %.2f s, the next one after %.2f s", first_s, next_s)
    survey.get_by_role("button", name="Start over").click()
    survey.get_by_text("outlined, score").wait_for(state="detached")

    survey.reload()
    steps.first_tiles(survey)
    survey.get_by_text("1 thing, ").wait_for()
    steps.calm(survey)
    with survey.expect_download() as caught:
        survey.get_by_role("button", name="GeoPackage").click()
    path = tmp_path / "things.gpkg"
    caught.value.save_as(path)
    table = gpd.read_file(path, layer="things").to_crs(4326)
    assert table.contains(Point(counted_pair.centre("west"))).tolist() == [True]
    assert not table.contains(Point(counted_pair.centre("east"))).any()
    assert survey.complaints == []


def test_without_a_pointer_a_thing_is_outlined_kept_and_taken_back(survey):
    survey.get_by_test_id("gs-map-left").focus()
    area_m2 = outlined(survey, lambda: survey.keyboard.press("Space"))
    assert area_m2 == pytest.approx(counted_pair.area_m2("middle"), rel=0.35)
    survey.get_by_role("button", name="Keep", exact=True).press("Enter")
    survey.get_by_text("1 thing, ").wait_for()
    steps.calm(survey)
    survey.get_by_role("button", name="Undo last change").press("Enter")
    survey.get_by_text("Nothing is kept in this scene yet").wait_for()
    assert survey.complaints == []


def test_the_next_thing_may_be_clicked_before_the_page_has_kept_the_last(survey):
    outline(survey, "west")
    place = steps.screen(survey, *counted_pair.centre("east"))
    survey.mouse.move(*place)
    # In one breath: the page cannot have taken the marks of the first off before the second click.
    survey.get_by_role("button", name="Keep", exact=True).evaluate("button => button.click()")
    survey.mouse.click(*place)
    survey.get_by_text("1 thing, ").wait_for()
    east_m2 = counted_pair.area_m2("east")
    assert outlined(survey, lambda: None) == pytest.approx(east_m2, rel=0.35)
    expect(survey.get_by_test_id("gs-map-left").locator(".gs-point")).to_have_count(1)
    assert survey.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_is_wrong_for_assistive_technology(survey, scheme):
    survey.emulate_media(color_scheme=scheme)
    outline(survey, "middle")
    assert severe_findings(survey) == []
