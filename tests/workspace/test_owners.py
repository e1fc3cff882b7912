"""Nobody sees or touches what belongs to somebody else, whatever is called."""

import inspect

import pytest

from errors import NotFoundError
from tests.workspace import steps
from tests.workspace.steps import ANN, BOB, SQUARE
from workspace import (
    edits,
    jobs,
    places,
    projects,
    prompts,
    results,
    sample_scenes,
    scenes,
    standing,
    storage,
    things,
)
from workspace.records import SHARED

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")

MODULES = (edits, jobs, projects, prompts, results, scenes, standing, things)
AREAS = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": SQUARE}]}
STRANGERS = (BOB, SHARED, "ANN", "%")

# Function -> how a stranger would call it with the ids of somebody else's scene, project and job.
REACHING = {
    edits.add: lambda who, what: edits.add(who, what["job"], {"kind": "accept", "things": [1]}),
    edits.listed: lambda who, what: edits.listed(who, what["job"]),
    edits.undo: lambda who, what: edits.undo(who, what["job"]),
    prompts.ask: lambda who, what: prompts.ask(who, what["pre"], {"inside": [[0, 0]]}),
    prompts.answered: lambda who, what: prompts.answered(who, what["job"], wait_s=0.0),
    prompts.look_ahead: lambda who, what: prompts.look_ahead(
        who, what["pre"], {"inside": [[0, 0]]}
    ),
    scenes.preparation: lambda who, what: scenes.preparation(who, what["pre"]),
    standing.of_job: lambda who, what: standing.of_job(who, what["job"]),
    standing.of_scene: lambda who, what: standing.of_scene(who, what["pre"]),
    things.can_undo: lambda who, what: things.can_undo(who, what["project"]),
    things.keep: lambda who, what: things.keep(who, what["project"], []),
    things.listed: lambda who, what: things.listed(who, what["project"]),
    things.remove: lambda who, what: things.remove(who, what["project"], [1]),
    things.rename: lambda who, what: things.rename(who, what["project"], 1, name="x", label="x"),
    things.reshape: lambda who, what: things.reshape(who, what["project"], 1, SQUARE, area_m2=1.0),
    things.undo: lambda who, what: things.undo(who, what["project"]),
    jobs.cancel: lambda who, what: jobs.cancel(who, what["job"]),
    jobs.again: lambda who, what: jobs.again(who, what["job"]),
    jobs.delete: lambda who, what: jobs.delete(who, what["job"]),
    jobs.get: lambda who, what: jobs.get(who, what["job"]),
    jobs.position: lambda who, what: jobs.position(who, what["job"]),
    jobs.submit: lambda who, what: jobs.submit(who, "echo", {}, project=what["project"]),
    projects.create: lambda who, what: projects.create(who, "x", what["pre"], what["post"]),
    projects.delete: lambda who, what: projects.delete(who, what["project"]),
    projects.get: lambda who, what: projects.get(who, what["project"]),
    projects.opened: lambda who, what: projects.opened(who, what["project"]),
    projects.rename: lambda who, what: projects.rename(who, what["project"], "mine"),
    projects.save_areas: lambda who, what: projects.save_areas(who, what["project"], AREAS),
    projects.save_map: lambda who, what: projects.save_map(who, what["project"], {"x": 1}),
    results.get: lambda who, what: results.get(who, what["job"]),
    results.summary: lambda who, what: results.summary(who, what["job"]),
    scenes.delete: lambda who, what: scenes.delete(who, what["pre"]),
    scenes.get: lambda who, what: scenes.get(who, what["pre"]),
}
LISTING = {
    jobs.listed: lambda who, what: jobs.listed(who) + jobs.listed(who, project=what["project"]),
    projects.latest: lambda who, _what: projects.latest(who),
    projects.listed: lambda who, _what: projects.listed(who),
    results.listed: lambda who, what: results.listed(who, what["project"]),
    scenes.listed: lambda who, _what: scenes.listed(who, with_samples=False),
    storage.usage_bytes: lambda who, _what: scenes.usage_bytes(who),
}
# What these ask for is a count, a prompt or a kept thing, which Ann has not; their own tests have.
ELSEWHERE = {
    *(edits.add, edits.listed, edits.undo, prompts.answered),
    *(things.remove, things.rename, things.reshape),
}
# These take an owner for what they make; there is no id of somebody else to give them.
MAKING = {scenes.add, jobs.enqueue}


@pytest.fixture
def anns(tmp_path):
    """A scene pair, a project and a finished comparison of Ann."""
    project = steps.project(tmp_path)
    params = {"pre": project.pre, "post": project.post}
    job = jobs.submit(ANN, "compare", params, project=project.id)
    places.folder("results", job.id).mkdir(parents=True)
    summary = {
        "detector": "cva", "threshold": 0.5, "changed_area_m2": 1.0, "changed_share_pct": 1.0,
        "objects": 1, "caption": "One house.",
    }  # fmt: skip
    steps.finish_next(result=summary)
    return {"job": job.id, "project": project.id, **params}


def snapshot(what):
    return (
        jobs.listed(ANN),
        projects.listed(ANN),
        scenes.listed(ANN, with_samples=False),
        results.listed(ANN, what["project"]),
        scenes.usage_bytes(ANN),
    )


def names(functions):
    return [f"{function.__module__}.{function.__name__}" for function in functions]


def test_every_function_that_takes_an_owner_is_tried_here():
    taking = {
        function
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and function.__module__.startswith("workspace.")
        and "owner" in inspect.signature(function).parameters
    }
    assert taking == REACHING.keys() | LISTING.keys() | MAKING


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("call", REACHING.values(), ids=names(REACHING))
def test_a_stranger_gets_the_words_for_what_does_not_exist_and_changes_nothing(anns, call, who):
    before = snapshot(anns)
    with pytest.raises(NotFoundError) as refused:
        call(who, anns)
    nothing = dict.fromkeys(anns, "0" * 32)
    with pytest.raises(NotFoundError) as absent:
        call(who, nothing)
    assert str(refused.value) == str(absent.value)
    assert snapshot(anns) == before


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("call", LISTING.values(), ids=names(LISTING))
def test_a_stranger_finds_nothing_in_lists(anns, call, who):
    assert not call(who, anns)


HERE = [function for function in (*REACHING, *LISTING) if function not in ELSEWHERE]


@pytest.mark.parametrize("function", HERE, ids=names(HERE))
def test_the_owner_may_call_the_same(anns, function):
    (REACHING | LISTING)[function](ANN, anns)
    assert snapshot(anns) is not None


def test_a_job_cannot_work_on_a_strangers_scene(anns):
    job = jobs.submit(BOB, "compare", {"pre": anns["pre"], "post": anns["post"]})
    from workspace.kinds import compare

    jobs.claim("compute", "here")
    with pytest.raises(NotFoundError):
        compare.run(jobs.get(BOB, job.id), None)


def test_a_sample_may_be_used_by_everybody_and_deleted_by_nobody():
    sample_scenes.lay_out()
    pre, post = (scene.id for scene in scenes.samples()[:2])
    for owner in (ANN, BOB):
        assert projects.create(owner, "x", pre, post).owner == owner
        with pytest.raises(NotFoundError):
            scenes.delete(owner, pre)
