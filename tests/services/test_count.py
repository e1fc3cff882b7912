"""Huts counted from files to a result folder, and what is refused on the way."""

import csv
import json

import geopandas as gpd
import numpy as np
import pytest
import shapely

from errors import (
    CancelledError,
    ExportError,
    InputError,
    OutsideSceneError,
    PairRefusedError,
    UnknownDetectorError,
)
from exports.count.folder import MEDIA_TYPES
from progress import Watcher
from services.count import CountRequest, MapExample, count
from services.provenance import path_sha256
from tests.counting import (
    GONE,
    NEW,
    STAYED,
    TRUTH,
    add_bright_counter,
    box_lonlat,
    counted,
    polygon_lonlat,
    read_json,
    write_huts,
)
from tests.scenes import ground, transform, write


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return write_huts(tmp_path_factory.mktemp("huts"))


@pytest.fixture(scope="module")
def outcome(files, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        add_bright_counter(patch)
        yield counted(files, tmp_path_factory.mktemp("count") / "out")


@pytest.fixture(autouse=True)
def bright(monkeypatch):
    add_bright_counter(monkeypatch)


def test_the_huts_that_came_went_and_stayed_are_counted(outcome):
    told = outcome.as_json()
    assert {key: told[key] for key in TRUTH} == TRUTH
    assert told["class"] == "hut"
    assert told["pre"] + told["appeared"] - told["vanished"] == told["post"]
    assert "14 huts stood on 2023-06-01 and 15 on 2024-06-03" in told["caption"]


def test_the_folder_holds_every_file_and_their_numbers_agree(outcome):
    folder = outcome.folder
    assert {path.name for path in folder.iterdir()} == set(MEDIA_TYPES)
    facts = {(one["name"], one["region"]): one for one in read_json(folder / "facts.json")}
    assert {name: facts[f"objects_{name}", "aoi"]["value"] for name in TRUTH} == TRUTH
    with (folder / "statistics.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert {name: int(row[name]) for name in TRUTH} == TRUTH
    assert row["class"] == "hut"
    ledger = gpd.read_file(folder / "ledger.gpkg", layer="ledger")
    assert ledger["state"].value_counts().to_dict() == {"kept": 12, "appeared": 3, "vanished": 2}
    pre, post = (gpd.read_file(folder / "ledger.gpkg", layer=name) for name in ("pre", "post"))
    assert (len(pre), len(post)) == (14, 15)
    assert pre["area_m2"].sum() == pytest.approx(facts["objects_area_pre", "aoi"]["value"])
    assert (folder / "caption.txt").read_text("utf-8").strip() == outcome.result.caption


def test_areas_are_those_of_the_huts(outcome):
    truth_m2 = [rows * cols for _top, _left, rows, cols in NEW]
    areas = sorted(one.area_m2 for one in outcome.result.ledger.appeared)
    assert areas == pytest.approx(sorted(truth_m2), rel=0.01)


def test_outlines_with_right_angles_lie_beside_the_originals(outcome):
    regular = gpd.read_file(outcome.folder / "ledger.gpkg", layer="regular")
    assert len(regular) >= 20
    originals = {
        date: gpd.read_file(outcome.folder / "ledger.gpkg", layer=date).set_index("id")
        for date in ("pre", "post")
    }
    for row in regular.to_dict("records"):
        original = originals[row["date"]].loc[row["id"]]
        shared = row["geometry"].intersection(original.geometry).area
        assert shared / row["geometry"].union(original.geometry).area >= 0.85
        assert (row["area_m2"], row["entry"]) == (original["area_m2"], original["entry"])


def test_the_geojson_lies_where_the_huts_are(outcome):
    features = read_json(outcome.folder / "ledger.geojson")["features"]
    new = [one for one in features if one["properties"]["state"] == "appeared"]
    truth = shapely.union_all([shapely.geometry.shape(polygon_lonlat(*one)) for one in NEW])
    drawn = shapely.union_all([shapely.geometry.shape(one["geometry"]) for one in new])
    assert drawn.intersection(truth).area / drawn.union(truth).area > 0.95


def test_labels_are_in_pixels_of_the_grid_that_was_counted_on(outcome):
    labels = read_json(outcome.folder / "labels.coco.json")
    assert [one["date"] for one in labels["images"]] == ["pre", "post"]
    assert [one["file_name"] for one in labels["images"]] == ["pre.tif", "post.tif"]
    boxes = [one["bbox"] for one in labels["annotations"] if one["image_id"] == 1]
    grid = labels["images"][0]
    left_px = 500_000 - grid["transform"][2]
    top_px = grid["transform"][5] - 5_400_000
    expected = sorted([left + left_px, top + top_px, cols, rows]
                      for top, left, rows, cols in (*STAYED, *GONE))  # fmt: skip
    np.testing.assert_allclose(sorted(boxes), expected, atol=1.01)


def test_the_record_tells_inputs_counter_and_parameters(outcome, files):
    run = read_json(outcome.folder / "run.json")
    assert [item["sha256"] for item in run["inputs"]] == [path_sha256(path) for path in files]
    assert (run["counter"]["name"], run["counter"]["thing"]) == ("bright", "hut")
    assert run["parameters"]["min_area_m2"] == 30.0
    assert (run["weights_sha256"], run["edits"]) == (None, [])
    assert run["scenes"]["pre"] == {"name": "pre.tif", "acquired_on": "2023-06-01"}
    assert len(run["caption_citations"]) > 3


def test_nothing_built_is_no_change(files, tmp_path):
    told = counted((files[0], files[0]), tmp_path / "out").as_json()
    assert (told["pre"], told["post"], told["appeared"], told["vanished"]) == (14, 14, 0, 0)
    assert "none appeared and none vanished" in told["caption"]


def test_an_area_bounds_what_is_counted(files, tmp_path):
    area = tmp_path / "aoi.geojson"
    area.write_text(json.dumps(polygon_lonlat(190, 190, 90, 90)), encoding="utf-8")
    told = counted(files, tmp_path / "out", aoi=area)
    assert told.result.ledger.counts().pre == 0
    assert told.as_json()["appeared"] == 2
    valid = next(one for one in told.result.facts if one.name == "valid_area")
    assert valid.value == pytest.approx(8100, rel=0.01)
    run = read_json(tmp_path / "out" / "run.json")
    assert (run["area"]["rows"], run["area"]["cols"]) == (90, 90)


def test_sizes_choose_what_is_counted(files, tmp_path):
    told = counted(files, tmp_path / "out", min_area_m2=280.0).as_json()
    assert (told["pre"], told["post"]) == (12, 13)


def test_a_place_without_any_is_zeros_and_no_error(tmp_path):
    image = ground()
    pair = [write(tmp_path / name, image, date=day)
            for name, day in (("a.tif", "2023-06-01"), ("b.tif", "2024-06-01"))]  # fmt: skip
    told = counted(pair, tmp_path / "out", min_area_m2=4000.0).as_json()
    assert [told[name] for name in TRUTH] == [0] * 5
    assert told["caption"].startswith("No huts were found at either date")
    assert len(gpd.read_file(tmp_path / "out" / "ledger.gpkg", layer="ledger")) == 0


def test_things_are_called_what_the_user_calls_them(files, tmp_path):
    told = counted(files, tmp_path / "out", thing="sunny shed").as_json()
    assert told["class"] == "sunny shed"
    assert "14 sunny sheds stood" in told["caption"]


def run(files, tmp_path, **options):
    return counted(files, tmp_path / "out", **options)


BAD = {
    "no such counter": ({"counter": "brigt"}, UnknownDetectorError),
    "a name that is no word": ({"thing": "=cmd|' /C calc'!A0"}, InputError),
    "a name with digits": ({"thing": "hut 7"}, InputError),
    "sizes the wrong way round": ({"min_area_m2": 9.0, "max_area_m2": 3.0}, InputError),
    "an example off the Earth": ({"examples": (MapExample("pre", (500, 0, 501, 1)),)}, InputError),
    "an example inside out": ({"examples": (MapExample("pre", (16, 48, 15, 49)),)}, InputError),
    "an example elsewhere": ({"examples": (MapExample("pre", (-9, 1, -8, 2)),)}, InputError),
}  # fmt: skip


@pytest.mark.parametrize(("options", "error"), BAD.values(), ids=BAD)
def test_what_cannot_be_counted_is_refused_with_a_remedy_and_leaves_nothing(
    files, tmp_path, options, error
):
    with pytest.raises(error) as caught:
        run(files, tmp_path, **options)
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_word_alone_chooses_the_counter(files, tmp_path):
    assert run(files, tmp_path, counter="", thing="huts").result.counter.name == "bright"
    with pytest.raises(UnknownDetectorError, match="unicorn"):
        run(files, tmp_path, counter="", thing="unicorn")


def test_an_area_outside_both_scenes_is_refused(files, tmp_path):
    area = tmp_path / "aoi.geojson"
    area.write_text(json.dumps(polygon_lonlat(5000, 5000, 90, 90)), encoding="utf-8")
    with pytest.raises(OutsideSceneError):
        run(files, tmp_path, aoi=area)
    assert [path.name for path in tmp_path.iterdir()] == ["aoi.geojson"]


def test_a_pair_that_shares_no_ground_is_refused(files, tmp_path):
    far = write(tmp_path / "far.tif", ground(), at=transform(east_m=90_000))
    with pytest.raises(PairRefusedError):
        run((files[0], far), tmp_path)


def test_a_count_that_is_cancelled_leaves_nothing(files, tmp_path):
    asked = []

    def note(share, _message):
        asked.append(share)

    for limit in (0.1, 0.5, 0.95):
        asked.clear()
        watcher = Watcher(note, lambda limit=limit: bool(asked) and asked[-1] > limit)
        with pytest.raises(CancelledError):
            count(CountRequest(*files, counter="bright"), out_dir=tmp_path / "out",
                  watcher=watcher)  # fmt: skip
        assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_not_touched(files, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError):
        run(files, tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "mine.txt"]


def test_examples_reach_the_counter_that_learns_from_them(files, tmp_path):
    """The word is what the user calls the thing; the counter is the one that takes examples."""
    example = MapExample("post", box_lonlat(*NEW[0]))
    told = run(files, tmp_path, counter="", thing="shed", examples=(example,), similarity=0.9,
               min_area_m2=100.0)  # fmt: skip
    assert (told.result.counter.name, told.as_json()["class"]) == ("like_this", "shed")
    counts = told.result.ledger.counts()
    assert counts.pre + counts.appeared - counts.vanished == counts.post
    assert told.result.run["parameters"]["examples"][0]["date"] == "post"
