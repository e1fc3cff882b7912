"""One run in a few words: what was asked, where, and what came of it, for every kind of run.

Knows the summaries that jobs leave behind; nothing of pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from services.list_counters import list_counters
from services.list_detectors import list_detectors
from services.list_segmenters import list_segmenters
from wording import quantities
from workspace.records import Job

PAGES = {
    "compare": ("Compare", "compare.py"),
    "segment": ("Segment", "segment.py"),
    "count": ("Count", "count.py"),
    "finetune": ("Train on your labels", "finetune.py"),
}
"""Where a finished run of each kind is looked at."""


@dataclass(frozen=True)
class RunWords:
    """A run in words.

    Attributes:
        asked: what was asked for.
        where: the area.
        settings: with which settings.
        found: what came out; empty until it is done.
    """

    asked: str
    where: str
    settings: str
    found: str


def words_of(job: Job) -> RunWords:
    """A run in words; a kind nobody knows is named as it is."""
    say = {
        "compare": _compared,
        "segment": _segmented,
        "count": _counted,
        "finetune": _trained,
    }.get(job.kind, _other)
    return say(job)


@st.cache_data(show_spinner=False)
def _titles() -> dict[str, dict[str, str]]:
    return {
        "compare": {str(row["name"]): str(row["title"]) for row in list_detectors()},
        "segment": {row.name: row.title for row in list_segmenters()},
        "count": {row.name: row.things for row in list_counters()},
    }


def _title(kind: str, name: object, recommended: str) -> str:
    text = str(name or "auto")
    return recommended if text == "auto" else _titles()[kind].get(text, text)


def _where(job: Job, whole: str) -> str:
    return str(job.params.get("area_name") or whole)


def _compared(job: Job) -> RunWords:
    name = job.result.get("detector") or job.params.get("detector")
    used: Any = job.result.get("threshold", job.params.get("threshold"))
    threshold = "automatic threshold" if used is None else f"threshold {float(used):.3f}"
    found = ""
    if job.status == "done":
        area = quantities.text(float(job.result["changed_area_m2"]), "m2")
        share = quantities.text(float(job.result["changed_share_pct"]), "%")
        found = f"{area} changed ({share}), {number_of(int(job.result['objects']), 'object')}"
    asked = _title("compare", name, "Recommended method")
    like = len(job.params.get("like") or ())
    settings = f"{threshold}, like {number_of(like, 'example')}" if like else threshold
    return RunWords(asked, _where(job, "whole overlap"), settings, found)


def _segmented(job: Job) -> RunWords:
    name = job.result.get("segmenter") or job.params.get("segmenter")
    asked = "Everything outlined" if job.params.get("auto") else "Outlines"
    found = ""
    if job.status == "done":
        area = quantities.text(float(job.result["covered_area_m2"]), "m2")
        found = f"{number_of(int(job.result['things']), 'thing')} outlined, {area}"
    settings = f"{_title('segment', name, 'Recommended segmenter')}{_sizes(job.params)}"
    return RunWords(asked, _where(job, "whole scene"), settings, found)


def _counted(job: Job) -> RunWords:
    name = _title("count", job.params.get("counter"), "buildings")
    things = str(job.result.get("classes") or job.params.get("thing") or name)
    found = ""
    if job.status == "done":
        said = {key: int(job.result[key]) for key in ("pre", "post", "appeared", "vanished")}
        found = (
            f"{said['pre']} pre, {said['post']} post; {said['appeared']} appeared,"
            f" {said['vanished']} vanished"
        )
    examples = len(job.params.get("examples") or ())
    learned = number_of(examples, "example") if examples else "usual settings"
    return RunWords(
        f"Count of {things}", _where(job, "whole overlap"), f"{learned}{_sizes(job.params)}", found
    )


def _trained(job: Job) -> RunWords:
    where = "whole overlap" if job.params.get("is_whole") else "labelled ground"
    found = str(job.result.get("verdict", "")) if job.status == "done" else ""
    minutes = f"at most {number_of(int(job.params.get('minutes') or 0), 'minute')}"
    return RunWords("Training on labels", _where(job, where), minutes, found)


def _other(job: Job) -> RunWords:
    return RunWords(job.kind.capitalize(), "", "", "")


def _sizes(params: Mapping[str, Any]) -> str:
    low, high = params.get("min_area_m2"), params.get("max_area_m2")
    least = f", from {quantities.text(float(low), 'm2')}" if low else ""
    most = f", up to {quantities.text(float(high), 'm2')}" if high else ""
    return least + most


def number_of(count: int, noun: str) -> str:
    """A number with its noun, e.g. `1 object`."""
    return f"{quantities.text(count, '1')} {noun if count == 1 else noun + 's'}"
