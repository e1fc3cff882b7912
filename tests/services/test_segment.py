import csv
import json

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from shapely.geometry import box, mapping, shape

import settings
from analysis.facts import to_json
from errors import (
    CancelledError,
    ExportError,
    InputError,
    ModelError,
    OutOfDeviceMemoryError,
    UnknownDetectorError,
)
from progress import Watcher
from services.segment import MapPrompt, SegmentRequest, segment
from tests.flood import beside_the_real_ones
from tests.scenes import transform, write

FILES = {
    "mask.tif", "things.gpkg", "things.geojson", "labels.coco.json", "statistics.csv",
    "facts.json", "run.json",
}  # fmt: skip
SHED, POND = (100, 140, 50, 90), (200, 220, 260, 290)
GSD_M = 0.5


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    settings.load.cache_clear()
    yield
    settings.load.cache_clear()


@pytest.fixture(autouse=True)
def flood(monkeypatch):
    with beside_the_real_ones(monkeypatch) as loaded:
        yield loaded


@pytest.fixture
def picture(tmp_path):
    def make(*sheds, shape=(300, 320), **profile):
        image = np.full((3, *shape), 90, np.float32)
        image[:, ::7, ::5] = 140
        for top, bottom, left, right in sheds or (SHED, POND):
            image[:, top:bottom, left:right] = np.array([200, 60, 20])[:, None, None]
        return write(tmp_path / "scene.tif", image, gsd_m=GSD_M, **profile)

    return make


def at(x, y):
    return transform(GSD_M) @ (x, y)


def click(x, y, **more):
    return MapPrompt(inside=(at(x, y),), crs="EPSG:32633", **more)


def run(tmp_path, scene, *prompts, out="out", watcher=None, segmenter="flood", **options):
    request = SegmentRequest(scene, prompts, segmenter, **options)
    return segment(request, out_dir=tmp_path / out, watcher=watcher or Watcher())


def test_clicked_things_are_written_and_every_file_agrees(tmp_path, picture):
    outcome = run(tmp_path, picture(), click(70, 120), click(275, 210))
    assert {path.name for path in outcome.folder.iterdir()} == FILES
    areas = [40 * 40 * GSD_M**2, 20 * 30 * GSD_M**2]
    assert [thing.area_m2 for thing in outcome.things] == pytest.approx(areas, rel=2e-3)

    with rasterio.open(outcome.folder / "mask.tif") as mask:
        ids, corner = mask.read(1), mask.transform @ (0, 0)
        assert mask.dtypes == ("uint32",)
        assert mask.crs.to_epsg() == 32633
    assert corner == at(50, 100)
    assert ids.shape == (120, 240)
    assert (ids[:40, :40] == 1).all()
    assert (ids[100:, 210:] == 2).all()
    assert (ids > 0).sum() == 1600 + 600

    table = gpd.read_file(outcome.folder / "things.gpkg", layer="things")
    assert table["id"].tolist() == [1, 2]
    assert table["segmenter"].tolist() == ["flood", "flood"]
    assert table.geometry.area.tolist() == pytest.approx(areas)
    assert table["area_m2"].tolist() == [thing.area_m2 for thing in outcome.things]

    features = json.loads((outcome.folder / "things.geojson").read_text())["features"]
    lonlat = gpd.GeoSeries([shape(one["geometry"]) for one in features], crs="EPSG:4326")
    assert lonlat.to_crs("EPSG:32633").area.tolist() == pytest.approx(areas, rel=1e-3)

    labels = json.loads((outcome.folder / "labels.coco.json").read_text())
    assert [one["bbox"] for one in labels["annotations"]] == [[50, 100, 40, 40], [260, 200, 30, 20]]

    facts = {one["name"]: one for one in json.loads((outcome.folder / "facts.json").read_text())}
    assert facts["thing_count"]["value"] == 2
    assert facts["covered_area"]["value"] == pytest.approx(sum(areas), rel=2e-3)
    with (outcome.folder / "statistics.csv").open() as file:
        (row,) = csv.DictReader(file)
    assert float(row["covered_area_m2"]) == pytest.approx(facts["covered_area"]["value"], abs=1e-3)
    assert row["things"] == "2"


def test_the_record_tells_what_was_asked_and_by_what_it_was_answered(tmp_path, picture):
    path = picture()
    outcome = run(tmp_path, path, click(70, 120))
    kept = json.loads((outcome.folder / "run.json").read_text())
    assert kept["segmenter"]["name"] == "flood"
    assert kept["segmenter"]["why"] == "chosen by the user"
    assert kept["weights_sha256"] is None
    assert kept["inputs"][0]["role"] == "scene"
    assert len(kept["inputs"][0]["sha256"]) == 64
    assert kept["parameters"]["prompts"][0]["inside"] == [list(at(70, 120))]
    assert kept["grid"]["rows"] == 300
    assert kept["things"] == 1
    assert outcome.as_json()["things"][0]["area_m2"] == pytest.approx(400, rel=2e-3)
    json.dumps(outcome.as_json(), allow_nan=False)


def test_the_same_question_gets_the_same_answer(tmp_path, picture):
    path = picture()
    first = run(tmp_path, path, click(70, 120), out="a")
    again = run(tmp_path, path, click(70, 120), out="b")
    assert first.run["id"] == again.run["id"]
    assert [to_json(fact) for fact in first.facts] == [to_json(fact) for fact in again.facts]
    assert (first.folder / "things.geojson").read_text() == (
        again.folder / "things.geojson"
    ).read_text()


def test_prompts_of_one_thing_make_one_thing(tmp_path, picture):
    outcome = run(
        tmp_path, picture(), click(70, 120, thing="a"), click(80, 130, thing="a"), click(275, 210)
    )
    assert len(outcome.things) == 2


def test_overlapping_things_cover_the_ground_once_and_the_smaller_is_on_top(tmp_path, picture):
    outcome = run(tmp_path, picture(), click(70, 120), click(75, 125), click(275, 210))
    facts = {fact.name: fact.value for fact in outcome.facts}
    assert facts["thing_count"] == 3
    assert facts["covered_area"] == pytest.approx((1600 + 600) * GSD_M**2, rel=2e-3)


def test_one_bad_prompt_among_others_is_told_and_left_out(tmp_path, picture):
    outcome = run(tmp_path, picture(), click(70, 120), click(5000, 0), click(275, 210))
    assert len(outcome.things) == 2
    (told,) = [one for one in outcome.findings if one.code == "prompt_left_out"]
    assert told.message.startswith("Prompt 2 was left out. The point")


def test_hundreds_of_prompts_are_answered(tmp_path, picture):
    places = [(60 + 10 * (n % 3), 105 + n % 30) for n in range(300)]
    outcome = run(tmp_path, picture(), *(click(*place) for place in places))
    assert len(outcome.things) == 300
    with rasterio.open(outcome.folder / "mask.tif") as mask:
        assert mask.shape == (40, 40)


@pytest.mark.parametrize(("prompts", "words"), [
    ((click(5000, 0),), "outside the scene"),
    ((click(5000, 0), click(-5000, 0)), "outside the scene"),
    ((), "Nothing was pointed at"),
    ((MapPrompt(),), "points at nothing"),
    ((click(70, 120, text="shed"),), "does not take a text prompt"),
    ((click(70, 120),) * 5001, "the limit is 5000"),
])  # fmt: skip
def test_questions_without_a_use_leave_nothing_behind(tmp_path, picture, prompts, words):
    path = picture()
    with pytest.raises(InputError, match=words) as caught:
        run(tmp_path, path, *prompts)
    assert caught.value.hint
    assert {entry.name for entry in tmp_path.iterdir()} <= {"scene.tif", "data"}


def test_nodata_is_refused_for_a_single_click(tmp_path, picture):
    path = picture(SHED, (0, 60, 0, 320), nodata=None)
    with rasterio.open(path, "r+") as out:
        values = out.read()
        values[:, :60] = 0
        out.write(values)
        out.nodata = 0
    with pytest.raises(InputError, match="nodata"):
        run(tmp_path, path, click(100, 20))


def test_nothing_found_is_a_result_without_things(tmp_path, picture):
    path = picture((0, 1, 0, 1), shape=(120, 120))
    with rasterio.open(path, "r+") as out:
        out.write(np.full((3, 120, 120), 90, np.uint8))
    outcome = run(tmp_path, path, click(60, 60))
    assert outcome.things == ()
    assert "nothing_found" in {finding.code for finding in outcome.findings}
    assert {fact.name: fact.value for fact in outcome.facts} == {
        "thing_count": 0, "covered_area": 0.0,
    }  # fmt: skip
    assert len(gpd.read_file(outcome.folder / "things.gpkg")) == 0
    with rasterio.open(outcome.folder / "mask.tif") as mask:
        assert not mask.read(1).any()


def test_size_limits_leave_things_out_and_say_so(tmp_path, picture):
    outcome = run(tmp_path, picture(), click(70, 120), click(275, 210), min_area_m2=200.0)
    assert [thing.area_m2 for thing in outcome.things] == pytest.approx([400], rel=2e-3)
    (told,) = [one for one in outcome.findings if one.code == "size_limits"]
    assert "1 of 2 things" in told.message
    with pytest.raises(InputError, match="is not above"):
        run(tmp_path, picture(), click(70, 120), out="b", min_area_m2=200.0, max_area_m2=100.0)


def test_cancelling_leaves_nothing(tmp_path, picture):
    path, asked = picture(), []
    watcher = Watcher(is_cancelled=lambda: asked.append(1) or len(asked) > 4)
    with pytest.raises(CancelledError):
        run(tmp_path, path, *[click(70, 120)] * 20, watcher=watcher)
    assert {entry.name for entry in tmp_path.iterdir()} <= {"scene.tif", "data"}


def test_a_folder_in_use_is_refused_before_the_work(tmp_path, picture, flood, monkeypatch):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep")
    monkeypatch.setattr(flood.segmenter, "embed", lambda *_any: pytest.fail("it worked already"))
    with pytest.raises(ExportError, match="already holds something"):
        run(tmp_path, picture(), click(70, 120))
    assert (tmp_path / "out" / "mine.txt").read_text() == "keep"


def test_names_and_combinations_are_checked(tmp_path, picture):
    with pytest.raises(UnknownDetectorError, match="'flod'"):
        run(tmp_path, picture(), click(70, 120), segmenter="flod")
    with pytest.raises(InputError, match="cannot be combined"):
        run(tmp_path, picture(), click(70, 120), auto=True)


def test_a_model_that_is_not_here_is_said_with_the_remedy(tmp_path, picture):
    with pytest.raises(ModelError) as caught:
        run(tmp_path, picture(), click(70, 120), segmenter="sam_vit_h")
    assert caught.value.hint


def test_a_scene_too_coarse_for_the_chosen_segmenter_gets_a_caution(tmp_path, picture):
    path = write(tmp_path / "coarse.tif", np.tile(np.arange(90.0), (3, 80, 1)), gsd_m=30.0)
    prompt = MapPrompt(inside=(transform(30.0) @ (40, 40),), crs="EPSG:32633")
    outcome = run(tmp_path, path, prompt)
    (told,) = [one for one in outcome.findings if one.code == "coarser_than_model"]
    assert "up to 4 m" in told.message
    assert "coarser_than_model" in outcome.facts[0].cautions


def area(*corners):
    west, south = at(corners[0], corners[3])
    east, north = at(corners[2], corners[1])
    return gpd.GeoSeries([box(west, south, east, north)], crs="EPSG:32633").to_crs("EPSG:4326")


def test_everything_in_an_area_is_outlined_and_nothing_outside(tmp_path, picture):
    aoi = tmp_path / "aoi.geojson"
    feature = {"type": "Feature", "properties": {}, "geometry": mapping(area(20, 80, 160, 180)[0])}
    aoi.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    outcome = run(tmp_path, picture(), auto=True, aoi=aoi, min_area_m2=50.0, max_area_m2=900.0)
    sizes = [thing.area_m2 for thing in outcome.things]
    assert sizes == pytest.approx([400], rel=0.05)
    assert {item["role"] for item in outcome.run["inputs"]} == {"scene", "aoi"}
    assert outcome.facts[0].aoi_area_m2 == pytest.approx(140 * 100 * GSD_M**2, rel=0.01)


def test_everything_in_a_whole_scene_is_outlined_once(tmp_path, picture):
    outcome = run(tmp_path, picture(), auto=True, min_area_m2=50.0, max_area_m2=900.0)
    sizes = sorted(thing.area_m2 for thing in outcome.things)
    assert sizes == pytest.approx([150, 400], rel=0.05)


@pytest.mark.parametrize("options", [{"auto": True}, {}])
def test_a_graphics_card_that_is_too_small_leaves_the_work_to_the_cpu(
    tmp_path, picture, flood, monkeypatch, options
):
    original, devices = flood.segmenter.embed, []

    def embed(model, chip):
        devices.append(model["device"])
        if model["device"] != "cpu":
            raise OutOfDeviceMemoryError("The card is too small.")
        return original(model, chip)

    monkeypatch.setattr(flood.segmenter, "embed", embed)
    prompts = () if options else (click(70, 120),)
    outcome = run(
        tmp_path, picture(), *prompts, device="cuda:3", **options, min_area_m2=200.0,
        max_area_m2=900.0,
    )  # fmt: skip
    assert devices[0] == "cuda:0"
    assert devices[-1] == "cpu"
    assert [thing.area_m2 for thing in outcome.things] == pytest.approx([400], rel=0.05)
    assert "on_cpu" in {finding.code for finding in outcome.findings}
