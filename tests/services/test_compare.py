import csv
import json

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from shapely.geometry import box, mapping

from analysis.facts import to_json
from errors import CancelledError, ExportError, OutsideSceneError, PairRefusedError
from progress import Watcher
from services.compare import CompareRequest, compare
from tests.scenes import ground, transform, with_houses, write, write_pair

HOUSES = [(60, 80, 14, 20), (150, 200, 18, 12), (230, 60, 16, 16)]
FILES = {
    "mask.tif", "score.tif", "changes.gpkg", "changes.geojson", "statistics.csv", "facts.json",
    "caption.txt", "report.html", "map.html", "run.json", "kind.tif", "observed.tif",
}  # fmt: skip


def run(tmp_path, pre, post, *, out="out", watcher=None, **options):
    request = CompareRequest(pre, post, **options)
    return compare(request, out_dir=tmp_path / out, watcher=watcher or Watcher())


def changed_px(outcome):
    with rasterio.open(outcome.folder / "mask.tif") as mask:
        codes = mask.read(1)
    return (codes > 0) & (codes < 255)


def fact(outcome, name, **wanted):
    facts = [to_json(item) for item in outcome.facts]
    keys = {"class": "any", "state": "any", "region": "aoi"} | wanted
    (found,) = [f for f in facts if f["name"] == name and all(f[k] == v for k, v in keys.items())]
    return found


@pytest.fixture
def houses(tmp_path):
    image = ground()
    return write_pair(tmp_path, image, with_houses(image, HOUSES))


def test_a_detector_that_is_not_made_for_the_scenes_is_a_caution_everywhere(tmp_path, houses):
    outcome = run(tmp_path, *houses, detector="log_ratio")
    (told,) = [one for one in outcome.findings if one.code == "not_made_for"]
    assert told.severity == "caution"
    assert "the detector is not made for such scenes" in outcome.caption
    assert told.message in (outcome.folder / "report.html").read_text("utf-8").replace("&#39;", "'")
    suited = run(tmp_path, *houses, detector="cva", out="suited")
    assert "not_made_for" not in {one.code for one in suited.findings}


def test_new_houses_are_found_and_every_file_agrees(tmp_path, houses):
    outcome = run(tmp_path, *houses, detector="cva")
    assert {path.name for path in outcome.folder.iterdir()} >= FILES
    truth = with_houses(np.zeros((1, 300, 320)), HOUSES)[0] > 0
    found = changed_px(outcome)
    assert (found & truth).sum() / truth.sum() > 0.85
    # Smoothing leaves about a pixel around every outline: a quarter of houses this small.
    assert (found & ~truth).sum() / found.sum() < 0.3

    area = fact(outcome, "changed_area")["value"]
    objects = gpd.read_file(outcome.folder / "changes.gpkg", layer="changes")
    assert objects["area_m2"].sum() == pytest.approx(area, rel=1e-6)
    assert len(objects) == fact(outcome, "object_count")["value"] == len(HOUSES)
    assert found.sum() == pytest.approx(area, rel=1e-3)
    statistics = outcome.folder / "statistics.csv"
    rows = list(csv.DictReader(statistics.read_text(encoding="utf-8").splitlines()))
    assert sum(float(row["area_m2"]) for row in rows) == pytest.approx(area, rel=1e-6)
    saved = json.loads((outcome.folder / "facts.json").read_text(encoding="utf-8"))
    assert saved == [to_json(item) for item in outcome.facts]
    assert (outcome.folder / "caption.txt").read_text(encoding="utf-8").strip() == outcome.caption


@pytest.mark.parametrize("detector", ["cva", "irmad", "structure"])
def test_identical_pair_has_no_change_and_the_caption_says_so(tmp_path, detector):
    pre, post = write_pair(tmp_path, ground(), ground())
    outcome = run(tmp_path, pre, post, detector=detector)
    assert not changed_px(outcome).any()
    assert fact(outcome, "changed_area")["value"] == 0
    assert "no change" in outcome.caption.lower()


@pytest.mark.parametrize("detector", ["cva", "irmad", "structure"])
@pytest.mark.parametrize(("gain", "offset"), [(1.25, 0), (0.8, 0), (1.0, 25), (0.85, 12)])
def test_brightness_alone_is_no_change(tmp_path, detector, gain, offset):
    pre, post = write_pair(tmp_path, ground(), ground() * gain + offset)
    assert not changed_px(run(tmp_path, pre, post, detector=detector)).any()


@pytest.mark.parametrize("shift", [1, 2, 4])
def test_shifted_pair_is_realigned_and_has_no_change(tmp_path, shift):
    image = ground((340, 360))
    pre, post = write_pair(
        tmp_path, image[:, 20:320, 20:340], image[:, 20 - shift :, 20 - shift :][:, :300, :320]
    )
    outcome = run(tmp_path, pre, post, detector="cva")
    assert not changed_px(outcome).any()
    assert outcome.run["shift"]["dx_px"] == pytest.approx(shift, abs=0.15)


def test_swapped_dates_swap_increase_and_decrease(tmp_path):
    rng = np.random.default_rng(3)
    speckle = [rng.gamma(4, 0.25, (1, 300, 320)) for _ in range(2)]
    pre, post = speckle[0] * 0.05, speckle[1] * 0.05
    post[:, 50:90, 60:120] *= 12
    pre[:, 180:240, 200:260] *= 12
    paths = write_pair(tmp_path, pre, post, dtype="float32")
    straight = run(tmp_path, *paths, detector="log_ratio", out="straight")
    swapped = run(tmp_path, *reversed(paths), detector="log_ratio", out="swapped")
    names = {row.name: row.area_m2 for row in straight.statistics}
    back = {row.name: row.area_m2 for row in swapped.statistics}
    one, other = sorted(set(names) - {"any"})
    assert names[one] > 0
    assert names[other] > 0
    assert names[one] == back[other]
    assert names[other] == back[one]


def test_aoi_limits_the_result_and_the_shares(tmp_path, houses):
    west, north = transform() @ (60, 40)
    area = box(west, north - 60, west + 80, north)
    aoi = tmp_path / "aoi.geojson"
    frame = gpd.GeoSeries([area], crs=32633).to_crs(4326)
    aoi.write_text(json.dumps(mapping(frame.iloc[0])), encoding="utf-8")
    outcome = run(tmp_path, *houses, aoi=aoi, detector="cva")
    assert fact(outcome, "object_count")["value"] == 1
    assert fact(outcome, "valid_area")["value"] == pytest.approx(80 * 60, rel=0.01)
    with rasterio.open(outcome.folder / "mask.tif") as mask:
        assert max(mask.shape) <= 84


def test_aoi_filled_by_one_change_is_still_found(tmp_path, houses):
    west, north = transform() @ (80, 60)
    inside = box(west, north - 14, west + 20, north)
    aoi = tmp_path / "aoi.geojson"
    frame = gpd.GeoSeries([inside], crs=32633).to_crs(4326)
    aoi.write_text(json.dumps(mapping(frame.iloc[0])), encoding="utf-8")
    outcome = run(tmp_path, *houses, aoi=aoi, detector="cva")
    assert fact(outcome, "changed_share")["value"] > 85


def test_nodata_is_excluded_with_its_reason(tmp_path):
    image = ground()
    holed = with_houses(image, HOUSES)
    holed[:, :100, :100] = 0
    pre, post = write_pair(tmp_path, image, holed, nodata=0)
    outcome = run(tmp_path, pre, post, detector="cva")
    found = fact(outcome, "changed_area")
    excluded = {item["reason"]: item["area_m2"] for item in found["excluded"]}
    assert sum(excluded.values()) == pytest.approx(100 * 100, rel=0.01)
    assert found["aoi_area_m2"] == pytest.approx(
        found["valid_area_m2"] + sum(excluded.values()), rel=1e-9
    )
    assert not changed_px(outcome)[:100, :100].any()


def test_aoi_outside_is_refused(tmp_path, houses):
    aoi = tmp_path / "aoi.geojson"
    aoi.write_text(json.dumps(mapping(box(0, 0, 1, 1))), encoding="utf-8")
    with pytest.raises(OutsideSceneError):
        run(tmp_path, *houses, aoi=aoi)
    assert not (tmp_path / "out").exists()


def test_disjoint_pair_is_refused_by_preflight(tmp_path):
    pre = write(tmp_path / "pre.tif", ground())
    post = write(tmp_path / "post.tif", ground(), at=transform(east_m=50_000))
    with pytest.raises(PairRefusedError, match="do not share ground"):
        run(tmp_path, pre, post)


def test_cancelled_run_leaves_nothing(tmp_path, houses):
    before = set(tmp_path.iterdir())
    seen = []

    def is_cancelled():
        seen.append(1)
        return len(seen) > 6

    with pytest.raises(CancelledError):
        run(tmp_path, *houses, detector="cva", watcher=Watcher(is_cancelled=is_cancelled))
    assert set(tmp_path.iterdir()) == before


def test_existing_results_are_never_overwritten(tmp_path, houses):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="already holds"):
        run(tmp_path, *houses)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["notes.txt"]
