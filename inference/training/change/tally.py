"""Counted pixels of answers, and the threshold and smallest size that suit them best.

Knows nothing of networks or files.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

THRESHOLDS = tuple(float(t) for t in np.round(np.arange(0.3, 0.91, 0.1), 2))
SMALLEST_M2 = (20.0, 40.0)
"""Maps of buildings leave out sheds; so does the product."""
CLOSE = 0.005
"""Rules whose F1 differs by less are as good as each other: chance decides between them."""
QUIET = 0.002
"""Share of pixels flagged where nothing changed that users put up with."""
WORTH = 0.02
"""F1 that quiet may cost."""
PREVALENCE = 0.05
"""Share of changed pixels in the mix that thresholds are chosen on: more than in most scenes."""


@dataclass(frozen=True)
class Answer:
    """What a network says of a pair, beside the truth.

    Attributes:
        score: (row, col) of change, 0..1.
        truth: (row, col).
        seen: (row, col).
        gsd_m: ground size of a pixel.
    """

    score: NDArray[np.float32]
    truth: NDArray[np.bool_]
    seen: NDArray[np.bool_]
    gsd_m: float

    @property
    def is_calm(self) -> bool:
        """Whether nothing changed."""
        return not bool((self.truth & self.seen).any())


@dataclass(frozen=True)
class Tally:
    """Pixels by what was said and what is true.

    Attributes:
        hits: said and true.
        false: said and not true.
        missed: true and not said.
        pixels: in all.
    """

    hits: float = 0
    false: float = 0
    missed: float = 0
    pixels: float = 0

    def plus(self, other: "Tally", times: float = 1.0) -> "Tally":
        """Both together, the other one so many times."""
        return Tally(
            self.hits + times * other.hits,
            self.false + times * other.false,
            self.missed + times * other.missed,
            self.pixels + times * other.pixels,
        )

    @property
    def precision(self) -> float:
        """Share of what was said that is true; 0 where nothing was said."""
        return self.hits / max(self.hits + self.false, 1)

    @property
    def recall(self) -> float:
        """Share of what is true that was said; 0 where nothing is."""
        return self.hits / max(self.hits + self.missed, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.hits / max(2 * self.hits + self.false + self.missed, 1)

    @property
    def flagged(self) -> float:
        """Share of all pixels that was said."""
        return (self.hits + self.false) / max(self.pixels, 1)


@dataclass(frozen=True)
class Rule:
    """How scores become a mask.

    Attributes:
        threshold: smallest score of change.
        min_area_m2: smaller blobs are dropped.
    """

    threshold: float
    min_area_m2: float


def mask(answer: Answer, rule: Rule) -> NDArray[np.bool_]:
    """Where a rule sees change (row, col)."""
    said = (answer.score >= rule.threshold) & answer.seen
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(said.astype(np.uint8))
    size_m2 = stats[:, cv2.CC_STAT_AREA] * answer.gsd_m**2
    return np.asarray(said & (size_m2 >= rule.min_area_m2)[labels])


def count(answers: Sequence[Answer], rule: Rule) -> Tally:
    """All pixels of some answers together."""
    total = Tally()
    for answer in answers:
        said, true = mask(answer, rule), answer.truth & answer.seen
        total = total.plus(
            Tally(
                float((said & true).sum()),
                float((said & ~true).sum()),
                float((true & ~said).sum()),
                float(answer.seen.sum()),
            )
        )
    return total


def best_rule(answers: Sequence[Answer], smallest_m2: Sequence[float] = SMALLEST_M2) -> Rule:
    """The rule with the highest F1 on the mix among those that are quiet where nothing changed.

    Where quiet costs too much F1, the quietest of the rules close to the highest. The mix is that
    of `mixed`; false alarms are counted where nothing changed.
    """
    parts = parted(answers)
    tallies = {Rule(t, a): tuple(count(part, Rule(t, a)) for part in parts)
               for t in THRESHOLDS for a in smallest_m2}  # fmt: skip
    reached = {rule: _mix(busy, still).f1 for rule, (busy, still) in tallies.items()}
    flagged = {rule: still.flagged for rule, (_busy, still) in tallies.items()}
    most = max(reached.values())
    quiet = [r for r in reached if flagged[r] <= QUIET and reached[r] >= most - WORTH]
    if quiet:
        return max(quiet, key=lambda rule: (reached[rule], -flagged[rule]))
    close = [rule for rule, f1 in reached.items() if f1 >= most - CLOSE]
    return min(close, key=lambda rule: (flagged[rule], -reached[rule]))


def mixed(answers: Sequence[Answer], rule: Rule) -> Tally:
    """Pixels of pairs that changed, and of as many that did not as make up the mix."""
    busy, still = (count(part, rule) for part in parted(answers))
    return _mix(busy, still)


def parted(answers: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """The pairs that changed, and those that did not."""
    return ([answer for answer in answers if not answer.is_calm],
            [answer for answer in answers if answer.is_calm])  # fmt: skip


def _mix(busy: Tally, still: Tally) -> Tally:
    wanted = (busy.hits + busy.missed) / PREVALENCE - busy.pixels
    return busy.plus(still, max(wanted, 0.0) / max(still.pixels, 1))
