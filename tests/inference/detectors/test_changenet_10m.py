"""The network for 10 m as a detector, with weights that learned nothing: exactness, not skill."""

from dataclasses import replace

import numpy as np
import pytest
import rasterio

from errors import UnsuitableSceneError
from inference import registry, sampling, weights
from inference.backends import openvino_cpu
from inference.detectors import changenet_10m
from inference.networks import changenet as network
from inference.run import Options, Site, detect
from inference.siamese.multispectral import BANDS
from progress import Watcher
from raster import aoi, scene
from raster.align import align
from raster.mask import NOT_OBSERVED
from tests.inference import small_changenet
from tests.scenes import ground, write_pair

SHAPE = (96, 1000)
NAMES = ("B02", "B03", "B04", "B08", "B11", "B12")
FACTS = small_changenet.FACTS | {
    "bands": list(BANDS), "gsd_range_m": [8.0, 20.0], "working_gsd_m": 10.0, "min_area_m2": 400.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def state():
    return small_changenet.state(bands=6)


@pytest.fixture(autouse=True)
def _small(tmp_path_factory, monkeypatch, state):
    folder = tmp_path_factory.getbasetemp() / "changenet_10m"
    small_changenet.install(folder, monkeypatch, weights=state, facts=FACTS, name="changenet_10m")
    monkeypatch.setattr(
        openvino_cpu, "_place", lambda source: folder / "engines" / f"{source.key}.xml"
    )


@pytest.fixture(scope="module")
def images():
    pre, post = (np.concatenate([ground(SHAPE, seed=s), ground(SHAPE, seed=s + 9)]) * 30.0
                 for s in (1, 2))  # fmt: skip
    post[:, 40:60, 200:240] = 0
    return pre, post


def opened(folder, images, *, names=NAMES, gsd_m=10.0):
    paths = write_pair(folder, *images, nodata=0, dtype="uint16", gsd_m=gsd_m)
    for path in paths:
        with rasterio.open(path, "r+") as file:
            file.descriptions = names
    return align(*(scene.open(path) for path in paths), correct=False)


def run(pair, folder, **options):
    folder.mkdir(exist_ok=True)
    site = Site(pair, pair.grid.window, aoi.whole(pair.grid))
    found = detect(site, "changenet_10m", Options(**options), workdir=folder, watcher=Watcher())
    mask = found.classified.mask
    return found, mask.codes(pair.grid.window), mask.scores(pair.grid.window)


def codes_told(found):
    return [told.code for told in found.remarks.findings]


def test_the_card_keeps_to_the_network():
    assert changenet_10m.CARD.align_px == network.STRIDE_PX
    assert changenet_10m.CARD.halo_px == network.HALO_PX


@pytest.mark.parametrize("gsd_m", [10.0, 5.0, 30.0])
def test_tiled_equals_whole_to_the_last_bit(tmp_path, monkeypatch, images, gsd_m):
    pair = opened(tmp_path / "pair", images, gsd_m=gsd_m)
    _found, whole, scores = run(pair, tmp_path / "whole", threshold=0.1)
    assert 0.001 < np.isin(whole, (1, 2, 3)).mean() < 0.999
    monkeypatch.setattr(changenet_10m, "CARD", replace(changenet_10m.CARD, tile_px=128))
    _found, tiled, parts = run(pair, tmp_path / "tiled", threshold=0.1)
    assert int((tiled != whole).sum()) == 0
    np.testing.assert_array_equal(parts, scores)


def test_swapped_dates_give_the_same_scores_and_opposite_classes(tmp_path, images):
    pair = opened(tmp_path / "one", images)
    swapped = replace(pair, pre=pair.post, post=pair.pre)
    _found, codes, scores = run(pair, tmp_path / "a", threshold=0.1)
    _found, turned, again = run(swapped, tmp_path / "b", threshold=0.1)
    np.testing.assert_allclose(again, scores, atol=1e-3)
    both = np.isin(codes, (1, 2, 3)) & np.isin(turned, (1, 2, 3))
    exchanged = np.array([0, 2, 1, 3])
    assert (turned[both] == exchanged[codes[both]]).mean() > 0.999


def test_an_identical_pair_scores_nothing(tmp_path, images):
    pre, _post = images
    _found, codes, scores = run(opened(tmp_path / "pair", (pre, pre)), tmp_path / "a")
    assert float(np.nanmax(scores)) == 0
    assert not np.isin(codes, (1, 2, 3)).any()


def test_what_was_not_observed_stays_so(tmp_path, images):
    _found, codes, scores = run(opened(tmp_path / "pair", images), tmp_path / "a")
    missing = np.zeros(SHAPE, bool)
    missing[40:60, 200:240] = True
    np.testing.assert_array_equal(codes == NOT_OBSERVED, missing)
    np.testing.assert_array_equal(np.isnan(scores), missing)


def test_values_are_converted_by_rule_and_said_so(tmp_path, images):
    found, *_rest = run(opened(tmp_path / "pair", images), tmp_path / "a")
    assert codes_told(found) == ["stretched"]
    record = found.remarks.record
    assert record["weights_sha256"] == weights.sha256("changenet_10m")


def test_four_bands_are_enough_and_what_lacks_is_named(tmp_path, images):
    four = [image[:4] for image in images]
    found, *_rest = run(opened(tmp_path / "pair", four, names=NAMES[:4]), tmp_path / "a")
    assert codes_told(found) == ["stretched", "fewer_bands"]
    assert "swir1, swir2" in found.remarks.findings[1].message


@pytest.mark.parametrize("gsd_m", [3.0, 25.0])
def test_other_pixels_are_said(tmp_path, images, gsd_m):
    found, *_rest = run(opened(tmp_path / "pair", images, gsd_m=gsd_m), tmp_path / "a")
    assert codes_told(found)[0] == ("working_pixels" if gsd_m < 10 else "enlarged")


def test_bands_without_names_are_refused_with_the_remedy(tmp_path, images):
    pair = opened(tmp_path / "pair", images, names=("one", "two", "three", "four", "five", "six"))
    with pytest.raises(UnsuitableSceneError, match="name 0 of them") as refused:
        changenet_10m.fit(sampling.take(pair))
    assert "'cva'" in refused.value.hint


def test_radar_is_refused(tmp_path, images):
    sample = replace(sampling.take(opened(tmp_path / "pair", images)), sensor="sar")
    with pytest.raises(UnsuitableSceneError, match="radar"):
        changenet_10m.fit(sample)


def test_pixels_that_are_too_large_are_refused():
    with pytest.raises(UnsuitableSceneError, match="100 m are too large"):
        changenet_10m.working_gsd_m(100.0)


def test_missing_weights_make_it_unavailable_with_the_reason(tmp_path, monkeypatch, state):
    file = small_changenet.install(
        tmp_path / "w", monkeypatch, weights=state, facts=FACTS, name="changenet_10m"
    )
    file.unlink()
    entry = next(one for one in registry.available() if one.name == "changenet_10m")
    assert not entry.is_available
    assert "not on this machine" in entry.reason
