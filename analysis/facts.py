"""Checked numbers with unit, method and origin: all that words may cite.

Facts are computed here from objects and areas; wording chooses and renders them. Knows no sentence.
"""

from dataclasses import dataclass


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
