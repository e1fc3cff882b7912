"""What every detector must keep, run over the whole registry on small scenes made here."""

import importlib
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

from inference import registry
from inference.detectors.base import Detector, Sample, halo_px
from raster.align import PairBand, PairBlock
from raster.tiling import tiles

SHAPE = (150, 170)
ROLES = ("blue", "green", "red", "nir", "swir1", "swir2")
FLIPPED = {
    "changed": "changed",
    "increase": "decrease",
    "decrease": "increase",
    "appeared": "vanished",
    "vanished": "appeared",
}
# Reflectances in percent of soil, crop, forest, roof and water in the six bands.
SPECTRA = np.array(
    [
        [9, 12, 16, 24, 32, 27],
        [4, 8, 5, 45, 22, 11],
        [3, 5, 4, 32, 15, 7],
        [15, 17, 19, 23, 27, 26],
        [8, 8, 6, 3, 2, 1],
    ],
    dtype=float,
)
AVAILABLE = [entry.name for entry in registry.available() if entry.is_available]


@dataclass(frozen=True)
class Case:
    """A detector, a changed pair that suits it, and what its `fit` said about the pair."""

    detector: Detector
    sample: Sample
    params: object

    @property
    def block(self):
        return self.sample.blocks[0]

    def predict(self, block=None):
        return self.detector.predict(self.params, block or self.block)


@pytest.fixture(params=AVAILABLE, scope="module")
def case(request):
    detector = registry.load(request.param)
    pre, post = _pair(detector.CARD.sensors[0])
    return _case(detector, pre, post)


def _case(detector, pre, post, *, gsd_m=10.0):
    sensor = detector.CARD.sensors[0]
    valid = np.ones(SHAPE, bool)
    block = PairBlock(pre, post, valid, valid)
    roles = ROLES if sensor == "optical" else ("vv", "vh")
    bands = tuple(PairBand(role, role, (i + 1,), (i + 1,)) for i, role in enumerate(roles))
    sample = Sample((block,), bands, gsd_m, sensor)
    return Case(detector, sample, detector.fit(sample))


def _pair(sensor):
    """Two dates of one made-up place with a clearing, new water and a new roof."""
    rng = np.random.default_rng(7)
    before = _land_cover(rng)
    after = before.copy()
    after[20:50, 30:60], after[70:95, 90:130], after[110:125, 40:70] = 0, 4, 3
    if sensor == "sar":
        return tuple(_radar(cover, rng) for cover in (before, after))
    texture = gaussian_filter(rng.normal(size=SHAPE), 1.0)
    return tuple(_optical(cover, texture, rng) for cover in (before, after))


def _land_cover(rng):
    """Fields of random shape, as class numbers (row, col)."""
    seeds = rng.uniform(0, 1, (60, 2)) * SHAPE
    cover = rng.choice([0, 1, 2, 3], size=60, p=[0.3, 0.35, 0.25, 0.1])
    rowcol = np.stack(np.indices(SHAPE), axis=-1).reshape(-1, 2)
    return cover[cKDTree(seeds).query(rowcol)[1]].reshape(SHAPE)


def _optical(cover, texture, rng):
    spectra = np.moveaxis(SPECTRA[cover], -1, 0)
    image = 20 + 2 * spectra * (1 + 0.2 * texture) + rng.normal(0, 0.4, (len(ROLES), *SHAPE))
    return np.rint(np.clip(image, 0, 255)).astype(np.float32)


def _radar(cover, rng):
    backscatter = np.array([60.0, 75.0, 95.0, 160.0, 10.0])[cover]
    speckle = np.sqrt(rng.gamma(4, 1 / 4, (2, *SHAPE)))
    return np.rint(np.clip(backscatter * speckle, 0, 255)).astype(np.float32)


def _flagged(scores, detector):
    return np.nan_to_num(scores.score) >= detector.CARD.fixed_threshold


def test_card_is_complete_and_carries_the_name_of_its_module(case):
    card = case.detector.CARD
    module = importlib.import_module(f"inference.detectors.{card.name}")
    assert module.CARD is card
    assert card.title
    assert card.summary.endswith(".")
    assert card.source
    assert card.threshold_reason
    assert card.limits
    assert card.sensors
    assert 0 < card.fixed_threshold < 1
    assert card.min_bands >= 1
    assert 0 < card.gsd_range_m[0] < card.gsd_range_m[1]
    assert 0 <= card.halo_px < card.tile_px
    assert card.tile_px % card.align_px == 0


def test_it_looks_no_farther_on_a_pair_than_its_card_allows(case):
    assert 0 <= halo_px(case.detector, case.params) <= case.detector.CARD.halo_px


def test_legend_has_distinct_codes_names_and_colors(case):
    classes = case.detector.CARD.classes
    assert len({entry.code for entry in classes}) == len(classes)
    assert len({entry.name for entry in classes}) == len(classes)
    assert len({entry.color for entry in classes}) == len(classes)
    for entry in classes:
        assert 1 <= entry.code <= 254
        assert re.fullmatch(r"[a-z][a-z_]*", entry.name)
        assert re.fullmatch(r"#[0-9a-f]{6}", entry.color)


def test_scores_lie_between_zero_and_one_and_codes_in_the_legend(case):
    found = case.predict()
    assert found.score.dtype == np.float32
    assert found.code.dtype == np.uint8
    assert found.score.shape == found.code.shape == SHAPE
    assert np.isfinite(found.score).all()
    assert found.score.min() >= 0
    assert found.score.max() <= 1
    assert set(np.unique(found.code)) <= {entry.code for entry in case.detector.CARD.classes}


def test_planted_change_scores_higher_than_the_rest(case):
    score = case.predict().score
    inside = score[25:45, 35:55].mean() + score[75:90, 95:125].mean()
    assert inside > 3 * np.median(score)


def test_score_is_nan_exactly_where_a_date_is_missing(case):
    valid = np.ones(SHAPE, bool)
    valid[:40, 100:] = False
    valid[120:, :30] = False
    found = case.predict(_masked(case.block, valid))
    np.testing.assert_array_equal(np.isnan(found.score), ~valid)


def test_values_below_nodata_never_reach_a_score(case):
    valid = np.ones(SHAPE, bool)
    valid[60:90, 60:110] = False
    clean = case.predict(_masked(case.block, valid)).score
    pre, post = case.block.pre.copy(), case.block.post.copy()
    pre[:, ~valid], post[:, ~valid] = 200, 7
    dirty = case.predict(PairBlock(pre, post, valid, valid)).score
    np.testing.assert_array_equal(clean, dirty)


def test_the_rim_of_nodata_is_no_change(case):
    valid = np.ones(SHAPE, bool)
    valid[60:90, 60:110] = False
    pre = case.block.pre
    same = _case(case.detector, pre, pre)
    block = PairBlock(pre * valid, pre, valid, np.ones(SHAPE, bool))
    assert not _flagged(same.predict(block), case.detector).any()


@pytest.mark.parametrize("gsd_m", [0.5, 10.0])
def test_tiled_equals_whole(case, gsd_m):
    case = _case(case.detector, case.block.pre, case.block.post, gsd_m=gsd_m)
    whole = case.predict()
    card = case.detector.CARD
    core_px = -(-61 // card.align_px) * card.align_px
    for tile in tiles(SHAPE, core_px=core_px, halo_px=card.halo_px):
        part = case.predict(replace(_cut(case.block, tile.outer), core=tile.inner))
        core = tile.core.toslices()
        np.testing.assert_array_equal(_steps(tile.trim(part.score)), _steps(whole.score[core]))
        flagged = _flagged(whole, case.detector)[core]
        np.testing.assert_array_equal(tile.trim(part.code)[flagged], whole.code[core][flagged])


def test_swapped_dates_give_equal_scores_and_opposite_classes(case):
    if not case.detector.CARD.is_symmetric:
        pytest.skip("the card says that the order of the dates matters to it")
    found = case.predict()
    block = case.block
    swapped = _case(case.detector, block.post, block.pre).predict()
    np.testing.assert_allclose(swapped.score, found.score, atol=1e-3)
    legend = {entry.code: entry for entry in case.detector.CARD.classes}
    # A network may call nothing in a made-up place; what it takes for likeliest has a class too.
    least = min(case.detector.CARD.fixed_threshold, np.nanmax(found.score) / 2)
    assert least > 0
    both = (found.score >= least) & (swapped.score >= least)
    assert both.any()
    turned = set(zip(found.code[both].tolist(), swapped.code[both].tolist(), strict=True))
    assert len(turned) == len({one for one, _two in turned})
    for one, two in turned:
        assert legend[two].state == FLIPPED[legend[one].state]


def test_identical_pair_scores_nothing(case):
    pre = case.block.pre
    same = _case(case.detector, pre, pre.copy())
    assert same.predict().score.max() < 0.01


@pytest.mark.parametrize(("gain", "offset"), [(0.7, 0), (0.7, 25), (1.4, 0), (1.4, -20), (1, 30)])
def test_brightness_alone_is_never_flagged(case, gain, offset):
    pre = case.block.pre
    if case.detector.CARD.sensors[0] == "sar":
        offset = 0
    post = np.rint(np.clip(pre * gain + offset, 0, 255)).astype(np.float32)
    bright = _case(case.detector, pre, post)
    assert not _flagged(bright.predict(), case.detector).any()


def test_predict_is_pure_and_deterministic(case):
    pre, post = case.block.pre.copy(), case.block.post.copy()
    valid = np.ones(SHAPE, bool)
    for array in (pre, post, valid):
        array.setflags(write=False)
    block = PairBlock(pre, post, valid, valid)
    first, second = case.predict(block), case.predict(block)
    np.testing.assert_array_equal(first.score, second.score)
    np.testing.assert_array_equal(first.code, second.code)


def test_fit_is_deterministic_and_leaves_its_sample_alone(case):
    before = case.block.pre.copy(), case.block.post.copy()
    again = case.detector.fit(case.sample)
    np.testing.assert_array_equal(case.block.pre, before[0])
    np.testing.assert_array_equal(case.block.post, before[1])
    np.testing.assert_array_equal(
        case.detector.predict(again, case.block).score, case.predict().score
    )


def test_threads_agree_with_one_another(case):
    alone = case.predict().score
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _turn: case.predict().score, range(8)))
    for score in together:
        np.testing.assert_array_equal(score, alone)


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 2)])
def test_slivers_of_a_scene_are_scored(case, shape):
    block = PairBlock(
        case.block.pre[:, : shape[0], : shape[1]],
        case.block.post[:, : shape[0], : shape[1]],
        np.ones(shape, bool),
        np.ones(shape, bool),
    )
    sliver = Sample((block,), case.sample.bands, 10.0, case.sample.sensor)
    for params in (case.params, case.detector.fit(sliver)):
        score = case.detector.predict(params, block).score
        assert score.shape == shape
        assert np.isfinite(score).all()


def test_a_block_without_a_valid_pixel_is_all_nan(case):
    found = case.predict(_masked(case.block, np.zeros(SHAPE, bool)))
    assert np.isnan(found.score).all()


def _masked(block, valid):
    return PairBlock(block.pre * valid, block.post * valid, valid, valid)


def _cut(block, window):
    rows, cols = window.toslices()
    return PairBlock(
        np.ascontiguousarray(block.pre[:, rows, cols]),
        np.ascontiguousarray(block.post[:, rows, cols]),
        np.ascontiguousarray(block.pre_valid[rows, cols]),
        np.ascontiguousarray(block.post_valid[rows, cols]),
    )


def _steps(score):
    """Scores as they are kept: in steps of 1/4096."""
    return np.rint(score * 4096)
