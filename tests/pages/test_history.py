import pytest

import settings
from tests.pages.steps import (
    OWNER,
    add_project,
    button,
    errors,
    go,
    has_button,
    is_clean,
    run_jobs,
    watchers,
    words,
)
from wording import quantities
from workspace import jobs, places, projects, scenes


@pytest.fixture
def project(houses):
    return add_project(*houses)


def run(project, **params):
    """Submit a comparison of the pair of a project."""
    asked = {"pre": project.pre, "post": project.post, "detector": "cva", **params}
    return jobs.submit(project.owner, "compare", asked, project=project.id)


def opened(app, project):
    return go(app, "history.py", project=project.id)


def links(app):
    return {one.proto.label: one.proto.url for one in app.get("link_button")}


def test_without_a_project_the_page_says_where_to_go(app):
    app.switch_page("history.py").run()
    assert is_clean(app)
    assert "There is no project yet" in words(app)


def test_without_runs_the_page_leads_to_compare(app, project):
    opened(app, project)
    assert is_clean(app)
    assert "This project has no runs yet." in words(app)
    assert app.get("page_link")[-1].proto.label == "Go to Compare"


def test_a_finished_run_tells_method_area_threshold_and_outcome(app, project):
    job = run(project, threshold=0.4, area_name="Harbour *basin*")
    run_jobs()
    found = jobs.get(OWNER, job.id).result
    opened(app, project)
    assert is_clean(app)
    shown = words(app)
    assert "**Change vector analysis** · Harbour *basin*" in shown
    assert "threshold 0.400" in shown
    area = quantities.text(found["changed_area_m2"], "m2")
    assert f"Done: {area} changed" in shown
    assert f"{found['objects']} objects" in shown
    assert links(app) == {"ZIP": f"/downloads/{job.id}.zip"}
    assert not has_button(app, "Run again")


@pytest.mark.parametrize("page", ["Compare", "Report"])
def test_a_finished_run_opens_in_compare_and_in_report(app, project, page):
    job = run(project)
    run_jobs()
    run(project)
    opened(app, project)
    button(app, page).click().run()
    assert not app.exception
    assert app.title[0].value == page
    assert app.query_params == {"project": project.id, "job": job.id}


def test_a_run_under_way_can_be_stopped(app, project):
    job = run(project)
    opened(app, project)
    assert [one["words"] for one in watchers(app)] == ["Waiting: next in line"]
    button(app, "Stop").click().run()
    assert jobs.get(OWNER, job.id).status == "cancelled"
    app.run()
    assert "It was stopped." in words(app)


def test_a_failed_run_says_why_and_runs_again_with_the_same_parameters(app, project):
    job = run(project, detector="no_such_method")
    run_jobs()
    opened(app, project)
    assert "Failed. There is no detector 'no_such_method'." in words(app)
    button(app, "Run again").click().run()
    fresh = jobs.listed(OWNER, project=project.id)[0]
    assert fresh.id != job.id
    assert fresh.params == job.params


def test_an_interrupted_run_runs_again(app, project):
    run(project)
    jobs.claim("compute", "test")
    jobs.mark_lost("test")
    opened(app, project)
    assert "Interrupted." in words(app)
    button(app, "Run again").click().run()
    run_jobs(app)
    assert is_clean(app)
    assert "Done:" in words(app)


def test_a_run_of_a_deleted_scene_says_so(app, project):
    run(project)
    scenes.delete(OWNER, project.pre)
    opened(app, project)
    assert is_clean(app)
    assert "The scene it worked on was deleted." in words(app)
    button(app, "Run again").click().run()
    run_jobs(app)
    assert not app.exception
    assert "The scene of the earlier date was deleted." in words(app)


def test_a_full_queue_is_told_when_a_run_should_run_again(app, project, monkeypatch):
    jobs.cancel(OWNER, run(project).id)
    opened(app, project)
    monkeypatch.setenv("GROUNDSHIFT_MAX_JOBS_PER_USER", "1")
    settings.load.cache_clear()
    run(project, threshold=0.3)
    button(app, "Run again").click().run()
    assert "the limit is 1" in errors(app)


def test_a_run_is_deleted_with_its_files(app, project):
    job = run(project)
    run_jobs()
    assert places.folder("results", job.id).exists()
    opened(app, project)
    button(app, "Delete this run").click().run()
    assert is_clean(app)
    assert "This project has no runs yet." in words(app)
    assert not places.folder("results", job.id).exists()


def test_runs_of_another_project_are_not_shown(app, project, houses):
    other = add_project(*houses, title="Other")
    run(other, area_name="elsewhere")
    opened(app, project)
    assert "elsewhere" not in words(app)
    assert "**Other**" in words(app)


def test_projects_and_runs_of_somebody_else_are_not_shown(app, project, houses):
    foreign = add_project(*houses, owner="somebody", title="Foreign")
    run(foreign, area_name="elsewhere")
    opened(app, foreign)
    assert "Foreign" not in words(app)
    assert "elsewhere" not in words(app)
    assert app.query_params["project"] == project.id


def test_many_runs_come_in_steps(app, project, monkeypatch):
    monkeypatch.setattr("pages._ui.run_list.PER_STEP", 2)
    for _number in range(3):
        jobs.cancel(OWNER, run(project).id)
    opened(app, project)
    assert len([one for one in app.button if one.label == "Run again"]) == 2
    button(app, "Show more runs").click().run()
    assert len([one for one in app.button if one.label == "Run again"]) == 3


def test_a_project_can_be_renamed_and_its_title_stays_text(app, project):
    opened(app, project)
    (title,) = [one for one in app.text_input if one.label == "Title"]
    title.set_value("<b>Port</b> [x](javascript:y)")
    button(app, "Save").click().run()
    assert is_clean(app)
    assert projects.get(OWNER, project.id).title == "<b>Port</b> [x](javascript:y)"
    shown = " ".join(one.value for one in app.markdown)
    assert r"\<b\>Port" in shown
    assert "<b>Port" not in shown.replace("\\<", "")


def test_a_project_is_deleted_with_its_runs_and_the_scenes_stay(app, project):
    job = run(project)
    run_jobs()
    opened(app, project)
    button(app, "Delete this project").click().run()
    assert not app.exception
    assert not projects.listed(OWNER)
    assert not places.folder("results", job.id).exists()
    assert len(scenes.listed(OWNER, with_samples=False)) == 2
    assert "There is no project yet" in words(app)


def test_another_project_is_opened_from_the_list(app, project, houses):
    other = add_project(*houses, title="Other")
    opened(app, project)
    button(app, "Open").click().run()
    assert is_clean(app)
    assert app.query_params["project"] == other.id


def test_a_scene_whose_preparing_was_interrupted_is_listed_and_can_run_again(app, houses):
    scene = scenes.add(OWNER, "late.tif", [houses[0]])
    jobs.claim("prepare", "test")
    jobs.mark_lost("test")
    app.switch_page("history.py").run()
    assert "Preparing a scene" in words(app)
    button(app, "Run again").click().run()
    run_jobs(app)
    assert is_clean(app)
    assert scenes.get(OWNER, scene.id).status == "ready"


def test_a_failed_preparing_can_be_dismissed(app, tmp_path):
    bad = tmp_path / "bad.tif"
    bad.write_bytes(b"hello")
    scenes.add(OWNER, "bad.tif", [bad])
    run_jobs()
    app.switch_page("history.py").run()
    assert "is not what its name says" in errors(app)
    button(app, "Dismiss").click().run()
    assert is_clean(app)
    assert "Preparing a scene" not in words(app)


def test_a_failed_preparing_of_a_scene_that_is_gone_is_not_shown(app, tmp_path):
    bad = tmp_path / "bad.tif"
    bad.write_bytes(b"hello")
    scene = scenes.add(OWNER, "bad.tif", [bad])
    run_jobs()
    scenes.delete(OWNER, scene.id)
    app.switch_page("history.py").run()
    assert is_clean(app)
    assert "Preparing a scene" not in words(app)
