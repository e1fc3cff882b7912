from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS

from raster.align import AlignedPair, PairBand
from raster.grid import Grid
from raster.pair_sample import PairSample
from raster.radiometric_checks import (
    check,
    cloud_bright_share,
    common_offset_dn,
    radiometric_distance,
    visible_positions,
)
from raster.scene import Band, Scene
from raster.shift import unmeasured

RGB = ("red", "green", "blue")
COUNT = 20_000


def pair_of(*, dtype="uint8", gsd_m=10.0, sensor="optical", roles=RGB, offsets=(None, None)):
    grid = Grid(CRS.from_epsg(32633), Affine(gsd_m, 0, 5e5, 0, -gsd_m, 54e5), 200, 100)
    bands = tuple(Band(at, role or "band", role) for at, role in enumerate(roles, 1))
    pre, post = (
        Scene(
            name, (Path(name),), "GTiff", grid, bands, dtype, None, sensor, offset_dn=offset
        )
        for name, offset in zip(("pre", "post"), offsets, strict=True)
    )  # fmt: skip
    shared = tuple(PairBand(band.name, band.role, (band.index,), (band.index,)) for band in bands)
    return AlignedPair(pre, post, grid, shared, unmeasured(gsd_m))


def values(seed=0, bands=3, scale=1.0):
    rng = np.random.default_rng(seed)
    ground = rng.gamma(6, 12, COUNT) + rng.normal(0, 6, (bands, COUNT))
    return (scale * ground.clip(1, 250)).astype(np.float32)


def sample_of(pre, post, pre_valid=None, post_valid=None):
    seen = np.ones(pre.shape[1], bool)
    return PairSample(
        pre,
        post,
        seen if pre_valid is None else pre_valid,
        seen if post_valid is None else post_valid,
    )


def told(pair, sample):
    return {(finding.code, finding.severity): finding for finding in check(pair, sample)}


def test_two_ordinary_dates_give_no_finding():
    pre = values()
    post = pre + np.random.default_rng(1).normal(0, 4, pre.shape).astype(np.float32)
    assert told(pair_of(), sample_of(pre, post)) == {}


@pytest.mark.parametrize(("share", "severity"), [(0.05, "info"), (0.3, "caution")])
def test_missing_ground_of_one_date_is_told_with_its_share(share, severity):
    seen = np.arange(COUNT) >= share * COUNT
    found = told(pair_of(), sample_of(values(), values(1), post_valid=seen))
    finding = found["nodata_share", severity]
    assert finding.value == pytest.approx(100 * share, abs=0.1)
    assert "post" in finding.message


def test_ground_that_both_dates_lack_asks_for_nothing():
    seen = np.arange(COUNT) >= 0.4 * COUNT
    found = told(pair_of(), sample_of(values(), values(1), seen, seen))
    assert ("nodata_share", "info") in found
    assert ("nodata_share", "caution") not in found


def test_nothing_observed_at_both_dates_is_refused():
    first = np.arange(COUNT) < COUNT // 2
    assert list(told(pair_of(), sample_of(values(), values(1), first, ~first))) == [
        ("nodata_share", "refuse")
    ]
    empty = np.zeros((3, 0), np.float32)
    assert list(told(pair_of(), sample_of(empty, empty))) == [("nodata_share", "refuse")]


def test_an_image_of_one_value_is_refused():
    flat = np.full((3, COUNT), 9, np.float32)
    found = told(pair_of(), sample_of(values(), flat))
    assert "post has the same value, 9" in found["constant_image", "refuse"].message


def test_equal_pixels_are_told():
    assert list(told(pair_of(), sample_of(values(), values()))) == [("identical_files", "caution")]
    pair = pair_of()
    same = replace(pair, post=pair.pre)
    finding = told(same, sample_of(values(), values()))["identical_files", "caution"]
    assert "same file" in finding.message


@pytest.mark.parametrize(("share", "severity"), [(0.02, "info"), (0.2, "caution")])
def test_saturated_pixels_are_told(share, severity):
    post = values(1)
    post[1, : int(share * COUNT)] = 255
    finding = told(pair_of(), sample_of(values(), post))["saturation_share", severity]
    assert finding.value == pytest.approx(100 * share, abs=0.5)
    assert not told(pair_of(dtype="float32"), sample_of(values(), post))


def test_clouds_are_told_and_the_share_is_theirs():
    pre = values(scale=10)
    post = pre.copy()
    post[:, :2000] = 6000 + np.random.default_rng(2).normal(0, 200, 2000)
    finding = told(pair_of(dtype="uint16"), sample_of(pre, post))["cloud_bright_share", "caution"]
    assert finding.value == pytest.approx(10, abs=0.5)
    assert "post" in finding.message


def test_bright_soil_coloured_roofs_and_haze_are_no_clouds():
    pre = values(scale=10)
    red = pre.copy()
    red[0, :2000] = 6000
    assert cloud_bright_share(red, pre) < 0.01
    assert cloud_bright_share(pre * 1.3 + 400, pre) < 0.01
    bright = np.sort(pre.mean(axis=0))[-int(0.03 * COUNT)]
    soil = pre.copy()
    soil[:, :2000] = bright
    assert cloud_bright_share(soil, pre) < 0.01


def test_radar_and_single_bands_are_not_searched_for_clouds():
    pre = values(scale=10)
    post = pre.copy()
    post[:, :2000] = 6000
    sample = sample_of(pre, post)
    assert ("cloud_bright_share", "caution") not in told(pair_of(sensor="sar"), sample)
    few = sample_of(pre[:1], post[:1])
    assert ("cloud_bright_share", "caution") not in told(pair_of(roles=("pan",)), few)


def test_visible_bands_are_found_by_role_or_taken_first():
    assert visible_positions(pair_of(roles=("nir", "red", "green", "blue"))) == [1, 2, 3]
    assert visible_positions(pair_of(roles=(None, None, None, None))) == [0, 1, 2]
    assert visible_positions(pair_of(roles=("vv", "vh"))) == []


@settings(max_examples=25)
@given(offset_dn=st.floats(800, 1200), sign=st.sampled_from([-1, 1]))
def test_a_step_of_a_thousand_in_all_bands_is_measured(offset_dn, sign):
    pre = values(scale=20) + 1500
    noise = np.random.default_rng(1).normal(0, 60, pre.shape)
    assert common_offset_dn(pre, pre + sign * offset_dn + noise) == pytest.approx(
        sign * offset_dn, abs=60
    )


def test_gain_season_and_small_steps_are_no_product_offset():
    pre = values(scale=20) + 300
    one_band = pre.copy()
    one_band[0] += 1000
    for post in (pre * 1.6, pre + 300, pre + 3000, one_band, pre):
        assert common_offset_dn(pre, post) is None


def test_the_offset_finding_says_what_the_products_declare():
    pre = values(scale=20) + 300
    sample = sample_of(pre, pre + 1000)
    silent = told(pair_of(dtype="uint16"), sample)["radiometric_offset", "caution"]
    assert silent.value == pytest.approx(1000, abs=30)
    assert "declare" not in silent.message
    declared = pair_of(dtype="uint16", offsets=(None, -1000.0))
    assert "declare it" in told(declared, sample)["radiometric_offset", "caution"].message
    removed = told(declared, sample_of(pre, pre + 20))["radiometric_offset", "info"]
    assert "removed already" in removed.message


def test_another_bit_depth_is_told():
    finding = told(pair_of(dtype="uint16"), sample_of(values(), values(1, scale=100)))
    assert finding["bit_depth", "caution"].value == pytest.approx(100, rel=0.05)


@given(spread=st.floats(0.5, 50), steps=st.floats(0, 5))
def test_radiometric_distance_is_in_spreads_of_the_scene(spread, steps):
    base = np.random.default_rng(0).normal(0, 1, (2, 4000))
    pre = (100 + spread * base).astype(np.float32)
    assert radiometric_distance(pre, pre + np.float32(steps * spread)) == pytest.approx(
        steps, abs=0.15
    )


def test_far_apart_dates_are_a_caution():
    assert ("radiometric_distance", "caution") in told(
        pair_of(), sample_of(values(), values(1) + 90)
    )


@pytest.mark.parametrize(
    ("observed_px", "code", "said"),
    [(0, "nodata_share", "No pixel"), (1, "few_pixels", "Only 1 pixel was"),
     (9, "few_pixels", "Only 9 pixels were")],
)  # fmt: skip
def test_too_few_pixels_are_not_called_none(observed_px, code, said):
    pre, post = values(1), values(2)
    seen = np.arange(COUNT) < observed_px
    found = told(pair_of(), sample_of(pre, post, seen, seen))
    assert said in found[code, "refuse"].message
