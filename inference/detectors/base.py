"""What every change detector is: a card, a fit on a bounded sample and a pure function of a tile.

Knows nothing of files, CRS or thresholds' use; detectors do not know each other.

A detector is a module `inference/detectors/<name>.py` that defines

    CARD: Card
    def fit(sample: Sample) -> Params          # scene-level parameters, estimated once
    def predict(params: Params, block: PairBlock) -> TileScores     # pure, tile by tile

and, where the bands decide which of its classes can be seen at all,

    def assessable(params: Params) -> tuple[ChangeClass, ...]

where it learned from pixels of a certain ground size,

    def working_gsd_m(gsd_m: float) -> float

and where it has something to tell about a run,

    def remarks(params: Params) -> Remarks

where it asks others and tells what each of them said of a pixel,

    def voters(params: Params) -> tuple[str, ...]

where the parameters say that it looks less far than its card allows,

    def halo_px(params: Params) -> int

where certain bands must be there,

    def lacking(bands: Sequence[PairBand]) -> str

and where it can look for changes like some that were pointed at,

    def like_these(params: Params, examples: Sequence[Example], least_score: float) -> Params

`fit` sees at most about a million pixels of the pair. `predict` sees one tile with its halo and
must depend on nothing else, so that tiled equals whole: a score may use neighbours no farther away
than `halo_px` says, and without it than `CARD.halo_px`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from inference.domain_fit import DomainFit
from raster.align import PairBand, PairBlock
from raster.findings import Finding
from raster.mask import ChangeClass

ThresholdMethod = Literal["otsu", "kapur", "rosin", "fixed"]
SensorKind = Literal["optical", "sar"]

CHANGED = ChangeClass(1, "changed", "changed", "changed", "#d7301f")


@dataclass(frozen=True)
class Card:
    """What a detector needs, finds and is worth; shown to users and checked before a run.

    Attributes:
        name: module name and `--detector` value.
        title: name for people.
        summary: one or two sentences: what it flags, what it ignores.
        source: paper, standard or project the method comes from.
        sensors: kinds of imagery it is made for.
        min_bands: least number of common bands.
        gsd_range_m: smallest and largest sensible GSD in metres.
        classes: legend of its mask.
        threshold: default way to turn scores into a mask.
        threshold_reason: why that one.
        fixed_threshold: the value used when `threshold` is `fixed`, and the least score ever
            called change by the automatic ones (the null guard).
        threshold_cap: scores above it count as this much when a threshold is chosen, so that a
            few extreme changes do not hide the moderate ones.
        halo_px: neighbours a score may depend on, on any pair.
        tile_px: preferred core size.
        align_px: cores of tiles begin at multiples of this, for networks that see fixed squares;
            divides `tile_px`.
        is_symmetric: whether swapped dates give the same scores.
        min_area_m2: least area of a change it can be trusted with; the default minimum mapping unit
            is no smaller.
        weights: name in the weights manifest, or None.
        limits: plain sentences on where it fails.
        licence: terms of a network that is neither ours nor in the manifest; else empty.
    """

    name: str
    title: str
    summary: str
    source: str
    sensors: tuple[SensorKind, ...]
    min_bands: int
    gsd_range_m: tuple[float, float]
    classes: tuple[ChangeClass, ...]
    threshold: ThresholdMethod
    threshold_reason: str
    fixed_threshold: float
    halo_px: int
    threshold_cap: float = 1.0
    tile_px: int = 1024
    align_px: int = 1
    is_symmetric: bool = True
    min_area_m2: float = 0.0
    weights: str | None = None
    limits: tuple[str, ...] = ()
    licence: str = ""


@dataclass(frozen=True)
class Sample:
    """A bounded, evenly spread sample of the pair at full resolution.

    Attributes:
        blocks: square blocks of the pair, without overlap; a small scene is one block.
        bands: the common bands, in the order of the blocks' first axis.
        gsd_m: ground size of a pixel in metres; None for pictures of which nobody said it.
        sensor: kind of imagery.
        device: what tiles will be scored on: `cpu`, or a graphics card as PyTorch names it.
    """

    blocks: tuple[PairBlock, ...]
    bands: tuple[PairBand, ...]
    gsd_m: float | None
    sensor: SensorKind
    device: str = "cpu"

    def pixels(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Pre and post values (band, n) of the valid pixels of all blocks."""
        pre = [block.pre[:, block.valid] for block in self.blocks]
        post = [block.post[:, block.valid] for block in self.blocks]
        return np.concatenate(pre, axis=1), np.concatenate(post, axis=1)


@dataclass(frozen=True)
class TileScores:
    """Scores of one tile.

    Attributes:
        score: (row, col) float32 in 0..1, NaN where the detector cannot say.
        code: (row, col) uint8, the class a pixel gets if its score reaches the threshold.
        votes: (row, col) uint8 of a detector that asks others: bit `i` is set where its voter `i`
            calls the pixel changed.
    """

    score: NDArray[np.float32]
    code: NDArray[np.uint8]
    votes: NDArray[np.uint8] | None = None


@dataclass(frozen=True)
class Example:
    """A place where somebody pointed at a change.

    Attributes:
        block: the tile that answers for the place, with its halo and core.
        row: of the place in the block.
        col: likewise.
        words: the place as it was given, for people.
    """

    block: PairBlock
    row: int
    col: int
    words: str


@dataclass(frozen=True)
class Remarks:
    """What a detector has to tell about a run.

    Attributes:
        findings: what the reader of the result must know.
        record: what `run.json` keeps, e.g. the weights and the engine that ran them.
    """

    findings: tuple[Finding, ...] = ()
    record: Mapping[str, Any] = field(default_factory=dict)


@runtime_checkable
class Resampling(Protocol):
    """A detector that wants to see pairs in pixels of a certain ground size."""

    def working_gsd_m(self, gsd_m: float) -> float:
        """The GSD to score a pair of `gsd_m` at; the mask is on the pair's own pixels.

        Raises:
            UnsuitableSceneError: the pixels are too large for what it looks for.
        """


@runtime_checkable
class Familiar(Resampling, Protocol):
    """A learned detector that can tell whether a pair is like what it learned from."""

    def is_recommended(self) -> bool:
        """Whether its weights were better than the detectors without, where they were judged."""

    def familiarity(self, sample: Sample) -> DomainFit | None:
        """How far the sample, in pixels of its working GSD, is like that; None if not known."""


@runtime_checkable
class Remarking(Protocol):
    """A detector that has something to tell once all tiles were scored."""

    def remarks(self, params: Any) -> Remarks:
        """What is to be told about the run these parameters served."""


@runtime_checkable
class Voting(Protocol):
    """A detector that asks others, at most eight, and tells what each said of a pixel."""

    def voters(self, params: Any) -> tuple[str, ...]:
        """Names of those asked, in the order of the bits of `TileScores.votes`."""


@runtime_checkable
class Reaching(Protocol):
    """A detector that looks less far on some pairs than on others."""

    def halo_px(self, params: Any) -> int:
        """Neighbours a score may depend on, on the pair it was fitted to; at most its halo."""


@runtime_checkable
class Pointable(Protocol):
    """A detector that can look for changes like some that were pointed at."""

    def like_these(self, params: Any, examples: Sequence[Example], least_score: float) -> Any:
        """Parameters with which only changes of things like those at the examples are flagged.

        Args:
            params: from `fit`.
            examples: where somebody pointed.
            least_score: from which on a pixel is called changed.

        Raises:
            InputError: nothing changed at one of the places, or nothing is outlined there.
        """


@runtime_checkable
class Particular(Protocol):
    """A detector that needs certain bands, not just enough of them."""

    def lacking(self, bands: Sequence[PairBand]) -> str:
        """Why it cannot work with the bands, as the end of a sentence; empty where it can."""


@runtime_checkable
class Selective(Protocol):
    """A detector that can show only some of its classes on some pairs."""

    def assessable(self, params: Any) -> tuple[ChangeClass, ...]:
        """The classes it can show on the pair it was fitted to, in the order of its card."""


class Detector(Protocol):
    """The module of one detector."""

    CARD: Card

    def fit(self, sample: Sample) -> Any:
        """Scene-level parameters from a bounded sample.

        Raises:
            UnsuitableSceneError: the bands or the sensor do not suit the detector.
        """

    def predict(self, params: Any, block: PairBlock) -> TileScores:
        """Scores of every pixel of the block, its halo included."""


def halo_px(detector: Detector, params: Any) -> int:
    """Neighbours a score of a detector may depend on, on the pair it was fitted to."""
    return detector.halo_px(params) if isinstance(detector, Reaching) else detector.CARD.halo_px
