"""Learned weights on the page: what there is, how large, under which licence, and "Fetch".

Submits the job that fetches; knows nothing of addresses or files.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

import settings
from errors import GroundshiftError
from pages._ui.downloads import size_words
from pages._ui.job_view import show_job
from pages._ui.words import plain, show_error
from services.weights import Status, WeightsRow
from workspace import jobs
from workspace.records import Job

KIND = "weights"
STATUS: Mapping[Status, str] = {
    "shipped": "here, part of Groundshift",
    "present": "here",
    "missing": "not here",
    "damaged": "damaged",
    "forbidden": "not here, and this server may not fetch it",
}
ORIGIN = {True: "shipped with Groundshift", False: "trained here"}
"""Of weights that no other machine published, by whether they are shipped."""
LOOKED_BACK = 20
_WATCHED = "weights_job"


def show_fetching(owner: str, rows: Sequence[WeightsRow]) -> frozenset[str]:
    """What is being fetched for this visitor, and what became of the last; the names under way.

    Stands outside whatever can be folded away, so that progress is seen from everywhere.
    """
    titles = {row.name: row.title for row in rows}
    under_way = set()
    for job in jobs.listed(owner, limit=LOOKED_BACK):
        if job.kind != KIND or not (job.is_active or job.id == st.session_state.get(_WATCHED)):
            continue
        name = str(job.params["name"])
        st.markdown(f"**{plain(titles.get(name, name))}**")
        show_job(owner, job.id, on_done=_remember)
        if job.is_active:
            under_way.add(name)
        elif job.status == "done":
            st.success("The weights are here, whole and ready to use.")
    return frozenset(under_way)


def show_missing(owner: str, row: WeightsRow, *, is_under_way: bool, place: str) -> None:
    """How to get weights: size, licence and the button where this server may fetch them.

    Args:
        owner: the visitor.
        row: the weights, which cannot be used now.
        is_under_way: whether they are being fetched already.
        place: which of several places on the page this is.
    """
    st.markdown(
        f"It needs **{plain(row.title)}**, {size_words(row.size_bytes)}, under the licence"
        f" {plain(row.licence)}{f', from {plain(row.host)}' if row.host else ''}."
    )
    if not row.can_fetch:
        st.caption(plain(row.remedy))
        return
    if row.arrived_bytes:
        arrived = f"{size_words(row.arrived_bytes)} of {size_words(row.size_bytes)}"
        st.caption(f"{arrived} have arrived; fetching goes on from there.")
    if st.button(
        f"Fetch {plain(row.title)}",
        icon=":material/download:",
        disabled=is_under_way,
        key=f"fetch_{place}_{row.name}",
    ):
        _submit(owner, row.name)


def show_weights(rows: Sequence[WeightsRow]) -> None:
    """Everything the manifest lists, and what an operator can do."""
    st.dataframe(
        {
            "Weights": [row.title for row in rows],
            "On this server": [STATUS[row.status] for row in rows],
            "Size": [size_words(row.size_bytes) for row in rows],
            "Licence": [row.licence for row in rows],
            "Published at": [row.host or ORIGIN[row.is_shipped] for row in rows],
            "Trained on": ["; ".join(row.trained_on) for row in rows],
        },
        hide_index=True,
        alt="The learned weights and whether they are on this server",
    )
    may = "may" if settings.load().allow_downloads else "may not"
    st.caption(
        f"This server {may} fetch weights. Each file is checked, byte by byte, before it is used"
        " and serves everybody who uses this server. An operator can forbid fetching, name a mirror"
        " or put files into a folder by hand: see docs/weights.md."
    )


def _submit(owner: str, name: str) -> None:
    try:
        job = jobs.submit(owner, KIND, {"name": name})
    except GroundshiftError as error:
        show_error(error)
        return
    _remember(job)
    st.rerun()


def _remember(job: Job) -> None:
    st.session_state[_WATCHED] = job.id
