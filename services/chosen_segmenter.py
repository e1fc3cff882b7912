"""The segmenter for a scene, its model and its embeddings, kept for as long as the process lives.

Knows which one suits; nothing of prompts or results.
"""

from functools import lru_cache
from pathlib import Path

import settings
from inference import segmenter_registry
from inference.device import CPU
from inference.segmentation.embeddings import Embeddings
from inference.segmenter_registry import Loaded, Recommendation
from raster.findings import Finding
from raster.scene import Scene

AUTO = "auto"


def choose(segmenter: str, scene: Scene) -> Recommendation:
    """The segmenter a user named, or the one `auto` stands for, and why.

    Raises:
        UnknownDetectorError: there is none with this name.
    """
    if segmenter != AUTO:
        segmenter_registry.card(segmenter)
        return Recommendation(segmenter, "chosen by the user")
    return segmenter_registry.recommend(scene.grid.gsd_m, scene.bands, sensor=scene.sensor)


def load(name: str, device: str) -> Loaded:
    """A segmenter with its model on the device of this process (`cpu`, or a graphics card).

    Raises:
        ModelError: it cannot run here.
    """
    return segmenter_registry.load(name, _torch_device(device))


def warm_up(device: str = CPU) -> None:
    """Load the learned segmenter, where it can run, so that the first prompt does not wait."""
    ready = {entry.name for entry in segmenter_registry.available() if entry.is_available}
    if segmenter_registry.LEARNED in ready:
        load(segmenter_registry.LEARNED, device)


def embeddings() -> Embeddings:
    """The embeddings of this process, below the data folder."""
    limits = settings.load()
    return _embeddings(limits.data_dir.absolute() / "embeddings", limits.embeddings_bytes)


def remarks(name: str, scene: Scene) -> tuple[Finding, ...]:
    """A caution where a scene is too coarse for the segmenter that was chosen."""
    card, gsd_m = segmenter_registry.card(name), scene.grid.gsd_m
    if gsd_m <= card.gsd_range_m[1] * segmenter_registry.COARSER_THAN_CARD:
        return ()
    message = f"{card.title} is made for pixels up to {card.gsd_range_m[1]:g} m; these are coarser."
    remedy = "Check every outline, or let Groundshift choose the segmenter."
    return (Finding("coarser_than_model", "caution", message, remedy, round(gsd_m, 4), "m"),)


def _torch_device(device: str) -> str:
    """What the learning library calls the device of this process.

    A process that was given one card sees no other, so it is always the first.
    """
    return CPU if device == CPU else "cuda:0"


@lru_cache(maxsize=4)
def _embeddings(folder: Path, limit_bytes: int) -> Embeddings:
    return Embeddings(folder, limit_bytes=limit_bytes)
