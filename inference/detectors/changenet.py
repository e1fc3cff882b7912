"""Our own siamese network: buildings that appeared, vanished or changed between two dates.

Knows nothing of files; the network is `inference.networks.changenet`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from errors import UnsuitableSceneError
from inference import domain_fit, weights
from inference.backends.base import Engine, Source
from inference.backends.choice import Engines
from inference.detectors.base import Card, Remarks, Sample, TileScores
from inference.domain_fit import DomainFit
from inference.siamese import answer, facts, pictures
from inference.working import suited
from raster.findings import Finding
from raster.mask import ChangeClass
from raster.stretch import COLOURS, display_bands

if TYPE_CHECKING:
    from torch import nn

    from inference.siamese.facts import Facts
    from inference.siamese.pictures import Picture, Stretches
    from raster.align import PairBlock

WEIGHTS = "changenet"
STRIDE_PX, HALO_PX = 32, 288
"""Those of the network; written here because its module loads PyTorch. A test compares them."""
SQUARE_PX = 256
"""Side of the pictures whose statistics are compared with what was learned from."""

APPEARED = ChangeClass(1, "building_appeared", "new buildings", "appeared", "#d7301f")
VANISHED = ChangeClass(2, "building_vanished", "buildings gone", "vanished", "#2c7fb8")
CHANGED = ChangeClass(3, "building_changed", "buildings changed", "changed", "#fdae33")
CODES = np.array([CHANGED.code, APPEARED.code, VANISHED.code], np.uint8)
"""By direction: 0, 1 and, from the end, -1."""

CARD = Card(
    name="changenet",
    title="Change network for buildings",
    summary=(
        "Flags buildings that appeared, vanished or changed, and passes over season, light, "
        "vegetation, vehicles and a few pixels of misregistration."
    ),
    source=(
        "Groundshift's own weights: a siamese network in the manner of FC-Siam (Daudt et al. "
        "2018), taught by pairs of edited and single pictures as ChangeStar does (Zheng et al. "
        "2021)"
    ),
    sensors=("optical",),
    min_bands=1,
    gsd_range_m=(0.05, 2.4),
    classes=(APPEARED, VANISHED, CHANGED),
    threshold="fixed",
    threshold_reason=(
        "The score is moved so that 0.5 is the threshold that did best on the places kept for "
        "validation, where about 5 % had changed."
    ),
    fixed_threshold=0.5,
    halo_px=HALO_PX,
    tile_px=2048,
    align_px=STRIDE_PX,
    min_area_m2=20.0,
    weights=WEIGHTS,
    limits=(
        "It knows buildings only: clearings, roads, water and burns are no change to it.",
        "Finer scenes are reduced to pixels of about half a metre, coarser ones enlarged at most "
        "twice; sheds and small extensions are missed.",
        "Damage is found where a roof is gone, seldom where it is only holed.",
        "It learned from natural colours seen from above: leaning towers, snow, night and infrared "
        "pictures are beyond it.",
    ),
)


@dataclass(frozen=True)
class Params:
    """What `fit` made ready.

    Attributes:
        stretches: from the values of each date to pictures of 8 bits.
        threshold: score of the network from which a pixel is changed.
        engine: runs the network.
        fit: whether the pair is like what the network learned from.
        told: what is to be told of the input.
    """

    stretches: Stretches
    threshold: float
    engine: Engine
    fit: DomainFit | None
    told: tuple[Finding, ...]


def working_gsd_m(gsd_m: float) -> float:
    """The ground size of a pixel the network looks at a pair with.

    Raises:
        UnsuitableSceneError: the pixels are too large for buildings.
    """
    known = _facts()
    return suited(gsd_m, range_m=known.gsd_range_m, best_m=known.working_gsd_m)


def fit(sample: Sample) -> Params:
    """Stretch, engine and how far the pair is like what the network learned from.

    Raises:
        UnsuitableSceneError: radar, or no pixel was observed at both dates.
        WeightsMissingError: the weights are not on this machine.
        WeightsCorruptError: the file is not the one that was published.
    """
    if sample.sensor == "sar":
        msg = "The change network knows optical pictures only, and these are radar."
        raise UnsuitableSceneError(msg, hint="Use the detector 'log_ratio' for radar.")
    if not any(pictures.observed(block).any() for block in sample.blocks):
        msg = "No pixel was observed at both dates."
        hint = "Choose scenes or an area of interest that both dates cover."
        raise UnsuitableSceneError(msg, hint=hint)
    engine = _engines("Looks", weights.sha256(WEIGHTS)).on(sample.device)
    stretches = pictures.stretches_of(sample)
    likeness = _likeness(sample, stretches)
    return Params(stretches, _facts().threshold, engine, likeness, _told(sample))


def predict(params: Params, block: PairBlock) -> TileScores:
    """Scores of every pixel: 0.5 where the network reaches its threshold."""
    valid = pictures.observed(block)
    pre, post = pictures.pictures(params.stretches, block, valid)
    maps = params.engine(*(pictures.padded(one, STRIDE_PX) for one in (pre, post)))
    change, footprints = (one[..., : valid.shape[0], : valid.shape[1]] for one in maps)
    score = answer.scores(change, threshold=params.threshold)
    code = CODES[answer.directions(score, footprints)]
    score[answer.is_same(pre, post)] = 0
    score[~valid] = np.nan
    return TileScores(score, code)


def is_recommended() -> bool:
    """Whether `auto` may choose it: what the judge of its weights said."""
    return _facts().is_recommended


def familiarity(sample: Sample) -> DomainFit | None:
    """Whether a pair is like what the network learned from; None where the weights do not say."""
    return _likeness(sample, pictures.stretches_of(sample))


def remarks(params: Params) -> Remarks:
    """How the network was run, and what to be careful about."""
    notes = tuple(Finding("less_memory", "info", note) for note in params.engine.notes)
    nature = params.engine.nature
    record = {
        "weights_sha256": weights.sha256(WEIGHTS),
        "engine": {"name": nature.name, "precision": nature.precision, "why": nature.why},
    }
    if params.fit is None:
        return Remarks((*params.told, *notes), record)
    record["domain_fit"] = params.fit.as_json()
    return Remarks((*params.told, params.fit.finding(), *notes), record)


def _likeness(sample: Sample, stretches: Stretches) -> DomainFit | None:
    learned = _facts().training_stats
    if learned is None:
        return None
    embed = partial(_embedded, _engines("Embedding", weights.sha256(WEIGHTS)).on(sample.device))
    seen = [one for block in sample.blocks for one in _squares(stretches, block)]
    return domain_fit.judge(learned, seen, gsd_m=sample.gsd_m, embed=embed)


def _facts() -> Facts:
    return facts.read(weights.path(WEIGHTS))


@cache
def _engines(part: str, sha256: str) -> Engines:
    """Engines of a part of the network, for the weights with this hash."""
    source = Source(
        key=f"{WEIGHTS.replace('/', '-')}-{part.lower()}-{sha256[:16]}",
        build=partial(_built, part),
        stride_px=STRIDE_PX,
        halo_px=HALO_PX,
    )
    return Engines(source)


def _built(part: str) -> nn.Module:
    # Imported here: it loads PyTorch, which a kept engine does without.
    from inference.siamese import network

    module: nn.Module = getattr(network, part)(network.load(weights.path(WEIGHTS)))
    return module.eval()


def _embedded(engine: Engine, seen: Picture) -> NDArray[np.float32]:
    """Mean deepest features (n, k) of pictures (n, band, row, col)."""
    found = [engine(one, one)[0][0] for one in seen]
    return np.stack(found)


def _squares(stretches: Stretches, block: PairBlock) -> list[Picture]:
    valid = pictures.observed(block)
    both = pictures.pictures(stretches, block, valid)
    return [cut for one in both for cut in domain_fit.squares(one, valid, SQUARE_PX)]


def _told(sample: Sample) -> tuple[Finding, ...]:
    """What was done to the values of the pair before the network saw them."""
    told = []
    if not pictures.is_eight_bit(sample):
        message = (
            "The values of each date were brought to 8 bits by a stretch from the 2nd to the 98th"
            " percentile of each band, because the network learned from such pictures."
        )
        told.append(Finding("stretched", "info", message))
    shown = [sample.bands[position].role for position in display_bands(sample.bands)]
    if len(shown) < COLOURS or "nir" in shown:
        message = "The network learned from natural colours, and the scenes have others."
        told.append(Finding("other_colours", "caution", message, domain_fit.CAUTION))
    return tuple(told)
