import threading

import pytest
from starlette.middleware import Middleware

from tests.workspace import steps
from tests.workspace.steps import ANN, BOB
from web import identify, progress
from web.guard import Guard
from workspace import answering, jobs, scenes
from workspace.records import SHARED


@pytest.fixture
def ask(client, monkeypatch):
    """Asks as Ann unless a header names somebody else."""
    monkeypatch.setattr(identify, "owner", lambda request: request.headers.get("who", ANN))
    return client(Middleware(Guard), routes=progress.ROUTES)


@pytest.fixture
def scene(tmp_path):
    return steps.scene(tmp_path, is_ready=False)


@pytest.fixture
def job(scene):
    (found,) = jobs.listed(ANN)
    return found


def test_a_job_is_followed_from_the_queue_to_its_end(ask, job):
    path = f"/progress/jobs/{job.id}"
    answer = ask.get(path)
    assert answer.json() == {"is_active": True, "share_pct": 0, "words": "Waiting: next in line"}
    assert answer.headers["cache-control"] == "no-store"
    jobs.claim("prepare", "here")
    jobs.report(job.id, 0.426, "Reading <b>tiles</b>")
    assert ask.get(path).json() == {
        "is_active": True, "share_pct": 43, "words": "Reading <b>tiles</b>",
    }  # fmt: skip
    jobs.finish(job.id, {})
    assert ask.get(path).json() == {"is_active": False, "share_pct": 100, "words": ""}


def test_a_scene_is_followed_until_it_is_ready(ask, scene, job):
    path = f"/progress/scenes/{scene.id}"
    jobs.claim("prepare", "here")
    jobs.report(job.id, 0.5, "Measuring brightness")
    assert ask.get(path).json() == {
        "is_active": True, "share_pct": 50, "words": "Measuring brightness",
    }  # fmt: skip
    jobs.fail(job.id, "It is a cat.", "")
    assert ask.get(path).json()["is_active"] is False


def test_everybody_may_watch_a_bundled_sample(ask, tmp_path):
    sample = scenes.add(SHARED, "Port", [steps.file(tmp_path)])
    jobs.claim("prepare", "here")
    (job,) = jobs.listed(SHARED)
    jobs.report(job.id, 0.25, "Checking the file")
    found = ask.get(f"/progress/scenes/{sample.id}", headers={"who": BOB}).json()
    assert found == {"is_active": True, "share_pct": 25, "words": "Checking the file"}
    assert ask.get(f"/progress/jobs/{job.id}", headers={"who": BOB}).status_code == 404


def test_a_question_is_followed_by_who_asked_it_until_it_is_answered(ask):
    begun, gate = threading.Event(), threading.Event()

    def answer(asked):
        asked.words = "Counting <b>objects</b>"
        begun.set()
        gate.wait(30)

    asked = answering.begin(ANN, "project", "How many?", answer)
    try:
        path = f"/progress/answers/{asked.id}"
        assert begun.wait(30)
        assert ask.get(path).json() == {
            "is_active": True, "share_pct": None, "words": "Counting <b>objects</b>",
        }  # fmt: skip
        assert ask.get(path, headers={"who": BOB}).status_code == 404
    finally:
        gate.set()
    assert asked.ended.wait(30)
    assert ask.get(path).json()["is_active"] is False
    assert ask.get(path, headers={"who": BOB}).status_code == 404


@pytest.mark.parametrize("kind", ["jobs", "scenes"])
def test_anothers_work_and_no_work_are_the_same_404(ask, scene, job, kind):
    mine = {"jobs": job.id, "scenes": scene.id}[kind]
    assert ask.get(f"/progress/{kind}/{mine}").status_code == 200
    answers = [
        ask.get(f"/progress/{kind}/{one}", headers={"who": BOB})
        for one in (mine, "f" * 32, "..%2Fx", "'--")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answers[at].text for at in (0, 1, 3)}) == 1
    assert mine not in answers[0].text


def test_it_can_only_be_looked_at(ask, job):
    for method in ("POST", "PUT", "DELETE"):
        assert ask.request(method, f"/progress/jobs/{job.id}").status_code in {403, 405}
    assert jobs.get(ANN, job.id).status == "waiting"
