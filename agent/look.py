"""Looking at pictures of things: the contract between a tool and a model that takes images.

Knows neither the model nor where the pictures come from.
"""

from collections.abc import Sequence
from typing import Protocol

from services.cutouts import Cutout


class Look(Protocol):
    """A model that describes pictures."""

    def __call__(self, cutouts: Sequence[Cutout]) -> str:
        """Words about appearance, without numbers and without classes that are no facts.

        Raises:
            OutboundError: the model cannot be asked, or its words cannot be shown.
        """
        ...
