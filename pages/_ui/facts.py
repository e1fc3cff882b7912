"""Facts of a result: the caption whose numbers lead to them, and the origin of one of them.

Shows what was recorded; computes nothing.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from exports.page.citations import pieces
from pages._ui import selection
from pages._ui.caption_view import Cited, show_caption
from pages._ui.selection import Selection
from pages._ui.words import plain
from services.fact_objects import objects_of
from services.results import ANY, AOI, SavedResult
from wording import quantities

LOST = {
    "pre nodata": "no data at the earlier date",
    "post nodata": "no data at the later date",
    "both nodata": "no data at both dates",
    "no score": "the method could not score it",
}


Speaks = Callable[[SavedResult, str], tuple[int, ...]]


def show_cited(job_id: str, result: SavedResult, *, speaks_of: Speaks = objects_of) -> None:
    """The caption; a click on a number picks out its fact and the objects it speaks of.

    Args:
        job_id: the run.
        result: its content.
        speaks_of: ids of the objects that a fact of the result, by its id, speaks of.
    """
    known = {str(fact["id"]) for fact in result.facts}
    cut = pieces(result.caption, result.run.get("caption_citations", ()), frozenset(known))
    parts = [Cited(one.text, one.fact_id) if one.fact_id else one.text for one in cut]
    show_caption(
        parts,
        key=f"caption_{job_id}",
        selected=selection.current(job_id).fact_id,
        on_choose=lambda fact_id: pick_fact(job_id, result, fact_id, speaks_of=speaks_of),
    )
    if selection.current(job_id).fact_id is None:
        st.caption("Choose a number in the text to see where it comes from.")


def pick_fact(
    job_id: str, result: SavedResult, fact_id: str | None, *, speaks_of: Speaks = objects_of
) -> None:
    """Pick a fact and its objects out, or nothing."""
    objects = speaks_of(result, fact_id) if fact_id else ()
    selection.pick(job_id, Selection(objects, fact_id))


def show_picked(job_id: str, result: SavedResult) -> None:
    """The origin of the picked fact, if one is picked."""
    picked = selection.current(job_id)
    fact = next((fact for fact in result.facts if fact["id"] == picked.fact_id), None)
    if fact is None:
        return
    with st.container(border=True):
        _show_origin(fact, result)
        if picked.objects:
            count = len(picked.objects)
            st.caption(f"{count} {'object is' if count == 1 else 'objects are'} marked on the map.")
        st.button(
            "Close",
            key=f"close_fact_{job_id}",
            icon=":material/close:",
            on_click=selection.pick,
            args=(job_id, Selection()),
        )


def _show_origin(fact: Mapping[str, Any], result: SavedResult) -> None:
    name = str(fact["name"]).replace("_", " ")
    st.markdown(f"**{plain(name.capitalize())}: {plain(value_words(fact))}**")
    st.markdown("\n".join(f"- {plain(line)}" for line in origin_lines(fact, result)))
    with st.expander("Inputs and identity"):
        named = {entry["sha256"]: entry for entry in result.run["inputs"]}
        lines = [f"- {_input_words(named.get(sha256))} `{sha256}`" for sha256 in fact["inputs"]]
        st.markdown("\n".join([*lines, f"- Fact `{fact['id']}` of run `{fact['run']}`"]))


def value_words(fact: Mapping[str, Any]) -> str:
    """The value of a fact with its unit."""
    return quantities.text(fact["value"], fact["unit"])


def origin_lines(fact: Mapping[str, Any], result: SavedResult) -> list[str]:
    """How a fact was measured, where, on what, and what limits it, a line each."""
    return [line for line in _lines(fact, result) if line]


def _lines(fact: Mapping[str, Any], result: SavedResult) -> list[str]:
    region = "the whole area" if fact["region"] == AOI else f"the part in the {fact['region']}"
    about = "" if fact["class"] == ANY else f", class {fact['class']}".replace("_", " ")
    assessed, whole = (
        quantities.text(fact[name], "m2") for name in ("valid_area_m2", "aoi_area_m2")
    )
    return [
        f"How: {fact['method']}",
        f"Where: {region}{about}",
        f"Assessed: {assessed} of {whole}",
        left_out_words(fact),
        f"Uncertainty: {fact['uncertainty'] or 'not assessed'}",
        *_caution_lines(fact, result),
    ]


def left_out_words(fact: Mapping[str, Any]) -> str:
    """Ground that a fact leaves out, by reason; empty when all was assessed."""
    parts = [
        f"{quantities.text(part['area_m2'], 'm2')} ({reason_words(part['reason'])})"
        for part in fact["excluded"]
        if part["area_m2"] > 0
    ]
    return f"Left out: {', '.join(parts)}" if parts else ""


def reason_words(reason: str) -> str:
    """Why ground was not assessed."""
    return LOST.get(reason.replace("_", " "), reason)


def _caution_lines(fact: Mapping[str, Any], result: SavedResult) -> list[str]:
    said = {finding.code: finding.message for finding in result.findings}
    return [f"Caution: {said.get(code, code)}" for code in fact["cautions"]]


def _input_words(entry: Mapping[str, Any] | None) -> str:
    return f"{entry['role'].capitalize()}: {plain(entry['name'])}" if entry else "Input"
