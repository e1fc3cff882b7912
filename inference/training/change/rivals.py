"""How good the detectors without weights are on the pairs kept for judging.

The network must beat them, judged alike, before `auto` may prefer it: each is given the rule that
suits it best. Knows nothing of networks.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from inference import registry
from inference.detectors.base import Sample
from inference.training.change import judge
from inference.training.change.judge import Figures
from inference.training.change.shards import CHANGED, SEEN, Shards, Stored
from inference.training.change.tally import Answer, Rule
from raster.align import PairBand, PairBlock
from raster.bands import BandRole

NAMES = ("cva", "irmad", "structure")
EVERY = 4
"""One pair in so many is asked about: each takes a third of a second."""
COLOURS: tuple[BandRole, ...] = ("red", "green", "blue")
BANDS = tuple(PairBand(role, role, (i,), (i,)) for i, role in enumerate(COLOURS, 1))


def measure(folder: Path) -> dict[str, tuple[Rule, Figures]]:
    """The best rule of each, and its figures."""
    return {
        name: judge.figures_of({kind: list(ask(name, folder / kind)) for kind in judge.KINDS})
        for name in NAMES
    }


def ask(name: str, shard: Path) -> Iterator[Answer]:
    """Answers of a detector to some pairs of a shard, each a scene of its own."""
    pool = Shards((shard,))
    for index in range(0, len(pool), EVERY):
        yield answer(name, pool[index], pool.gsd_m(index))


def answer(name: str, pair: Stored, gsd_m: float) -> Answer:
    """What a detector says of one pair; nothing where it cannot tell."""
    detector = registry.load(name)
    codes = np.asarray(pair.codes)
    seen = (codes & SEEN) > 0
    truth = (codes & CHANGED) > 0
    if not seen.any():
        return Answer(np.zeros(seen.shape, np.float32), truth, seen, gsd_m)
    pre, post = (
        np.ascontiguousarray(picture.transpose(2, 0, 1)).astype(np.float32) * seen
        for picture in pair.pictures
    )
    block = PairBlock(pre, post, seen, seen)
    params = detector.fit(Sample((block,), BANDS, gsd_m, "optical"))
    score = np.nan_to_num(detector.predict(params, block).score)
    return Answer(score, truth, seen, gsd_m)
