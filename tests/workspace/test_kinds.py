import json
import subprocess
import sys

import pytest
import rasterio

from errors import (
    CancelledError,
    GroundshiftError,
    InputError,
    NotFoundError,
    OutsideSceneError,
    UnreadableRasterError,
)
from exports.bundle import stream_zip
from progress import Watcher
from services.provenance import path_sha256
from services.replay import replay
from tests.scenes import ground, with_houses, write_pair
from tests.workspace import steps
from tests.workspace.steps import ANN
from workspace import jobs, places, projects, scenes
from workspace.kinds import compare, ingest, registry

pytestmark = pytest.mark.usefixtures("limits")

HOUSES = [(60, 80, 14, 20), (150, 200, 18, 12)]


def prepared(file, title="x"):
    scene = scenes.add(ANN, title, [file])
    job = jobs.claim("prepare", "here")
    jobs.finish(job.id, ingest.run(job, Watcher()))
    return scenes.get(ANN, scene.id)


@pytest.fixture
def pair(tmp_path):
    """Two prepared scenes between which two houses were built."""
    image = ground()
    files = write_pair(tmp_path / "sent", image, with_houses(image, HOUSES))
    return tuple(prepared(file) for file in files)


def started(pair, **params):
    params = {"pre": pair[0].id, "post": pair[1].id, "detector": "cva"} | params
    jobs.submit(ANN, "compare", params)
    return jobs.claim("compute", "here")


def around_first_house(scene):
    west, south, east, north = scene.facts.bounds_wgs84
    middle = (west + east) / 2
    ring = [[west, south], [middle, south], [middle, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_every_kind_is_found_and_submitting_loads_no_heavy_library():
    assert {"ingest", "compare"} <= registry.discover().keys()
    code = (
        "import sys; from workspace import jobs; jobs.submit('ann', 'compare', {});"
        "print(sorted({'rasterio', 'cv2', 'geopandas', 'scipy'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_worker_loads_what_its_jobs_need_before_the_first_one():
    code = (
        "import sys; from workspace.kinds import registry; registry.warm_up('compute');"
        "print({'services.compare', 'exports.map', 'inference.detectors.cva'} <= set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "True"


def test_an_ingested_scene_is_ready_and_knows_the_hash_of_its_file(tmp_path):
    image = ground()
    file, _post = write_pair(tmp_path, image, image)
    digest = path_sha256(file)
    scene = prepared(file, "Field")
    assert (scene.status, scene.facts.sha256) == ("ready", digest)
    assert (scene.facts.width, scene.facts.acquired_on) == (320, "2023-06-01")
    assert scene.size_bytes == places.size_bytes(scene.folder) > scene.source.stat().st_size


def test_what_is_no_raster_fails_with_a_remedy(tmp_path):
    scenes.add(ANN, "x", [steps.file(tmp_path, "cat.tif", b"meow")])
    job = jobs.claim("prepare", "here")
    with pytest.raises(UnreadableRasterError) as caught:
        ingest.run(job, Watcher())
    assert caught.value.hint


def test_a_scene_deleted_before_it_is_prepared_is_told_in_a_sentence(tmp_path):
    scene = scenes.add(ANN, "x", [steps.file(tmp_path)])
    job = jobs.claim("prepare", "here")
    scenes.delete(ANN, scene.id)
    with pytest.raises(NotFoundError, match=r"The scene was deleted\."):
        ingest.run(job, Watcher())


def test_a_comparison_writes_its_files_and_tells_what_they_hold(pair):
    job = started(pair)
    result = compare.run(job, Watcher())
    folder = places.data_dir() / result["folder"]
    assert folder == places.folder("results", job.id)
    with rasterio.open(folder / "mask.tif") as mask:
        codes = mask.read(1)
    changed_px = int(((codes > 0) & (codes < 255)).sum())
    # Pixels of 1 m in UTM: their area on the ellipsoid differs by less than 0.1 %.
    assert result["changed_area_m2"] == pytest.approx(changed_px, rel=1e-3)
    assert result["changed_share_pct"] == pytest.approx(100 * changed_px / codes.size, rel=1e-2)
    assert (result["objects"], result["detector"]) == (len(HOUSES), "cva")
    assert result["caption"] == (folder / "caption.txt").read_text("utf-8").strip()
    run = json.loads((folder / "run.json").read_text("utf-8"))
    assert [entry["sha256"] for entry in run["inputs"]] == [one.facts.sha256 for one in pair]
    assert not places.folder("jobs", job.id).exists()
    json.dumps(result, allow_nan=False)


def test_a_drawn_area_a_threshold_and_a_smallest_object_are_obeyed(pair):
    whole = compare.run(started(pair), Watcher())
    area = around_first_house(pair[0])
    job = started(pair, aoi=area, area_name="West", threshold=0.4, min_area_m2=30)
    half = compare.run(job, Watcher())
    assert (whole["objects"], half["objects"], half["threshold"]) == (2, 1, 0.4)
    run = json.loads((places.data_dir() / half["folder"] / "run.json").read_text("utf-8"))
    assert run["min_area_m2"] == 30
    assert any(entry["role"] == "aoi" for entry in run["inputs"])


def test_hashes_that_are_known_are_not_computed_again(pair, monkeypatch):
    monkeypatch.setattr("services.provenance.file_sha256", lambda path: pytest.fail(str(path)))
    compare.run(started(pair), Watcher())


@pytest.mark.parametrize(
    ("spoil", "error", "words"),
    [
        (lambda pair: scenes.delete(ANN, pair[0].id), NotFoundError, "earlier date was deleted"),
        (lambda pair: scenes.delete(ANN, pair[1].id), NotFoundError, "later date was deleted"),
    ],
)
def test_a_comparison_of_a_deleted_scene_says_so_and_leaves_nothing(pair, spoil, error, words):
    job = started(pair)
    spoil(pair)
    with pytest.raises(error, match=words):
        compare.run(job, Watcher())
    assert not places.folder("jobs", job.id).exists()
    assert not places.folder("results", job.id).exists()


def test_a_scene_that_is_not_ready_cannot_be_compared(pair, tmp_path):
    raw = scenes.add(ANN, "raw", [steps.file(tmp_path)])
    with pytest.raises(InputError, match="later date is not ready"):
        compare.run(started((pair[0], raw)), Watcher())


@pytest.mark.parametrize("params", [{"threshold": "high"}, {"min_area_m2": True}])
def test_a_parameter_that_is_no_number_is_refused(pair, params):
    with pytest.raises(InputError, match=next(iter(params))):
        compare.run(started(pair, **params), Watcher())


def test_a_failed_or_cancelled_comparison_leaves_no_file(pair):
    def stop_late():
        return stop_late.asked

    stop_late.asked = False

    def note(fraction, _message):
        stop_late.asked = fraction > 0.5

    job = started(pair)
    with pytest.raises(CancelledError):
        compare.run(job, Watcher(on_progress=note, is_cancelled=stop_late))
    far = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    with pytest.raises(OutsideSceneError):
        compare.run(started(pair, aoi=far), Watcher())
    left = [path for kind in ("jobs", "results") for path in (places.data_dir() / kind).rglob("*")]
    assert left == []


@pytest.mark.parametrize("aoi", [5, {"type": "Nonsense"}, {"type": "Polygon", "coordinates": "x"}])
def test_an_area_that_is_none_is_refused_in_a_sentence(pair, aoi):
    with pytest.raises(GroundshiftError) as caught:
        compare.run(started(pair, aoi=aoi), Watcher())
    assert caught.value.message


def test_a_project_of_the_pair_lists_its_comparison(pair):
    project = projects.create(ANN, "x", pair[0].id, pair[1].id)
    params = {"pre": project.pre, "post": project.post, "detector": "cva"}
    jobs.submit(ANN, "compare", params, project=project.id)
    job = jobs.claim("compute", "here")
    jobs.finish(job.id, compare.run(job, Watcher()))
    done = jobs.get(ANN, job.id)
    assert (done.status, done.device) == ("done", "cpu")
    assert scenes.usage_bytes(ANN) == sum(one.size_bytes for one in pair) + places.size_bytes(
        places.folder("results", job.id)
    )


def test_a_result_of_the_app_is_made_again_from_its_bundle_alone(pair, tmp_path):
    """Its area was drawn, so the result is the only place that keeps it."""
    job = started(pair, aoi=around_first_house(pair[0]), area_name="West half")
    jobs.finish(job.id, compare.run(job, Watcher()))
    folder = places.folder("results", job.id)
    recorded = json.loads((folder / "run.json").read_text())["inputs"]
    assert not any(str(places.data_dir()) in item["path"] for item in recorded)
    (tmp_path / "bundle.zip").write_bytes(b"".join(stream_zip(list(folder.iterdir()), "result")))
    found = replay(tmp_path / "bundle.zip", out_dir=tmp_path / "again", watcher=Watcher())
    assert found.is_identical
