"""What goes wrong in a browser gets a sentence, and nothing is lost by it."""

import json
import math

import pytest

from tests.e2e import steps
from tests.e2e.compute import held

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EVIL = "<img src=x onerror='window.ran=1'><script>window.ran=1</script>"


def test_addresses_of_what_is_gone_are_told_and_the_latest_project_is_shown(address, page):
    steps.use_sample(page, address)
    project = steps.query(page, "project")
    page.goto(f"{address}/compare?project={'f' * 32}")
    page.get_by_text("You see your latest one instead").wait_for()
    assert steps.query(page, "project") == project
    page.goto(f"{address}/report?project={project}&job={'f' * 32}")
    page.get_by_text("The run in the address is not there any more").wait_for()
    page.goto(f"{address}/compare?project=%3Cscript%3Ewindow.ran=1%3C/script%3E")
    page.get_by_text("You see your latest one instead").wait_for()
    page.wait_for_url(f"**/compare?project={project}")
    assert page.complaints == []


def test_a_text_file_called_tif_is_refused_in_words_and_the_other_date_is_kept(
    address, page, tmp_path
):
    pre, post = steps.write_survey(tmp_path)
    wrong = tmp_path / "<b>later<b>.tif"
    wrong.write_text("This is no picture.", encoding="utf-8")
    page.goto(address)
    steps.bring(page, pre, wrong)
    alert = page.get_by_test_id("stAlert").filter(has_text="The later date cannot be used")
    alert.wait_for()
    assert "Traceback" not in alert.inner_text()
    assert page.get_by_role("button", name="Compare this pair").count() == 0

    box = page.get_by_test_id("gs-uploader-post")
    box.locator("input[type=file]").set_input_files(post)
    page.get_by_text("The other date of the pair is pre.tif").wait_for()
    page.get_by_role("button", name="Prepare this pair").click()
    page.get_by_role("button", name="Compare this pair").wait_for()
    assert page.complaints == []


def test_a_scene_deleted_in_another_tab_ends_its_run_and_keeps_its_results(
    address, data_dir, new_page, tmp_path
):
    page, other = new_page(user="clara"), new_page(user="clara")
    page.goto(address)
    steps.bring(page, *steps.write_survey(tmp_path))
    steps.to_compare(page)
    steps.find_changes(page)
    steps.result(page)
    area, done = steps.figure(page, "Changed area"), steps.query(page, "job")
    with held(data_dir) as compute:
        page.get_by_text("New run", exact=True).click()
        steps.find_changes(page)
        page.get_by_text("Waiting: next in line").wait_for()
        other.goto(address)
        other.get_by_role("tab", name="Your scenes").click()
        row = other.get_by_test_id("stHorizontalBlock").filter(
            has=other.get_by_role("button", name="Delete"), has_text="later.tif"
        )
        row.get_by_role("button", name="Delete").click()
        other.get_by_role("button", name="Delete this scene").click()
        page.get_by_text("The later scene of this project was deleted").first.wait_for()
        assert compute.status(steps.query(page, "job")) == "cancelled"
        assert compute.status(done) == "done"
    page.goto(f"{address}/report?project={steps.query(page, 'project')}&job={done}")
    shown = page.get_by_test_id("stMetric").filter(has_text="Changed area")
    shown.wait_for()
    assert shown.get_by_test_id("stMetricValue").inner_text() == area
    assert [said for said in page.complaints if "/tiles/" not in said] == []


def circle(corners, lon, lat, radius_deg):
    """A closed ring."""
    angles = [2 * math.pi * number / corners for number in range(corners)]
    ring = [
        [lon + radius_deg * math.cos(one), lat + 0.6 * radius_deg * math.sin(one)] for one in angles
    ]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def test_an_area_of_ten_thousand_corners_with_script_in_its_name_is_only_an_area(
    address, page, tmp_path
):
    steps.use_sample(page, address)
    feature = {
        "type": "Feature",
        "properties": {"name": EVIL, EVIL: EVIL},
        "geometry": circle(10_000, 4.916, 43.41, 0.02),
    }
    path = tmp_path / f"{EVIL.replace('/', '')}.geojson"
    path.write_text(json.dumps(feature), encoding="utf-8")
    page.get_by_test_id("gs-import").set_input_files(path)
    page.get_by_text(f"{EVIL}: ").first.wait_for()
    steps.find_changes(page)
    steps.result(page)
    job = steps.query(page, "job")
    for name in ("Report", "History"):
        steps.go(page, name)
        page.get_by_text(EVIL).first.wait_for()
    assert page.evaluate("window.ran") is None
    # The report is a page of its own, without the rules of the app when it is opened from a disk.
    report = tmp_path / "report.html"
    report.write_bytes(page.request.get(f"{address}/downloads/{job}/report.html").body())
    page.goto(report.as_uri())
    page.get_by_role("heading").first.wait_for()
    assert page.evaluate("window.ran") is None
    assert [said for said in page.complaints if not said.startswith("file:")] == []
