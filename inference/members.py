"""Methods that take part in one that asks several: their scores on one scale, and who says change.

Knows nothing of how scores are put together.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inference.detectors.base import Detector, Remarking, Remarks, Sample, TileScores, halo_px
from inference.score_files import SCORE_STEPS
from raster.align import PairBlock


@dataclass(frozen=True)
class Member:
    """One method, fitted to the pair.

    Attributes:
        detector: the method; its threshold is the same on every pair.
        params: what its `fit` returned.
    """

    detector: Detector
    params: Any

    @property
    def threshold(self) -> float:
        """Its score from which it calls a pixel changed."""
        return self.detector.CARD.fixed_threshold

    @property
    def halo_px(self) -> int:
        """Neighbours its scores may depend on, on this pair."""
        return halo_px(self.detector, self.params)

    def look(self, block: PairBlock) -> TileScores:
        """What it says, with the scores moved so that 0.5 is the threshold."""
        found, threshold = self.detector.predict(self.params, block), self.threshold
        below = found.score * np.float32(0.5 / threshold)
        above = 0.5 + (found.score - threshold) * np.float32(0.5 / (1 - threshold))
        scores = np.where(found.score < threshold, below, above).astype(np.float32)
        return TileScores(scores, found.code)

    def directions(self, code: NDArray[np.uint8]) -> NDArray[np.int8]:
        """Of its classes (row, col): 1 appeared, -1 vanished, 0 neither."""
        directions = np.zeros(256, np.int8)
        for entry in self.detector.CARD.classes:
            directions[entry.code] = {"appeared": 1, "vanished": -1}.get(entry.state, 0)
        return directions[code]

    def remarks(self) -> Remarks:
        """What it has to tell about the run, if anything."""
        told = self.detector.remarks(self.params) if isinstance(self.detector, Remarking) else None
        return told or Remarks()


@dataclass(frozen=True)
class Params:
    """The methods that take part."""

    members: tuple[Member, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Of the methods, in the order of the bits of `ballots`."""
        return tuple(member.detector.CARD.name for member in self.members)

    def remarks(self) -> Remarks:
        """Who took part, by name with title, and what the methods themselves have to tell."""
        told = [(member.detector.CARD, member.remarks()) for member in self.members]
        findings = tuple(finding for _card, one in told for finding in one.findings)
        members = {card.name: {"title": card.title, **one.record} for card, one in told}
        return Remarks(findings, {"members": members})


def join(detector: Detector, sample: Sample) -> Member:
    """A method, fitted to a pair.

    Raises:
        UnsuitableSceneError: the pair does not suit it.
    """
    return Member(detector, detector.fit(sample))


def calls(scores: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Where each method calls change (method, row, col); rounded as the scores that are kept."""
    return np.asarray(np.rint(scores * np.float32(SCORE_STEPS)) >= SCORE_STEPS / 2, np.bool_)


def ballots(called: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """One byte a pixel (row, col): bit n is set where method n calls change."""
    return np.asarray(np.packbits(called, axis=0, bitorder="little")[0], np.uint8)
