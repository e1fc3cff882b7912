import shutil

import pytest

import settings
from services.results import load
from tests.pages.pair_steps import (
    choice,
    component,
    finished,
    folder_of,
    grant,
    lay_out,
    make_template,
    opened,
    pick_row,
    tell_map,
    texts,
)
from tests.pages.steps import (
    OWNER,
    add_project,
    errors,
    go,
    is_clean,
    metrics,
    run_jobs,
    warnings,
    words,
)
from wording import quantities
from workspace import jobs, scenes


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("pair"))


@pytest.fixture
def project(template, data_dir):
    """A pair that is ready to be compared."""
    lay_out(template.plain, data_dir)
    return template.project


@pytest.fixture
def job(template, project, data_dir):
    """The comparison of the pair, run to its end."""
    lay_out(template.done, data_dir)
    return template.job


@pytest.fixture
def page(project, job):
    return opened("report.py", project, job=job.id)


def the_map(page, job):
    return component(page, f"report_map_{job.id}")


def table(page, column):
    return next(one.value for one in page.dataframe if column in one.value)


def fact_of(result, name):
    return next(one for one in result.facts if one["name"] == name and one["region"] == "aoi")


def pick_fact(page, result, fact):
    return pick_row(page, "Id", [one["id"] for one in result.facts].index(fact["id"]))


def test_without_a_project_or_a_result_the_page_says_where_to_go(project, app):
    for address in ({}, {"project": project.id}):
        go(app, "report.py", **address)
        assert is_clean(app)
        assert "There is no result yet" in words(app)


def test_caption_and_numbers_are_those_of_the_facts(page, job):
    result = load(folder_of(job))
    assert is_clean(page)
    shown = component(page, f"caption_{job.id}")["parts"]
    assert "".join(part["text"] for part in shown) == result.caption
    assert {part["fact"] for part in shown if "fact" in part} <= {one["id"] for one in result.facts}
    assert metrics(page)["Changed area"] == quantities.text(result.value("changed_area"), "m2")
    assert table(page, "Share of assessed area")["Objects"].tolist() == [2, 2]
    assert len(table(page, "Perimeter")) == 2
    listed = table(page, "Id")
    assert listed["Id"].tolist() == [fact["id"] for fact in result.facts]
    assert "whole area" in set(listed["Where"])
    assert not {"aoi", "any"} & {*listed["Where"], *listed["Class"]}
    hashes = table(page, "SHA-256")["SHA-256"].tolist()
    assert hashes == [entry["sha256"] for entry in result.run["inputs"]]


def test_every_file_of_the_result_is_a_link_with_its_purpose(page, job):
    files = {path.name for path in folder_of(job).iterdir()}
    told = texts(page)
    for name in files:
        assert f"[{name}](/downloads/{job.id}/{name})" in told
    assert "GeoPackage" in told
    assert "Further data" not in told
    assert not page.get("download_button")


def test_map_shows_the_later_date_under_the_mask_without_tools(page, project, job):
    shown = the_map(page, job)
    assert (shown["mode"], shown["tools"]) == ("single", [])
    assert [grant(one["url"]).object_id for one in shown["left"]] == [project.post]
    assert [grant(one["url"]).kind for one in shown["both"]] == ["score", "mask"]
    assert len(shown["objects"]["features"]) == 2


def test_report_outlives_the_scenes_it_was_made_from(page, project, job):
    for scene in (project.pre, project.post):
        scenes.delete(OWNER, scene)
    page.run()
    assert is_clean(page)
    assert metrics(page)["Objects"] == "2"
    assert the_map(page, job)["left"] == []
    assert the_map(page, job)["both"]


def test_several_results_of_a_project_can_be_told_apart(page, project, job):
    second = finished(project, threshold=0.2)
    page.run()
    shown = choice(page, "Result")
    assert len(set(shown.options)) == 2
    assert shown.value == job.id
    shown.set_value(second.id).run()
    assert is_clean(page)
    assert page.query_params["job"] == second.id
    assert metrics(page)["Changed area"] == load(folder_of(second)).words("changed_area", "m2")


def test_newest_result_comes_first_without_an_address(project, job):
    second = finished(project, threshold=0.2)
    page = opened("report.py", project)
    assert choice(page, "Result").value == second.id


def test_row_of_a_fact_shows_its_origin_and_marks_its_objects(page, job):
    result = load(folder_of(job))
    fact = fact_of(result, "object_count")
    pick_fact(page, result, fact)
    assert is_clean(page)
    assert sorted(the_map(page, job)["selected"]) == [1, 2]
    told = texts(page)
    assert "Object count: 2" in told
    assert all(sha256 in told for sha256 in fact["inputs"])
    assert component(page, f"caption_{job.id}")["selected"] == fact["id"]


def test_fact_about_no_object_shows_its_origin_and_marks_nothing(page, job):
    result = load(folder_of(job))
    pick_fact(page, result, fact_of(result, "valid_area"))
    assert "Valid area: 2.88 ha" in texts(page)
    assert the_map(page, job)["selected"] == []


def test_object_clicked_on_the_map_is_picked_in_the_table(page, job):
    tell_map(page, f"report_map_{job.id}", selected=1, clicks=1)
    page.run()
    assert page.session_state[f"objects_{job.id}"]["selection"]["rows"] == [0]


def test_run_under_way_is_watched_and_appears(project, job):
    second = jobs.submit(OWNER, "compare", {**job.params, "threshold": 0.2}, project=project.id)
    page = opened("report.py", project, job=second.id)
    assert is_clean(page)
    assert metrics(page)["Objects"] == "2"
    run_jobs(page)
    assert choice(page, "Result").value == second.id


def test_result_that_was_deleted_meanwhile_is_explained(page, job):
    shutil.rmtree(folder_of(job))
    page.run()
    assert not page.exception
    assert "This run has no result." in errors(page)


def test_incomplete_result_is_explained(page, job):
    load.cache_clear()
    (folder_of(job) / "facts.json").unlink()
    page.run()
    assert not page.exception
    assert "not a complete result folder" in errors(page)


def test_result_of_another_user_is_as_good_as_none(houses):
    theirs = add_project(*houses, owner="somebody")
    hers = add_project(*houses)
    job = jobs.submit("somebody", "compare", {"pre": theirs.pre, "post": theirs.post},
                      project=theirs.id)  # fmt: skip
    run_jobs()
    page = opened("report.py", hers, job=job.id)
    assert "The run in the address is not there" in warnings(page)
    assert "There is no result yet" in words(page)
    assert job.id not in texts(page)


def test_links_carry_the_base_path(project, job, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_BASE_PATH", "maps/")
    settings.load.cache_clear()
    page = opened("report.py", project, job=job.id)
    assert f"(/maps/downloads/{job.id}/mask.tif)" in texts(page)
