"""States of the ledger in words and colours, the same on the map, in the table and in the legend.

Knows names of states; nothing of where they come from.
"""

from pages._ui.map_records import LegendEntry

# After Okabe and Ito, Color Universal Design (2008), whose colours colour-blind people tell apart;
# blues are lighter here, for dark ground. What is at one date only is also told by its line: new
# things are filled, gone ones are dashed and empty.
_STATES = {
    "appeared": ("appeared", "#d55e00", "", True),
    "vanished": ("vanished", "#2f8fe0", "6 4", False),
    "kept": ("kept", "#9fe0ff", "", False),
    "grown": ("kept, larger", "#e69f00", "", False),
    "shrunk": ("kept, smaller", "#009e73", "", False),
    "split": ("split", "#cc79a7", "", True),
    "merged": ("merged", "#cc79a7", "10 3", False),
    "moved": ("moved", "#f0e442", "", True),
    "not assessed": ("not assessed", "#8c8c8c", "2 4", False),
}
STATES = tuple(_STATES)
CANDIDATE = LegendEntry("outline to be added", "#5ce0b8", "candidate")
DECISIONS = {
    "none": "",
    "accepted": "accepted",
    "rejected": "rejected",
    "redrawn": "redrawn",
    "split": "split by hand",
    "merged": "merged by hand",
    "added": "added by hand",
}


def label(state: str) -> str:
    """What became of a thing, for people."""
    return _STATES[state][0]


def color(state: str) -> str:
    """Its colour on the map."""
    return _STATES[state][1]


def legend(present: frozenset[str]) -> tuple[LegendEntry, ...]:
    """The states that occur, in a fixed order."""
    return tuple(
        LegendEntry(words, colour, state, dash, filled)
        for state, (words, colour, dash, filled) in _STATES.items()
        if state in present
    )
