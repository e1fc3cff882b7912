"""TinyCD with the numbers its authors published: buildings that changed, in 0.5 m pictures.

Looks at squares of 256 pixels side by side, as the authors evaluated it. Knows nothing of files or
where its weights come from; the network is `inference.networks.tinycd`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from inference.adapters import difference_guard, pictures
from inference.adapters.squares import Squares
from inference.detectors.base import Card, Remarks, Sample, TileScores
from inference.working import suited
from raster.align import PairBlock
from raster.mask import ChangeClass

if TYPE_CHECKING:
    from torch import Tensor

    from inference.adapters.difference_guard import DifferenceGuard
    from inference.adapters.pictures import Floats, Pictures
    from inference.networks.tinycd import TinyCd

WEIGHTS = "tinycd_levir"
TRAINED_GSD_M, SEEN_GSD_M = 0.5, (0.35, 1.0)
"""What it was trained on, and what is left as it is: pictures without a georeference count as 1 m,
and its own test set is such."""
SQUARES = Squares(256)
BUILDING = ChangeClass(1, "building_change", "building change", "changed", "#d7301f")

CARD = Card(
    name=WEIGHTS,
    title="TinyCD, trained on LEVIR-CD",
    summary=(
        "A published network that flags new buildings in satellite pictures of about 0.5 m, as "
        "its authors trained and evaluated it; for research that is not commercial."
    ),
    source=(
        "Codegoni, Lombardi and Ferrari 2022, TINYCD: A (Not So) Deep Learning Model For Change "
        "Detection, arXiv:2207.13159; LEVIR-CD: Chen and Shi 2020, Remote Sensing 12(10):1662."
    ),
    sensors=("optical",),
    min_bands=1,
    gsd_range_m=(0.1, 2.0),
    classes=(BUILDING,),
    threshold="fixed",
    threshold_reason="The score is the network's probability, which its authors cut at one half.",
    fixed_threshold=0.5,
    halo_px=0,
    tile_px=SQUARES.tile_px,
    align_px=SQUARES.step_px,
    is_symmetric=False,
    weights=WEIGHTS,
    limits=(
        "It learned suburbs of Texas, where buildings were added: elsewhere it finds little (F1 "
        "0.93 on its own test set, 0.07 and 0.00 on two others tried here), and it misses most "
        "buildings that vanished.",
        "It pools over what it is shown, squares of 256 pixels: outlines may jump at their "
        "borders, and shown four scenes whole it flagged other pixels (IoU 0.58).",
        "It was trained on 0.5 m pixels in natural colours, and scenes of other pixels are brought "
        "to that size.",
    ),
)


@dataclass(frozen=True)
class Params:
    """What `fit` learned of the pair.

    Attributes:
        pictures: how values become colours.
        guard: where the dates look alike.
        network: the network, ready to compute.
    """

    pictures: Pictures
    guard: DifferenceGuard
    network: TinyCd


def fit(sample: Sample) -> Params:
    """Colours and guard of the pair, and the network.

    Raises:
        UnsuitableSceneError: radar, or nothing was observed at both dates.
        WeightsMissingError: the weights are not on this machine.
        WeightsCorruptError: the file is not the one that was published.
    """
    from inference import weights

    shown, guard = pictures.fit(sample), difference_guard.fit(sample)
    return Params(shown, guard, _network(weights.sha256(WEIGHTS), sample.device))


def working_gsd_m(gsd_m: float) -> float:
    """Near the 0.5 m it was trained on.

    Raises:
        UnsuitableSceneError: the pixels are too large.
    """
    return suited(gsd_m, range_m=SEEN_GSD_M, best_m=TRAINED_GSD_M)


def predict(params: Params, block: PairBlock) -> TileScores:
    """The network's probability of change, 0 where the dates look alike."""
    return SQUARES.run(block, partial(_score, params))


def remarks(params: Params) -> Remarks:
    """How the values became colours, and which weights were used."""
    from inference import weights

    findings = (pictures.CONVERSION,) if params.pictures.is_converted else ()
    return Remarks(findings, {"weights_sha256": weights.sha256(WEIGHTS)})


def _score(params: Params, square: PairBlock) -> TileScores:
    """Scores of one square."""
    import torch

    device = next(params.network.parameters()).device
    dates = (_prepared(date, square).to(device) for date in params.pictures.pair(square))
    with torch.inference_mode():
        probability = params.network(*dates)[0, 0].cpu().numpy()
    score = probability * params.guard.share(square)
    return TileScores(score, np.full(score.shape, BUILDING.code, np.uint8))


def _prepared(picture: Floats, square: PairBlock) -> Tensor:
    """A picture as the network takes it; what was not observed is of medium colour."""
    import torch

    from inference.networks.tinycd import DEVIATION, MEAN

    mean, deviation = (np.array(one, np.float32)[:, None, None] for one in (MEAN, DEVIATION))
    prepared = np.where(square.valid, (picture - mean) / deviation, np.float32(0))
    return torch.from_numpy(prepared)[None]


@lru_cache(maxsize=1)
def _network(_sha256: str, device: str) -> TinyCd:
    """The network, read once per process and file."""
    from inference import weights
    from inference.networks import tinycd

    return tinycd.load(weights.path(WEIGHTS), device)
