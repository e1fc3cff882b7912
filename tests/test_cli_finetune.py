"""`cli.py finetune`: what it prints, its exit status, and arguments it turns away."""

import dataclasses
import json

import pytest
from click.testing import CliRunner

import cli
import settings
from services import finetune as service
from tests import tuning

HURRIED = dataclasses.replace(tuning.QUICK, steps=2, judge_every=1, batch=1, size_px=64)


@pytest.fixture(autouse=True)
def quick(tmp_path, monkeypatch):
    """Untrained shipped weights, and trainings of two steps."""
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    settings.load.cache_clear()
    tuning.list_weights(tmp_path / "weights", monkeypatch)
    monkeypatch.setattr(service, "JUDGED_ON", 0)
    monkeypatch.setattr(service.FinetuneRequest, "how", property(lambda _one: HURRIED))
    yield
    settings.load.cache_clear()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    return (*tuning.write_pair(folder), tuning.write_labels(folder / "labels.gpkg"))


def run(files, *arguments):
    pre, post, labels = files
    given = ["finetune", pre, post, "--labels", labels, "--name", "mine", *arguments]
    return CliRunner().invoke(cli.main, list(map(str, given)))


def test_json_is_one_object_with_the_figures_and_the_verdict(files, tmp_path):
    done = run(files, "--all-reviewed", "--json", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["name"] == "mine"
    assert told["figures"][0]["name"] == "f1"
    assert told["kept"] == ("can be used now" in told["verdict"])
    assert (tmp_path / "out" / "finetune.json").is_file()


def test_words_are_a_table_the_verdict_and_the_folder(files, tmp_path):
    area = tuning.write_area(tmp_path / "area.geojson")
    done = run(files, "--reviewed", area, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "F1 on ground kept for validation" in done.stdout
    assert f"Figures and map: {tmp_path / 'out'}" in done.stdout


def test_ground_nobody_looked_at_is_refused_in_one_sentence(files, tmp_path):
    done = run(files, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "nowhere that nothing changed" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_further_pair_that_is_not_there_is_refused(files):
    done = run(files, "--pair", "gone.tif", "gone2.tif", "gone.gpkg", "-")
    assert done.exit_code == 2
    assert "'gone.tif' does not exist" in done.stderr


def test_the_same_pair_again_is_refused(files):
    done = run(files, "--all-reviewed", "--pair", *files, "-")
    assert done.exit_code == 2
    assert "under other names" in done.stderr or "nowhere that" in done.stderr


def test_minutes_beyond_the_operators_limit_are_refused(files):
    done = run(files, "--all-reviewed", "--minutes", "100000")
    assert done.exit_code == 2
    assert "at most 120 minutes" in done.stderr
