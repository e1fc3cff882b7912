"""How good a network is on ground kept for validation, and on pairs in which nothing changed.

Knows nothing of the training.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from inference.networks.changenet import ChangeNet
from inference.siamese import looking
from inference.siamese.looking import AERIAL, AFAR, STRIDE_PX, Second
from inference.training.change.asking import asking
from inference.training.change.shards import CHANGED, SEEN, Stored
from inference.training.change.tally import Answer, Rule, Tally, count
from inference.training.tuning.ground import Ground, Picture
from inference.training.tuning.split import Block
from raster.stretch import HIGH_PCT, LOW_PCT

Scores = NDArray[np.float32]
CORE_PX = 1024
"""Larger blocks are looked at in parts."""
GAIN, OFFSET = 0.8, 15
"""Of the brightness-only control, on values of 8 bits; none of them is cut off."""


@dataclass(frozen=True)
class Figures:
    """What a network reaches.

    Attributes:
        f1: harmonic mean of precision and recall on the validation blocks, in pixels.
        precision: share of what it flags that is labelled as changed.
        recall: share of the labelled change that it flags.
        validated_px: labelled pixels of the validation blocks.
        identical_share: share flagged where both dates are one picture.
        brighter_share: share flagged where the later date is the earlier one, but for brightness.
        generic_f1: F1 on rendered places that no training saw; None where none were asked for.
    """

    f1: float
    precision: float
    recall: float
    validated_px: int
    identical_share: float
    brighter_share: float
    generic_f1: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Rounded, for a record."""
        rounded = {
            name: round(value, 5) for name, value in asdict(self).items() if value is not None
        }
        return asdict(self) | rounded


def figures(
    net: ChangeNet,
    grounds: Sequence[Ground],
    blocks: Sequence[Block],
    *,
    rule: Rule,
    rendered: Sequence[Stored] = (),
) -> Figures:
    """All figures of a network."""
    found = validated(net, grounds, blocks, rule=rule)
    identical, brighter = (
        count([_control(net, grounds, block, is_brighter=flag) for block in blocks], rule)
        for flag in (False, True)
    )
    return Figures(
        found.f1,
        found.precision,
        found.recall,
        int(found.pixels),
        identical.flagged,
        brighter.flagged,
        generic(net, rendered, rule=rule) if rendered else None,
    )


def generic(net: ChangeNet, rendered: Sequence[Stored], *, rule: Rule) -> float:
    """F1 on rendered pairs; 0 without any."""
    return count([_generic(net, pair) for pair in rendered], rule).f1


def validated(
    net: ChangeNet, grounds: Sequence[Ground], blocks: Sequence[Block], *, rule: Rule
) -> Tally:
    """Pixels of the validation blocks by what a network says and what is labelled."""
    answers = []
    for block in blocks:
        ground = grounds[block.ground]
        codes = ground.codes[block.window]
        score = scores(net, ground, block)
        answers.append(Answer(score, (codes & CHANGED) > 0, (codes & SEEN) > 0, ground.gsd_m))
    return count(answers, rule)


def scores(net: ChangeNet, ground: Ground, block: Block) -> Scores:
    """Change (row, col) 0..1 in a block, seen with all that surrounds it."""
    out = np.zeros((block.bottom - block.top, block.right - block.left), np.float32)
    for top in range(block.top, block.bottom, CORE_PX):
        for left in range(block.left, block.right, CORE_PX):
            core = Block(block.ground, top, left, min(top + CORE_PX, block.bottom),
                         min(left + CORE_PX, block.right))  # fmt: skip
            rows = slice(core.top - block.top, core.bottom - block.top)
            out[rows, core.left - block.left : core.right - block.left] = _scores(net, ground, core)
    return out


def _scores(net: ChangeNet, ground: Ground, core: Block) -> Scores:
    second = AERIAL.second(ground.gsd_m)
    seen = core.grown(looking.halo_px(second)).within(ground.shape)
    # Tiles of the product begin at such rows and columns, too.
    step = AFAR * STRIDE_PX
    top, left = (at // step * step for at in (seen.top, seen.left))
    shown = ground.pictures[:, top : seen.bottom, left : seen.right]
    inner = slice(core.top - top, core.bottom - top), slice(core.left - left, core.right - left)
    change = look(net, shown, second, inner)
    rows, cols = looking.near(inner, shown.shape[1:3])
    inside = (
        slice(at.start - part.start, at.stop - part.start)
        for at, part in zip(inner, (rows, cols), strict=True)
    )
    return np.ascontiguousarray(change[*inside])


def look(
    net: ChangeNet, pictures: Picture, second: Second = "none", core: looking.Part | None = None
) -> Scores:
    """Change (row, col) 0..1 near a core of two pictures (2, row, col, 3) of any shape."""
    pre, post = (np.ascontiguousarray(one.transpose(2, 0, 1)) for one in pictures)
    return expit(looking.look(asking(net), pre, post, core=core, second=second)[0])


def _control(
    net: ChangeNet, grounds: Sequence[Ground], block: Block, *, is_brighter: bool
) -> Answer:
    """What a network says of a block in which nothing changed but, perhaps, the brightness."""
    ground = grounds[block.ground]
    seen = block.grown(STRIDE_PX).within(ground.shape)
    pre = _stretched(ground.pictures[0][seen.window])
    post = pre
    if is_brighter:
        post = _stretched((pre * GAIN + OFFSET).astype(np.uint8))
    score = look(net, np.stack([pre, post]), AERIAL.second(ground.gsd_m))
    return Answer(score, np.zeros(score.shape, bool), ground.observed[seen.window], ground.gsd_m)


def _stretched(picture: Picture) -> Picture:
    """A picture (row, col, 3) from its darkest to its brightest, as the detector shows a date."""
    low, high = np.percentile(picture, [LOW_PCT, HIGH_PCT], axis=(0, 1))
    levels = (picture - low) / np.maximum(high - low, 1) * 255
    return np.asarray(np.clip(np.round(levels), 0, 255), np.uint8)


def _generic(net: ChangeNet, pair: Stored) -> Answer:
    score = look(net, pair.pictures)
    return Answer(score, (pair.codes & CHANGED) > 0, (pair.codes & SEEN) > 0, 0.5)
