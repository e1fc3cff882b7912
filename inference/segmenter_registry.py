"""Which segmenters exist, which one suits a scene, and each one's model, loaded once per process.

Knows nothing of what a segmenter computes: a module that defines `CARD` is one.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from errors import InputError
from inference import plugins, segmenters, weights
from inference.recommend import Recommendation
from inference.segmenters.base import Card, Prompt, PromptKind, Segmenter
from raster.bands import RADAR_ROLES, Band, Sensor
from raster.chip import MAX_ENLARGEMENT

__all__ = [
    "Availability", "Loaded", "Recommendation", "available", "card", "forget", "load", "names",
    "recommend", "require_kinds",
]  # fmt: skip

Availability: TypeAlias = plugins.Availability[Card]

LEARNED, WITHOUT_WEIGHTS = "clicknet", "graph"
COARSER_THAN_CARD = float(MAX_ENLARGEMENT)
"""A scene may be this many times coarser than a card says: enlarged, its things are still seen.

Measured on held-out real places: at 2.4 m boxes of the learned one reach a median IoU of 0.81 and
those of the graph 0.65; at 3 m one click of the graph is ahead, 0.48 against 0.41.
"""
MOST_MODELS = 4

_SEGMENTERS: plugins.Plugins[Card, Segmenter] = plugins.Plugins(segmenters, "segmenter")
# Two threads that ask for one model at once must not load it twice.
_LOADING = threading.Lock()


@dataclass(frozen=True)
class Loaded:
    """A segmenter ready to embed and answer; safe to share between threads.

    Attributes:
        segmenter: its module.
        model: what its `load` gave.
        device: where the model lies.
        weights_sha256: which weights it has; empty for none.
    """

    segmenter: Segmenter
    model: Any
    device: str
    weights_sha256: str

    @property
    def card(self) -> Card:
        """What the segmenter says of itself."""
        return self.segmenter.CARD


def names() -> tuple[str, ...]:
    """Names, in alphabetical order, of all segmenters whose card can be read."""
    return _SEGMENTERS.names()


def available() -> tuple[Availability, ...]:
    """Every segmenter and, where it cannot run here, the reason."""
    return _SEGMENTERS.available()


def card(name: str) -> Card:
    """The card of a segmenter; its weights need not be present.

    Raises:
        UnknownDetectorError: no segmenter has this name.
        ModelError: it needs a package that is not installed.
    """
    return _SEGMENTERS.card(name)


def load(name: str, device: str) -> Loaded:
    """A segmenter with its model on a device (`cpu`, `cuda:0`), kept for the next call.

    Raises:
        UnknownDetectorError: no segmenter has this name.
        ModelError: weights are missing or damaged, or a package is not installed.
    """
    segmenter = _SEGMENTERS.load(name)
    named = segmenter.CARD.weights
    with _LOADING:
        return _loaded(name, device, weights.sha256(named) if named else "")


def forget() -> None:
    """Let go of every model, so that its memory can be used for something else."""
    with _LOADING:
        _loaded.cache_clear()


def recommend(
    scene_gsd_m: float, bands: Sequence[Band], *, sensor: Sensor = "optical"
) -> Recommendation:
    """The segmenter that `auto` stands for, and why.

    The learned one where its card covers the ground size of a colour picture and its weights are
    here; else the one that works on any picture. Published models are never chosen unasked: they
    are not measured on the imagery this choice rests on.
    """
    roles = {band.role for band in bands}
    if sensor == "sar" or roles & RADAR_ROLES:
        return Recommendation(WITHOUT_WEIGHTS, "radar images look like nothing the network learned")
    learned = _learned()
    if learned is None:
        return Recommendation(WITHOUT_WEIGHTS, "the weights of the learned one are not here")
    coarsest_m = learned.gsd_range_m[1] * COARSER_THAN_CARD
    if scene_gsd_m > coarsest_m:
        reason = f"pixels of {scene_gsd_m:.3g} m are larger than the network can make use of"
        return Recommendation(WITHOUT_WEIGHTS, reason)
    if len(bands) < len("rgb"):
        reason = "pixels are small enough for the network, though without colours"
        return Recommendation(LEARNED, reason)
    return Recommendation(LEARNED, "a colour picture with pixels small enough for the network")


def require_kinds(wanted: Card, prompt: Prompt) -> None:
    """Nothing, if a segmenter takes every kind of prompt in this one.

    Raises:
        InputError: it cannot read one of them.
    """
    strange = sorted(kinds_of(prompt) - wanted.prompts)
    if strange:
        msg = f"{wanted.title} does not take a {strange[0]} prompt."
        taken = ", ".join(sorted(wanted.prompts))
        able = [name for name in names() if strange[0] in card(name).prompts]
        other = f", or use {' or '.join(able)}" if able else ""
        raise InputError(msg, hint=f"Give it one of: {taken}{other}.")


def kinds_of(prompt: Prompt) -> frozenset[PromptKind]:
    """The kinds of prompt that one prompt combines."""
    given: dict[PromptKind, bool] = {
        "point": bool(prompt.inside or prompt.outside),
        "box": prompt.box is not None,
        "polygon": bool(prompt.polygon),
        "text": bool(prompt.text),
    }
    return frozenset(kind for kind, is_given in given.items() if is_given)


def _learned() -> Card | None:
    """The card of the learned segmenter, if it can run here."""
    ready = (entry for entry in available() if entry.name == LEARNED and entry.is_available)
    return next((entry.card for entry in ready), None)


@lru_cache(maxsize=MOST_MODELS)
def _loaded(name: str, device: str, weights_sha256: str) -> Loaded:
    segmenter = _SEGMENTERS.load(name)
    return Loaded(segmenter, segmenter.load(device), device, weights_sha256)
