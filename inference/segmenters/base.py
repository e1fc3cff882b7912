"""What every segmenter is: a card, a model without a picture, and pure functions of a chip.

Knows nothing of files, CRS or users; segmenters do not know each other.

A segmenter is a module `inference/segmenters/<name>.py` that defines

    CARD: Card
    def load(device: str) -> Any                      # the model; heavy imports happen here
    def embed(model, chip: Chip) -> Embedding         # once per window, kept as plain arrays
    def answer(model, embedding, prompt: Prompt) -> tuple[Candidate, ...]      # best first

The model never keeps a picture, so that two users may ask one model at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from raster.chip import Chip

PromptKind = Literal["point", "box", "polygon", "text"]
XY = tuple[float, float]
Embedding = Mapping[str, NDArray[Any]]
"""What a model computed of a chip, as arrays by name; `rows` and `cols` of the chip among them."""


@dataclass(frozen=True)
class Card:
    """What a segmenter needs, takes and is worth; shown to users.

    Attributes:
        name: module name and `--segmenter` value.
        title: name for people.
        summary: one or two sentences.
        source: paper or project the method comes from.
        licence: of the weights; empty when it has none.
        prompts: kinds of prompt it takes.
        gsd_range_m: chips are read at a GSD within this range.
        window_px: side of the window that is embedded at once.
        weights: name in the weights manifest, or None.
        limits: plain sentences on where it fails.
    """

    name: str
    title: str
    summary: str
    source: str
    licence: str
    prompts: frozenset[PromptKind]
    gsd_range_m: tuple[float, float]
    window_px: int = 1024
    weights: str | None = None
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prompt:
    """What a user pointed at, in pixels of the chip: x right, y down, (0, 0) is its outer corner.

    Attributes:
        inside: points on the thing.
        outside: points beside it.
        box: left, top, right, bottom around it.
        polygon: rough outline of it.
        text: what it is, for models that read.
    """

    inside: tuple[XY, ...] = ()
    outside: tuple[XY, ...] = ()
    box: tuple[float, float, float, float] | None = None
    polygon: tuple[XY, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Candidate:
    """One reading of a prompt.

    Attributes:
        mask: (row, col) bool of the chip; one connected thing.
        score: the model's own estimate of how well it fits, 0..1.
    """

    mask: NDArray[np.bool_]
    score: float


class Segmenter(Protocol):
    """The module of one segmenter."""

    CARD: Card

    def load(self, device: str) -> Any:
        """The model on a device (`cpu`, `cuda:0`), ready for `embed` and `answer`.

        Raises:
            ModelError: weights are missing or damaged, or a package is not installed.
        """

    def embed(self, model: Any, chip: Chip) -> Embedding:
        """What `answer` needs of a chip; the costly part."""

    def answer(self, model: Any, embedding: Embedding, prompt: Prompt) -> tuple[Candidate, ...]:
        """Readings of a prompt, best first; none where there is no thing."""
