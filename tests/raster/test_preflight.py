import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer
from scipy import ndimage

from errors import OutsideSceneError
from raster import scene
from raster.aoi import Aoi, whole
from raster.preflight import inspect, season_gap_days
from tests.scenes import UTM33, ground, transform, write

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real pairs are not at {DATA}")

KEYS = ["verdict", "findings", "shift_px", "shift_m", "overlap_pct", "gsd_ratio", "valid_pct"]


def opened(path, image, **profile):
    return scene.open(write(path, image, **profile))


def noisy(image, seed=1):
    return image + np.random.default_rng(seed).normal(0, 3, image.shape)


def ordinary(folder, **post_profile):
    """Two dates of one place that differ by noise only, on one grid, in one season."""
    image = ground()
    pre = opened(folder / "pre.tif", image, date="2023-06-01")
    post = opened(
        folder / "post.tif", noisy(image), **{"date": "2024-06-03", **post_profile}
    )  # fmt: skip
    return pre, post


def severities(preflight):
    return {finding.code: finding.severity for finding in preflight.findings}


def rectangle(east_m, south_m, width_m, height_m):
    left, top = transform(east_m=east_m, south_m=south_m) @ (0, 0)
    box = shapely.box(left, top - height_m, left + width_m, top)
    to_lonlat = Transformer.from_crs(UTM33.to_wkt(), 4326, always_xy=True)
    lonlat = shapely.transform(box, to_lonlat.transform, interleaved=False)
    return Aoi(lonlat, "field", 1, is_whole_overlap=False)


def test_an_ordinary_pair_may_go_and_prints_the_promised_keys(tmp_path):
    found = inspect(*ordinary(tmp_path))
    printed = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert found.verdict == "go"
    assert list(printed) == KEYS
    assert set(printed["findings"][0]) == {
        "code", "severity", "message", "remedy", "value", "unit",
    }  # fmt: skip
    assert (printed["overlap_pct"], printed["gsd_ratio"], printed["valid_pct"]) == (100, 1, 100)
    assert printed["shift_px"] < 0.1
    assert severities(found)["residual_shift"] == "info"


def test_a_disjoint_pair_is_refused_by_a_finding(tmp_path):
    found = inspect(*ordinary(tmp_path, at=transform(east_m=5000)))
    assert found.verdict == "refuse"
    assert severities(found)["no_overlap"] == "refuse"
    assert (found.pair, found.shift_px, found.overlap_pct) == (None, None, 0)
    json.dumps(found.as_json(), allow_nan=False)


def test_footprints_that_only_touch_are_refused(tmp_path):
    found = inspect(*ordinary(tmp_path, at=transform(east_m=319.5)))
    assert severities(found)["no_overlap"] == "refuse"


@pytest.mark.parametrize(("gsd_m", "severity"), [(1.2, "info"), (3.0, "caution"), (9.0, "refuse")])
def test_another_ground_size_is_told_by_its_ratio(tmp_path, gsd_m, severity):
    found = inspect(*ordinary(tmp_path, gsd_m=gsd_m))
    assert severities(found)["gsd_ratio"] == severity
    assert found.gsd_ratio == pytest.approx(gsd_m, rel=1e-3)


def test_a_small_overlap_is_told_and_a_tiny_one_refused(tmp_path):
    small = inspect(*ordinary(tmp_path, at=transform(east_m=260)))
    assert severities(small)["small_overlap"] == "caution"
    assert small.overlap_pct == pytest.approx(100 * 60 / 320, abs=0.01)
    tiny = inspect(*ordinary(tmp_path, at=transform(east_m=310)))
    assert severities(tiny)["tiny_overlap"] == "refuse"


@pytest.mark.parametrize(
    ("dated", "code", "severity"),
    [
        ("2022-06-01", "date_order", "caution"),
        ("2023-06-01", "equal_dates", "caution"),
        ("2024-12-20", "season_gap", "caution"),
        (None, "unknown_date", "info"),
    ],
)
def test_dates_are_questioned(tmp_path, dated, code, severity):
    found = inspect(*ordinary(tmp_path, date=dated))
    assert severities(found)[code] == severity


@given(st.dates(date(1980, 1, 1), date(2040, 1, 1)), st.dates(date(1980, 1, 1), date(2040, 1, 1)))
def test_the_season_gap_is_symmetric_and_at_most_half_a_year(one, two):
    assert season_gap_days(one, two) == season_gap_days(two, one)
    assert 0 <= season_gap_days(one, two) <= 183


def test_the_season_gap_goes_round_the_turn_of_the_year():
    assert season_gap_days(date(2020, 12, 30), date(2023, 1, 4)) == 5
    assert season_gap_days(date(2024, 3, 1), date(2021, 9, 1)) == 182
    assert season_gap_days(date(2024, 2, 29), date(2023, 3, 1)) == 1


def test_a_corrected_shift_is_reported_in_pixels_and_metres(tmp_path):
    wide = ground((320, 340))
    pre = opened(tmp_path / "pre.tif", wide[:, 10:310, 10:330], gsd_m=2)
    post = opened(tmp_path / "post.tif", noisy(wide)[:, 7:307, 6:326], gsd_m=2)
    found = inspect(pre, post)
    assert found.shift_px == pytest.approx(5)
    assert found.shift_m == pytest.approx(10, rel=1e-3)
    assert "5.00 px (10 m)" in next(f.message for f in found.findings if f.code == "residual_shift")
    assert found.verdict == "go"


def test_a_large_shift_is_a_caution_even_when_corrected(tmp_path):
    wide = ground((320, 340))
    pre = opened(tmp_path / "pre.tif", wide[:, 10:310, 10:330])
    post = opened(tmp_path / "post.tif", noisy(wide)[:, 2:302, 10:330])
    found = inspect(pre, post)
    assert severities(found)["residual_shift"] == "caution"
    assert found.pair.shift.is_applied


def test_dates_that_show_different_ground_are_uncertain(tmp_path):
    rng = np.random.default_rng(4)
    pre = opened(tmp_path / "pre.tif", ground((200, 200), seed=1))
    other = 128 + 200 * ndimage.gaussian_filter(rng.normal(size=(3, 200, 200)), (0, 2, 2))
    found = inspect(pre, opened(tmp_path / "post.tif", other))
    assert not found.pair.shift.is_applied
    messages = [f.message for f in found.findings if f.code == "residual_shift"]
    assert "uncertain" in messages[0] or "could not be measured" in messages[0]


def test_radar_against_optical_and_foreign_bands_are_refused(tmp_path):
    pre = opened(tmp_path / "pre.tif", ground((64, 64)))
    one = ground((64, 64), bands=1)
    radar = described(write(tmp_path / "radar.tif", one), "VV")
    index = described(write(tmp_path / "index.tif", one), "NDVI")
    assert severities(inspect(pre, radar))["sensor_mismatch"] == "refuse"
    assert severities(inspect(pre, index))["band_mismatch"] == "refuse"


def described(path, name):
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = (name,)
    return scene.open(path)


def test_resampling_and_another_type_are_told(tmp_path):
    found = inspect(*ordinary(tmp_path, at=transform(east_m=0.5), dtype="uint16"))
    assert severities(found)["resampled"] == "info"
    assert severities(found)["dtype_mismatch"] == "caution"
    message = next(f.message for f in found.findings if f.code == "resampled")
    assert "post (1 m)" in message
    assert "EPSG:32633" in message


def test_one_file_against_itself_is_told(tmp_path):
    pre, _post = ordinary(tmp_path)
    found = inspect(pre, pre)
    assert found.verdict == "warn"
    assert severities(found)["identical_files"] == "caution"


def test_what_an_aoi_leaves_is_cropped_clipped_and_measured(tmp_path):
    image = np.rint(ground()).clip(1)
    emptied = image.copy()
    emptied[:, 50:90, 40:120] = 0
    pre = opened(tmp_path / "pre.tif", image, nodata=0)
    post = opened(tmp_path / "post.tif", noisy(emptied) * (emptied > 0), nodata=0)
    found = inspect(pre, post, aoi=rectangle(40, 50, 80, 80))
    assert found.pair.grid.shape == (80, 80)
    assert found.valid_pct == pytest.approx(50, abs=1)
    assert severities(found)["nodata_share"] == "caution"
    cut = inspect(pre, post, aoi=rectangle(-60, 100, 120, 60))
    assert cut.aoi.findings
    assert set(cut.aoi.findings) <= set(cut.findings)


def test_the_whole_overlap_as_an_aoi_changes_nothing(tmp_path):
    pre, post = ordinary(tmp_path)
    plain, asked = inspect(pre, post), inspect(pre, post, aoi=whole(pre.grid))
    assert plain.as_json() == asked.as_json()


def test_an_aoi_elsewhere_is_an_error(tmp_path):
    pre, post = ordinary(tmp_path)
    with pytest.raises(OutsideSceneError):
        inspect(pre, post, aoi=rectangle(9000, 0, 50, 50))


def test_findings_of_both_scenes_are_carried_and_the_worst_come_first(tmp_path):
    pre = opened(tmp_path / "pre.tif", ground(bands=2), date="2023-06-01")
    post = opened(tmp_path / "post.tif", noisy(ground(bands=2)), date="2022-06-01", gsd_m=3.0)
    found = inspect(pre, post)
    order = [finding.severity for finding in found.findings]
    assert order == sorted(order, key=["refuse", "caution", "info"].index)
    assert any(finding.message.startswith("Both dates: ") for finding in found.findings)


@needs_data
def test_real_pairs_get_the_verdict_an_analyst_would_give():
    fires = DATA / "pairs" / "la_fires_2025"
    true_colour = inspect(
        scene.open(fires / "pre_tci-2024-12-18.tif"), scene.open(fires / "post_tci-2025-03-08.tif")
    )
    assert [f.code for f in true_colour.findings if f.severity == "caution"] == ["season_gap"]
    oscd = DATA / "pairs" / "sentinel2_oscd" / "paris"
    assert inspect(scene.open(oscd / "pre.tif"), scene.open(oscd / "post.tif")).verdict == "go"


def test_a_tiny_area_of_interest_is_judged_with_its_surroundings(tmp_path):
    found = inspect(*ordinary(tmp_path), aoi=rectangle(100, 100, 9, 9))
    assert found.verdict == "go"
    assert max(found.pair.grid.shape) < 16
    assert found.valid_pct == 100
