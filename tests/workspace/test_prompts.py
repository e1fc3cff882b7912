import threading

import pytest

from errors import InputError, LimitError, NotFoundError
from tests.workspace import steps
from tests.workspace.steps import ANN, BOB
from workspace import database, jobs, prompts, upkeep

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")

CLICK = {"inside": [[15.0, 48.7]]}
FEATURE = {"type": "Feature", "geometry": None, "properties": {"area_m2": 4.0}}
RESULT = {
    "features": [FEATURE], "segmenter": "graph", "reason": "radar",
    "findings": [{"code": "outline_cut", "severity": "caution", "message": "Cut.", "remedy": "Box.",
                  "value": None, "unit": ""}],
}  # fmt: skip


@pytest.fixture
def asked(tmp_path):
    scene = steps.scene(tmp_path)
    return prompts.ask(ANN, scene.id, CLICK, segmenter="graph")


def test_a_prompt_waits_in_its_own_lane_outside_every_project(asked):
    job = jobs.get(ANN, asked)
    assert (job.kind, job.lane, job.project) == ("segment_prompt", "prompt", None)
    assert job.params["prompt"] == CLICK
    assert jobs.claim("compute", "here") is None


def test_a_look_ahead_waits_in_the_lane_of_prompts_and_is_forgotten_like_them(
    tmp_path, monkeypatch
):
    scene = steps.scene(tmp_path)
    job = jobs.get(ANN, prompts.look_ahead(ANN, scene.id, CLICK, segmenter="graph"))
    assert (job.kind, job.lane, job.project) == ("segment_ahead", "prompt", None)
    steps.finish_next("prompt", {})
    monkeypatch.setattr(prompts, "KEPT_S", -1.0)
    assert prompts.forget_old() == 1


def test_an_answer_can_be_read_until_it_is_deleted(asked):
    steps.finish_next("prompt", RESULT)
    found = prompts.answered(ANN, asked, wait_s=0)
    assert found.features == (FEATURE,)
    assert (found.segmenter, found.reason) == ("graph", "radar")
    assert found.findings[0].message == "Cut."
    # A page that was cut short before it kept the answer reads it again.
    assert prompts.answered(ANN, asked, wait_s=0) == found
    jobs.delete(ANN, asked)
    with pytest.raises(NotFoundError):
        prompts.answered(ANN, asked, wait_s=0)


def test_an_answer_that_is_not_there_yet_is_none_and_stays_asked_for(asked):
    assert prompts.answered(ANN, asked, wait_s=0) is None
    steps.finish_next("prompt", RESULT)
    assert prompts.answered(ANN, asked, wait_s=0) is not None


def test_waiting_ends_as_soon_as_the_answer_is_there(asked):
    finisher = threading.Timer(0.05, steps.finish_next, ("prompt", RESULT))
    finisher.start()
    assert prompts.answered(ANN, asked, wait_s=30) is not None
    finisher.join()


def test_what_could_not_be_answered_says_why_and_what_to_do(asked):
    jobs.claim("prompt", "here")
    jobs.fail(asked, "The point lies on nodata.", "Point at the picture.")
    with pytest.raises(InputError, match="nodata") as caught:
        prompts.answered(ANN, asked)
    assert caught.value.hint == "Point at the picture."


def test_prompts_of_others_and_other_jobs_are_not_there(asked, tmp_path):
    steps.finish_next("prompt", RESULT)
    with pytest.raises(NotFoundError):
        prompts.answered(BOB, asked)
    jobs.submit(ANN, "echo", {})
    other = steps.finish_next()
    with pytest.raises(NotFoundError, match="no such prompt"):
        prompts.answered(ANN, other.id)
    assert jobs.get(ANN, other.id).status == "done"


def test_only_ones_own_scenes_can_be_pointed_at(tmp_path):
    scene = steps.scene(tmp_path)
    with pytest.raises(NotFoundError):
        prompts.ask(BOB, scene.id, CLICK)


def test_a_user_who_clicks_faster_than_answers_come_is_told_so(tmp_path, limits):
    limits(max_jobs_per_user=2)
    scene = steps.scene(tmp_path)
    for _click in range(2):
        prompts.ask(ANN, scene.id, CLICK)
    with pytest.raises(LimitError):
        prompts.ask(ANN, scene.id, CLICK)


def test_answers_nobody_read_are_cleared_away_and_young_ones_stay(asked, tmp_path):
    steps.finish_next("prompt", RESULT)
    young = prompts.ask(ANN, steps.scene(tmp_path).id, CLICK)
    jobs.submit(ANN, "echo", {})
    other = steps.finish_next()
    with database.transaction() as connection:
        connection.execute(
            "UPDATE jobs SET finished_utc = '2020-01-01T00:00:00.000000Z'"
            " WHERE finished_utc NOT NULL"
        )
    upkeep.tidy()
    with pytest.raises(NotFoundError):
        jobs.get(ANN, asked)
    assert jobs.get(ANN, young).status == "waiting"
    assert jobs.get(ANN, other.id).status == "done"
