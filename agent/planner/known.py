"""What may be asked about: classes, places, layers and dates of the opened results.

Names of places and layers are untrusted text, cleaned. Knows no words of a language.
"""

from dataclasses import dataclass, field

from agent.desk import Desk
from analysis.inquiry.case import Case

LEDGER_STATES = frozenset(
    {"kept", "appeared", "vanished", "grown", "shrunk", "moved", "split", "merged"}
)


@dataclass(frozen=True)
class KnownCase:
    """One result.

    Attributes:
        id: of its run.
        kind: comparison or count.
        classes: names of what it tells apart.
        states: states it can tell.
        pre_on: ISO date of the earlier scene, empty if not known.
        post_on: likewise of the later one.
    """

    id: str
    kind: str
    classes: tuple[str, ...]
    states: frozenset[str]
    pre_on: str
    post_on: str


@dataclass(frozen=True)
class Known:
    """What one conversation may ask about.

    Attributes:
        cases: results, the one in view first.
        labels: class name by label in lower case, one or several.
        areas: names of drawn areas.
        layers: names of the user's layers.
        features: name of the place (`layer/feature`) by the name of a feature in lower case.
        can_work: whether work can be begun.
        has_plan: whether a plan waits for a yes.
    """

    cases: tuple[KnownCase, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    features: dict[str, str] = field(default_factory=dict)
    can_work: bool = False
    has_plan: bool = False

    @property
    def counted(self) -> frozenset[str]:
        """Names of the things that were counted one by one."""
        return frozenset(
            name for case in self.cases if case.kind == "count" for name in case.classes
        )

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of all classes, those of the result in view first."""
        return tuple(dict.fromkeys(name for case in self.cases for name in case.classes))

    def about(self, change_class: str) -> KnownCase | None:
        """The first result that tells a class; the one in view for `any`."""
        if change_class == "any":
            return self.cases[0] if self.cases else None
        return next((case for case in self.cases if change_class in case.classes), None)


def known(desk: Desk) -> Known:
    """What the results of a desk may be asked about."""
    places = [place for case in desk.cases for place in case.places]
    layers = dict.fromkeys(layer.name for case in desk.cases for layer in case.layers)
    return Known(
        tuple(_case(case) for case in desk.cases),
        {
            label.lower(): kind.name
            for case in desk.cases
            for kind in case.kinds
            for label in (kind.label, kind.labels, kind.name.replace("_", " "))
        },
        tuple(dict.fromkeys(place.name for place in places if place.origin == "area")),
        tuple(layers),
        {
            _feature(place.name, place.layer).lower(): _place(place.name, place.layer)
            for place in places
            if place.origin == "feature"
        },
        desk.work is not None,
        any(plan.standing in {"planned", "waiting"} for plan in desk.plans),
    )


def _feature(name: str, layer: str) -> str:
    """The name of a feature without that of its layer."""
    return name.removeprefix(f"{layer}/")


def _place(name: str, layer: str) -> str:
    return name if name.startswith(f"{layer}/") else f"{layer}/{name}"


def _case(case: Case) -> KnownCase:
    values = {fact.name: fact.value for fact in case.facts}
    on = [str(values.get(name, "")) for name in ("pre_acquired_on", "post_acquired_on")]
    dates = ["" if day == "not known" else day for day in on]
    told = LEDGER_STATES if case.kind == "count" else {kind.state for kind in case.kinds}
    names = tuple(kind.name for kind in case.kinds)
    return KnownCase(case.id, case.kind, names, frozenset(told), dates[0], dates[1])
