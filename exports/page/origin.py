"""The report's words about where a result comes from: inputs, parameters, detector, versions.

Reads the content of run.json as untrusted data; every key may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exports import jsontext
from exports.page import numbers
from raster.text import clean
from wording.quantities import text as quantity

TEXT_LIMIT = 400
LABELS = {"is_guarded": "raised by the null guard"}


@dataclass(frozen=True)
class InputRow:
    """One input file or folder."""

    role: str
    name: str
    size: str
    sha256: str


@dataclass(frozen=True)
class Origin:
    """What the provenance section shows; pairs are (name, value) rows."""

    run: tuple[tuple[str, str], ...]
    inputs: tuple[InputRow, ...]
    parameters: tuple[tuple[str, str], ...]
    detector: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]
    threshold: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    timings: tuple[tuple[str, str], ...]


def describe(run: Mapping[str, Any]) -> Origin:
    """Rows of the provenance section."""
    detector = _mapping(run.get("detector"))
    words = ("title", "name", "summary", "source", "why")
    return Origin(
        run=_run_rows(run),
        inputs=tuple(_input_row(_mapping(entry)) for entry in run.get("inputs") or ()),
        parameters=_parameters(run),
        detector=_rows({word: detector[word] for word in words if word in detector}),
        limits=tuple(_text(limit) for limit in detector.get("limits") or ()),
        threshold=_rows(run.get("threshold")),
        versions=_rows(run.get("versions")),
        timings=tuple(
            (name.replace("_", " "), f"{float(seconds):.2f} s")
            for name, seconds in _mapping(run.get("timings_s")).items()
        ),
    )


def _parameters(run: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was asked for, and the smallest mapped area that followed."""
    asked = _rows(run.get("parameters"))
    if "min_area_m2" not in run:
        return asked
    dropped = _mapping(run.get("dropped"))
    used = [("smallest mapped area", quantity(float(run["min_area_m2"]), "m2"))]
    if "objects" in dropped:
        used.append(("smaller regions left out", quantity(int(dropped["objects"]), "1")))
    return (*asked, *used)


def _run_rows(run: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    memory = run.get("peak_memory_bytes")
    rows = {
        "run": run.get("id"),
        "made": str(run.get("created_utc", "")).replace("T", " ").replace("+00:00", " UTC"),
        "Groundshift": run.get("groundshift_version"),
        "mask sha256": run.get("mask_sha256"),
        "weights sha256": run.get("weights_sha256") or "none: the detector has no weights",
        "peak memory": numbers.size(float(memory)) if memory else None,
    }
    return _rows({name: value for name, value in rows.items() if value})


def _input_row(entry: Mapping[str, Any]) -> InputRow:
    return InputRow(
        role=_text(entry.get("role", "")),
        name=_text(entry.get("name", "")),
        size=numbers.size(float(entry.get("bytes") or 0)),
        sha256=_text(entry.get("sha256", "")),
    )


def _rows(values: object) -> tuple[tuple[str, str], ...]:
    return tuple(
        (LABELS.get(name) or _text(name.replace("_", " ")), _text(value))
        for name, value in _mapping(values).items()
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    """A value in words: yes and no, `automatic`, numbers and text; anything else as JSON."""
    if value is None:
        return "automatic"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return clean(str(value), limit=TEXT_LIMIT)
    return clean(jsontext.dumps(value), limit=TEXT_LIMIT)
