"""Everything one count found, with its provenance: what exports write and pages show.

Records only; nothing is computed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from analysis.edits import Edited
from analysis.facts import Fact
from analysis.ledger import Ledger
from analysis.tally import Tally
from raster.findings import Finding
from raster.grid import Grid


@dataclass(frozen=True)
class Counter:
    """What was counted.

    Attributes:
        name: of the counter.
        title: of the counter, for people.
        thing: one thing, e.g. `building`.
        things: the same in the plural.
    """

    name: str
    title: str
    thing: str
    things: str


@dataclass(frozen=True)
class Shot:
    """One place at both dates, for reports.

    Attributes:
        grid: what the pictures show, at full resolution.
        pre_rgb: (row, col, 3) uint8, one stretch for all pictures of a count; not observed is grey.
        post_rgb: likewise.
        entry: id of the ledger's entry it shows up close; 0 for the whole area.
    """

    grid: Grid
    pre_rgb: NDArray[np.uint8]
    post_rgb: NDArray[np.uint8]
    entry: int = 0


@dataclass(frozen=True)
class CountResult:
    """One finished count, perhaps corrected by hand.

    Attributes:
        run: the content of `run.json`.
        counter: what was counted.
        edited: the things before they were matched, with what people decided about them.
        ledger: what became of them.
        area: the AOI's window on the grid that was counted on.
        tally: ground of it that was seen and that was not.
        within: the area that was counted, in WGS 84.
        scenes: names of the earlier and of the later scene; untrusted text, cleaned.
        facts: everything words may cite.
        caption: text whose every number is one of the facts.
        citations: (start, end, fact id) of every number in the caption.
        findings: preflight and run findings.
        shots: the whole area first, then the largest changes up close; empty where the images are
            not at hand.
    """

    run: Mapping[str, Any]
    counter: Counter
    edited: Edited
    ledger: Ledger
    area: Grid
    tally: Tally
    within: BaseGeometry
    scenes: tuple[str, str]
    facts: tuple[Fact, ...]
    caption: str
    citations: tuple[tuple[int, int, str], ...] = ()
    findings: tuple[Finding, ...] = field(default_factory=tuple)
    shots: tuple[Shot, ...] = ()
