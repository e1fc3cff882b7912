"""How long work will probably take, from former runs of its kind or from the size of the ground.

Arithmetic only; knows neither queues nor files.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from agent.work import WorkKind

FEWEST_MPIX = 0.05
"""Below this, starting takes all the time."""
LOOKED_BACK = 5


@dataclass(frozen=True)
class Rate:
    """What work costs where nothing like it was run yet."""

    fixed_s: float
    s_per_mpix: float


# Measured on one busy core with the bundled suburb (1 Mpix), rounded up; of outlining everything
# with the slowest segmenter that needs no graphics card.
USUAL: dict[WorkKind, Rate] = {
    "compare": Rate(4.0, 4.0),
    "count": Rate(6.0, 8.0),
    "segment": Rate(15.0, 30.0),
}


@dataclass(frozen=True)
class Former:
    """A finished run of the same kind.

    Attributes:
        seconds: how long it took.
        mpix: millions of pixels of its area.
    """

    seconds: float
    mpix: float


def estimated_s(kind: WorkKind, mpix: float, former: Sequence[Former] = ()) -> float:
    """Seconds that work on this many millions of pixels will probably take.

    Former runs are scaled by the area, apart from the part that does not depend on it; the median
    of the last few counts.

    Args:
        kind: of the work.
        mpix: millions of pixels of the area at the ground size of the images.
        former: finished runs of this kind, newest first.
    """
    usual = USUAL[kind]
    here = usual.fixed_s + usual.s_per_mpix * max(mpix, FEWEST_MPIX)
    ratios = [
        one.seconds / (usual.fixed_s + usual.s_per_mpix * max(one.mpix, FEWEST_MPIX))
        for one in former[:LOOKED_BACK]
        if one.seconds > 0 and math.isfinite(one.seconds)
    ]
    return here * median(ratios) if ratios else here


def mpix(area_m2: float, gsd_m: float) -> float:
    """Millions of pixels that an area fills."""
    return area_m2 / gsd_m**2 / 1e6
