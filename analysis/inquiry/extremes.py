"""Single things at a place of a ranking, and the facts that name them.

Knows nothing of where a ranking comes from.
"""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from analysis.fact_maker import Subject
from analysis.inquiry.case import Measured
from analysis.inquiry.chosen import Chosen
from analysis.regions import REGIONS

By = Literal["area", "score", "growth"]

PIXELS_OF = "Sum of the areas on the ellipsoid of the pixels of object {}."
AREA_OF = "Area on the ellipsoid of thing {}."
GROWTH_OF = "Area at the later date less area at the earlier date of thing {}."

Array = NDArray[Any]


def in_order(chosen: Chosen, by: By, *, smallest: bool) -> NDArray[np.int64]:
    """Places (as in `columns`) of the chosen things, the largest first; of equal ones by id."""
    at = np.flatnonzero(chosen.here)
    values = _values(chosen, by)[at]
    return at[np.lexsort((chosen.table.id[at], values if smallest else -values))]


def ranked(chosen: Chosen, at: int, rank: int, *, by: By, smallest: bool) -> Measured:
    """The fact about the thing at a rank, counted from 1; its region is where the thing lies.

    For places that are no parts the region is the place that was asked about.
    """
    item = int(chosen.table.id[at])
    value = _values(chosen, "growth" if by == "growth" else "area")[at]
    region = REGIONS[int(chosen.table.part[at])]
    if chosen.place.origin not in {"aoi", "part"}:
        region = chosen.place.name
    subject = Subject(chosen.meant.change_class, chosen.meant.state, region)
    method = chosen.explained(_method(chosen, by).format(item))
    fact = chosen.case.make(_name(rank, by, smallest), (float(value), "m2"), subject, method)
    return Measured(fact, (item,), chosen.case.id)


def _name(rank: int, by: By, smallest: bool) -> str:
    word = "smallest" if smallest else "largest"
    name = f"{word}_object_{'growth' if by == 'growth' else 'area'}"
    if by == "score":
        name = f"{'least' if smallest else 'most'}_certain_object_area"
    return name if rank == 1 else f"{name}_{rank}"


def _method(chosen: Chosen, by: By) -> str:
    if by == "growth":
        return GROWTH_OF
    return AREA_OF if chosen.is_count else PIXELS_OF


def _values(chosen: Chosen, by: By) -> Array:
    if by == "score":
        return chosen.table.score
    if by == "growth":
        return chosen.table.area_post_m2 - chosen.table.area_pre_m2
    return chosen.areas_m2
