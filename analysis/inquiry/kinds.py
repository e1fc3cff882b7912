"""What class and state a question means on a case, or that the run cannot tell it.

Knows nothing of places, sizes or numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from analysis.inquiry.case import ANY, Case, Kind, Role, Which
from analysis.inquiry.columns import Columns
from analysis.inquiry.unanswerable import Unanswerable
from analysis.ledger import STATES
from raster.text import clean

CHANGED = "changed"
SAME_STATE = {"increase": "appeared", "decrease": "vanished"}
"""What came or went is all a count can say of more and less."""
RESIZED = ("grown", "shrunk", "moved")
ROLES: Mapping[str, tuple[Role, ...]] = {
    "pre": ("kept", "vanished"),
    "post": ("kept", "appeared"),
    "kept": ("kept",),
    "appeared": ("appeared",),
    "vanished": ("vanished",),
    "not_assessed": ("not assessed",),
    CHANGED: ("appeared", "vanished"),
}
"""Roles of the things that are meant by a date or a state."""
NAME_CHARS = 60


@dataclass(frozen=True)
class Meant:
    """Class and state of a question.

    Attributes:
        kinds: the classes.
        change_class: class of facts about it.
        state: state of facts about it.
        word: for counts what the names of facts end in: a date or a state; else empty.
    """

    kinds: tuple[Kind, ...]
    change_class: str
    state: str
    word: str = ""

    def among(self, table: Columns) -> NDArray[np.bool_]:
        """Which things of a case are meant."""
        if not self.word:
            return np.isin(table.change_class, [kind.name for kind in self.kinds])
        if self.word == CHANGED:
            is_other = np.isin(table.role, "kept") & np.isin(table.state, RESIZED)
            return np.isin(table.role, ROLES["changed"]) | is_other
        if self.word in ROLES:
            return np.isin(table.role, ROLES[self.word])
        # Of each entry the thing that stands at both dates: one for each entry.
        return np.isin(table.role, "kept") & np.equal(table.state, self.word)


def meant(case: Case, which: Which) -> Meant:
    """What class and state a question means.

    Raises:
        Unanswerable: the run cannot tell such a class, state or date.
    """
    kind = _kind(case, which.change_class)
    if case.kind == "count":
        return _of_count(case, which)
    if which.date is not None:
        raise Unanswerable("not_assessed", which.date)
    if which.state in {ANY, CHANGED}:
        return _any_state(case, kind)
    return _of_state(case, kind, which.state)


def _kind(case: Case, name: str) -> Kind | None:
    """The class with a name; None for all of them."""
    wanted = name.strip().casefold()
    for kind in case.kinds:
        if wanted in {kind.name.casefold(), kind.label.casefold(), kind.labels.casefold()}:
            return kind
    if wanted == ANY or (wanted == CHANGED and case.kind == "comparison"):
        return None
    names = [kind.name for kind in case.kinds]
    close = get_close_matches(wanted, names, n=len(names), cutoff=0.5)
    nearest = tuple(dict.fromkeys([*close, *names]))
    raise Unanswerable("unknown_class", clean(name, limit=NAME_CHARS), nearest)


def _any_state(case: Case, kind: Kind | None) -> Meant:
    if kind is None:
        return Meant(case.kinds, ANY, ANY)
    return Meant((kind,), kind.name, kind.state)


def _of_state(case: Case, kind: Kind | None, state: str) -> Meant:
    """The classes whose own state it is."""
    among = case.kinds if kind is None else (kind,)
    found = tuple(one for one in among if one.state == state)
    if not found:
        is_directed = any(one.state != CHANGED for one in among)
        others = (one.name for one in case.kinds if one.state == state)
        raise Unanswerable("not_assessed", state if is_directed else "direction", tuple(others))
    if len(found) == 1:
        return Meant(found, found[0].name, state)
    return Meant(found, ANY, state)


def _of_count(case: Case, which: Which) -> Meant:
    thing = case.kinds[0].name
    state = SAME_STATE.get(which.state, which.state)
    if state == ANY:
        return Meant(case.kinds, thing, ANY, which.date or "post")
    if state != CHANGED and state not in STATES:
        raise Unanswerable("unsupported", clean(which.state, limit=NAME_CHARS))
    return Meant(case.kinds, thing, state, state.replace(" ", "_"))
