from dataclasses import replace

import numpy as np
import pytest
from rasterio.windows import Window

from errors import CancelledError, UnknownDetectorError
from inference import registry, scoring
from inference.run import CONTEXT_PX, Options, Site, detect
from progress import Watcher
from raster import aoi, scene
from raster.align import align
from raster.mask import Observed
from tests.scenes import ground, with_houses, write_pair

HOUSES = [(60, 80, 14, 20), (150, 200, 18, 12), (230, 60, 16, 16)]


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    image = ground()
    noise = np.random.default_rng(2).normal(0, 1.5, image.shape)
    post = with_houses(image, HOUSES) + noise
    post[:, 270:, 290:] = 0
    paths = write_pair(tmp_path_factory.mktemp("pair"), image, post, nodata=0)
    return align(*(scene.open(path) for path in paths))


def run(pair, workdir, *, window=None, name="cva", **options):
    area = aoi.whole(pair.grid)
    site = Site(pair, window or pair.grid.window, area)
    watcher = options.pop("watcher", Watcher())
    return detect(site, name, Options(**options), workdir=workdir, watcher=watcher)


def scores(found):
    mask = found.classified.mask
    return mask.scores(mask.grid.window)


@pytest.mark.parametrize("name", ["cva", "irmad", "structure"])
def test_small_tiles_and_one_tile_give_the_same_mask(pair, tmp_path, monkeypatch, name):
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    whole = run(pair, tmp_path / "one", name=name)
    detector = registry.load(name)
    monkeypatch.setattr(detector, "CARD", replace(detector.CARD, tile_px=97))
    tiled = run(pair, tmp_path / "many", name=name, threads=3)
    assert np.array_equal(scores(whole), scores(tiled), equal_nan=True)
    window = pair.grid.window
    assert np.array_equal(whole.classified.mask.codes(window), tiled.classified.mask.codes(window))
    assert np.array_equal(whole.rasters.histogram, tiled.rasters.histogram)


def test_nodata_is_told_from_what_was_observed(pair, tmp_path):
    found = run(pair, tmp_path)
    observed = found.classified.mask.observed(pair.grid.window)
    assert (observed[270:, 290:] == Observed.POST_NODATA).all()
    assert np.count_nonzero(observed) == 30 * 30
    assert np.isnan(scores(found)[observed != Observed.YES]).all()
    assert np.isfinite(scores(found)[observed == Observed.YES]).all()


def test_every_valid_pixel_is_in_the_histogram_once(pair, tmp_path):
    found = run(pair, tmp_path)
    assert found.rasters.histogram.sum() == np.isfinite(scores(found)).sum()


def test_small_window_is_scored_like_the_same_place_in_the_whole(pair, tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "part").mkdir()
    window = Window(70, 50, 60, 40)
    whole = run(pair, tmp_path / "one")
    part = run(pair, tmp_path / "part", window=window)
    assert max(pair.grid.shape) <= CONTEXT_PX
    assert np.array_equal(scores(part), scores(whole)[50:90, 70:130])


def test_given_threshold_and_mapping_unit_are_used(pair, tmp_path):
    found = run(pair, tmp_path, threshold=0.9, min_area_m2=1e9)
    assert found.threshold.value == 0.9
    codes = found.classified.mask.codes(pair.grid.window)
    assert not ((codes > 0) & (codes < 255)).any()


def test_unknown_detector_is_named(pair, tmp_path):
    with pytest.raises(UnknownDetectorError, match="cvaa"):
        run(pair, tmp_path, name="cvaa")


def test_cancel_stops_between_tiles(pair, tmp_path, monkeypatch):
    detector = registry.load("cva")
    monkeypatch.setattr(detector, "CARD", replace(detector.CARD, tile_px=64))
    seen = []

    def is_cancelled():
        return len(seen) >= 3

    watcher = Watcher(lambda share, words: seen.append(words), is_cancelled)
    with pytest.raises(CancelledError):
        run(pair, tmp_path, watcher=watcher)
    assert len(seen) == 3


def test_scores_are_kept_in_steps(pair, tmp_path):
    values = scores(run(pair, tmp_path))
    values = values[np.isfinite(values)] * scoring.SCORE_STEPS
    assert np.array_equal(values, np.rint(values))


def test_the_legend_holds_only_what_the_bands_can_show(tmp_path):
    """Of water or vegetation a burn index says nothing, not that there was no change."""
    folder = tmp_path / "nbr"
    image = ground(bands=1) / 250
    paths = write_pair(folder, image, image + 0.01, dtype="float32")
    found = run(align(*(scene.open(path) for path in paths)), tmp_path, name="index_difference")
    assert {entry.name for entry in found.classified.mask.legend} == {"burn", "regrowth"}
