"""What to train on: labels, looked-at area, time and a name, and the button that starts it.

Submits a job; knows nothing of how it runs.
"""

import re
from typing import Any

import streamlit as st

import settings
from errors import GroundshiftError
from pages._ui import drawn_areas, runs
from pages._ui.drawn_areas import Place
from pages._ui.words import plain, show_error, show_findings, told_apart
from services.finetune_labels import read_upload, to_geojson
from services.finetune_rules import ENOUGH_OBJECTS, require_minutes, require_name
from workspace import edits, jobs
from workspace.records import Project

KIND = "finetune"
FILES = ["geojson", "json", "gpkg", "zip", "kml"]
FROM_COUNT, FROM_FILE = "Objects you reviewed on the page Count", "A file of outlines"
AREA_HELP = (
    "The ground you looked at closely: what is not labelled in it counts as unchanged. Ground"
    " outside it is unknown and teaches nothing. Draw areas on the page Compare or Count."
)
HOW = """
The change network that comes with Groundshift learns from your labels how change looks on your
images.

1. Label changes: correct a count on the page **Count**, or bring outlines from a GIS.
2. Say which ground you looked at. What is not labelled there counts as unchanged.
3. A part of that ground, with a wide gap around it, is kept aside. The network never trains on it,
   so the figures before and after tell whether it became better.
4. The new detector is kept only if it became better. Everybody who uses this server may choose it.
"""


def show_how() -> None:
    """What this page does, before there is anything to show."""
    st.markdown(HOW)


def show(project: Project) -> None:
    """All questions and the button."""
    st.header("Train on your labels", anchor=False)
    labels = _ask_labels(project)
    place = drawn_areas.ask_place(
        project, label="Ground you looked at", whole="Nothing chosen", help_words=AREA_HELP
    )
    if place.geometry is None and st.checkbox("I looked at all ground that both scenes show"):
        place = Place(None, "whole overlap", None)
        is_whole = True
    else:
        is_whole = False
    title = st.text_input("Name of the new detector", max_chars=60, placeholder="Blue roofs, north")
    minutes = _ask_minutes()
    is_few = st.checkbox(
        "Learn from few labels",
        help=f"For fewer than {ENOUGH_OBJECTS} changed places. Where the network and its former"
        " self are both sure, unlabelled ground teaches too. What it learns so is a guess.",
    )
    if st.button(
        "Start training",
        type="primary",
        icon=":material/model_training:",
        width="stretch",
        disabled=not labels or not title.strip(),
    ):
        wanted = {"minutes": minutes, "few_labels": is_few, "title": title.strip()}
        _submit(project, {**labels, **wanted, **_area(place, is_whole=is_whole)})


def _ask_labels(project: Project) -> dict[str, Any]:
    """What the job is told of labels; empty while there are none."""
    counts = _reviewed(project)
    kinds = [FROM_COUNT, FROM_FILE] if counts else [FROM_FILE]
    kind = st.radio("Labels", kinds, key=f"finetune_labels_{project.id}")
    if kind == FROM_COUNT:
        chosen = st.selectbox("Count", list(counts), format_func=lambda found: counts[found])
        st.caption("Objects that nobody decided on are left out: they are not known.")
        return {"count": chosen}
    file = st.file_uploader("GeoPackage, GeoJSON, zipped Shapefile or KML", FILES)
    if file is None:
        return {}
    try:
        found = read_upload(file.name, file.getvalue())
    except GroundshiftError as error:
        show_error(error)
        return {}
    st.caption(f":material/check: {len(found.shapes)} outlines in {plain(file.name)}")
    show_findings(found.findings)
    return {"labels": to_geojson(found)}


def _reviewed(project: Project) -> dict[str, str]:
    """Finished counts with corrections, in words, by their job."""
    listed = jobs.listed(project.owner, project=project.id)
    done = [job for job in listed if job.kind == edits.KIND and job.status == "done"]
    made = {job.id: len(edits.listed(project.owner, job.id)) for job in done}
    words = {
        job.id: f"{runs.outcome_words(job)}, {made[job.id]} corrections"
        for job in done
        if made[job.id]
    }
    return told_apart(words)


def _ask_minutes() -> float:
    most = settings.load().finetune_minutes
    return float(
        st.number_input("Minutes, at most", min_value=1, max_value=most, value=min(10, most))
    )


def _area(place: Place, *, is_whole: bool) -> dict[str, Any]:
    name = "" if place.geometry is None else place.name
    return {"aoi": place.geometry, "area_name": name, "is_whole": is_whole}


def name_of(title: str) -> str:
    """A name for `--detector` made of a name for people."""
    return re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_")[:40]


def _submit(project: Project, wanted: dict[str, Any]) -> None:
    """Submit a training and draw the whole page again; a refusal is told here."""
    name = name_of(wanted["title"])
    params = {"pre": project.pre, "post": project.post, "name": name, **wanted}
    try:
        # A title of other letters alone makes no name: say so of the title.
        require_name(name or wanted["title"])
        require_minutes(wanted["minutes"])
        runs.choose(jobs.submit(project.owner, KIND, params, project=project.id))
    except GroundshiftError as error:
        show_error(error)
        return
    st.rerun()
