"""Which of several methods see each changed object, from what each said of its pixels.

Counts votes; knows nothing of how the methods work or how objects are traced.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from raster.components import Components
from raster.mask import ChangeMask

SEES = (
    "A method sees an object if it calls at least half of the object's pixels changed by its own "
    "threshold."
)


@dataclass(frozen=True)
class Agreement:
    """Which methods see which object.

    Attributes:
        voters: names of the methods.
        sees: (object, voter) whether the voter calls at least half of the object's pixels changed.
    """

    voters: tuple[str, ...]
    sees: NDArray[np.bool_]

    @property
    def votes(self) -> NDArray[np.int64]:
        """How many methods see each object (object,)."""
        return np.asarray(self.sees.sum(axis=1), np.int64)

    @property
    def names(self) -> tuple[str, ...]:
        """The methods that see each object, with commas between them."""
        return tuple(
            ", ".join(name for name, sees in zip(self.voters, row, strict=True) if sees)
            for row in self.sees
        )


def measure(mask: ChangeMask, components: Components) -> Agreement | None:
    """Who sees the objects, in the order of `components`; None where one method was asked alone.

    Reads the mask once, strip by strip.
    """
    if mask.votes is None:
        return None
    voters = mask.votes.voters
    calls = np.zeros((len(components), len(voters)), np.int64)
    for strip in components.strips():
        numbers = components.labels(strip, mask.codes(strip))
        is_object = numbers > 0
        said, index = mask.votes.read(strip)[is_object], numbers[is_object] - 1
        for voter in range(len(voters)):
            called = index[(said >> voter) & 1 > 0]
            calls[:, voter] += np.bincount(called, minlength=len(components))
    return Agreement(voters, 2 * calls >= components.pixels[:, None])
