"""Checked numbers with unit, method and origin: all that words may cite.

Facts are computed here from objects and areas; wording chooses and renders them. Knows no sentence.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

ID_LENGTH = 16
SIGNIFICANT_DIGITS = 9


@dataclass(frozen=True)
class Exclusion:
    """Ground inside the AOI that was not assessed, and why."""

    reason: str
    area_m2: float


@dataclass(frozen=True)
class Fact:
    """One number (or name) that may be shown; the keys of `facts.json` are these fields.

    Attributes:
        id: derived from the content (see `fact_id`), so equal facts have equal ids.
        name: what is measured, e.g. `changed_area`, `object_count`, `largest_object_area`.
        value: number, or text for names such as a compass place.
        unit: `m2`, `m`, `px`, `%`, `1` for counts, empty for text.
        change_class: class name of the legend, or `any`; `class` in JSON.
        state: `changed`, `appeared`, `vanished`, `increase`, `decrease`, or `any`.
        region: `aoi` or the name of a part of it, e.g. `north-west`.
        method: how it was measured, in one plain sentence.
        aoi_area_m2: area of the AOI within the overlap.
        valid_area_m2: the part of it that was observed at both dates and scored.
        excluded: what was left out, by reason.
        uncertainty: plain words or None where it was not assessed.
        cautions: codes of the findings that limit this fact.
        inputs: sha256 of the input files.
        run: id of the run.
    """

    id: str
    name: str
    value: float | int | str
    unit: str
    change_class: str
    state: str
    region: str
    method: str
    aoi_area_m2: float
    valid_area_m2: float
    excluded: tuple[Exclusion, ...] = ()
    uncertainty: str | None = None
    cautions: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    run: str = ""


def fact_id(fact: Fact) -> str:
    """16 hex digits of the SHA-256 of the content: all fields but `id` and `run`.

    The content is written as JSON with sorted keys and without spaces, so that equal facts of two
    runs have equal ids.

    Raises:
        ValueError: a number is not finite.
    """
    content = {key: value for key, value in to_json(fact).items() if key not in {"id", "run"}}
    text = json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH]


def with_id(fact: Fact) -> Fact:
    """The fact with the id its content gives it."""
    return replace(fact, id=fact_id(fact))


def to_json(fact: Fact) -> dict[str, Any]:
    """The fact as an entry of `facts.json`: the fields in order, `change_class` as `class`."""
    fields = asdict(fact)
    for name in ("excluded", "cautions", "inputs"):
        fields[name] = list(fields[name])
    return {"class" if key == "change_class" else key: value for key, value in fields.items()}


def from_json(entry: Mapping[str, Any]) -> Fact:
    """The fact of an entry of `facts.json`; the inverse of `to_json`."""
    fields = {"change_class" if key == "class" else key: value for key, value in entry.items()}
    fields["excluded"] = tuple(Exclusion(**part) for part in fields["excluded"])
    for name in ("cautions", "inputs"):
        fields[name] = tuple(fields[name])
    return Fact(**fields)


def rounded(value: float) -> float:
    """Nine significant digits: beyond them sums depend on the order they were added in."""
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
