"""The change network as a detector, with weights that learned nothing: exactness, not skill."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from affine import Affine
from rasterio.crs import CRS
from rasterio.windows import Window

from errors import UnsuitableSceneError, WeightsCorruptError, WeightsMissingError
from inference import registry, sampling, weights
from inference.backends import openvino_cpu
from inference.detectors import changenet
from inference.detectors.base import halo_px
from inference.domain_fit import collect
from inference.networks import changenet as network
from inference.run import Options, Site, detect
from inference.siamese import answer, looking, pictures
from inference.siamese.network import embedder
from progress import Watcher
from raster import aoi, scene
from raster.align import align
from raster.mask import NOT_OBSERVED
from tests.inference import small_changenet
from tests.scenes import UTM33, ground, write_pair

SHAPE = (96, 1000)


@pytest.fixture(scope="module")
def state():
    return small_changenet.state()


@pytest.fixture(autouse=True)
def _small(tmp_path_factory, monkeypatch, state):
    folder = tmp_path_factory.getbasetemp() / "changenet"
    small_changenet.install(folder, monkeypatch, weights=state)
    monkeypatch.setattr(
        openvino_cpu, "_place", lambda source: folder / "engines" / f"{source.key}.xml"
    )


@pytest.fixture(scope="module")
def images():
    pre, post = ground(SHAPE, seed=1), ground(SHAPE, seed=2)
    post[:, 40:60, 200:240] = 0
    return pre, post


def opened(folder, images, **profile):
    paths = write_pair(folder, *images, nodata=0, **profile)
    return align(*(scene.open(path) for path in paths), correct=False)


def run(pair, folder, *, window=None, **options):
    folder.mkdir(exist_ok=True)
    site = Site(pair, window or pair.grid.window, aoi.whole(pair.grid))
    found = detect(site, "changenet", Options(**options), workdir=folder, watcher=Watcher())
    mask = found.classified.mask
    return found, mask.codes(mask.grid.window), mask.scores(mask.grid.window)


def test_the_detector_knows_the_stride_and_reach_of_the_network():
    assert network.STRIDE_PX == looking.STRIDE_PX
    assert network.HALO_PX == looking.HALO_PX
    assert network.HALO_PX % network.STRIDE_PX == 0
    assert changenet.CARD.align_px == looking.AFAR * looking.STRIDE_PX
    assert changenet.CARD.halo_px == looking.AFAR * looking.HALO_PX


def test_the_network_sees_no_farther_than_its_halo():
    """Measured: the output is watched while single pixels change, with weights that hide none."""
    torch.manual_seed(0)
    net = network.ChangeNet().double().eval()
    for name, value in net.named_parameters():
        value.data = torch.rand_like(value) / 40 if name.endswith("weight") else value * 0
    one, two = torch.rand(2, 1, 3, 1024, 64, dtype=torch.double)
    with torch.inference_mode():
        before = net(one, two)
        for row in (511, 512):
            moved = one.clone()
            moved[0, :, row, 32] += 5
            for first, second in zip(before, net(moved, two), strict=True):
                rows = (first != second).any(dim=(0, 1, 3) if first.ndim == 4 else 0).nonzero()
                reach = _reach(int(rows.min()), int(rows.max()), row)
                assert 0 < reach <= network.HALO_PX - answer.MEETING_PX


def _reach(first, last, row):
    """How far from an aligned core that holds a touched pixel the changed one lies."""
    below = last // network.STRIDE_PX * network.STRIDE_PX - row
    above = row - -(-(first + 1) // network.STRIDE_PX) * network.STRIDE_PX + 1
    return max(below, above)


@pytest.mark.parametrize("gsd_m", [0.5, 0.2, 1, 1.8])
def test_tiled_equals_whole_to_the_last_bit(tmp_path, monkeypatch, images, gsd_m):
    pair = opened(tmp_path / "pair", images, gsd_m=gsd_m)
    _found, whole, scores = run(pair, tmp_path / "whole", threshold=0.1)
    assert 0.001 < np.isin(whole, (1, 2, 3)).mean() < 0.999
    monkeypatch.setattr(changenet, "CARD", replace(changenet.CARD, tile_px=128))
    _found, tiled, parts = run(pair, tmp_path / "tiled", threshold=0.1)
    assert int((tiled != whole).sum()) == 0
    np.testing.assert_array_equal(parts, scores)


@pytest.mark.parametrize(
    ("gsd_m", "second"),
    [(0.2, "afar"), (0.4, "afar"), (0.5, "none"), (0.8, "closer"), (1.2, "closer")],
)
def test_small_pixels_are_looked_at_again_from_afar_and_large_ones_from_closer(
    tmp_path, images, gsd_m, second
):
    found, _codes, _scores = run(opened(tmp_path / "pair", images, gsd_m=gsd_m), tmp_path / "a")
    assert found.remarks.record["second_look"] == second


@pytest.mark.parametrize(("gsd_m", "by"), [(0.2, 2), (0.5, 1)])
def test_scores_do_not_hang_on_how_the_area_was_drawn(tmp_path, images, gsd_m, by):
    """The network sees fixed squares: those of the pair, wherever an area begins."""
    pair = opened(tmp_path / "pair", [np.tile(image, (1, by, by)) for image in images], gsd_m=gsd_m)
    left, right, rows = 905 * by, 911 * by + 1, 80 * by
    one = run(pair, tmp_path / "one", window=Window(left, 7, 985 * by - left, rows))[2]
    two = run(pair, tmp_path / "two", window=Window(right, 7, 985 * by - right, rows))[2]
    np.testing.assert_array_equal(two, one[:, right - left :])


@pytest.mark.parametrize(("gsd_m", "looks"), [(0.4, looking.AFAR), (0.5, 1)])
def test_it_reaches_as_far_as_it_looks(tmp_path, images, gsd_m, looks):
    sample = sampling.take(opened(tmp_path / "pair", images, gsd_m=gsd_m))
    assert halo_px(changenet, changenet.fit(sample)) == looks * looking.HALO_PX


def test_what_is_looked_at_once_is_read_with_half_the_surroundings(tmp_path, monkeypatch, images):
    widths = []
    look = changenet.predict
    monkeypatch.setattr(
        changenet, "predict", lambda *a: widths.append(a[1].valid.shape[1]) or look(*a)
    )
    monkeypatch.setattr(changenet, "CARD", replace(changenet.CARD, tile_px=128))
    run(opened(tmp_path / "pair", images, gsd_m=0.5), tmp_path / "a")
    assert max(widths) == 128 + 2 * looking.HALO_PX < SHAPE[1]


def test_swapped_dates_give_the_same_scores_and_opposite_classes(tmp_path, images):
    pair = opened(tmp_path / "one", images, gsd_m=0.5)
    swapped = replace(pair, pre=pair.post, post=pair.pre)
    _found, codes, scores = run(pair, tmp_path / "a", threshold=0.1)
    _found, turned, again = run(swapped, tmp_path / "b", threshold=0.1)
    np.testing.assert_allclose(again, scores, atol=1e-3)
    both = np.isin(codes, (1, 2, 3)) & np.isin(turned, (1, 2, 3))
    exchanged = np.array([0, 2, 1, 3])
    assert (turned[both] == exchanged[codes[both]]).mean() > 0.999


def test_an_identical_pair_scores_nothing(tmp_path, images):
    pre, _post = images
    _found, codes, scores = run(opened(tmp_path / "pair", (pre, pre), gsd_m=0.5), tmp_path / "a")
    assert float(np.nanmax(scores)) == 0
    assert not np.isin(codes, (1, 2, 3)).any()


def test_what_was_not_observed_stays_so_on_the_pairs_own_pixels(tmp_path, images):
    pair = opened(tmp_path / "pair", images, gsd_m=0.2)
    found, codes, scores = run(pair, tmp_path / "a")
    missing = np.zeros(SHAPE, bool)
    missing[40:60, 200:240] = True
    np.testing.assert_array_equal(codes == NOT_OBSERVED, missing)
    np.testing.assert_array_equal(np.isnan(scores), missing)
    assert found.classified.mask.grid == pair.grid


def test_other_pixels_are_said_and_recorded(tmp_path, images):
    found, *_rest = run(opened(tmp_path / "a", images, gsd_m=0.2), tmp_path / "one")
    assert [told.code for told in found.remarks.findings] == ["working_pixels"]
    assert found.remarks.record["working_gsd_m"] == pytest.approx(0.4, rel=0.01)
    found, *_rest = run(opened(tmp_path / "b", images, gsd_m=1.8), tmp_path / "two")
    assert [told.code for told in found.remarks.findings] == ["enlarged"]
    assert "1.8 m" in found.remarks.findings[0].message


@pytest.mark.parametrize(
    ("at", "crs"),
    [
        (Affine(6e-6, 0, 10.0, 0, -6e-6, 60.0), CRS.from_epsg(4326)),
        (Affine(0.5, 0, 500_000.0, 0, -1.0, 5_400_000.0), UTM33),
        (Affine(1.0, 0, 500_000.0, 0, -0.5, 5_400_000.0), UTM33),
    ],
    ids=["degrees", "high", "wide"],
)
def test_pixels_that_are_no_squares_are_looked_at_as_squares(tmp_path, images, at, crs):
    pair = opened(tmp_path / "a", images, at=at, crs=crs)
    found, codes, _scores = run(pair, tmp_path / "one")
    assert codes.shape == SHAPE
    assert [told.code for told in found.remarks.findings] == ["working_pixels"]
    assert "not square" in found.remarks.findings[0].message


def test_the_record_names_weights_and_engine(tmp_path, images):
    found, *_rest = run(opened(tmp_path / "pair", images, gsd_m=0.5), tmp_path / "a")
    record = found.remarks.record
    assert record["weights_sha256"] == weights.sha256("changenet")
    assert record["engine"]["name"] in {"openvino", "torch"}
    assert record["engine"]["precision"] in {"bfloat16", "float32"}
    assert record["engine"]["why"]


def test_values_of_sixteen_bits_are_converted_by_rule_and_said_so(tmp_path, images):
    deep = [image * 40 for image in images]
    found, *_rest = run(opened(tmp_path / "a", deep, gsd_m=0.5, dtype="uint16"), tmp_path / "one")
    assert [told.code for told in found.remarks.findings] == ["stretched"]
    assert "8 bits" in found.remarks.findings[0].message


def test_a_grey_pair_is_looked_at_with_a_caution(tmp_path, images):
    grey = [image[:1] for image in images]
    found, *_rest = run(opened(tmp_path / "a", grey, gsd_m=0.5), tmp_path / "one")
    assert [told.severity for told in found.remarks.findings] == ["caution"]


def test_a_coarse_pair_is_refused_with_the_reason(tmp_path, images):
    with pytest.raises(UnsuitableSceneError, match="10 m are too large"):
        run(opened(tmp_path / "a", images, gsd_m=10.0), tmp_path / "one")


def test_radar_is_refused(tmp_path, images):
    pair = opened(tmp_path / "a", images, gsd_m=0.5)
    sample = replace(sampling.take(pair), sensor="sar")
    with pytest.raises(UnsuitableSceneError, match="radar"):
        changenet.fit(sample)


def test_what_the_network_cannot_say_is_not_observed(tmp_path, images):
    pair = opened(tmp_path / "a", images, gsd_m=0.5)
    sample = sampling.take(pair)
    params = changenet.fit(sample)

    def silent(pre, post):
        change, footprints = params.engine(pre, post)
        change[10:20, 10:20] = np.nan
        return change, footprints

    found = changenet.predict(replace(params, engine=silent), sample.blocks[0])
    assert np.isnan(found.score[10:20, 10:20]).all()
    assert np.isfinite(found.score[30:90, 30:90]).all()


def test_what_it_learned_from_decides_whether_a_pair_fits(tmp_path, monkeypatch, images, state):
    net = network.ChangeNet()
    net.load_state_dict(state)
    pair = opened(tmp_path / "pair", images, gsd_m=0.5)
    sample = sampling.take(pair)
    stretches = pictures.stretches_of(sample)
    squares = changenet._network().squares(stretches, sample.blocks[0])
    rng = np.random.default_rng(0)
    alike = [
        tuple(np.clip(rng.normal(1, 0.1) * one + rng.normal(0, 9), 0, 255).astype(np.uint8)
              for one in (rng.choice(squares), rng.choice(squares))) for _turn in range(60)
    ]  # fmt: skip
    stats = collect(alike, [0.4, 1.2], embed=embedder(network.ready(net)))
    facts = small_changenet.FACTS | {"training_stats": stats}
    small_changenet.install(tmp_path / "known", monkeypatch, weights=state, facts=facts)
    found, *_rest = run(pair, tmp_path / "one")
    assert [told.code for told in found.remarks.findings] == ["domain_fits"]
    assert found.remarks.record["domain_fit"]["verdict"] == "fits"
    flat = [image * 0.02 + 120 for image in images]
    found, *_rest = run(opened(tmp_path / "flat", flat, gsd_m=0.5), tmp_path / "two")
    assert found.remarks.findings[-1].code in {"domain_outside", "domain_doubtful"}


def test_missing_weights_make_it_unavailable_with_the_reason(tmp_path, monkeypatch):
    file = small_changenet.install(tmp_path / "w", monkeypatch)
    file.unlink()
    entry = next(one for one in registry.available() if one.name == "changenet")
    assert not entry.is_available
    assert "not on this machine" in entry.reason
    with pytest.raises(WeightsMissingError):
        registry.load("changenet")


def test_weights_of_another_network_are_refused(tmp_path, monkeypatch, images):
    small_changenet.install(tmp_path / "w", monkeypatch, weights={"one": torch.zeros(3)})
    pair = opened(tmp_path / "a", images, gsd_m=0.5)
    with pytest.raises(WeightsCorruptError, match="not those of this version"):
        changenet.fit(sampling.take(pair))


def test_weights_without_facts_are_refused(tmp_path, monkeypatch, state):
    small_changenet.install(tmp_path / "w", monkeypatch, weights=state, facts=None)
    with pytest.raises(WeightsCorruptError, match="do not say"):
        changenet.working_gsd_m(0.5)
