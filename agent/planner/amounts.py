"""Numbers a question states: sizes, distances, how many, which rank, years.

They become arguments of tools, never part of an answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from agent.languages.speech import Speech
from agent.planner.marks import Mark, Marks

M2_PER: Mapping[str, float] = {"m2": 1.0, "ha": 1e4, "km2": 1e6, "acre": 4046.8564224}
"""The acre is the international one, 4046.8564224 m2."""
M_PER: Mapping[str, float] = {"m": 1.0, "km": 1e3, "foot": 0.3048, "mile": 1609.344}
YEAR = re.compile(r"(?<= )(?:\d{1,2}\.\d{1,2}\.)?(1[89]\d\d|2[01]\d\d)(?= )")
MOST_RANK = 20


@dataclass(frozen=True)
class Amount:
    """A number with its unit.

    Attributes:
        value: in `m2` or `m`, or as it stands without a unit.
        dimension: `area`, `length` or empty.
        start: where it stands.
        end: one behind it.
    """

    value: float
    dimension: str
    start: int
    end: int


@dataclass(frozen=True)
class Amounts:
    """Numbers by what they limit.

    Attributes:
        min_area_m2: smallest thing asked for.
        max_area_m2: largest.
        distance_m: nearness.
        k: how many of a list.
        rank: which one of a list; 0 where none was named.
        years: years.
        spans: what these numbers cover of the text.
        bare: numbers without a unit, years left out.
    """

    min_area_m2: float | None = None
    max_area_m2: float | None = None
    distance_m: float | None = None
    k: int | None = None
    rank: int = 0
    years: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    bare: tuple[float, ...] = ()


def find(marks: Marks, speech: Speech) -> Amounts:
    """The numbers of a question."""
    years = tuple(match for match in YEAR.finditer(marks.text) if not _has_unit(match, marks))
    every = [*_sized(_amounts(marks, speech), marks), *_fractions(marks, speech)]
    areas = [one for one in every if one.dimension == "area"]
    lengths = [one for one in every if one.dimension == "length"]
    bare = [one for one in every if not one.dimension and not _is_year(one, years)]
    low, high = _limits(areas, marks)
    k = next((int(one.value) for one in bare if _is_count_of_list(one, marks)), None)
    return Amounts(
        low, high, lengths[0].value if lengths else None, k, _rank(marks, speech),
        tuple(int(match.group(1)) for match in years),
        (*((one.start, one.end) for one in every), *(match.span() for match in years)),
        tuple(one.value for one in bare),
    )  # fmt: skip


def _amounts(marks: Marks, speech: Speech) -> list[Amount]:
    """Every number, in digits or words, with the unit behind it."""
    words = "|".join(sorted(speech.numbers, key=len, reverse=True))
    found = []
    for match in re.finditer(rf"(?<= )(\d+(?:[.,]\d+)*|{words})(?= )", marks.text):
        value = _value(match.group(), speech)
        units = (mark for mark in marks.marks if mark.start == match.end() + 1)
        unit = next((mark for mark in units if _is_unit(mark, marks, speech)), None)
        end = unit.end if unit else match.end()
        factor, dimension = _factor(unit.value if unit else "")
        found.append(Amount(value * factor, dimension, match.start(), end))
    return _shared_unit(found, marks) if marks.has("limit:between") else found


def _is_unit(mark: Mark, marks: Marks, speech: Speech) -> bool:
    """Whether it is a unit of a number; `2024, in hectares` wishes for one."""
    is_wish = marks.text[mark.start : mark.end].split()[0] in speech.fillers
    return mark.kind == "unit" and not is_wish


def _sized(found: list[Amount], marks: Marks) -> list[Amount]:
    """`Bigger than 200` speaks of a size, which is in square metres where no unit stands."""
    ends = {mark.end + 1 for mark in marks.marks if mark.concept == "size:of"}
    return [
        replace(one, dimension="area") if one.start in ends and not one.dimension else one
        for one in found
    ]


def _fractions(marks: Marks, speech: Speech) -> list[Amount]:
    """Parts of a unit of area: `half a hectare`."""
    found = []
    for mark in marks.marks:
        is_half = any(one.kind == "place" and one.end + 1 == mark.start for one in marks.marks)
        if mark.kind != "unit" or _factor(mark.value)[1] != "area" or is_half:
            continue
        before = re.findall(r"\S+", marks.text[: mark.start])
        while before and before[-1] in speech.apart:
            before.pop()
        part = speech.fractions.get(before[-1]) if before else None
        if part is not None:
            start = marks.text[: mark.start].rfind(f" {before[-1]} ") + 1
            value = part * _factor(mark.value)[0]
            found.append(Amount(value, "area", start, mark.end))
    return found


def _shared_unit(found: list[Amount], marks: Marks) -> list[Amount]:
    """`Between 100 and 200 m2`: the first number has the unit of the second."""
    if len(found) < 2 or found[0].dimension or not found[1].dimension:
        return found
    first, second, *rest = found
    units = [mark.value for mark in marks.marks if mark.kind == "unit" and mark.end == second.end]
    factor = _factor(units[0])[0] if units else 1.0
    return [replace(first, value=first.value * factor, dimension=second.dimension), second, *rest]


def _value(text: str, speech: Speech) -> float:
    if text in speech.numbers:
        return float(speech.numbers[text])
    thousands, decimal = speech.language.thousands, speech.language.decimal
    groups = re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{decimal}\d+)?", text)
    cleaned = text.replace(thousands, "") if groups else text
    cleaned = cleaned.replace(decimal, ".").replace(",", ".")
    head, *tail = cleaned.split(".")
    return float(f"{head}.{''.join(tail)}" if tail else head)


def _factor(unit: str) -> tuple[float, str]:
    if unit in M2_PER:
        return M2_PER[unit], "area"
    return (M_PER[unit], "length") if unit in M_PER else (1.0, "")


def _limits(areas: list[Amount], marks: Marks) -> tuple[float | None, float | None]:
    """Least and most size: by the words before the numbers."""
    if not areas:
        return None, None
    if len(areas) > 1 and marks.has("limit:between"):
        values = sorted(one.value for one in areas[:2])
        return values[0], values[1]
    low = high = None
    for one in areas:
        before = [mark for mark in marks.marks if mark.kind == "limit" and mark.end <= one.start]
        limit = before[-1].value if before else "least"
        low, high = (low, one.value) if limit == "most" else (one.value, high)
    return low, high


def _rank(marks: Marks, speech: Speech) -> int:
    words = re.finditer(r"\S+", marks.text)
    aside = [mark for mark in marks.marks if mark.kind in {"date", "span", "place"}]
    found = [
        speech.ordinals[word.group()]
        for word in words
        if word.group() in speech.ordinals
        and not any(mark.start <= word.start() < mark.end for mark in aside)
    ]
    named = [int(rank) for rank in marks.values("nth") if rank != "any"]
    numbered = [mark.end for mark in marks.marks if mark.concept == "nth:any"]
    digits = (re.match(r" (\d{1,2}) ", marks.text[end:]) for end in numbered)
    named += [int(match.group(1)) for match in digits if match]
    return next((rank for rank in (*named, *found) if rank <= MOST_RANK), 0)


def _is_count_of_list(one: Amount, marks: Marks) -> bool:
    return (
        one.value == int(one.value)
        and 1 <= one.value <= MOST_RANK
        and marks.has("ask:largest", "ask:smallest", "ask:top", "follow:", "ask:list")
    )


def _is_year(one: Amount, years: tuple[re.Match[str], ...]) -> bool:
    return any(match.start() == one.start for match in years)


def _has_unit(match: re.Match[str], marks: Marks) -> bool:
    return any(mark.kind == "unit" and mark.start == match.end() + 1 for mark in marks.marks)
