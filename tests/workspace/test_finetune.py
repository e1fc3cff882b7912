"""Trainings as jobs: from labels of a file or of a reviewed count to a detector."""

import dataclasses

import pytest

import settings
from errors import ForbiddenError, InputError, NotFoundError
from inference import trained_weights
from progress import Watcher
from services import finetune as service
from services.finetune_labels import read_upload, to_geojson
from tests import tuning
from tests.workspace.steps import ANN, BOB
from workspace import jobs, places, scenes
from workspace.kinds import finetune, ingest

HURRIED = dataclasses.replace(tuning.QUICK, steps=2, judge_every=1, batch=1, size_px=64)


@pytest.fixture(autouse=True)
def quick(limits, tmp_path, monkeypatch):
    """A workspace with untrained shipped weights, where trainings take two steps."""
    tuning.list_weights(tmp_path / "weights", monkeypatch)
    monkeypatch.setattr(service, "JUDGED_ON", 0)
    monkeypatch.setattr(service.FinetuneRequest, "how", property(lambda _one: HURRIED))


@pytest.fixture
def pair(tmp_path):
    def prepared(file):
        scene = scenes.add(ANN, "x", [file])
        job = jobs.claim("prepare", "here")
        jobs.finish(job.id, ingest.run(job, Watcher()))
        return scenes.get(ANN, scene.id)

    return tuple(prepared(file) for file in tuning.write_pair(tmp_path / "sent"))


def started(pair, **params):
    params = {"pre": pair[0].id, "post": pair[1].id, "name": "mine", "is_whole": True} | params
    jobs.submit(ANN, "finetune", params)
    return jobs.claim("compute", "here")


def labels(tmp_path):
    path = tuning.write_labels(tmp_path / "labels.gpkg")
    return to_geojson(read_upload(path.name, path.read_bytes()))


def test_labels_of_a_file_are_learned_from_and_the_result_is_kept(pair, tmp_path):
    job = started(pair, labels=labels(tmp_path), title="Mine")
    found = finetune.run(job, Watcher())
    folder = places.folder("results", job.id)
    assert {"finetune.json", "figures.csv", "blocks.geojson", "blocks-1.png"} == {
        path.name for path in folder.iterdir()
    }
    assert found["is_kept"] == (trained_weights.find("mine") is not None)
    assert found["figures"][0]["name"] == "f1"
    assert not places.folder("jobs", job.id).exists()


def test_a_training_without_labels_is_refused_and_leaves_nothing(pair):
    job = started(pair)
    with pytest.raises(InputError, match="no labels"):
        finetune.run(job, Watcher())
    assert not places.folder("results", job.id).exists()
    assert not places.folder("jobs", job.id).exists()


def test_the_count_of_another_user_is_not_there(pair):
    jobs.submit(BOB, "count", {})
    count = jobs.claim("compute", "here")
    jobs.finish(count.id, {})
    places.folder("results", count.id).mkdir(parents=True)
    with pytest.raises(NotFoundError):
        finetune.run(started(pair, count=count.id), Watcher())


@pytest.mark.parametrize("minutes", ["10", True, [1]])
def test_minutes_that_are_no_number_are_refused(pair, tmp_path, minutes):
    with pytest.raises(InputError, match="minutes"):
        finetune.run(started(pair, labels=labels(tmp_path), minutes=minutes), Watcher())


def test_an_operator_who_forbids_it_is_obeyed_by_jobs_too(pair, tmp_path, limits):
    limits(allow_finetuning=False)
    with pytest.raises(ForbiddenError, match="does not train"):
        finetune.run(started(pair, labels=labels(tmp_path)), Watcher())
    assert settings.load().allow_finetuning is False
