"""Counts and segmentations made again from their records, and records that are refused."""

import json
import shutil

import pytest
from click.testing import CliRunner

import cli
from analysis.edits import Edit
from errors import InputError
from progress import Watcher
from services.count import MapExample
from services.edit_count import write_edited
from services.replay import replay
from services.segment import MapPrompt, SegmentRequest, segment
from tests.counting import (
    NEW,
    STAYED,
    add_bright_counter,
    box_lonlat,
    counted,
    polygon_lonlat,
    read_json,
    write_huts,
)
from tests.flood import beside_the_real_ones


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return write_huts(tmp_path_factory.mktemp("huts"))


@pytest.fixture(autouse=True)
def own_methods(monkeypatch):
    add_bright_counter(monkeypatch)
    with beside_the_real_ones(monkeypatch):
        yield


@pytest.fixture(scope="module")
def count_folder(files, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        add_bright_counter(patch)
        options = {"min_area_m2": 50.0, "thing": "hut"}
        return counted(files, tmp_path_factory.mktemp("count") / "out", **options).folder


def again(source, tmp_path):
    return replay(source, out_dir=tmp_path / "again", watcher=Watcher())


def test_a_count_is_made_again_from_its_record(count_folder, tmp_path):
    outcome = again(count_folder / "run.json", tmp_path)
    assert outcome.is_identical
    first, second = read_json(count_folder / "run.json"), read_json(outcome.folder / "run.json")
    for same in ("id", "parameters", "facts_sha256"):
        assert second[same] == first[same]
    assert (outcome.folder / "ledger.gpkg").is_file()
    assert outcome.as_json()["kind"] == "count"


def test_the_zip_of_a_count_of_an_area_holds_all_that_is_needed(files, tmp_path):
    area = tmp_path / "aoi.geojson"
    feature = {"type": "Feature", "properties": {}, "geometry": polygon_lonlat(10, 10, 200, 150)}
    area.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    folder = counted(files, tmp_path / "first", aoi=area).folder
    # As the app does: the area goes into the result as it was given.
    area.replace(folder / "aoi.geojson")
    edited = tmp_path / "edited"
    write_edited(folder, (Edit("reject", (1,)),), out_dir=edited, watcher=Watcher())
    packed = shutil.make_archive(str(tmp_path / "bundle"), "zip", folder)
    done = CliRunner().invoke(
        cli.main, ["replay", packed, "--out", str(tmp_path / "again"), "--json"]
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["identical"] is True
    assert replay(edited, out_dir=tmp_path / "more", watcher=Watcher()).is_identical


def test_examples_and_their_similarity_are_part_of_the_record(files, tmp_path, monkeypatch):
    examples = (MapExample("pre", box_lonlat(*STAYED[0])),)
    options = {"counter": "", "thing": "hut", "examples": examples, "similarity": 0.6}
    folder = counted(files, tmp_path / "first", **options).folder
    outcome = again(folder, tmp_path)
    assert outcome.is_identical
    wanted = read_json(outcome.folder / "run.json")["parameters"]
    assert wanted["similarity"] == 0.6
    assert wanted["examples"] == [{"date": "pre", "box": list(examples[0].box)}]


def test_corrections_are_kept_apart_and_applied_again(count_folder, tmp_path):
    edited = tmp_path / "edited"
    rejected = Edit("reject", (1,), by="someone", at_utc="2024-01-01T00:00:00Z")
    write_edited(count_folder, (rejected,), out_dir=edited, watcher=Watcher())
    outcome = again(edited / "run.json", tmp_path)
    assert outcome.is_identical
    model, corrected = read_json(outcome.folder / "run.json"), outcome.made.corrected
    assert model["facts_sha256"] == read_json(count_folder / "run.json")["facts_sha256"]
    assert model["edits"] == []
    assert corrected == tmp_path / "again-corrected"
    assert read_json(corrected / "run.json")["edits"] == [rejected.as_json()]
    assert outcome.as_json()["corrected"] == str(corrected)


def test_a_count_that_comes_out_otherwise_is_told(count_folder, tmp_path):
    record = read_json(count_folder / "run.json") | {"facts_sha256": "0" * 64}
    (tmp_path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    outcome = again(tmp_path / "run.json", tmp_path)
    assert outcome.differences == ("the facts differ",)


def test_a_segmentation_is_made_again_from_its_record(files, tmp_path):
    west, south, east, north = box_lonlat(*NEW[0])
    middle = ((west + east) / 2, (south + north) / 2)
    request = SegmentRequest(files[1], (MapPrompt(inside=(middle,)),), "flood")
    first = segment(request, out_dir=tmp_path / "first", watcher=Watcher())
    assert len(first.things) == 1
    outcome = again(first.folder / "run.json", tmp_path)
    assert outcome.is_identical
    assert outcome.made.run["id"] == first.run["id"]
    assert (outcome.folder / "things.gpkg").is_file()
    assert "corrected" not in outcome.as_json()


def no_pre(record):
    record["inputs"] = record["inputs"][1:]


def a_prompt_that_is_none(record):
    record["parameters"] = {"segmenter": "flood", "prompts": [{"inside": "here"}]}


SPOILED = {
    "no pre": no_pre,
    "an example that is no box": lambda r: r["parameters"].update(
        examples=[{"date": "pre", "box": [1, 2, 3]}]
    ),
    "an example of no date": lambda r: r["parameters"].update(
        examples=[{"date": "now", "box": [1, 2, 3, 4]}]
    ),
    "a similarity above one": lambda r: r["parameters"].update(similarity=2),
    "an infinite area": lambda r: r["parameters"].update(max_area_m2=float("inf")),
    "edits that are none": lambda r: r.update(edits="all"),
    "a prompt that is none": a_prompt_that_is_none,
    "a segmentation of a pair": lambda r: r.update(parameters={"segmenter": "flood"}),
    "no kind": lambda r: r.update(parameters={}),
    "parameters that are none": lambda r: r.update(parameters=[]),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_spoiled_record_is_refused_and_nothing_is_written(count_folder, tmp_path, spoil):
    record = read_json(count_folder / "run.json")
    spoil(record)
    (tmp_path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(InputError, match="not a run record"):
        again(tmp_path / "run.json", tmp_path)
    assert not (tmp_path / "again").exists()


def test_a_correction_that_is_none_is_refused_before_anything_is_counted(count_folder, tmp_path):
    record = read_json(count_folder / "run.json")
    record["edits"] = [{"kind": "explode", "things": [1]}]
    (tmp_path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(InputError, match="not a correction"):
        again(tmp_path / "run.json", tmp_path)
    assert not (tmp_path / "again").exists()
