import json
import subprocess
import sys

import numpy as np
import pytest
from pyproj import Transformer

from errors import CancelledError, InputError, NotFoundError
from exports.outlines.folder import MEDIA_TYPES
from progress import Watcher
from services import answer_prompt
from services.replay import replay
from services.segment_results import load
from tests.flood import beside_the_real_ones
from tests.scenes import UTM33, transform, write
from tests.workspace import steps
from tests.workspace.steps import ANN, BOB
from workspace import jobs, places, scenes
from workspace.kinds import ingest, registry, segment, segment_ahead, segment_prompt

pytestmark = pytest.mark.usefixtures("limits", "flood")

SHED, POND = (100, 140, 50, 90), (200, 220, 260, 290)


@pytest.fixture
def flood(monkeypatch):
    with beside_the_real_ones(monkeypatch) as loaded:
        yield loaded
    answer_prompt.forget_scenes()


@pytest.fixture
def scene(tmp_path):
    """A prepared scene with a shed and a pond."""
    image = np.full((3, 300, 320), 90, np.float32)
    image[:, ::7, ::5] = 140
    for top, bottom, left, right in (SHED, POND):
        image[:, top:bottom, left:right] = np.array([200, 60, 20])[:, None, None]
    added = scenes.add(ANN, "Field", [write(tmp_path / "sent.tif", image, gsd_m=0.5)])
    job = jobs.claim("prepare", "here")
    jobs.finish(job.id, ingest.run(job, Watcher()))
    return scenes.get(ANN, added.id)


def lonlat(x, y):
    to_lonlat = Transformer.from_crs(UTM33.to_wkt(), "EPSG:4326", always_xy=True)
    return list(to_lonlat.transform(*(transform(0.5) @ (x, y))))


def click(x, y):
    return {"inside": [lonlat(x, y)]}


def started(kind, owner=ANN, **params):
    jobs.submit(owner, kind, {"segmenter": "flood"} | params)
    return jobs.claim("compute" if kind == "segment" else "prompt", "here")


def test_both_kinds_are_found_in_their_lanes_and_submitting_loads_no_heavy_library():
    found = registry.discover()
    assert (found["segment"].LANE, found["segment_prompt"].LANE) == ("compute", "prompt")
    code = (
        "import sys; from workspace import jobs, prompts; jobs.submit('ann', 'segment', {});"
        "print(sorted({'torch', 'rasterio', 'cv2', 'geopandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_prompt_is_answered_in_the_result_of_its_job(scene):
    job = started("segment_prompt", scene=scene.id, prompt=click(70, 120))
    result = segment_prompt.run(job, Watcher())
    (feature,) = result["features"]
    assert feature["properties"]["area_m2"] == pytest.approx(400, rel=2e-3)
    assert result["segmenter"] == "flood"
    assert json.loads(json.dumps(result)) == json.loads(json.dumps(result, allow_nan=False))
    assert not places.folder("results", job.id).exists()


def test_a_look_ahead_has_no_result_and_leaves_the_prompt_nothing_to_embed(scene, monkeypatch):
    job = started("segment_ahead", scene=scene.id, prompt=click(74, 116))
    assert segment_ahead.run(job, Watcher()) == {}
    jobs.finish(job.id, {})

    def refuse(*_args):
        raise AssertionError

    monkeypatch.setattr("inference.segmentation.prompting.Prompter._embed", refuse)
    job = started("segment_prompt", scene=scene.id, prompt=click(70, 120))
    assert len(segment_prompt.run(job, Watcher())["features"]) == 1


@pytest.mark.parametrize("kind", [segment_prompt, segment_ahead])
@pytest.mark.parametrize("prompt", [None, [], "x", {"inside": "here"}, {"strange": 1}, {}])
def test_a_prompt_that_is_none_is_refused(scene, prompt, kind):
    job = started(kind.NAME, scene=scene.id, prompt=prompt)
    with pytest.raises(InputError) as caught:
        kind.run(job, Watcher())
    assert caught.value.hint


@pytest.mark.parametrize("kind", [segment, segment_prompt, segment_ahead])
def test_scenes_of_others_deleted_ones_and_strange_ids_are_not_there(scene, kind):
    params = {"prompt": click(70, 120), "prompts": [click(70, 120)]}
    for owner, scene_id in ((BOB, scene.id), (ANN, "f" * 32), (ANN, "../../etc"), (ANN, None)):
        job = started(kind.NAME, owner, scene=scene_id, **params)
        with pytest.raises(NotFoundError, match="The scene was deleted"):
            kind.run(job, Watcher())
        jobs.fail(job.id, "x", "")


@pytest.mark.parametrize("kind", [segment, segment_prompt, segment_ahead])
def test_a_scene_that_is_not_ready_is_told_in_a_sentence(tmp_path, kind):
    waiting = scenes.add(ANN, "x", [steps.file(tmp_path)])
    job = started(kind.NAME, scene=waiting.id, prompt=click(1, 1), prompts=[click(1, 1)])
    with pytest.raises(InputError, match="not ready"):
        kind.run(job, Watcher())


def test_a_segmentation_writes_its_files_and_tells_what_they_hold(scene):
    job = started("segment", scene=scene.id, prompts=[click(70, 120), click(275, 210)])
    result = segment.run(job, Watcher())
    folder = places.data_dir() / result["folder"]
    assert folder == places.folder("results", job.id)
    assert {path.name for path in folder.iterdir()} == set(MEDIA_TYPES)
    assert result["things"] == 2
    assert result["covered_area_m2"] == pytest.approx(550, rel=2e-3)
    assert (result["segmenter"], result["device"]) == ("flood", "cpu")
    run = json.loads((folder / "run.json").read_text())
    assert run["inputs"][0]["sha256"] == scene.facts.sha256
    assert not run["inputs"][0]["path"].startswith("/")
    assert not places.folder("jobs", job.id).exists()


def test_everything_in_a_drawn_area_can_be_made_again_from_the_result(scene, tmp_path):
    corners = [lonlat(*at) for at in ((20, 60), (160, 60), (160, 200), (20, 200), (20, 60))]
    area = {"type": "Polygon", "coordinates": [corners]}
    job = started("segment", scene=scene.id, auto=True, aoi=area, area_name="Yard")
    segment.run(job, Watcher())
    folder = places.folder("results", job.id)
    assert "aoi.geojson" in {path.name for path in load(folder).files()}
    assert replay(folder, out_dir=tmp_path / "again", watcher=Watcher()).is_identical


def test_a_segmentation_that_is_cancelled_or_fails_leaves_nothing(scene):
    job = started("segment", scene=scene.id, prompts=[click(70, 120)] * 9)
    with pytest.raises(CancelledError):
        segment.run(job, Watcher(is_cancelled=lambda: True))
    with pytest.raises(InputError, match="list"):
        segment.run(started("segment", scene=scene.id, prompts={"inside": []}), Watcher())
    with pytest.raises(InputError, match="'min_area_m2'"):
        segment.run(
            started("segment", scene=scene.id, prompts=[click(1, 1)], min_area_m2="many"),
            Watcher(),
        )
    assert not list((places.data_dir() / "results").glob("*"))
    assert not list((places.data_dir() / "jobs").glob("*"))
