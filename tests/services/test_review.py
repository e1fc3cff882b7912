import math

import numpy as np
import pytest
import rasterio
from scipy import ndimage

from services import review
from services.results import load
from services.review import as_run, at_threshold, histogram


@pytest.fixture(autouse=True)
def fresh():
    review._working.cache_clear()
    review._reviewed.cache_clear()


def read(folder, name):
    with rasterio.open(folder / f"{name}.tif") as dataset:
        return dataset.read(1)


def test_result_as_run_says_what_the_facts_say(result_folder):
    whole = as_run(result_folder).whole
    saved = load(result_folder)
    assert whole.area_m2 == saved.value("changed_area") > 0
    assert whole.objects == saved.value("object_count") == 3
    assert whole.area_share_pct == saved.value("changed_share")


def test_threshold_of_the_run_gives_the_run_again(result_folder):
    ran = as_run(result_folder)
    again = at_threshold(result_folder, ran.threshold)
    assert again.every == 1
    assert again.whole.area_m2 == pytest.approx(ran.whole.area_m2, rel=1e-8)
    assert again.whole.objects == ran.whole.objects


@pytest.mark.parametrize("threshold", [0.05, 0.2, 0.45, 0.8])
def test_moved_threshold_agrees_with_counting_pixels_by_another_route(result_folder, threshold):
    scores = read(result_folder, "score")
    regions, count = ndimage.label(scores >= np.float32(threshold), np.ones((3, 3)))
    sizes = ndimage.sum_labels(np.ones_like(regions), regions, np.arange(1, count + 1))
    kept = sizes[sizes >= load(result_folder).run["min_area_m2"]]
    found = at_threshold(result_folder, threshold).whole
    # A pixel of 1 m in UTM near the central meridian is 0.08 % larger on the ellipsoid.
    assert found.area_m2 == pytest.approx(kept.sum(), rel=2e-3)
    assert found.objects == pytest.approx(len(kept), abs=1)


def test_rows_of_the_classes_add_up_to_the_whole(result_folder):
    found = at_threshold(result_folder, 0.3)
    assert sum(row.area_m2 for row in found.statistics[:-1]) == pytest.approx(found.whole.area_m2)
    assert [row.name for row in found.present] == ["changed"]


def test_nothing_reaches_a_threshold_above_one(result_folder):
    found = at_threshold(result_folder, 1.5)
    assert found.whole.area_m2 == 0
    assert found.present == ()


def test_histogram_counts_every_assessed_pixel_once(result_folder):
    bins = histogram(result_folder)
    scores = read(result_folder, "score")
    assert sum(entry.pixels for entry in bins) == np.isfinite(scores).sum()
    assert bins[0].low == 0
    assert bins[-1].high == 1
    upper = sum(entry.pixels for entry in bins if entry.low >= 0.5)
    assert upper == (scores >= 0.5).sum()


def test_very_large_result_is_estimated_from_a_sample_and_says_so(result_folder, monkeypatch):
    exact = at_threshold(result_folder, 0.3).whole
    monkeypatch.setattr(review, "EXACT_PX", 10_000)
    monkeypatch.setattr(review, "SAMPLED_PX", 11_000)
    review._working.cache_clear()
    review._reviewed.cache_clear()
    estimate = at_threshold(result_folder, 0.3)
    assert estimate.every == math.ceil(math.sqrt(300 * 320 / 11_000)) == 3
    assert estimate.whole.valid_area_m2 == pytest.approx(exact.valid_area_m2, rel=0.02)
    assert estimate.whole.area_m2 == pytest.approx(exact.area_m2, rel=0.25)


def test_sample_is_one_pixel_of_each_block_and_vanishes_with_its_use(result_folder, monkeypatch):
    monkeypatch.setattr(review, "EXACT_PX", 10_000)
    monkeypatch.setattr(review, "SAMPLED_PX", 11_000)
    working = review._working(result_folder)
    sampled = working.rasters.scores_path
    full = read(result_folder, "score")
    np.testing.assert_array_equal(read(sampled.parent, "score"), full[1::3, 1::3][:100, :107])
    del working
    review._working.cache_clear()
    assert not sampled.parent.exists()


def test_result_as_run_is_never_an_estimate(result_folder, monkeypatch):
    monkeypatch.setattr(review, "EXACT_PX", 10)
    assert as_run(result_folder).every == 1


def test_codes_of_a_moved_threshold_are_kept_and_come_back_when_swept(result_folder, tmp_path):
    path = tmp_path / "previews" / "0.3.tif"
    found = at_threshold(result_folder, 0.3, path)
    assert [file.name for file in path.parent.iterdir()] == ["0.3.tif"]
    with rasterio.open(path) as codes, rasterio.open(result_folder / "mask.tif") as mask:
        written = codes.read(1)
        assert codes.transform == mask.transform
        assert codes.crs == mask.crs
    area_m2 = float((written == 1).sum())
    assert found.whole.area_m2 == pytest.approx(area_m2, rel=2e-3)
    path.unlink()
    assert at_threshold(result_folder, 0.3, path).whole == found.whole
    assert path.is_file()
