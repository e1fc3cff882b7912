from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import fft, ndimage

from raster import scene
from raster.align import PairBand, align, open_pair
from raster.correlation import Displacement
from raster.shift import (
    consensus,
    is_gain,
    is_worth_trying,
    measure,
    measuring_windows,
    snapped,
    structural_bands,
)
from tests.scenes import transform, write

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real pairs are not at {DATA}")


def town(shape=(560, 560), seed=0):
    """(band, row, col) roofs, fields and noise, smooth enough to be moved by parts of a pixel."""
    rng = np.random.default_rng(seed)
    fields = ndimage.gaussian_filter(rng.normal(size=shape), 14) > 0
    image = 90.0 + 40 * fields + 25 * ndimage.gaussian_filter(rng.normal(size=shape), 2)
    for _ in range(shape[0] * shape[1] // 900):
        top, left = rng.integers(0, shape[0] - 12), rng.integers(0, shape[1] - 12)
        height, width = rng.integers(4, 12, 2)
        image[top : top + height, left : left + width] += rng.uniform(-60, 70)
    blurred = ndimage.gaussian_filter(image, 0.8)
    return np.stack([blurred, 0.8 * blurred + 10, 1.1 * blurred]).astype(np.float32)


def moved(image, dx_px, dy_px):
    """Content moved right and down in the Fourier domain, another route than any reader takes."""
    margin = 40
    padded = np.pad(image, ((0, 0), (margin, margin), (margin, margin)), mode="reflect")
    spectra = [ndimage.fourier_shift(fft.fft2(band), (dy_px, dx_px)) for band in padded]
    return np.stack([fft.ifft2(one).real for one in spectra])[:, margin:-margin, margin:-margin]


def pair_of(folder, pre, post, **align_args):
    paths = [
        write(folder / name, image, dtype="uint16")
        for name, image in (("pre.tif", pre), ("post.tif", post))
    ]
    return align(*(scene.open(path) for path in paths), **align_args)


@pytest.mark.parametrize(
    ("dx_px", "dy_px"), [(0.4, 0.0), (-0.5, 0.3), (2.5, -3.3), (-7.4, 5.1), (12.5, -12.5)]
)
def test_a_known_shift_under_season_noise_and_change_is_found_and_corrected(tmp_path, dx_px, dy_px):
    rng = np.random.default_rng(7)
    pre = 10 * town()
    post = moved(pre, dx_px, dy_px)
    other = 10 * town(seed=9)
    post[:, 100:350, 100:350] = other[:, 100:350, 100:350]
    post = 0.6 * post + 300 + rng.normal(0, 25, post.shape)
    shift = pair_of(tmp_path, pre, post).shift
    assert (shift.dx_px, shift.dy_px) == pytest.approx((dx_px, dy_px), abs=0.15)
    assert shift.is_applied
    assert shift.agreement > 0.6
    assert shift.residual_after < shift.residual_before


@pytest.mark.parametrize(("dx", "dy"), [(1, 0), (-2, 1), (4, -4)])
def test_a_pair_moved_by_whole_pixels_comes_out_identical(tmp_path, dx, dy):
    wide = 10 * town((420, 440))
    pre, post = wide[:, 10:410, 10:430], wide[:, 10 - dy : 410 - dy, 10 - dx : 430 - dx]
    pair = pair_of(tmp_path, pre, post)
    with open_pair(pair) as reader:
        block = reader.read(pair.grid.window)
    assert (pair.shift.dx_px, pair.shift.dy_px) == (dx, dy)
    assert np.array_equal(block.pre[:, block.valid], block.post[:, block.valid])
    assert block.valid.mean() > 0.9


def test_an_unmoved_pair_is_left_alone_under_noise_and_season(tmp_path):
    rng = np.random.default_rng(3)
    pre = 10 * town()
    post = 0.7 * pre + 100 + rng.normal(0, 60, pre.shape)
    shift = pair_of(tmp_path, pre, post).shift
    assert not shift.is_applied
    assert shift.length_px < 0.15
    assert shift.residual_after == shift.residual_before


@pytest.mark.parametrize("what", ["unrelated", "noise", "flat", "stripes", "empty"])
def test_no_shift_is_invented_where_there_is_none_to_measure(tmp_path, what):
    rng = np.random.default_rng(2)
    shape = (3, 320, 320)
    stripes = 500 + 200 * np.sin(np.arange(320) * 2 * np.pi / 9) * np.ones(shape)
    flat = np.full(shape, 300.0)
    pre, post = {
        "unrelated": (10 * town((320, 320), 1), 10 * town((320, 320), 2)),
        "noise": (rng.normal(500, 50, shape), rng.normal(500, 50, shape)),
        "flat": (flat, flat + 20),
        "stripes": (
            stripes + rng.normal(0, 9, shape),
            stripes[..., ::-1] + rng.normal(0, 9, shape),
        ),
        "empty": (flat, town((320, 320), 1)),
    }[what]
    shift = pair_of(tmp_path, pre, post).shift
    assert not shift.is_applied
    assert shift.agreement < 0.5


@pytest.mark.parametrize("shape", [(60, 900), (900, 60), (40, 40), (9, 9), (1, 300)])
def test_narrow_and_tiny_scenes_are_measured_or_left_alone(tmp_path, shape):
    wide = 10 * town((max(shape[0], 60) + 10, max(shape[1], 60) + 10))
    pre = wide[:, 5 : 5 + shape[0], 5 : 5 + shape[1]]
    post = wide[:, 4 : 4 + shape[0], 2 : 2 + shape[1]]
    shift = pair_of(tmp_path, pre, post).shift
    if max(shape) > 800:
        assert (shift.dx_px, shift.dy_px, shift.is_applied) == (3, 1, True)
    else:
        assert not shift.is_applied


def test_pixels_that_are_not_square_are_counted_along_their_own_axis(tmp_path):
    wide = 10 * town((320, 420))
    pre, post = wide[:, 10:310, 10:410], wide[:, 8:308, 5:405]
    paths = [
        write(tmp_path / name, image, dtype="uint16", at=transform() @ Affine.scale(3, 1))
        for name, image in (("pre.tif", pre), ("post.tif", post))
    ]
    shift = align(*(scene.open(path) for path in paths)).shift
    assert (shift.dx_px, shift.dy_px, shift.is_applied) == (5, 2, True)


def test_a_wedge_of_nodata_does_not_attract_the_shift(tmp_path):
    wide = 10 * town((420, 420))
    pre, post = wide[:, 10:410, 10:410].copy(), wide[:, 7:407, 12:412].copy()
    wedge = np.add.outer(np.arange(400), np.arange(400)) < 330
    pre[:, wedge] = post[:, wedge] = 0
    paths = [
        write(tmp_path / name, image, dtype="uint16", nodata=0)
        for name, image in (("pre.tif", pre), ("post.tif", post))
    ]
    shift = align(*(scene.open(path) for path in paths)).shift
    assert (shift.dx_px, shift.dy_px, shift.is_applied) == (-2, 3, True)


def test_measuring_only_applies_nothing(tmp_path):
    pre = 10 * town((400, 400))
    pair = pair_of(tmp_path, pre, moved(pre, 3, 0), correct=False)
    assert pair.shift.dx_px == pytest.approx(3, abs=0.1)
    assert not pair.shift.is_applied
    assert measure(pair).is_applied


@needs_data
@pytest.mark.parametrize("place", ["bordeaux", "nantes", "paris"])
@pytest.mark.parametrize(("dx_px", "dy_px"), [(0.3, 0.0), (2.5, 3.3), (-7.4, 5.1), (12.0, -12.0)])
def test_a_real_pair_moved_further_is_found_to_have_moved_further(tmp_path, place, dx_px, dy_px):
    folder = DATA / "pairs" / "sentinel2_oscd" / place
    pre, post = scene.open(folder / "pre.tif"), scene.open(folder / "post.tif")
    pair = align(pre, post, correct=False)
    with open_pair(pair) as reader:
        block = reader.read(pair.grid.window)
    again = pair_of(tmp_path, block.pre, moved(block.post, dx_px, dy_px), correct=False)
    further = (again.shift.dx_px - pair.shift.dx_px, again.shift.dy_px - pair.shift.dy_px)
    assert further == pytest.approx((dx_px, dy_px), abs=0.15)


@needs_data
def test_real_dates_with_a_known_misregistration_become_more_alike():
    folder = DATA / "pairs" / "sentinel2_oscd" / "saclay_e"
    shift = align(scene.open(folder / "pre.tif"), scene.open(folder / "post.tif")).shift
    assert shift.is_applied
    assert shift.length_m == pytest.approx(10, abs=1.5)
    assert shift.residual_after < 0.9 * shift.residual_before


@given(height=st.integers(1, 3000), width=st.integers(1, 3000))
def test_windows_lie_inside_do_not_overlap_and_are_at_most_twenty_five(height, width):
    windows = measuring_windows((height, width))
    assert len(windows) <= 25
    assert bool(windows) == (min(height, width) >= 16)
    covered = np.zeros((height, width), np.uint8)
    for window in windows:
        assert window.row_off >= 0
        assert window.col_off >= 0
        assert window.row_off + window.height <= height
        assert window.col_off + window.width <= width
        covered[window.toslices()] += 1
    assert covered.max() <= 1


def test_windows_of_a_large_scene_reach_all_its_quarters():
    tops = [window.row_off for window in measuring_windows((16_384, 16_384))]
    assert len(tops) == 25
    assert min(tops) < 4096
    assert max(tops) > 12_000


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), good=st.integers(7, 15))
def test_consensus_is_the_majority_whatever_the_others_say(seed, good):
    rng = np.random.default_rng(seed)
    near = rng.normal((4.0, -2.0), 0.1, (good, 2))
    wild = rng.uniform(-60, 60, (6, 2))
    votes = [Displacement(x, y, 2.0) for x, y in rng.permutation(np.concatenate([near, wild]))]
    found = consensus(votes, windows_tried=len(votes))
    assert (found.dx_px, found.dy_px) == pytest.approx((4.0, -2.0), abs=0.2)
    assert found.agreement >= good / len(votes) - 1e-9
    assert is_worth_trying(found)


def test_indistinct_or_too_few_windows_are_no_consensus():
    vague = [Displacement(1.0, 1.0, 1.1)] * 20
    few = [Displacement(1.0, 1.0, 3.0)] * 2 + [None] * 3
    for votes in (vague, few, []):
        assert consensus(votes, windows_tried=len(votes)).agreement == 0


def test_a_gain_must_beat_staying_blurring_and_most_windows():
    stay, moved_there, away = np.full(8, 0.5), np.full(8, 0.6), np.full(8, 0.3)
    assert is_gain(stay, moved_there, away, length_px=1.0)
    assert not is_gain(stay, moved_there, moved_there, length_px=1.0)
    assert not is_gain(stay, stay + 0.004, away, length_px=1.0)
    assert is_gain(stay, stay + 0.01, away, length_px=1.0)
    assert not is_gain(stay, stay + 0.01, away, length_px=0.2)
    lucky = stay.copy()
    lucky[0] = 1.0
    assert not is_gain(stay, lucky, away, length_px=1.0)


def test_shifts_near_whole_pixels_become_whole():
    assert [snapped(x) for x in (0.96, 2.04, -3.03, 0.5, 1.1)] == [1, 2, -3, 0.5, 1.1]


def test_the_bands_with_the_best_edges_are_measured():
    roles = ("blue", "green", "red", "nir")
    bands = tuple(PairBand(role, role, (at,), (at,)) for at, role in enumerate(roles, 1))
    assert [band.role for band in structural_bands(bands)] == ["nir", "red"]
    unknown = tuple(PairBand(f"band {at}", None, (at,), (at,)) for at in (1, 2, 3, 4))
    assert structural_bands(unknown) == (unknown[0], unknown[-1])
    assert structural_bands(unknown[:1]) == unknown[:1]
