"""What our siamese change networks do as detectors: fit, scores, remarks.

Each detector says which weights, bands and pictures are its own. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from errors import UnsuitableSceneError
from inference import domain_fit, weights
from inference.backends.base import Engine, Source
from inference.backends.choice import Engines
from inference.detectors.base import Remarks, Sample, TileScores
from inference.domain_fit import DomainFit
from inference.siamese import answer, facts, looking
from inference.siamese.looking import HALO_PX, ONCE, STRIDE_PX, Scales, Second
from inference.siamese.pictures import observed
from inference.working import suited
from raster.findings import Finding
from raster.mask import ChangeClass

if TYPE_CHECKING:
    from torch import nn

    from inference.siamese.facts import Facts
    from inference.siamese.pictures import Picture
    from raster.align import PairBlock
    from raster.native import Bools


class Showing(Protocol):
    """How a pair becomes pictures of 8 bits."""

    def stretches_of(self, sample: Sample) -> Any:
        """What turns each date of a pair into pictures."""

    def pictures(self, stretches: Any, block: PairBlock, valid: Bools) -> tuple[Picture, Picture]:
        """Both dates (band, row, col), grey where not observed."""


@dataclass(frozen=True)
class Params:
    """What `fit` made ready.

    Attributes:
        stretches: from the values of each date to pictures of 8 bits.
        threshold: score of the network from which a pixel is changed.
        engine: runs the network.
        fit: whether the pair is like what the network learned from.
        told: what is to be told of the input.
        second: how it is looked at a second time.
    """

    stretches: Any
    threshold: float
    engine: Engine
    fit: DomainFit | None
    told: tuple[Finding, ...]
    second: Second = "none"

    @property
    def halo_px(self) -> int:
        """Neighbours a score depends on."""
        return looking.halo_px(self.second)


@dataclass(frozen=True)
class Siamese:
    """A network by the name of its weights, and how it is shown a pair.

    Attributes:
        weights: name in the manifest.
        showing: from a pair to pictures.
        bands: of a picture.
        square_px: side of the pictures whose statistics are compared with what was learned from.
        codes: of classes by direction: 0, 1 and, from the end, -1.
        scales: at which ground sizes of a pixel a pair is looked at a second time.
    """

    weights: str
    showing: Showing
    bands: int
    square_px: int
    codes: NDArray[np.uint8]
    scales: Scales = ONCE

    @property
    def facts(self) -> Facts:
        """What the file of weights says.

        Raises:
            WeightsMissingError: the weights are not on this machine.
            WeightsCorruptError: the file says nothing, or is not the one that was published.
        """
        return facts.read(weights.path(self.weights))

    def working_gsd_m(self, gsd_m: float) -> float:
        """The ground size of a pixel the network looks at a pair with.

        Raises:
            UnsuitableSceneError: the pixels are too large.
        """
        known = self.facts
        return suited(gsd_m, range_m=known.gsd_range_m, best_m=known.working_gsd_m)

    def fit(self, sample: Sample, told: Sequence[Finding]) -> Params:
        """Stretch, engine and how far the pair is like what the network learned from.

        Raises:
            UnsuitableSceneError: no pixel was observed at both dates.
            WeightsMissingError: the weights are not on this machine.
            WeightsCorruptError: the file is not the one that was published.
        """
        if not any(observed(block).any() for block in sample.blocks):
            msg = "No pixel was observed at both dates."
            hint = "Choose scenes or an area of interest that both dates cover."
            raise UnsuitableSceneError(msg, hint=hint)
        engine = self.engines("Looks").on(sample.device)
        stretches = self.showing.stretches_of(sample)
        likeness = self._likeness(sample, stretches)
        second = self.scales.second(sample.gsd_m)
        return Params(stretches, self.facts.threshold, engine, likeness, tuple(told), second)

    def predict(self, params: Params, block: PairBlock) -> TileScores:
        """Scores of a core and its surroundings: 0.5 where the network reaches its threshold."""
        valid = observed(block)
        pre, post = self.showing.pictures(params.stretches, block, valid)
        near = looking.near(block.core, valid.shape)
        change, footprints = looking.look(
            params.engine, pre, post, core=block.core, second=params.second
        )
        pre, post, seen = pre[:, *near], post[:, *near], valid[near]
        found = answer.scores(change, threshold=params.threshold)
        directions = answer.directions(found, footprints)
        found[answer.is_same(pre, post)] = 0
        found[~seen] = np.nan
        score, code = np.full(valid.shape, np.nan, np.float32), np.zeros(valid.shape, np.uint8)
        score[near], code[near] = found, self.codes[directions]
        return TileScores(score, code)

    def familiarity(self, sample: Sample) -> DomainFit | None:
        """Whether a pair is like what was learned from; None where the weights do not say."""
        return self._likeness(sample, self.showing.stretches_of(sample))

    def remarks(self, params: Params) -> Remarks:
        """How the network was run, and what to be careful about."""
        notes = tuple(Finding("less_memory", "info", note) for note in params.engine.notes)
        nature = params.engine.nature
        record: dict[str, Any] = {
            "weights_sha256": weights.sha256(self.weights),
            "engine": {"name": nature.name, "precision": nature.precision, "why": nature.why},
            "second_look": params.second,
        }
        if params.fit is None:
            return Remarks((*params.told, *notes), record)
        record["domain_fit"] = params.fit.as_json()
        return Remarks((*params.told, params.fit.finding(), *notes), record)

    def engines(self, part: str) -> Engines:
        """Engines of a part of the network, for the weights as they are now."""
        return _engines(self.weights, part, weights.sha256(self.weights), self.bands)

    def squares(self, stretches: Any, block: PairBlock) -> list[Picture]:
        """Squares of both dates that were observed nearly everywhere."""
        valid = observed(block)
        both = self.showing.pictures(stretches, block, valid)
        return [cut for one in both for cut in domain_fit.squares(one, valid, self.square_px)]

    def _likeness(self, sample: Sample, stretches: Any) -> DomainFit | None:
        learned = self.facts.training_stats
        if learned is None:
            return None
        embed = partial(_embedded, self.engines("Embedding").on(sample.device))
        seen = [one for block in sample.blocks for one in self.squares(stretches, block)]
        return domain_fit.judge(learned, seen, gsd_m=sample.gsd_m, embed=embed)


def codes_of(
    changed: ChangeClass, appeared: ChangeClass, vanished: ChangeClass
) -> NDArray[np.uint8]:
    """Codes of classes by direction: 0, 1 and, from the end, -1."""
    return np.array([changed.code, appeared.code, vanished.code], np.uint8)


@cache
def _engines(name: str, part: str, sha256: str, bands: int) -> Engines:
    """Engines of a part of a network, for the weights with this hash."""
    return Engines(source(name, part, sha256, bands))


def source(name: str, part: str, sha256: str, bands: int) -> Source:
    """A part of a network for engines, by the name and the hash of its weights."""
    return Source(
        key=f"{name.replace('/', '-')}-{part.lower()}-{sha256[:16]}",
        build=partial(_built, name, part),
        bands=bands,
        stride_px=STRIDE_PX,
        halo_px=HALO_PX,
    )


def _built(name: str, part: str) -> nn.Module:
    # Imported here: it loads PyTorch, which a kept engine does without.
    from inference.siamese import network

    module: nn.Module = getattr(network, part)(network.load(weights.path(name)))
    return module.eval()


def _embedded(engine: Engine, seen: Picture) -> NDArray[np.float32]:
    """Mean deepest features (n, k) of pictures (n, band, row, col)."""
    found = [engine(one, one)[0][0] for one in seen]
    return np.stack(found)
