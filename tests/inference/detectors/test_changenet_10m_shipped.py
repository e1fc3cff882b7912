"""The shipped weights for 10 m on rendered places: what holds for every set that is shipped."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy import ndimage

from inference import registry, weights
from inference.backends.openvino_cpu import OpenVinoCpu
from inference.backends.torch_cpu import TorchCpu
from inference.detectors import changenet_10m
from inference.detectors.base import Sample
from inference.siamese import facts
from inference.siamese.multispectral import BANDS
from raster.align import PairBand, PairBlock
from simulation.nuisances import Look, Nuisances
from simulation.pair import PairSpec, render

pytestmark = pytest.mark.skipif(
    bool(weights.missing("changenet_10m")), reason="the weights for 10 m are not shipped"
)
MOST_FLIPPED = 0.001
SIDE = 128


@dataclass(frozen=True)
class Place:
    """Fields at two dates, and a new quarter at the later one."""

    pre: np.ndarray
    post: np.ndarray
    is_changed: np.ndarray


@pytest.fixture(scope="module")
def place():
    looks = Nuisances(Look(gain=(1.1,), noise=0.003), Look(haze=0.05, noise=0.003, blur_px=0.4))
    fields, quarter = (
        render(PairSpec(seed, kind, (SIDE, SIDE), 10.0, "multispectral6", nuisances=looks))
        for seed, kind in ((40_000_001, "farmland"), (40_000_000, "industry"))
    )
    pre, post = (one.astype(np.float32) for one in (fields.pre, fields.post))
    is_changed = np.zeros((SIDE, SIDE), bool)
    is_changed[40:80, 30:90] = True
    post[:, is_changed] = quarter.post.astype(np.float32)[:, is_changed]
    return Place(pre, post, is_changed)


def predicted(pre, post, *, engine=None, roles=BANDS):
    bands = tuple(PairBand(role, role, (i,), (i,)) for i, role in enumerate(roles, 1))
    valid = np.ones(pre.shape[1:], bool)
    block = PairBlock(pre, post, valid, valid)
    params = changenet_10m.fit(Sample((block,), bands, 10.0, "optical"))
    used = params if engine is None else replace(params, engine=engine)
    return changenet_10m.predict(used, block)


def flagged(found):
    return found.score >= changenet_10m.CARD.fixed_threshold


def test_the_card_says_what_the_weights_say():
    known = facts.read(weights.path("changenet_10m"))
    assert known.bands == BANDS
    assert known.min_area_m2 == changenet_10m.CARD.min_area_m2
    assert changenet_10m.CARD.gsd_range_m[1] <= 2 * known.gsd_range_m[1]
    assert known.training_stats is not None
    assert known.training_stats.content is not None
    assert registry.card("changenet_10m").weights == "changenet_10m"


@pytest.mark.parametrize("count", [6, 4])
def test_it_finds_a_new_quarter_among_fields(place, count):
    said = flagged(predicted(place.pre[:count], place.post[:count], roles=BANDS[:count]))
    assert said[place.is_changed].mean() > 0.5
    away = ~ndimage.binary_dilation(place.is_changed, iterations=3)
    assert said[away].mean() < 0.03


def test_a_new_quarter_appeared_and_the_reverse_vanished(place):
    for pre, post, code in ((place.pre, place.post, 1), (place.post, place.pre, 2)):
        found = predicted(pre, post)
        hits = flagged(found) & place.is_changed
        assert (found.code[hits] == code).mean() > 0.7


@pytest.mark.parametrize(("gain", "offset"), [(0.7, 0), (0.9, 1000), (1.2, -50)])
def test_light_alone_is_nothing(place, gain, offset):
    assert not flagged(predicted(place.post, place.post * gain + offset)).any()


@pytest.mark.parametrize("build", [OpenVinoCpu, TorchCpu])
def test_bfloat16_flips_a_thousandth_of_the_mask_at_most(place, build):
    source = changenet_10m._network().engines("Looks")._source
    exact = TorchCpu(source, precision="float32", why="")
    quick = build(source, precision="bfloat16", why="")
    one, two = (flagged(predicted(place.pre, place.post, engine=e)) for e in (exact, quick))
    assert (one != two).mean() <= MOST_FLIPPED
