"""Change of any kind without training: things that Segment Anything sees at one date and not both.

Outlines things at both dates and compares their features (`inference.adapters.latent_matching`).
Knows nothing of what a thing is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from errors import UnsuitableSceneError
from inference import segmenter_registry
from inference.adapters import difference_guard, latent_matching, pictures
from inference.adapters.latent_matching import Query, Seen
from inference.adapters.squares import Squares
from inference.detectors.base import CHANGED, Card, Remarks, Sample, TileScores
from inference.segmentation.asking import prompted
from progress import Watcher
from raster.align import PairBlock

if TYPE_CHECKING:
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
        query: only changes of things like this one are wanted; None for all.
    """

    pictures: Pictures
    guard: DifferenceGuard
    loaded: Loaded
    query: Query | None = None


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
    return Remarks((pictures.CONVERSION,) if params.pictures.is_converted else (), record)


def like_this(
    params: Params, block: PairBlock, *, row: int, col: int, date: Literal["pre", "post"]
) -> Params:
    """Parameters with which only changes of things like the one at a place are flagged.

    Args:
        params: from `fit`.
        block: one square's worth of ground around the place, at most 1024 x 1024 pixels.
        row: of the place in the block.
        col: likewise.
        date: at which date the thing is there.

    Raises:
        UnsuitableSceneError: nothing was outlined at that place.
    """
    whole = Squares(SQUARES.side_px)
    found: list[Query | None] = []

    def look(square: PairBlock) -> TileScores:
        pre, post = _seen(params, square)
        shape = square.pre_valid.shape
        seen = pre if date == "pre" else post
        found.append(latent_matching.query_at(seen, shape, row=row, col=col))
        return TileScores(np.zeros(shape, np.float32), np.zeros(shape, np.uint8))

    whole.run(block, look)
    if not found or found[0] is None:
        msg = "Nothing is outlined at the place that was pointed at."
        raise UnsuitableSceneError(msg, hint="Point at the middle of a thing with a clear outline.")
    return replace(params, query=found[0])


def _score(params: Params, square: PairBlock) -> TileScores:
    """Scores of one square."""
    shape = square.pre_valid.shape
    pre, post = _seen(params, square)
    angles = latent_matching.angles(pre, post, shape, most_share=MOST_SHARE, query=params.query)
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
    model, segmenter = params.loaded.model, params.loaded.segmenter
    rows, cols = picture.shape[1:]
    features = model.encode(picture)
    embedding = {"image": features, "rows": np.array(rows), "cols": np.array(cols)}
    things = prompted(
        segmenter, model, embedding, square.valid, least_px=LEAST_PX, watcher=Watcher()
    )
    weight, bias = _last_scaling(model)
    return Seen(latent_matching.unscaled(features, weight, bias), tuple(things))


def _last_scaling(model: Any) -> tuple[Any, Any]:
    """Weight and bias (channel,) of the normalisation that ends the encoder."""
    last = model.encoder.neck[-1]
    return last.weight.float().cpu().numpy(), last.bias.float().cpu().numpy()
