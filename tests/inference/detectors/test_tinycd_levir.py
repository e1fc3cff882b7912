from dataclasses import replace

import numpy as np
import pytest
import torch

import settings
from errors import UnsuitableSceneError, WeightsCorruptError, WeightsMissingError
from inference import registry, weights
from inference.detectors import tinycd_levir
from inference.detectors.base import Sample
from inference.networks.tinycd import DEVIATION, MEAN, TinyCd
from raster.align import PairBand, PairBlock
from raster.tiling import tiles
from tests.inference.weights_folder import entry, listing
from tests.scenes import ground, with_houses

SHAPE = (90, 300)
NAME = "tinycd_levir"


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A folder of weights with a random network in place of the published one."""
    folder = tmp_path / "kept"
    folder.mkdir()
    with torch.random.fork_rng():
        torch.manual_seed(11)
        network = TinyCd().eval()
        # Random networks answer one half everywhere: a steeper end makes them differ.
        network._classify._linears[-1][0].weight.data *= 30
    torch.save(network.state_dict(), folder / f"{NAME}.pth")
    content = (folder / f"{NAME}.pth").read_bytes()
    listing(tmp_path / "shipped", monkeypatch, entry(NAME, content))
    monkeypatch.setenv("GROUNDSHIFT_WEIGHTS_DIR", str(folder))
    settings.load.cache_clear()
    yield folder
    settings.load.cache_clear()


@pytest.fixture(scope="module")
def block():
    pre = np.rint(ground(SHAPE))
    everywhere = np.ones(SHAPE, bool)
    return PairBlock(
        pre, with_houses(pre, [(20, 50, 40, 60), (30, 230, 40, 50)]), everywhere, everywhere
    )


def sample(block, **fields):
    bands = tuple(
        PairBand(role, role, (at,), (at,)) for at, role in enumerate(("red", "green", "blue"), 1)
    )
    return Sample((block,), bands, 0.5, **{"sensor": "optical"} | fields)


def scores(block):
    return tinycd_levir.predict(tinycd_levir.fit(sample(block)), block).score


def test_scores_are_the_networks_own_of_squares_of_256_pixels(kept, block):
    square = tinycd_levir.SQUARES.side_px
    params = tinycd_levir.fit(sample(block))
    found = tinycd_levir.predict(params, block).score
    mean, deviation = (torch.tensor(one)[:, None, None] for one in (MEAN, DEVIATION))
    mirrored = [
        np.pad(one[:, :, :square], ((0, 0), (0, square - SHAPE[0]), (0, 0)), "symmetric")
        for one in (block.pre, block.post)
    ]
    dates = ((torch.from_numpy(one) / 255 - mean) / deviation for one in mirrored)
    theirs = params.network(*(one[None] for one in dates))[0, 0].numpy()[: SHAPE[0]]
    is_changed = np.abs(block.pre - block.post).max(axis=0)[:, :square] > 30
    np.testing.assert_allclose(found[:, :square][is_changed], theirs[is_changed], atol=1e-5)
    assert theirs[is_changed].std() > 0.01


def test_tiled_equals_whole(kept, block):
    card, params = tinycd_levir.CARD, tinycd_levir.fit(sample(block))
    whole = tinycd_levir.predict(params, block).score
    for tile in tiles(SHAPE, core_px=card.align_px, halo_px=card.halo_px):
        place = tile.outer.toslices()
        part = PairBlock(
            block.pre[:, *place],
            block.post[:, *place],
            *2 * [np.ones(SHAPE, bool)[place]],
            tile.inner,
        )
        found = tile.trim(tinycd_levir.predict(params, part).score)
        np.testing.assert_array_equal(found, whole[tile.core.toslices()])


@pytest.mark.parametrize(("gain", "offset"), [(1, 0), (0.7, 25), (1.3, -20)])
def test_identical_and_merely_brighter_pairs_give_nothing(kept, block, gain, offset):
    post = np.rint(np.clip(block.pre * gain + offset, 0, 255)).astype(np.float32)
    assert scores(replace(block, post=post)).max() < 0.01


def test_values_below_nodata_reach_no_score(kept, block):
    params = tinycd_levir.fit(sample(block))
    seen = np.ones(SHAPE, bool)
    seen[:50, 40:200] = False
    one, two = (
        tinycd_levir.predict(
            params, PairBlock(np.where(seen, block.pre, fill), block.post, seen, seen)
        )
        for fill in (0, 255)
    )
    np.testing.assert_array_equal(one.score, two.score)
    np.testing.assert_array_equal(np.isnan(one.score), ~seen)


def test_values_of_16_bits_are_brought_to_8_and_said_so(kept, block):
    wide = replace(block, pre=block.pre * 11, post=block.post * 11)
    params = tinycd_levir.fit(sample(wide))
    assert tinycd_levir.remarks(params).findings[0].code == "converted_to_8_bit"
    assert np.isfinite(tinycd_levir.predict(params, wide).score).all()
    assert not tinycd_levir.remarks(tinycd_levir.fit(sample(block))).findings


def test_one_band_is_shown_as_grey(kept, block):
    grey = replace(block, pre=block.pre[:1], post=block.post[:1])
    pan = Sample((grey,), (PairBand("pan", "pan", (1,), (1,)),), 0.5, "optical")
    params = tinycd_levir.fit(pan)
    assert params.pictures.positions == (0, 0, 0)
    assert np.isfinite(tinycd_levir.predict(params, grey).score).all()


def test_pixels_are_brought_near_half_a_metre_and_large_ones_refused():
    for as_it_is in (0.5, 1.0):
        assert tinycd_levir.working_gsd_m(as_it_is) == as_it_is
    assert 0.35 <= tinycd_levir.working_gsd_m(0.1) <= 0.7
    assert 0.5 <= tinycd_levir.working_gsd_m(1.5) <= 1.0
    with pytest.raises(UnsuitableSceneError):
        tinycd_levir.working_gsd_m(10)


def test_radar_and_nothing_observed_are_refused(kept, block):
    with pytest.raises(UnsuitableSceneError, match="radar"):
        tinycd_levir.fit(sample(block, sensor="sar"))
    nowhere = np.zeros(SHAPE, bool)
    with pytest.raises(UnsuitableSceneError, match="observed"):
        tinycd_levir.fit(sample(replace(block, pre_valid=nowhere)))


def test_without_its_weights_it_is_unavailable_with_the_reason(kept):
    assert NAME in {one.name for one in registry.available() if one.is_available}
    (kept / f"{NAME}.pth").unlink()
    row = next(one for one in registry.available() if one.name == NAME)
    assert not row.is_available
    assert "not on this machine" in row.reason
    with pytest.raises(WeightsMissingError):
        registry.load(NAME)


def test_another_file_in_place_of_the_published_one_is_refused(kept, block):
    path = kept / f"{NAME}.pth"
    content = bytearray(path.read_bytes())
    content[-3000] ^= 1
    path.write_bytes(content)
    tinycd_levir._network.cache_clear()
    with pytest.raises(WeightsCorruptError, match="damaged, or another file"):
        tinycd_levir.fit(sample(block))


def test_the_manifest_names_the_published_file_and_never_ships_it():
    listed = weights.entry(NAME)
    assert not listed.is_shipped
    assert "raw.githubusercontent.com" in listed.url
    assert listed.licence.startswith("Non-commercial")
    assert listed.bands == ("red", "green", "blue")
