"""Which things of a case a question is about, and the making of facts about them.

Facts that the run has already are found here, so that no answer differs from them by a digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.count_facts import STATES as STATE_OF_NAME
from analysis.fact_maker import Subject
from analysis.facts import Fact, with_id
from analysis.inquiry import places
from analysis.inquiry.case import ANY, AOI, Case, Measured, Near, Place, Which
from analysis.inquiry.columns import CASES_KEPT, Columns, columns
from analysis.inquiry.kinds import Meant, meant
from analysis.inquiry.nearness import nearness
from analysis.inquiry.unanswerable import Unanswerable

SHARES = frozenset({"share_of_change", "share_of_objects"})
"""Facts whose names do not say which things of a count are meant."""
IN_PLACE = "each in the place that holds its centre"
RELATIONS = {
    "within": "lying wholly within the polygons of the layer “{}”",
    "touches": "sharing ground with a feature of the layer “{}”",
    "outside": "sharing no ground with the features of the layer “{}”",
    "near": "at most {:g} m from a feature of the layer “{}”, as geodesics between outlines",
}

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Chosen:
    """The things a question is about.

    Attributes:
        case: where they come from.
        which: what was asked for.
        place: where.
        meant: classes and state.
        here: which of the things (as in `columns`) they are.
    """

    case: Case
    which: Which
    place: Place
    meant: Meant
    here: NDArray[np.bool_]

    @property
    def table(self) -> Columns:
        """All things of the case."""
        return columns(self.case)

    @property
    def is_count(self) -> bool:
        """Whether the case is a count."""
        return self.case.kind == "count"

    @property
    def is_plain(self) -> bool:
        """Whether neither size nor nearness limits the things."""
        which = self.which
        return which.near is None and which.min_area_m2 <= 0 and which.max_area_m2 is None

    @property
    def number(self) -> int:
        """How many they are."""
        return int(self.here.sum())

    @property
    def ids(self) -> tuple[int, ...]:
        """Ids of their items, each once, rising."""
        return tuple(np.unique(self.table.id[self.here]).tolist())

    @property
    def areas_m2(self) -> NDArray[np.float64]:
        """Areas of all things of the case at the date that is meant."""
        return self.table.area_pre_m2 if self.meant.word == "pre" else self.table.area_m2

    def known(self, name: str) -> Fact | None:
        """The run's own fact with this name about just these things, if there is one."""
        found = known(self.case, name, self.meant.change_class, self.place)
        if found is None or not self.is_plain:
            return None
        # The name of a fact about a count says which of its things are meant.
        return found if self.is_count or found.state == self.meant.state else None

    def fact(
        self,
        name: str,
        quantity: tuple[float | str, str],
        method: str,
        *,
        doubt: str | None = None,
    ) -> Fact:
        """A new fact about these things; `method` is a sentence, `doubt` says how sure it is."""
        named = STATE_OF_NAME.get(name, self.which.state if name in SHARES else ANY)
        state = named if self.is_count else self.meant.state
        subject = Subject(self.meant.change_class, state, self.place.name)
        fact = self.case.make(name, quantity, subject, self.explained(method))
        return with_id(replace(fact, uncertainty=doubt)) if doubt else fact

    def measured(self, fact: Fact) -> Measured:
        """A fact with these things behind it."""
        return Measured(fact, self.ids, self.case.id)

    def explained(self, method: str) -> str:
        """A sentence with what limits the things added to it."""
        limits = [*_sizes(self.which), *_nearness(self.which.near)]
        only = f" Only those {' and '.join(limits)}." if limits else ""
        return by_hand(self.case, method) + only


def choose(case: Case, which: Which) -> Chosen:
    """The things a question is about.

    Raises:
        Unanswerable: the class, place or layer is unknown; the run did not assess such a thing or
            this place; or only things below the smallest mapped size are asked for.
    """
    place = places.called(case, which.place)
    what = meant(case, which)
    check_size(case, which)
    places.check_ground(case, place)
    chosen = Chosen(case, which, place, what, what.among(columns(case)))
    here = chosen.here & places.inside(case, place) & _by_size(which, chosen.areas_m2)
    if which.near is not None:
        layer = places.layer_called(case, which.near.layer)
        here = here & nearness(case, layer).chosen(which.near)
    return replace(chosen, here=here)


def check_size(case: Case, which: Which) -> None:
    """Refuse to speak of things that are smaller than any that was mapped.

    Raises:
        Unanswerable: only such things are asked for.
    """
    smallest = known(case, "smallest_mapped_area", None, places.called(case, AOI))
    largest_m2 = which.max_area_m2
    if smallest is not None and largest_m2 is not None and largest_m2 < float(smallest.value):
        raise Unanswerable("below_minimum_size", f"{largest_m2:g} m2")


def known(case: Case, name: str, change_class: str | None, place: Place) -> Fact | None:
    """The run's own fact with this name, class (None for whatever it has) and place."""
    if place.origin in {"half", "area", "feature"}:
        return None
    found = _facts(case).get((name, place.name), ())
    return next((one for one in found if change_class in {None, one.change_class}), None)


def by_hand(case: Case, method: str) -> str:
    """A sentence about things that says how many corrections people made, if they made any."""
    edits = len(case.run.get("edits", ())) if case.kind == "count" else 0
    if not edits:
        return method
    return (
        f"{method.removesuffix('.')}; edited by hand: {edits} {'edit' if edits == 1 else 'edits'}."
    )


@lru_cache(maxsize=CASES_KEPT)
def _facts(case: Case) -> dict[tuple[str, str], tuple[Fact, ...]]:
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in case.facts:
        found.setdefault((fact.name, fact.region), []).append(fact)
    return {key: tuple(facts) for key, facts in found.items()}


def _by_size(which: Which, areas_m2: Array) -> Array:
    is_large = areas_m2 >= which.min_area_m2
    return is_large if which.max_area_m2 is None else is_large & (areas_m2 <= which.max_area_m2)


def _sizes(which: Which) -> Sequence[str]:
    least = [f"of at least {which.min_area_m2:g} m2"] if which.min_area_m2 > 0 else []
    most = [] if which.max_area_m2 is None else [f"of at most {which.max_area_m2:g} m2"]
    return [*least, *most]


def _nearness(near: Near | None) -> Sequence[str]:
    if near is None:
        return []
    if near.relation == "near":
        return [RELATIONS["near"].format(near.distance_m, near.layer)]
    return [RELATIONS[near.relation].format(near.layer)]
