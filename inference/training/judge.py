"""How good fitted weights are, on seeds and places they were never fitted to.

Clicks sit in the middle of the thickest visible part of a thing; boxes are exact. Knows nothing of
how the weights came about.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from skimage.segmentation import watershed

from inference.networks.clicknet import STRIDE_PX, ClickNet, Features, prompt_maps
from inference.training.augment import BUILDING_CODES
from inference.training.clicks import GROUND, Mask, Wish, box_of, corrected, piece, surest_click
from inference.training.oam import Place, places
from inference.training.pools import (
    CHIP_PX,
    HELD_OUT,
    KINDS,
    UNSEEN,
    Sample,
    chip_of,
    look,
    simulated,
)
from raster.stretch import HIGH_PCT, LOW_PCT, NOT_OBSERVED_GREY
from simulation import nuisances as effects
from simulation.pair import PairSpec
from simulation.places import Kind

log = logging.getLogger(__name__)

SMALLEST_PX = 40
MOST_OF_KIND = 8
"""Things of a kind judged in one picture."""
OAM_GSD_M = 0.3
FIRST_COUNTED = 1_000
"""Counting is judged on other seeds than prompts."""
ALL = "sets 2 to 4"
SUMMIT, FOOTPRINT = 0.5, 0.5
"""Depth and footprint that the plain watershed starts from and ends at."""


@dataclass(frozen=True)
class Reached:
    """How well one thing was outlined.

    Attributes:
        kind: what it is.
        click: IoU of one click.
        box: IoU of an exact box.
        second: IoU after one corrective click.
        said: the network's own estimate of `click`.
    """

    kind: str
    click: float
    box: float
    second: float
    said: float


def stretched(image: NDArray[np.uint8], seen: Mask) -> NDArray[np.float32]:
    """The picture (3, row, col) as the product would show it to the network, 0..1."""
    values = image.astype(np.float32)
    low, high = np.percentile(values[:, seen], [LOW_PCT, HIGH_PCT], axis=1)[:, :, None, None]
    levels = np.round(np.clip((values - low) / np.maximum(high - low, 1), 0, 1) * 255)
    levels[:, ~seen] = NOT_OBSERVED_GREY
    return np.asarray(levels / 255, np.float32)


@torch.no_grad()
def encoded(net: ClickNet, sample: Sample) -> Features:
    """Features of a chip: maps (1, channel, row, col) by name."""
    shown = stretched(sample.image, sample.labels != UNSEEN)
    return net.encode(torch.from_numpy(shown)[None].contiguous(memory_format=torch.channels_last))


@torch.no_grad()
def answer(net: ClickNet, features: Features, maps: NDArray[np.float32]) -> tuple[Mask, float]:
    """The mask (row, col) of prompts (map, row, col), and its IoU as the network estimates it."""
    logits, score = net.decode(features, torch.from_numpy(maps)[None])
    return np.asarray((logits[0] > 0).numpy()), float(score[0])


def whole(place: Place) -> Sample:
    """A place at `OAM_GSD_M` as one chip whose sides the network takes."""
    rows, cols = place.valid.shape
    scale = place.gsd_m / OAM_GSD_M
    shape = (_padded(rows * scale), _padded(cols * scale))
    return look(place, OAM_GSD_M, (cols / 2, rows / 2), shape=shape)


def _padded(size: float) -> int:
    return -(-round(size) // STRIDE_PX) * STRIDE_PX


def overlap(one: Mask, other: Mask) -> float:
    """Intersection over union (0..1) of two masks (row, col); 0 of two empty ones."""
    return float((one & other).sum() / max((one | other).sum(), 1))


def prompted(net: ClickNet, sample: Sample) -> Iterator[Reached]:
    """Every thing of a chip that is large enough, `MOST_OF_KIND` of a kind."""
    features = encoded(net, sample)
    seen = sample.labels != UNSEEN
    shape = (seen.shape[0], seen.shape[1])
    for kind, truth in _things(sample):
        xy = surest_click(truth)
        mask, said = answer(net, features, prompt_maps(shape, inside=[xy]))
        boxed, _said = answer(net, features, prompt_maps(shape, box=box_of(truth)))
        again = corrected(Wish(truth, (xy,)), mask, seen)
        second, _said = answer(net, features, again.maps())
        scores = [overlap(found & seen, truth) for found in (mask, boxed, second)]
        yield Reached(kind, scores[0], scores[1], scores[2], said)


def _things(sample: Sample) -> Iterator[tuple[str, Mask]]:
    count = np.bincount(sample.labels.ravel(), minlength=UNSEEN + 1)
    count[[0, UNSEEN]] = 0
    rng = np.random.default_rng(0)
    for code, kind in enumerate(KINDS, 1):
        ids = np.flatnonzero(sample.kinds == code)
        ids = ids[count[ids] >= SMALLEST_PX]
        most = len(ids) if sample.is_real else MOST_OF_KIND
        for label in rng.permutation(ids)[:most]:
            truth = sample.labels == label
            yield kind, piece(truth, surest_click(truth)) if kind in GROUND else truth


def count_buildings(net: ClickNet, sample: Sample) -> tuple[int, int]:
    """Whole buildings of a chip: true, and found by a plain watershed on the dense head.

    What touches the frame is left out on both sides: how much of it shows is chance.
    """
    with torch.no_grad():
        likely = torch.sigmoid(net.dense(encoded(net, sample))[0].float()).numpy()
    is_building = np.zeros(UNSEEN + 1, bool)
    is_building[: len(sample.kinds)] = np.isin(sample.kinds, BUILDING_CODES)
    truth = np.where(is_building[sample.labels], sample.labels, 0)
    return _whole_ones(truth), _whole_ones(apart(likely))


def _whole_ones(labels: NDArray[np.integer]) -> int:
    sizes = np.bincount(labels.ravel())
    frame = (labels[0], labels[-1], labels[:, 0], labels[:, -1])
    sizes[np.concatenate([[0], *frame])] = 0
    return int((sizes >= SMALLEST_PX).sum())


def apart(likely: NDArray[np.float32]) -> NDArray[np.int32]:
    """Buildings (row, col), numbered from 1, of the dense head's (3, row, col) after a sigmoid."""
    footprint, border, depth = likely
    inside = footprint > FOOTPRINT
    summits = inside & (depth > SUMMIT) & (border < 0.5)
    _count, seeds = cv2.connectedComponents(summits.astype(np.uint8), connectivity=4)
    return np.asarray(watershed(-depth, seeds, mask=inside), np.int32)


def summary(reached: list[Reached]) -> dict[str, dict[str, float]]:
    """Medians and shares by kind."""
    by_kind: dict[str, list[Reached]] = defaultdict(list)
    for one in reached:
        by_kind[one.kind].append(one)
    return {kind: _line(ones) for kind, ones in sorted(by_kind.items())}


def _line(ones: list[Reached]) -> dict[str, float]:
    line: dict[str, float] = {"things": len(ones)}
    for name in ("click", "box", "second"):
        values = np.array([getattr(one, name) for one in ones])
        line[f"{name}_median"] = round(float(np.median(values)), 3)
        line[f"{name}_mean"] = round(float(values.mean()), 3)
    errors = [abs(one.said - one.click) for one in ones]
    return line | {"score_error": round(float(np.mean(errors)), 3)}


def counting(net: ClickNet, samples: Sequence[Sample]) -> dict[str, float]:
    """Counting errors over chips."""
    pairs = np.array([count_buildings(net, sample) for sample in samples], float)
    off = pairs[:, 1] - pairs[:, 0]
    return {
        "chips": len(pairs),
        "buildings": int(pairs[:, 0].sum()),
        "found": int(pairs[:, 1].sum()),
        "mae_per_chip": round(float(np.abs(off).mean()), 2),
        "mae_share": round(float(np.abs(off).sum() / max(pairs[:, 0].sum(), 1)), 4),
        "exact_share": round(float((off == 0).mean()), 3),
    }


def judge(net: ClickNet, oam: Path, *, chips: int = 40) -> dict[str, object]:
    """All figures of a network: simulated held-out seeds and the validation places.

    Cost: a second or two a chip.

    Raises:
        FileNotFoundError: `oam` lacks one of its sets.
    """
    held_out = [simulated(HELD_OUT + number) for number in range(chips)]
    figures: dict[str, object] = {
        "simulated": summary([one for chip in held_out for one in prompted(net, chip)]),
        "counting_clean": counting(net, built_up(chips, strength=0.0)),
        "counting_nuisances": counting(net, built_up(chips, strength=1.0)),
    }
    grounds = {place.name: whole(place) for place in places(oam) if place.is_validation}
    everywhere = tuple(grounds.values())
    for name, chips_of in [*((name, (one,)) for name, one in grounds.items()), (ALL, everywhere)]:
        figures[name] = {
            "prompts": summary([one for chip in chips_of for one in prompted(net, chip)]),
            "counting": counting(net, chips_of),
        }
    return figures


def built_up(chips: int, *, strength: float) -> list[Sample]:
    """Built-up chips for counting, at 0.3 to 0.5 m, with nuisances of a strength."""
    kinds: tuple[Kind, ...] = ("suburb", "town", "industry")
    made = []
    for number in range(chips):
        seed = HELD_OUT + FIRST_COUNTED + number
        rng = np.random.default_rng([seed, 79])
        nuisances = effects.sample(rng, is_radar=False, strength=strength)
        gsd_m = float(rng.uniform(0.3, 0.5))
        kind = kinds[number % len(kinds)]
        made.append(chip_of(PairSpec(seed, kind, (CHIP_PX, CHIP_PX), gsd_m, "rgb", (), nuisances)))
    return made
