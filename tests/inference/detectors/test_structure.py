from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter, shift

from errors import UnsuitableSceneError
from inference.detectors import structure
from inference.detectors.base import Sample
from raster.align import PairBand, PairBlock

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
GUARD = structure.CARD.fixed_threshold
SHAPE = (160, 180)


def _sample(pre, post, *, gsd_m=0.5, sensor="optical"):
    pre, post = np.asarray(pre, np.float32), np.asarray(post, np.float32)
    valid = np.ones(pre.shape[1:], bool)
    bands = tuple(PairBand(f"band {i}", None, (i,), (i,)) for i in range(1, len(pre) + 1))
    return Sample((PairBlock(pre, post, valid, valid),), bands, gsd_m, sensor)


def _score(pre, post, *, gsd_m=0.5):
    sample = _sample(pre, post, gsd_m=gsd_m)
    return structure.predict(structure.fit(sample), sample.blocks[0]).score


def _town(seed=0):
    """Three bands of even ground with fine texture and 40 bright or dark roofs."""
    rng = np.random.default_rng(seed)
    image = 80 + 6 * gaussian_filter(rng.normal(size=SHAPE), 1.5) / 0.19
    for row, col in rng.integers(0, 150, (40, 2)):
        image[row : row + 12, col : col + 9] = rng.choice([40, 150])
    return np.stack([image, 0.9 * image + 5, 1.1 * image])


def _with_roof(image):
    built = image.copy()
    built[:, 70:90, 80:104] = 165
    built[:, 78:82, 80:104] = 120
    return built


@given(gain=st.floats(0.3, 3), offset=st.floats(-200, 2000))
@settings(max_examples=15)
def test_gain_and_offset_leave_no_score(gain, offset):
    town = _town()
    assert _score(town, gain * town + offset).max() < 0.01


def test_haze_that_thickens_across_the_scene_is_not_flagged():
    town = _town()
    veil = np.linspace(0, 0.6, SHAPE[1])
    assert _score(town, town * (1 - veil) + 200 * veil).max() < GUARD / 2


@pytest.mark.parametrize("gsd_m", [0.5, 10.0, None])
def test_a_new_roof_is_flagged_and_the_rest_is_not(gsd_m):
    town = _town()
    town[:, 60:100, 70:114] = _town(1)[:, 5:45, 5:49].mean()
    flagged = _score(town, 1.3 * _with_roof(town) - 10, gsd_m=gsd_m) >= GUARD
    outline = np.zeros(SHAPE, bool)
    outline[70:90, 80:104] = True
    outline[75:85, 85:99] = False
    assert flagged[outline].mean() > 0.8
    assert not flagged[:40].any()
    assert not flagged[120:].any()


@pytest.mark.parametrize("offset", [(1, 0), (0, -1), (1, 1), (0.5, -0.5)])
def test_misregistration_of_one_pixel_is_not_flagged(offset):
    town = gaussian_filter(_town(), (0, 0.7, 0.7))
    moved = np.stack([shift(band, offset, order=1, mode="nearest") for band in town])
    assert (_score(town, moved) >= GUARD).mean() < 0.002


def test_noise_on_even_ground_is_not_change():
    rng = np.random.default_rng(0)
    pre, post = (100 + rng.normal(0, 3, (3, *SHAPE)) for _date in range(2))
    assert _score(pre, post).max() < GUARD


def test_a_constant_scene_scores_zero():
    flat = np.full((2, *SHAPE), 9.0)
    assert (_score(flat, flat + 3) == 0).all()


def test_the_window_follows_the_ground_size():
    town = _town()
    assert structure.fit(_sample(town, town, gsd_m=10.0)).window_px == 2
    assert structure.fit(_sample(town, town, gsd_m=0.3)).window_px == 5
    assert structure.fit(_sample(town, town, gsd_m=None)).window_px == 5


def test_radar_is_refused_with_a_remedy():
    with pytest.raises(UnsuitableSceneError) as caught:
        structure.fit(_sample(_town(), _town(), sensor="sar"))
    assert "log_ratio" in caught.value.hint


def test_likeness_of_one_window_equals_a_weighted_correlation():
    """The centre pixel by another route: numpy sums over one explicit window."""
    rng = np.random.default_rng(3)
    pre, post = rng.normal(size=(2, 1, 91, 91))
    sample = _sample(pre, post, gsd_m=10.0)
    params = structure.fit(sample)
    offsets = np.arange(-6, 7)
    weight = np.exp(-0.5 * (offsets / 2.0) ** 2)
    weight = np.outer(weight, weight)
    wide = gaussian_filter(pre[0], 4, truncate=3), gaussian_filter(post[0], 4, truncate=3)
    one, two = pre[0] - wide[0], post[0] - wide[1]

    def cut(image, dr, dc):
        return image[39 + dr : 52 + dr, 39 + dc : 52 + dc]

    def alike(a, b):
        return (weight * a * b).sum() / np.sqrt((weight * a * a).sum() * (weight * b * b).sum())

    steps = [(dr, dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1)]
    expected = max(
        max(alike(cut(one, 0, 0), cut(two, *step)), alike(cut(one, *step), cut(two, 0, 0)))
        for step in steps
    )
    block = sample.blocks[0]
    window = structure.ValidMean(block.valid, sigma_px=2.0)
    mean = structure.ValidMean(block.valid, sigma_px=4.0)
    high = tuple(
        structure._high_pass(date, gains, block.valid, mean)
        for date, gains in ((block.pre, params.pre_gains), (block.post, params.post_gains))
    )
    energy = tuple(window(np.mean(image * image, axis=0)) for image in high)
    found = structure._likeness(high, energy, window)
    assert found[45, 45] == pytest.approx(expected, abs=1e-3)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_it_beats_plain_change_vectors_on_real_two_metre_pairs():
    folder = DATA / "pairs" / "dsifn"
    if not folder.is_dir():
        pytest.skip(f"the real optical pairs are not here: {folder}")
    hits = flagged = changed = 0
    for place in sorted(folder.iterdir()):
        pre, post, label = (_picture(next(place.glob(f"{n}.*"))) for n in ("pre", "post", "label"))
        found = _score(pre, post, gsd_m=2.0) >= GUARD
        truth = label[0] > 127
        hits, flagged, changed = (
            hits + (found & truth).sum(),
            flagged + found.sum(),
            changed + truth.sum(),
        )
    assert 2 * hits / (flagged + changed) > 0.5


def _picture(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


def test_swapped_dates_give_the_same_scores_beside_nodata_too():
    rng = np.random.default_rng(4)
    pre = rng.normal(100, 20, (2, 64, 64)).astype(np.float32)
    post = (pre + rng.normal(0, 15, pre.shape)).astype(np.float32)
    seen = np.ones((64, 64), bool)
    holed = seen.copy()
    holed[20:31, 40:] = False
    block, other = PairBlock(pre, post, seen, holed), PairBlock(post, pre, holed, seen)
    found = [
        structure.predict(structure.fit(Sample((one,), (), 1.0, "optical")), one).score
        for one in (block, other)
    ]
    np.testing.assert_array_equal(*found)
