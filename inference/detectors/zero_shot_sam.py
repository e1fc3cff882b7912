"""Change of any kind without training: things that Segment Anything sees at one date and not both.

Outlines things at both dates and compares their features (`inference.adapters.latent_matching`).
Knows nothing of what a thing is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from errors import InputError
from inference import segmenter_registry
from inference.adapters import difference_guard, kept_squares, latent_matching, pictures
from inference.adapters.kept_squares import Look, Square
from inference.adapters.latent_matching import Query, Seen
from inference.adapters.squares import Squares
from inference.detectors.base import CHANGED, Card, Example, Remarks, Sample, TileScores
from inference.score_files import SCORE_STEPS
from inference.segmentation.asking import prompted
from progress import Watcher
from raster.align import PairBlock
from raster.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inference.adapters.difference_guard import DifferenceGuard
    from inference.adapters.pictures import Floats, Pictures
    from inference.segmenter_registry import Loaded

SEGMENTER = "sam_vit_b"
SQUARES = Squares(1024, 128)
THRESHOLD_DEG = 35.0
"""Angle from which a thing has changed: the authors' setting of 145 degrees, seen from the other
side."""
MOST_SHARE = 0.8
"""Things larger than this share of a square are ground (the authors' setting)."""
LEAST_PX = 32**2
"""Settles how dense the prompts are; smaller things are found where a prompt meets them."""
GREY, WHITE = 128, 255

CARD = Card(
    name="zero_shot_sam",
    title="Any change, by Segment Anything",
    summary=(
        "Outlines whatever it sees at either date and flags what looks different at the other, "
        "whatever it is; needs no training and names no kind of change."
    ),
    source=(
        "Zheng et al. 2024, Segment Any Change, NeurIPS, arXiv:2402.01188, with the network of "
        "Kirillov et al. 2023, Segment Anything, arXiv:2304.02643"
    ),
    sensors=("optical",),
    min_bands=1,
    gsd_range_m=(0.05, 10.0),
    classes=(CHANGED,),
    threshold="fixed",
    threshold_reason=(
        "0.5 is an angle of 35 degrees between the features of both dates, the setting that the "
        "authors of the method show."
    ),
    fixed_threshold=0.5,
    halo_px=SQUARES.margin_px,
    tile_px=SQUARES.tile_px,
    align_px=SQUARES.step_px,
    weights=SEGMENTER,
    limits=(
        "Without a graphics card it takes minutes for a million pixels.",
        "Season, shadows and vehicles are things that changed, too.",
        "It looks at squares of 1024 pixels whose middle counts; things cut by the border of a "
        "middle may be flagged on one side only.",
        "It was not measured here with its published weights.",
    ),
)


@dataclass(frozen=True)
class Params:
    """What `fit` learned of the pair.

    Attributes:
        pictures: how values become colours.
        guard: where the dates look alike.
        loaded: Segment Anything, ready to be asked.
        queries: only changes of things like one of these are wanted; none: all changes.
    """

    pictures: Pictures
    guard: DifferenceGuard
    loaded: Loaded
    queries: tuple[Query, ...] = ()


def fit(sample: Sample) -> Params:
    """Colours and guard of the pair, and the network.

    Raises:
        UnsuitableSceneError: radar, or nothing was observed at both dates.
        WeightsMissingError: the weights are not on this machine.
        ModelError: the network cannot be loaded.
    """
    shown, guard = pictures.fit(sample), difference_guard.fit(sample)
    return Params(shown, guard, segmenter_registry.load(SEGMENTER, sample.device))


def predict(params: Params, block: PairBlock) -> TileScores:
    """Angles between the features of both dates, 0.5 where they reach the threshold."""
    return SQUARES.run(block, partial(_score, params))


def remarks(params: Params) -> Remarks:
    """How the values became colours, and which network was asked."""
    record = {"segmenter": SEGMENTER, "weights_sha256": params.loaded.weights_sha256}
    findings = [pictures.CONVERSION] if params.pictures.is_converted else []
    if params.queries:
        findings.append(_narrowed(len(params.queries)))
    return Remarks(tuple(findings), record)


def _narrowed(examples: int) -> Finding:
    places = "the place" if examples == 1 else f"one of the {examples} places"
    return Finding(
        "like_examples",
        "caution",
        f"Only changes of things like the one at {places} pointed at were looked for.",
        "Compare again without examples to see every change.",
        float(examples),
        "1",
    )


def like_these(params: Params, examples: Sequence[Example], least_score: float) -> Params:
    """Parameters with which only changes of things like those pointed at are flagged.

    At each place the smallest thing of either date that changed is taken: what is larger is the
    ground around it. Where squares were looked at before, they are not looked at again.

    Raises:
        InputError: nothing changed at one of the places, or nothing is outlined there.
    """
    queries = tuple(_query(params, example, least_score) for example in examples)
    return replace(params, queries=queries)


def _query(params: Params, example: Example, least_score: float) -> Query:
    """The thing that changed at a place."""
    square, row, col = SQUARES.at(example.block, example.row, example.col)
    pre, post = _seen(params, square)
    share = float(params.guard.share(square)[row, col])
    found = latent_matching.things_at(
        pre, post, square.pre_valid.shape, row=row, col=col, most_share=MOST_SHARE
    )
    if not found:
        msg = f"Nothing is outlined at {example.words}."
        raise InputError(msg, hint="Point at the middle of a thing with a clear outline.")
    # As scores are kept: in steps, rounded.
    least = least_score - 0.5 / SCORE_STEPS
    changed = (query for angle, query in found if _score_of(angle, share) >= least)
    query = next(changed, None)
    if query is None:
        msg = f"Nothing changed at {example.words} as far as this detector can tell."
        hint = "Point at the middle of something that changed, for instance at an object of a run."
        raise InputError(msg, hint=hint)
    return query


def _score_of(angle_deg: float, share: float) -> float:
    """Score of a thing whose features point this far apart where this share of it counts."""
    return min(angle_deg / (2 * THRESHOLD_DEG), 1.0) * share


def _score(params: Params, square: PairBlock) -> TileScores:
    """Scores of one square."""
    shape = square.pre_valid.shape
    pre, post = _seen(params, square)
    angles = latent_matching.angles(pre, post, shape, most_share=MOST_SHARE, queries=params.queries)
    score = np.minimum(angles / np.float32(2 * THRESHOLD_DEG), 1) * params.guard.share(square)
    return TileScores(score, np.full(shape, CHANGED.code, np.uint8))


def _seen(params: Params, square: PairBlock) -> tuple[Seen, Seen]:
    """Features and things of both dates."""
    pre, post = (_picture(date, square) for date in params.pictures.pair(square))
    return _looked_at(params, pre, square), _looked_at(params, post, square)


def _picture(colours: Floats, square: PairBlock) -> NDArray[np.uint8]:
    """One date as Segment Anything takes it; grey where a date was not observed."""
    levels = np.rint(colours * WHITE).astype(np.uint8)
    return np.where(square.valid, levels, np.uint8(GREY))


def _looked_at(params: Params, picture: NDArray[np.uint8], square: PairBlock) -> Seen:
    loaded = params.loaded
    key = Square(picture, square.valid, SEGMENTER, loaded.weights_sha256, loaded.device)
    look = kept_squares.take(key, lambda: _look(loaded, picture, square.valid))
    weight, bias = _last_scaling(loaded.model)
    return Seen(latent_matching.unscaled(look.features, weight, bias), look.things)


def _look(loaded: Loaded, picture: NDArray[np.uint8], valid: NDArray[np.bool_]) -> Look:
    """Features and things of a picture, which takes seconds to minutes."""
    model, segmenter = loaded.model, loaded.segmenter
    rows, cols = picture.shape[1:]
    features = model.encode(picture)
    embedding = {"image": features, "rows": np.array(rows), "cols": np.array(cols)}
    things = prompted(segmenter, model, embedding, valid, least_px=LEAST_PX, watcher=Watcher())
    return Look(features, tuple(things))


def _last_scaling(model: Any) -> tuple[Any, Any]:
    """Weight and bias (channel,) of the normalisation that ends the encoder."""
    last = model.encoder.neck[-1]
    return last.weight.float().cpu().numpy(), last.bias.float().cpu().numpy()
