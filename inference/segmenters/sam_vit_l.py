"""Segment Anything with its large encoder.

The work is `inference.segmenters.sam`.
"""

from typing import TYPE_CHECKING

from inference.segmenters.sam import answer, card, embed
from inference.segmenters.sam import load as load_size

if TYPE_CHECKING:
    from inference.networks.sam import SamModel

__all__ = ["CARD", "answer", "embed", "load"]

CARD = card("vit_l", title="Segment Anything, large", remark="The middle of three sizes.")


def load(device: str) -> "SamModel":
    """The model on a device; see `Segmenter.load`."""
    return load_size("vit_l", device)
