"""Segment Anything with its base encoder.

The work is `inference.segmenters.sam`.
"""

from typing import TYPE_CHECKING

from inference.segmenters.sam import answer, card, embed
from inference.segmenters.sam import load as load_size

if TYPE_CHECKING:
    from inference.networks.sam import SamModel

__all__ = ["CARD", "answer", "embed", "load"]

CARD = card(
    "vit_b", title="Segment Anything, base", remark="The smallest of three sizes, and the fastest."
)


def load(device: str) -> "SamModel":
    """The model on a device; see `Segmenter.load`."""
    return load_size("vit_b", device)
