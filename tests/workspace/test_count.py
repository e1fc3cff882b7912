"""Counts as jobs, and the corrections that users keep beside them."""

import json

import geopandas as gpd
import pytest

from errors import GroundshiftError, InputError, LimitError, NotFoundError
from progress import Watcher
from services.count_results import review
from services.replay import replay
from tests.counting import (
    NEW,
    STAYED,
    TRUTH,
    add_bright_counter,
    box_lonlat,
    polygon_lonlat,
    write_huts,
)
from tests.workspace.steps import ANN, BOB
from workspace import database, edits, jobs, places, projects, scenes
from workspace.kinds import count, ingest

pytestmark = pytest.mark.usefixtures("limits")


@pytest.fixture(autouse=True)
def bright(monkeypatch):
    add_bright_counter(monkeypatch)


def prepared(file):
    scene = scenes.add(ANN, "x", [file])
    job = jobs.claim("prepare", "here")
    jobs.finish(job.id, ingest.run(job, Watcher()))
    return scenes.get(ANN, scene.id)


@pytest.fixture
def pair(tmp_path):
    return tuple(prepared(file) for file in write_huts(tmp_path / "sent"))


def started(pair, **params):
    params = {"pre": pair[0].id, "post": pair[1].id, "counter": "bright"} | params
    jobs.submit(ANN, "count", params)
    return jobs.claim("compute", "here")


@pytest.fixture
def job(pair):
    """A finished count."""
    found = started(pair)
    jobs.finish(found.id, count.run(found, Watcher()))
    return found


def shown(job):
    return review(places.folder("results", job.id), edits.listed(ANN, job.id))


def new_thing(job):
    return next(one for one in shown(job).result.ledger.entries if one.state == "appeared")


def test_a_count_of_a_drawn_area_can_be_made_again_from_the_result(pair, tmp_path):
    job = started(pair, aoi=polygon_lonlat(10, 10, 200, 150), area_name="Yard")
    count.run(job, Watcher())
    folder = places.folder("results", job.id)
    outcome = replay(folder, out_dir=tmp_path / "again", watcher=Watcher())
    assert outcome.is_identical
    assert [one["role"] for one in outcome.made.run["inputs"]] == ["pre", "post", "aoi"]


def test_a_count_writes_its_files_and_tells_what_they_hold(pair):
    job = started(pair, area_name="Yard")
    result = count.run(job, Watcher())
    folder = places.data_dir() / result["folder"]
    assert {key: result[key] for key in TRUTH} == TRUTH
    assert (result["class"], result["classes"], result["counter"]) == ("hut", "huts", "bright")
    assert result["caption"] == (folder / "caption.txt").read_text("utf-8").strip()
    run = json.loads((folder / "run.json").read_text("utf-8"))
    assert [entry["sha256"] for entry in run["inputs"]] == [one.facts.sha256 for one in pair]
    assert not places.folder("jobs", job.id).exists()
    json.dumps(result, allow_nan=False)


def test_a_drawn_area_sizes_and_a_name_are_obeyed(pair):
    area = polygon_lonlat(190, 190, 90, 90)
    result = count.run(started(pair, aoi=area, min_area_m2=100, thing="shed"), Watcher())
    assert (result["pre"], result["post"], result["class"]) == (0, 2, "shed")
    saved = gpd.read_file(places.data_dir() / result["folder"] / "aoi.geojson")
    assert len(saved) == 1


def test_examples_from_the_map_are_passed_on(pair):
    examples = [{"date": "post", "box": list(box_lonlat(*NEW[0]))}]
    job = started(pair, counter="like_this", examples=examples, similarity=0.9, min_area_m2=100)
    run = count.run(job, Watcher())
    assert run["counter"] == "like_this"


BAD = [
    {"min_area_m2": "small"}, {"similarity": True}, {"examples": "all"}, {"examples": [5]},
    {"examples": [{"date": "now", "box": [1, 2, 3, 4]}]},
    {"examples": [{"date": "pre", "box": [1, 2, 3]}]},
    {"examples": [{"date": "pre", "box": [1, 2, 3, "4"]}]},
    {"examples": [{"date": "pre", "box": [15, 48, 15.1, 48.1]}] * 51},
    {"counter": "no_such"}, {"thing": "7 up"},
]  # fmt: skip


@pytest.mark.parametrize("params", BAD, ids=[json.dumps(one)[:40] for one in BAD])
def test_a_parameter_that_cannot_be_used_is_refused_and_leaves_nothing(pair, params):
    job = started(pair, **params)
    with pytest.raises(GroundshiftError) as caught:
        count.run(job, Watcher())
    assert caught.value.hint
    assert not places.folder("jobs", job.id).exists()
    assert not places.folder("results", job.id).exists()


def test_a_deleted_scene_is_told_in_a_sentence(pair):
    job = started(pair)
    scenes.delete(ANN, pair[1].id)
    with pytest.raises(NotFoundError, match="later date was deleted"):
        count.run(job, Watcher())


# Corrections.


def test_corrections_are_kept_counted_and_taken_back(job):
    gone = {"kind": "reject", "things": list(new_thing(job).post)}
    kept = {"kind": "accept", "things": [1]}
    assert len(edits.add(ANN, job.id, gone)) == 1
    assert shown(job).counts.appeared == TRUTH["appeared"] - 1
    assert len(edits.add(ANN, job.id, kept)) == 2
    assert [one.kind for one in edits.undo(ANN, job.id)] == ["reject"]
    assert edits.undo(ANN, job.id) == ()
    assert edits.undo(ANN, job.id) == ()
    assert shown(job).counts.appeared == TRUTH["appeared"]


def test_corrections_of_one_step_are_taken_back_together(job):
    pre, post = next(
        (one.pre[0], one.post[0])
        for one in shown(job).result.ledger.entries
        if one.state == "kept" and not one.is_second_look
    )
    edits.add(ANN, job.id, *({"kind": "reject", "things": [one]} for one in (pre, post)))
    assert (shown(job).counts.pre, shown(job).counts.post) == (TRUTH["pre"] - 1, TRUTH["post"] - 1)
    assert edits.undo(ANN, job.id) == ()


def test_who_and_when_are_noted_and_not_believed_from_outside(job):
    (edit,) = edits.add(
        ANN, job.id, {"kind": "accept", "things": [1], "by": "mallory", "at_utc": "1999"}
    )
    assert edit.by == ANN
    assert edit.at_utc.startswith("20")


def test_corrections_lie_beside_the_result_which_stays_as_it_is(job):
    folder = places.folder("results", job.id)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    edits.add(ANN, job.id, {"kind": "accept", "things": [1]})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_nobody_else_sees_or_makes_corrections(job):
    edits.add(ANN, job.id, {"kind": "accept", "things": [1]})
    for attempt in (
        lambda: edits.listed(BOB, job.id),
        lambda: edits.add(BOB, job.id, {"kind": "accept", "things": [1]}),
        lambda: edits.undo(BOB, job.id),
        lambda: edits.listed(ANN, "0" * 32),
        lambda: edits.listed(ANN, "../../etc"),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    assert len(edits.listed(ANN, job.id)) == 1


def test_a_comparison_has_no_corrections(pair):
    jobs.submit(ANN, "compare", {})
    found = jobs.claim("compute", "here")
    places.folder("results", found.id).mkdir(parents=True)
    jobs.finish(found.id, {})
    with pytest.raises(NotFoundError):
        edits.listed(ANN, found.id)


REFUSED = [
    {"kind": "reject", "things": [999]}, {"kind": "explode"}, "reject 1", {},
    {"kind": "add", "dates": ["post"], "shapes": [polygon_lonlat(5000, 5000, 9, 9)]},
]  # fmt: skip


@pytest.mark.parametrize("entry", REFUSED, ids=[str(one)[:30] for one in REFUSED])
def test_a_correction_that_cannot_be_applied_is_not_kept(job, entry):
    edits.add(ANN, job.id, {"kind": "accept", "things": [1]})
    with pytest.raises(InputError) as caught:
        edits.add(ANN, job.id, {"kind": "accept", "things": [2]}, entry)
    assert caught.value.hint
    assert [one.things for one in edits.listed(ANN, job.id)] == [(1,)]


def test_a_step_has_a_size(job, monkeypatch):
    with pytest.raises(InputError, match="1 to 200"):
        edits.add(ANN, job.id)
    with pytest.raises(InputError, match="1 to 200"):
        edits.add(ANN, job.id, *([{"kind": "accept", "things": [1]}] * 201))
    monkeypatch.setattr(edits, "MAX_STEPS", 1)
    edits.add(ANN, job.id, {"kind": "accept", "things": [1]})
    with pytest.raises(LimitError):
        edits.add(ANN, job.id, {"kind": "accept", "things": [1]})


def test_a_step_made_meanwhile_in_another_window_is_not_lost(job, monkeypatch):
    other = {"kind": "reject", "things": list(new_thing(job).post)}
    check, meanwhile = edits._require_applicable, []

    def slow(folder, corrections):
        check(folder, corrections)
        if not meanwhile:
            meanwhile.append(True)
            edits.add(ANN, job.id, other)

    monkeypatch.setattr(edits, "_require_applicable", slow)
    done = edits.add(ANN, job.id, {"kind": "accept", "things": [1]})
    assert [one.kind for one in done] == ["reject", "accept"]
    assert done == edits.listed(ANN, job.id)


def test_corrections_go_with_the_count_and_with_its_project(pair):
    project = projects.create(ANN, "x", pair[0].id, pair[1].id)
    params = {"pre": project.pre, "post": project.post, "counter": "bright"}
    for remove in (
        lambda one: jobs.delete(ANN, one),
        lambda _one: projects.delete(ANN, project.id),
    ):
        jobs.submit(ANN, "count", params, project=project.id)
        found = jobs.claim("compute", "here")
        jobs.finish(found.id, count.run(found, Watcher()))
        edits.add(ANN, found.id, {"kind": "accept", "things": [1]})
        remove(found.id)
        left = database.connect().execute("SELECT COUNT(*) FROM edit_steps").fetchone()[0]
        assert left == 0


def test_the_truth_of_these_tests_is_what_was_painted():
    assert TRUTH["kept"] == len(STAYED)
    assert TRUTH["appeared"] == len(NEW)
