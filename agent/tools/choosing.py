"""What the words of a question name: which result, class, place and layer.

Finds names and the nearest ones where there are none of that name; measures nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from agent.desk import Desk
from agent.tools.asked import About, Filtered, Relation
from agent.tools.base import Reason, Refusal
from analysis.inquiry.case import ANY, AOI, Case, Kind, Layer, Near, Place, Which
from analysis.ledger import STATES
from raster.text import clean
from services.list_counters import list_counters
from services.list_detectors import list_detectors

ABOUT_CHARS = 60
MOST_NEAREST = 3
CASES_KEPT = 16
LEFT_OUT = str.maketrans("", "", "-_ ")
LEAST_LIKENESS = 70.0
_ANYTHING = "change changes changed object objects thing things all everything"
_REPEATING = (
    "aircraft airplane boat bus car container field greenhouse lorry plane pool ship tank tent "
    "tree truck turbine vehicle vessel"
)
GENERIC = frozenset(_ANYTHING.split())
"""Words for whatever a result holds, unless it has a class of that name."""
REPEATING = frozenset(_REPEATING.split())
"""Things one can box an example of, which a counter then finds; more can be, these are usual."""
LEDGER_STATES = frozenset({ANY, "changed", "increase", "decrease", *STATES})


class DeclinedError(Exception):
    """A tool cannot answer; the refusal says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


@dataclass(frozen=True)
class _Names:
    """Keys of places by their plain name, and by that of a feature without its layer."""

    exact: dict[str, list[str]]
    short: dict[str, list[str]]


@dataclass(frozen=True)
class Asked:
    """What is asked of which result."""

    case: Case
    which: Which
    notes: tuple[str, ...] = ()


def asked(desk: Desk, wanted: About, *, place: str = AOI) -> Asked:
    """The best result for a question and what it is asked.

    Raises:
        DeclinedError: there is no result, or none that knows the class, the place or the layer.
    """
    knowing = _knowing(desk, wanted)
    case, kind = next((one for one in knowing if _tells(one[0], wanted.state)), knowing[0])
    is_other = not wanted.result and case is not knowing[0][0]
    notes = ("Another result than the one in view tells this.",) if is_other else ()
    name = kind.name if kind else ANY
    there = place_of(case, place)
    if not isinstance(wanted, Filtered):
        return Asked(case, Which(name, wanted.state, there), notes)
    near = _near(case, wanted)
    sizes = (wanted.min_area_m2, wanted.max_area_m2)
    return Asked(case, Which(name, wanted.state, there, wanted.date, *sizes, near), notes)


def case_of(desk: Desk, result: str) -> Case:
    """A result by its id; the one in view without.

    Raises:
        DeclinedError: there is none, or none with this id.
    """
    if not desk.cases:
        raise declined("no_result", alternative=_work(desk))
    found = [case for case in desk.cases if result in {"", case.id}]
    if not found:
        raise declined("no_result", result, tuple(case.id for case in desk.cases)[:MOST_NEAREST])
    return found[0]


def place_of(case: Case, name: str) -> str:
    """What a result calls a place; features are `layer/feature`.

    Raises:
        DeclinedError: it has no such place, or several features have the name.
    """
    wanted = _plain(name)
    if not name.strip() or wanted == AOI:
        return AOI
    names = _names_of_places(case)
    alike = names.exact.get(wanted) or names.short.get(wanted, [])
    found = [key for key in alike if key == name] or alike
    if len(found) > 1:
        raise declined("ambiguous", name, found[:MOST_NEAREST])
    if not found:
        raise declined("unknown_place", name, nearest(name, map(place_key, case.places)))
    return found[0]


@lru_cache(maxsize=CASES_KEPT)
def _names_of_places(case: Case) -> _Names:
    """A layer may have thousands of features, so their names are looked at once."""
    names = _Names({}, {})
    for key, short in dict.fromkeys((place_key(place), place.name) for place in case.places):
        names.exact.setdefault(_plain(key), []).append(key)
        names.short.setdefault(_plain(short), []).append(key)
    return names


def place_key(place: Place) -> str:
    """The name a place is asked for by."""
    return f"{place.layer}/{place.name}" if place.layer else place.name


def layer_of(case: Case, name: str) -> Layer:
    """A layer of the user's by its name; the only one without.

    Raises:
        DeclinedError: there is none, or it is not said which.
    """
    names = tuple(layer.name for layer in case.layers)
    if not name and len(names) > 1:
        raise declined("ambiguous", "layer", names[:MOST_NEAREST])
    found = [layer for layer in case.layers if not name or _plain(layer.name) == _plain(name)]
    if not found:
        near = nearest(name, names) or names[:MOST_NEAREST]
        raise declined("unknown_place", name or "layer", near)
    return found[0]


def called(case: Case, word: str) -> Kind | None:
    """The class a word names, by its name or its words in either number."""
    return next((kind for kind in case.kinds if _plain(word) in _words(kind)), None)


def nearest(word: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that look most like a word, best first; few, and none that is nothing like it."""
    found = process.extract(
        word, list(names), scorer=fuzz.WRatio, processor=str.casefold, limit=MOST_NEAREST,
        score_cutoff=LEAST_LIKENESS,
    )  # fmt: skip
    return tuple(name for name, _likeness, _at in found)


def declined(
    reason: Reason, about: str = "", names: Sequence[str] = (), *, alternative: str = ""
) -> DeclinedError:
    """A refusal to be raised; what was asked for is cleaned and cut."""
    return DeclinedError(
        Refusal(reason, clean(about, limit=ABOUT_CHARS), tuple(names), alternative)
    )


def _knowing(desk: Desk, wanted: About) -> list[tuple[Case, Kind | None]]:
    """Results that know a class, the one in view first, each with the class; None is any."""
    first = case_of(desk, wanted.result)
    cases = (first,) if wanted.result else desk.cases
    word = _plain(wanted.subject)
    if word == ANY or not wanted.subject.strip():
        return [(case, None) for case in cases]
    found = [(case, called(case, wanted.subject)) for case in cases]
    if knowing := [(case, kind) for case, kind in found if kind is not None]:
        return list(knowing)
    if word in GENERIC:
        return [(case, None) for case in cases]
    names = {name: kind for case in cases for kind in case.kinds for name in _names(kind)}
    alike = nearest(wanted.subject, names) or tuple(names)
    near = tuple(dict.fromkeys(names[name].name for name in alike))[:MOST_NEAREST]
    alternative = _work(desk) if _is_countable(word) else ""
    raise declined("unknown_class", wanted.subject, near, alternative=alternative)


def _tells(case: Case, state: str) -> bool:
    """Whether a result can tell a state of its things."""
    told = LEDGER_STATES if case.kind == "count" else {ANY, *(kind.state for kind in case.kinds)}
    return state in told


def _near(case: Case, wanted: Filtered) -> Near | None:
    if not wanted.layer:
        return None
    layer = layer_of(case, wanted.layer)
    usual: Relation = (
        "near" if wanted.distance_m else "within" if _has_polygons(layer) else "touches"
    )
    return Near(layer.name, wanted.relation or usual, wanted.distance_m)


def _has_polygons(layer: Layer) -> bool:
    return any(shape.geom_type.endswith("Polygon") for shape in layer.shapes)


def _is_countable(word: str) -> bool:
    """Whether a run could find such things: a counter's, a detector's class, or a usual example."""
    counted = {_plain(name) for row in list_counters() for name in (row.thing, row.things)}
    detected = {_plain(name) for row in list_detectors() for name in row["classes"]}
    return bool({word, word.removesuffix("s")} & (counted | detected | REPEATING))


def _work(desk: Desk) -> str:
    return "start_work" if desk.work is not None else ""


def _names(kind: Kind) -> tuple[str, str, str]:
    return kind.name, kind.label, kind.labels


def _words(kind: Kind) -> set[str]:
    return {_plain(name) for name in _names(kind)}


def _plain(name: str) -> str:
    """A name without case, hyphens, underscores and blanks, so that `North West` is found."""
    return name.casefold().translate(LEFT_OUT)
