"""The things of one kind at both dates of a pair, and what each date says of the other's places.

Knows nothing of matching, areas or words: those are the ledger's.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from raster.findings import Finding
from raster.grid import Grid
from raster.instances import Instance

Verdict = Literal["present", "absent", "not seen"]


@dataclass(frozen=True)
class SecondLook:
    """What the other date shows at the place of a thing.

    Attributes:
        support: mean support of the counter inside the outline at the other date, 0..1.
        likeness: how alike both dates look inside the outline, 0..1 (1: nothing changed there).
        verdict: whether the thing stands there at the other date as well; `not seen` where too
            little of the outline was observed to say.
    """

    support: float
    likeness: float
    verdict: Verdict


@dataclass(frozen=True)
class Counted:
    """What a counter found at both dates.

    Attributes:
        grid: working grid of everything here.
        pre: things of the earlier date that touch the AOI.
        post: things of the later date that touch the AOI.
        pre_looks: for every thing of `pre`, what the later date shows there.
        post_looks: for every thing of `post`, what the earlier date shows there.
        observed: (row, col) uint8 codes of `raster.mask.Observed` on the grid.
        findings: what the user must know, e.g. that pixels were resampled.
    """

    grid: Grid
    pre: tuple[Instance, ...]
    post: tuple[Instance, ...]
    pre_looks: tuple[SecondLook, ...]
    post_looks: tuple[SecondLook, ...]
    observed: NDArray[np.uint8]
    findings: tuple[Finding, ...]
