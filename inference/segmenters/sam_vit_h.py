"""Segment Anything with its huge encoder.

The work is `inference.segmenters.sam`.
"""

from typing import TYPE_CHECKING

from inference.segmenters.sam import answer, card, embed
from inference.segmenters.sam import load as load_size

if TYPE_CHECKING:
    from inference.networks.sam import SamModel

__all__ = ["CARD", "answer", "embed", "load"]

CARD = card(
    "vit_h",
    title="Segment Anything, huge",
    remark="The largest of three sizes, and the slowest; meant for a graphics card.",
)


def load(device: str) -> "SamModel":
    """The model on a device; see `Segmenter.load`."""
    return load_size("vit_h", device)
