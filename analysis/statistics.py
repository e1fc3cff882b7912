"""One row per class: how many objects, how much ground, which share of the valid area.

Knows nothing of polygons or of how tables are shown.
"""

import numpy as np

from analysis.result import ClassStatistics
from analysis.tally import Tally
from raster.components import Components
from raster.mask import ChangeClass

ANY = "any"


def by_class(
    legend: tuple[ChangeClass, ...], components: Components, tally: Tally
) -> tuple[ClassStatistics, ...]:
    """A row per class of the legend, zeros included, and `any` for all of them together."""
    rows = [
        _row(entry.name, entry.label, int(np.sum(components.code == entry.code)),
             tally.class_m2(entry.code), tally.valid_m2)
        for entry in legend
    ]  # fmt: skip
    return (*rows, _row(ANY, "all changes", len(components), tally.changed_m2, tally.valid_m2))


def share_pct(part_m2: float, whole_m2: float) -> float:
    """Part of the whole in percent; nothing of nothing is 0."""
    return 100.0 * part_m2 / whole_m2 if whole_m2 > 0 else 0.0


def _row(name: str, label: str, objects: int, area_m2: float, valid_m2: float) -> ClassStatistics:
    return ClassStatistics(name, label, objects, area_m2, share_pct(area_m2, valid_m2), valid_m2)
