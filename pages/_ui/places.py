"""The parts of a page about a pair: checks, map, result, settings, words and files.

Knows neither what is shown in them nor how they lie on the page.
"""

from dataclasses import dataclass

from streamlit.delta_generator import DeltaGenerator

WIDTHS = (3, 1.25)
"""Of the map's side and of what stands beside it."""


@dataclass(frozen=True)
class Places:
    """Where things go on the page; they are filled in another order than they are read."""

    checks: DeltaGenerator
    map: DeltaGenerator
    result: DeltaGenerator
    setup: DeltaGenerator
    caption: DeltaGenerator
    tables: DeltaGenerator
    fact: DeltaGenerator
    files: DeltaGenerator
