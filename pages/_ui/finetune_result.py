"""A finished training: whether it helped, by which figures, and where it learned and was judged.

Knows the summary a job leaves behind and the pictures in its folder.
"""

from typing import Any

import streamlit as st

from errors import GroundshiftError
from pages._ui import small_picture
from pages._ui.finetune_setup import KIND
from pages._ui.project import address
from pages._ui.words import plain, show_error, show_findings
from raster.findings import Finding
from workspace import results
from workspace.records import Job

SHARES = frozenset({"identical_share", "brighter_share"})
MAP = "The later date with the ground that was trained on, and that kept for validation"
LEGEND = (
    "Orange: kept for validation, never trained on. Blue: trained on. Yellow: your labels. Dimmed:"
    " the gap between them, and ground that was not used."
)


def show(owner: str, job: Job) -> None:
    """Verdict, figures, map and what to do next."""
    found = job.result
    if found["is_kept"]:
        st.success(plain(str(found["verdict"])), icon=":material/check_circle:")
        st.page_link(
            "compare.py",
            label="Use the new detector on Compare",
            icon=":material/compare:",
            query_params=address(),
        )
    else:
        st.warning(plain(str(found["verdict"])), icon=":material/info:")
    st.header("Before and after", anchor=False)
    _show_figures(found["figures"])
    st.caption(
        "Measured on ground the network never trained on. The best step was chosen on it too, so"
        " the figures after lean a little to the bright side."
    )
    _show_map(owner, job)
    if found["findings"]:
        st.header("Good to know", anchor=False)
        show_findings(tuple(Finding(**one) for one in found["findings"]))


def _show_figures(rows: list[dict[str, Any]]) -> None:
    known = [row for row in rows if row["before"] is not None]
    st.table(
        {
            "Figure": [row["words"] for row in known],
            "Before": [_number(row, "before") for row in known],
            "After": [_number(row, "after") for row in known],
        },
    )


def _number(row: dict[str, Any], date: str) -> str:
    value = float(row[date])
    return f"{100 * value:.2f} %" if row["name"] in SHARES else f"{value:.3f}"


def _show_map(owner: str, job: Job) -> None:
    try:
        folder = results.get(owner, job.id, kind=KIND)
    except GroundshiftError as error:
        show_error(error)
        return
    st.header("Where it learned and where it was judged", anchor=False)
    for picture in sorted(folder.glob("blocks-*.png")):
        st.image(small_picture.address(picture), caption=LEGEND, width="stretch", alt=MAP)
