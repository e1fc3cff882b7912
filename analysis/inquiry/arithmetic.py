"""Sums, differences, ratios and other units of facts, with their units checked.

Knows nothing of cases: what comes in are facts, what comes out is one more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from analysis.fact_maker import AOI, FactMaker, Subject
from analysis.facts import Fact, rounded, with_id
from analysis.inquiry.case import ANY, HALVES, Measured
from analysis.regions import REGIONS

Operation = Literal["sum", "difference", "ratio", "percent_of", "percent_change", "product_area"]

BASE: Mapping[str, tuple[str, float]] = {
    "m2": ("m2", 1.0), "ha": ("m2", 1e4), "km2": ("m2", 1e6), "m": ("m", 1.0), "km": ("m", 1e3),
    "%": ("1", 0.01), "1": ("1", 1.0),
}  # fmt: skip
"""Unit that a unit is a multiple of, and which."""
TWO = frozenset({"difference", "ratio", "percent_of", "percent_change", "product_area"})
NAMES: Mapping[Operation, str] = {
    "sum": "sum", "difference": "difference", "ratio": "ratio", "percent_of": "percentage",
    "percent_change": "relative_change", "product_area": "product_area",
}  # fmt: skip
METHODS: Mapping[Operation, str] = {
    "sum": "Sum of {}.",
    "difference": "{} less {}.",
    "ratio": "{} divided by {}.",
    "percent_of": "{} divided by {}, in percent.",
    "percent_change": "{1} less {0}, divided by {0}, in percent.",
    "product_area": "{} times {}.",
}


OPPOSITE = ({HALVES[0], HALVES[1]}, {HALVES[2], HALVES[3]})
KNOWN_APART = frozenset({*REGIONS, *HALVES, AOI})
SHARED = " Ground that the places share counts twice."

SEVERAL = " The facts come from different results."


class ArithmeticRefused(Exception):  # noqa: N818 - an answer of its own, no failure
    """Facts that cannot be combined; the message says why in one sentence."""


@dataclass(frozen=True)
class _Amount:
    """A number in a unit that others are multiples of."""

    value: float | int
    unit: str


def calculate(operation: Operation, facts: Sequence[Measured], make: FactMaker) -> Measured:
    """One number out of several facts.

    Args:
        operation: `percent_of`: the first in percent of the second. `percent_change`: from the
            first to the second. `product_area`: a length times a length, or a number times an
            area.
        facts: two, or for a sum at least two; their order matters.
        make: makes the new fact.

    Raises:
        ArithmeticRefused: the facts are no numbers, their units do not fit, a division by zero,
            or a sum that would count the same twice.
    """
    _check_number(operation, facts)
    amounts = [_amount(one.fact) for one in facts]
    if operation == "sum":
        _check_distinct([one.fact for one in facts])
    result = OPERATIONS[operation](amounts)
    subject = _subject([one.fact for one in facts])
    method = _method(operation, facts)
    fact = make(NAMES[operation], (result.value, result.unit), subject, method)
    ids = tuple(sorted({item for one in facts for item in one.items}))
    cases = {one.case for one in facts}
    return Measured(fact, ids if len(cases) == 1 else (), facts[0].case if len(cases) == 1 else "")


def convert(fact: Measured, unit: str) -> Measured:
    """The same fact in another unit of its kind; `auto` leaves it as it is.

    Raises:
        ArithmeticRefused: the unit measures something else.
    """
    old = fact.fact
    if unit in {"auto", old.unit}:
        return fact
    amount = _amount(old)
    base, factor = BASE.get(unit, ("", 1.0))
    if base != amount.unit:
        msg = f"A value in {old.unit or 'words'} cannot be given in {unit}."
        raise ArithmeticRefused(msg)
    method = f"{old.method} Given in {unit}."
    value = rounded(amount.value / factor)
    return replace(fact, fact=with_id(replace(old, value=value, unit=unit, method=method)))


def _check_number(operation: Operation, facts: Sequence[Measured]) -> None:
    if operation in TWO and len(facts) != 2:
        msg = f"A {NAMES[operation].replace('_', ' ')} needs exactly two facts."
        raise ArithmeticRefused(msg)
    if len(facts) < 2:
        msg = "A sum needs at least two facts."
        raise ArithmeticRefused(msg)


def _amount(fact: Fact) -> _Amount:
    if isinstance(fact.value, str):
        msg = f"The fact {fact.name!r} is no number."
        raise ArithmeticRefused(msg)
    base, factor = BASE.get(fact.unit, (fact.unit, 1.0))
    return _Amount(fact.value if factor == 1.0 else float(fact.value) * factor, base)


def _check_distinct(facts: Sequence[Fact]) -> None:
    """Refuse sums that count the same ground or things twice."""
    for one, other in combinations(facts, 2):
        is_same = one.name == other.name and one.run == other.run
        if is_same and _overlap(one, other):
            msg = "These facts share ground or things, so their sum would count them twice."
            raise ArithmeticRefused(msg)


def _overlap(one: Fact, other: Fact) -> bool:
    """Whether two facts of one name speak of the same, or may do so of a part of it.

    Two drawn areas or features are the user's to know.
    """
    classes = {one.change_class, other.change_class}
    if len(classes) == 2 and ANY not in classes:
        return False
    regions = {one.region, other.region}
    if len(regions) == 1 or AOI in regions:
        return True
    if regions & set(HALVES):
        return regions not in OPPOSITE
    return bool(regions & set(REGIONS)) and not regions <= set(REGIONS)


def _same_unit(amounts: Sequence[_Amount]) -> str:
    units = {one.unit for one in amounts}
    if len(units) > 1:
        msg = f"Values in {' and '.join(sorted(units))} cannot be combined in this way."
        raise ArithmeticRefused(msg)
    return units.pop()


def _sum(amounts: Sequence[_Amount]) -> _Amount:
    unit = _same_unit(amounts)
    return _Amount(sum(one.value for one in amounts), unit)


def _difference(amounts: Sequence[_Amount]) -> _Amount:
    unit = _same_unit(amounts)
    return _Amount(amounts[0].value - amounts[1].value, unit)


def _ratio(amounts: Sequence[_Amount]) -> _Amount:
    _same_unit(amounts)
    return _Amount(_divided(amounts[0].value, amounts[1].value), "1")


def _percent_of(amounts: Sequence[_Amount]) -> _Amount:
    return _Amount(100.0 * _ratio(amounts).value, "%")


def _percent_change(amounts: Sequence[_Amount]) -> _Amount:
    _same_unit(amounts)
    old, new = amounts
    return _Amount(100.0 * _divided(new.value - old.value, abs(old.value)), "%")


def _product_area(amounts: Sequence[_Amount]) -> _Amount:
    if sorted(one.unit for one in amounts) not in (["m", "m"], ["1", "m2"]):
        msg = "An area is a length times a length, or a number times an area."
        raise ArithmeticRefused(msg)
    return _Amount(float(amounts[0].value * amounts[1].value), "m2")


def _divided(part: float, whole: float) -> float:
    if whole == 0:
        msg = "The second value is zero, and nothing can be divided by it."
        raise ArithmeticRefused(msg)
    return part / whole


OPERATIONS: Mapping[Operation, Callable[[Sequence[_Amount]], _Amount]] = {
    "sum": _sum, "difference": _difference, "ratio": _ratio, "percent_of": _percent_of,
    "percent_change": _percent_change, "product_area": _product_area,
}  # fmt: skip


def _subject(facts: Sequence[Fact]) -> Subject:
    """What all facts have in common; the whole area where they speak of several places."""
    classes, states, regions = (
        {getattr(fact, name) for fact in facts} for name in ("change_class", "state", "region")
    )
    return Subject(
        classes.pop() if len(classes) == 1 else ANY,
        states.pop() if len(states) == 1 else ANY,
        regions.pop() if len(regions) == 1 else AOI,
    )


def _method(operation: Operation, facts: Sequence[Measured]) -> str:
    names = [_named(one.fact) for one in facts]
    pattern = METHODS[operation]
    said = pattern.format(", ".join(names)) if operation == "sum" else pattern.format(*names)
    drawn = {one.fact.region for one in facts} - KNOWN_APART
    shared = SHARED if operation == "sum" and len(drawn) > 1 else ""
    several = SEVERAL if len({one.case for one in facts}) > 1 else ""
    return said[0].upper() + said[1:] + shared + several


def _named(fact: Fact) -> str:
    """A fact in words, its class and place included."""
    what = fact.name.replace("_", " ")
    of = "" if fact.change_class == ANY else f" of {fact.change_class.replace('_', ' ')}"
    where = "" if fact.region == AOI else f" in “{fact.region}”"
    return f"{what}{of}{where}"
