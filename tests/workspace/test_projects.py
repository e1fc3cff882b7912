import pytest

from errors import InputError, NotFoundError, UnreadableAoiError
from tests.workspace import steps
from tests.workspace.steps import ANN, SQUARE
from workspace import jobs, places, projects, scenes

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")

AREAS = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"id": "a1", "name": "Quay"}, "geometry": SQUARE}
    ],
}


@pytest.fixture
def project(tmp_path):
    return steps.project(tmp_path)


def result_of(project, lane="compute"):
    job = jobs.submit(ANN, "echo", {}, project=project.id)
    jobs.claim(lane, "here")
    file = places.folder("results", job.id) / "mask.tif"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"mask")
    return job, file


def test_a_project_keeps_its_pair_its_areas_and_its_map(project):
    assert (project.title, project.areas["features"], project.map_state) == ("Harbour", [], {})
    projects.save_areas(ANN, project.id, AREAS)
    projects.save_map(ANN, project.id, {"view": {"zoom": 12.5}})
    projects.rename(ANN, project.id, "  Port\tof\x07 call ")
    seen = projects.get(ANN, project.id)
    assert (seen.areas, seen.map_state) == (AREAS, {"view": {"zoom": 12.5}})
    assert (seen.title, seen.pre, seen.post) == ("Port of call", project.pre, project.post)


def test_a_project_may_begin_with_areas(tmp_path):
    pair = steps.scene(tmp_path).id, steps.scene(tmp_path).id
    assert projects.create(ANN, "", *pair, areas=AREAS).areas == AREAS
    assert projects.create(ANN, "", *pair).title == "Untitled project"


def test_one_scene_is_no_pair(tmp_path):
    scene = steps.scene(tmp_path)
    with pytest.raises(InputError, match="same scene"):
        projects.create(ANN, "x", scene.id, scene.id)
    with pytest.raises(NotFoundError):
        projects.create(ANN, "x", scene.id, "0" * 32)


def test_areas_that_cannot_be_used_leave_those_kept_so_far(project):
    projects.save_areas(ANN, project.id, AREAS)
    with pytest.raises(UnreadableAoiError):
        projects.save_areas(ANN, project.id, {"type": "FeatureCollection", "features": [1]})
    assert projects.get(ANN, project.id).areas == AREAS


def test_a_map_state_is_bounded(project):
    with pytest.raises(InputError, match="limit"):
        projects.save_map(ANN, project.id, {"text": "x" * projects.MAX_MAP_BYTES})


def test_the_project_opened_last_is_the_latest(tmp_path):
    assert projects.latest(ANN) is None
    first, second = steps.project(tmp_path), steps.project(tmp_path)
    assert projects.latest(ANN).id == second.id
    projects.opened(ANN, first.id)
    assert projects.latest(ANN).id == first.id
    assert [one.id for one in projects.listed(ANN)] == [first.id, second.id]


def test_opening_a_project_keeps_its_scenes_alive(project):
    before = scenes.get(ANN, project.pre).expires_utc, scenes.get(ANN, project.post).expires_utc
    projects.opened(ANN, project.id)
    after = scenes.get(ANN, project.pre).expires_utc, scenes.get(ANN, project.post).expires_utc
    assert after[0] > before[0]
    assert after[1] > before[1]


def test_a_project_outlives_its_scenes_and_keeps_its_results(project):
    job, file = result_of(project)
    jobs.finish(job.id, {})
    scenes.delete(ANN, project.pre)
    projects.opened(ANN, project.id)
    seen = projects.get(ANN, project.id)
    assert seen.pre == project.pre
    with pytest.raises(NotFoundError, match="no such scene"):
        scenes.get(ANN, seen.pre)
    assert jobs.get(ANN, job.id).status == "done"
    assert file.exists()


def test_deleting_a_project_takes_its_jobs_and_results_but_not_its_scenes(project, tmp_path):
    other = steps.project(tmp_path)
    done, file = result_of(project)
    jobs.finish(done.id, {})
    kept, kept_file = result_of(other)
    jobs.finish(kept.id, {})
    running, late_file = result_of(project)
    waiting = jobs.submit(ANN, "echo", {}, project=project.id)
    projects.delete(ANN, project.id)

    assert [one.id for one in projects.listed(ANN)] == [other.id]
    for job in (done, running, waiting):
        with pytest.raises(NotFoundError):
            jobs.get(ANN, job.id)
    assert not file.exists()
    assert jobs.is_cancel_asked(running.id)
    jobs.finish(running.id, {})
    assert not late_file.exists()
    assert kept_file.exists()
    assert scenes.get(ANN, project.pre).status == "ready"
    assert jobs.claim("compute", "here") is None


@pytest.mark.parametrize("project_id", ["", "x" * 32, "\ud800" * 32, "0" * 32])
def test_an_id_that_leads_nowhere_is_not_found(project_id):
    calls = (
        lambda: projects.get(ANN, project_id),
        lambda: projects.rename(ANN, project_id, "x"),
        lambda: projects.delete(ANN, project_id),
    )
    for call in calls:
        with pytest.raises(NotFoundError, match="no such project"):
            call()
