"""Methods that say what they are told to, and a small pair with a new house."""

from dataclasses import dataclass, replace

import numpy as np

from inference import registry
from inference.detectors.base import CHANGED, Sample, TileScores
from raster.align import PairBand, PairBlock
from tests.scenes import ground, with_houses

SHAPE = (40, 60)
EVERYWHERE = np.ones(SHAPE, bool)
BLANK = PairBlock(*2 * [np.zeros((3, *SHAPE), np.float32)], EVERYWHERE, EVERYWHERE)


@dataclass(frozen=True)
class Says:
    """A method that gives one score and one class everywhere."""

    score: float
    code: int = 1
    threshold: float = 0.5
    classes: tuple = (CHANGED,)

    @property
    def CARD(self):  # noqa: N802 - as in the modules it stands for
        return replace(registry.card("cva"), fixed_threshold=self.threshold, classes=self.classes)

    def predict(self, _params, block):
        shape = block.pre_valid.shape
        return TileScores(
            np.full(shape, self.score, np.float32), np.full(shape, self.code, np.uint8)
        )


def pair(sensor="optical", roles=("red", "green", "blue")):
    pre = np.rint(ground((120, 140)))
    seen = np.ones(pre.shape[1:], bool)
    block = PairBlock(pre, with_houses(pre, [(30, 40, 30, 30)]), seen, seen)
    bands = tuple(PairBand(role, role, (at,), (at,)) for at, role in enumerate(roles, 1))
    return Sample((block,), bands, 10.0, sensor)
