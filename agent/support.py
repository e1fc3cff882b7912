"""What one fact lets a sentence say: its class, change, place, date and size.

Reads the typed fields of the fact alone. Knows no words of a language.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.inquiry.case import ANY, Case, Measured
from wording.degrees import Scale

SAYS: Mapping[str, frozenset[str]] = {
    "appeared": frozenset({"appeared", "increase", "changed"}),
    "vanished": frozenset({"vanished", "decrease", "changed"}),
    "increase": frozenset({"increase", "appeared", "grown", "changed"}),
    "decrease": frozenset({"decrease", "vanished", "shrunk", "changed"}),
    "grown": frozenset({"grown", "increase", "changed", "kept"}),
    "shrunk": frozenset({"shrunk", "decrease", "changed", "kept"}),
    "moved": frozenset({"moved", "changed", "kept"}),
    "split": frozenset({"split", "changed"}),
    "merged": frozenset({"merged", "changed"}),
    "kept": frozenset({"kept"}),
    "unchanged": frozenset({"kept"}),
    "changed": frozenset({"changed"}),
    "change": frozenset({"changed"}),
    "splitting": frozenset({"split"}),
    "merging": frozenset({"merged"}),
}
"""What states, and words of facts' names, let a sentence say."""
OVER_TIME = re.compile(r"(?!share_of).*(?:^|_)(?:change|change_share|growth|net)(?:_\d+)?")
"""Names of facts whose sign says in which direction things went."""
EXTREMES = frozenset({"largest", "smallest", "main", "most", "least", "nearest", "mean", "median"})
PLACES = ("main_location", "change_centre")
ONLY = "Only those "
"""How methods begin to say what limits the things of a fact (`analysis.inquiry.chosen`)."""


@dataclass(frozen=True)
class Support:
    """A fact and what it stands for."""

    measured: Measured
    kind: str
    words: frozenset[str]
    change_class: str

    @classmethod
    def of(cls, measured: Measured, cases: Sequence[Case]) -> "Support":
        """What a fact of one of these cases lets a sentence say."""
        fact = measured.fact
        case = next((one for one in cases if one.id == measured.case), None)
        is_sole = case is not None and case.kind == "count" and fact.change_class == ANY
        thing = case.kinds[0].name if case is not None and is_sole else fact.change_class
        words = frozenset(re.split(r"[_\W]+", f"{fact.name}_{fact.state}"))
        return cls(measured, case.kind if case else "", words, thing)

    def allows(self, kind: str, value: str) -> bool:
        """Whether a sentence that cites the fact may name this thing, state, place or date."""
        if kind in {"thing", "class"}:
            return value == ANY or self._is_about(value, is_exact=kind == "class")
        if kind == "state":
            return value in self._states
        if kind in {"place", "area", "feature"}:
            return value in self._regions
        if kind == "layername":
            return value in f"{self.measured.fact.region} {self.measured.fact.method}"
        return self._is_of_date(value)

    def lies(self, direction: str) -> bool:
        """Whether its place has a direction in its name; half the word is enough."""
        return any(direction in region for region in self._regions)

    @property
    def is_nothing(self) -> bool:
        """Whether it says that there is none, or that something was not assessed."""
        value = self.measured.fact.value
        is_absent = self.words & {"assessed", "excluded", "unchanged", "mapped", "not"}
        return value == 0 or isinstance(value, str) or bool(is_absent)

    @property
    def is_limited(self) -> bool:
        """Whether it is about things of some size or nearness only."""
        return ONLY in self.measured.fact.method

    @property
    def is_extreme(self) -> bool:
        """Whether it is the largest or smallest, or the place with most."""
        return bool(self.words & EXTREMES)

    def exceeds(self, other: "Support") -> bool:
        """Whether its value is larger than another of the same unit."""
        mine, others = self.measured.fact, other.measured.fact
        if isinstance(mine.value, str) or isinstance(others.value, str) or mine.unit != others.unit:
            return False
        return mine.value > others.value

    def is_of_degree(self, scale: Scale, key: str) -> bool:
        """Whether its value has this word of degree."""
        fact = self.measured.fact
        if isinstance(fact.value, str) or fact.unit != scale.unit or fact.value < 0:
            return False
        return scale.of(float(fact.value)).key == key

    @property
    def _states(self) -> frozenset[str]:
        fact = self.measured.fact
        said = frozenset[str]().union(*(SAYS.get(word, frozenset()) for word in self.words))
        if OVER_TIME.fullmatch(fact.name) and not isinstance(fact.value, str) and fact.value:
            said |= SAYS["increase" if fact.value > 0 else "decrease"]
        return said if self.words & {"kept", "unchanged"} else said | {"changed"}

    @property
    def _regions(self) -> frozenset[str]:
        fact = self.measured.fact
        named = {str(fact.value)} if fact.name in PLACES else set[str]()
        return frozenset({fact.region, *named, *(self.words & {"centre"})})

    def _is_about(self, value: str, *, is_exact: bool) -> bool:
        mine = self.change_class
        return mine == value or (not is_exact and value in {mine, *_stems(mine)})

    def _is_of_date(self, date: str) -> bool:
        """A count at one date may not be told of the other; what lies between is of both."""
        dates = self.words & {"pre", "post"}
        return not dates or date in dates


def _stems(change_class: str) -> frozenset[str]:
    """`built_up` and `built_up_gain` of the latter."""
    parts = change_class.split("_")
    return frozenset("_".join(parts[:end]) for end in range(1, len(parts) + 1))
