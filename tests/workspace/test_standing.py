import pytest

from errors import NotFoundError
from tests.workspace import steps
from tests.workspace.steps import ANN, BOB, FACTS
from workspace import jobs, scenes, standing
from workspace.standing import Standing

pytestmark = pytest.mark.usefixtures("limits")


@pytest.fixture
def two(tmp_path):
    """Ann's scenes, the first of which is prepared first."""
    added = [steps.scene(tmp_path, title=title, is_ready=False) for title in ("first", "second")]
    return added, [scenes.preparation(ANN, one.id) for one in added]


def test_who_waits_is_told_how_many_come_first(two):
    _scenes, (first, second) = two
    assert standing.of_job(ANN, first.id) == Standing(True, 0, "Waiting: next in line")
    said = standing.of_job(ANN, second.id).words
    assert said == "Waiting: 1 job runs before this one"
    third = jobs.submit(ANN, "ingest", {"scene": "0" * 32})
    assert standing.of_job(ANN, third.id).words == "Waiting: 2 jobs run before this one"


def test_what_runs_says_what_it_does(two):
    _scenes, (first, _second) = two
    jobs.claim("prepare", "here")
    assert standing.of_job(ANN, first.id) == Standing(True, 0, "Starting")
    jobs.report(first.id, 0.337, "Reading")
    assert standing.of_job(ANN, first.id) == Standing(True, 34, "Reading")


@pytest.mark.parametrize("end", ["done", "failed", "cancelled"])
def test_what_has_ended_is_not_active_however_it_ended(two, end):
    _scenes, (first, _second) = two
    jobs.claim("prepare", "here")
    {
        "done": lambda: jobs.finish(first.id, {}),
        "failed": lambda: jobs.fail(first.id, "No.", ""),
        "cancelled": lambda: (jobs.cancel(ANN, first.id), jobs.stopped(first.id)),
    }[end]()
    found = standing.of_job(ANN, first.id)
    assert (found.is_active, found.words) == (False, "")


def test_a_scene_stands_where_its_last_preparation_stands(two):
    (scene, _other), (first, _second) = two
    jobs.claim("prepare", "here")
    jobs.fail(first.id, "It is a cat.", "")
    assert not standing.of_scene(ANN, scene.id).is_active
    jobs.again(ANN, first.id)
    assert standing.of_scene(ANN, scene.id).is_active
    scenes.mark_ready(scene.id, FACTS)
    assert not standing.of_scene(ANN, scene.id).is_active


def test_a_scene_whose_preparation_was_deleted_is_not_active(two):
    (scene, _other), (first, _second) = two
    jobs.delete(ANN, first.id)
    assert scenes.preparation(ANN, scene.id) is None
    assert standing.of_scene(ANN, scene.id) == Standing(False, 0, "")


def test_nobody_learns_of_anothers_work(two):
    (scene, _other), (first, _second) = two
    for look in (
        lambda: standing.of_job(BOB, first.id),
        lambda: standing.of_scene(BOB, scene.id),
        lambda: scenes.preparation(BOB, scene.id),
    ):
        with pytest.raises(NotFoundError):
            look()
