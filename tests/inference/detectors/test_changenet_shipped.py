"""The shipped weights on a rendered place: what holds for every set of weights that is shipped."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from analysis import accuracy
from inference import registry, weights
from inference.backends.openvino_cpu import OpenVinoCpu
from inference.backends.torch_cpu import TorchCpu
from inference.detectors import changenet
from inference.detectors.base import Sample
from inference.siamese import facts
from raster.align import PairBand, PairBlock
from simulation.events import Event
from simulation.nuisances import Look, Nuisances
from simulation.pair import PairSpec, render

pytestmark = pytest.mark.skipif(
    bool(weights.missing("changenet")), reason="the weights of changenet are not shipped yet"
)
ROLES = ("red", "green", "blue")
BANDS = tuple(PairBand(role, role, (i,), (i,)) for i, role in enumerate(ROLES, 1))
LEAST_F1 = 0.6
MOST_FLIPPED = 0.001


@dataclass(frozen=True)
class Place:
    """A rendered place with new and removed houses."""

    pre: np.ndarray
    post: np.ndarray
    is_changed: np.ndarray


@pytest.fixture(scope="module")
def place():
    looks = Nuisances(Look(gain=(1.1,), noise=0.01), Look(haze=0.1, noise=0.01, blur_px=0.6))
    events = (Event("building_appears", 6), Event("building_vanishes", 4))
    found = render(PairSpec(41, "suburb", (384, 384), 0.5, events=events, nuisances=looks))
    order = [found.roles.index(role) for role in ROLES]
    pre, post = (one[order].astype(np.float32) for one in (found.pre, found.post))
    return Place(pre, post, found.truth > 0)


def predicted(pre, post, *, engine=None):
    valid = np.ones(pre.shape[1:], bool)
    block = PairBlock(pre, post, valid, valid)
    params = changenet.fit(Sample((block,), BANDS, 0.5, "optical"))
    return changenet.predict(params if engine is None else replace(params, engine=engine), block)


def flagged(found):
    return found.score >= changenet.CARD.fixed_threshold


def f1(found, truth):
    codes = np.where(flagged(found), found.code, 0).astype(np.uint8)
    return accuracy.f1(accuracy.confusion(codes, truth))


def test_the_card_says_what_the_weights_say():
    known = facts.read(weights.path("changenet"))
    assert known.bands == ROLES
    assert known.min_area_m2 == changenet.CARD.min_area_m2
    assert changenet.CARD.gsd_range_m[1] <= 2 * known.gsd_range_m[1]
    assert known.training_stats is not None
    assert known.training_stats.content is not None
    assert registry.card("changenet").weights == "changenet"


def test_it_finds_new_and_removed_houses(place):
    assert f1(predicted(place.pre, place.post), place.is_changed) > LEAST_F1


def test_new_houses_appeared_and_removed_ones_vanished(place):
    found = predicted(place.pre, place.post)
    hits = flagged(found) & place.is_changed
    assert np.isin(found.code[hits], (1, 2)).mean() > 0.7


def test_two_pixels_of_misregistration_cost_two_points_at_most(place):
    inner = (slice(None), slice(8, -8), slice(8, -8))
    truth = place.is_changed[8:-8, 8:-8]
    moved = np.roll(place.post, (2, 0), axis=(1, 2))
    still = f1(predicted(place.pre[inner], place.post[inner]), truth)
    assert f1(predicted(place.pre[inner], moved[inner]), truth) > still - 0.02


@pytest.mark.parametrize(("gain", "offset"), [(0.7, 0), (0.6, 40), (1.2, 5)])
def test_light_alone_is_nothing(place, gain, offset):
    brighter = np.clip(np.rint(place.pre * gain + offset), 0, 255).astype(np.float32)
    assert not flagged(predicted(place.pre, brighter)).any()


@pytest.mark.parametrize("build", [OpenVinoCpu, TorchCpu])
def test_bfloat16_flips_a_thousandth_of_the_mask_at_most(place, build):
    source = changenet._network().engines("Looks")._source
    exact = TorchCpu(source, precision="float32", why="")
    quick = build(source, precision="bfloat16", why="")
    one, two = (flagged(predicted(place.pre, place.post, engine=e)) for e in (exact, quick))
    assert (one != two).mean() <= MOST_FLIPPED
