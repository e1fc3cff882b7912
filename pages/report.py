"""A finished result to read: caption, map, facts with their origin, and links to its files."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from pages._ui import downloads, drawn_areas, facts, figures, pair_map, runs, selection
from pages._ui import pair as pairs
from pages._ui.count_summary import show_counts
from pages._ui.facts_table import show_facts
from pages._ui.needs import show_empty
from pages._ui.objects_table import show_objects
from pages._ui.pair_map import Found
from pages._ui.project import heading
from pages._ui.selection import Selection
from pages._ui.user import current_owner
from pages._ui.words import guarded, plain, show_findings
from services.results import SavedResult, load
from services.review import Review, as_run
from wording import quantities
from workspace import projects, results
from workspace.records import Job, Project


@dataclass(frozen=True)
class Reported:
    """The result on the page."""

    job: Job
    folder: Path
    result: SavedResult
    review: Review


def show_head(project: Project, shown: Reported) -> None:
    words, picture = st.columns([3, 2], gap="large")
    with words:
        st.caption(made_words(shown))
        facts.show_cited(shown.job.id, shown.result)
        facts.show_picked(shown.job.id, shown.result)
        show_metrics(shown.result)
        downloads.show_bundle(shown.job.id)
    with picture:
        show_map(project, shown)


def made_words(shown: Reported) -> str:
    """What was compared, when and how."""
    where = plain(str(shown.job.params.get("area_name") or drawn_areas.WHOLE))
    when = f"{shown.job.created_utc:%-d %B %Y %H:%M} UTC"
    return f"{where} · {when} · {plain(shown.result.run['detector']['title'])}"


def show_metrics(result: SavedResult) -> None:
    area, share = st.columns(2)
    area.metric("Changed area", result.words("changed_area", "m2"), border=True)
    share.metric("Share changed", result.words("changed_share", "%"), border=True)
    objects, valid = st.columns(2)
    objects.metric("Objects", result.words("object_count", "1"), border=True)
    valid.metric("Assessed area", result.words("valid_area", "m2"), border=True)


def show_map(project: Project, shown: Reported) -> None:
    pair = pairs.of(project.owner, project)
    composite = pair_map.ask_composite(project, pair, place="report")
    picked = selection.current(shown.job.id).objects
    found = Found(shown.job, shown.folder, shown.review, is_moved=False, selected=picked)
    spec = pair_map.spec_of(project, pair, composite, found)
    pair_map.show_result_map(spec, shown.job, on_select=partial(pick_object, shown.job.id))


def pick_object(job_id: str, object_id: int | None) -> None:
    selection.pick(job_id, Selection(() if object_id is None else (object_id,)))


def show_classes(review: Review) -> None:
    # One class alone is the sum already.
    rows = (*review.present, review.whole) if len(review.legend) > 1 else review.statistics[:1]
    figures.show_areas(rows)


def show_left_out(result: SavedResult) -> None:
    if result.excluded:
        parts = (
            f"{quantities.text(part.area_m2, 'm2')}: {facts.reason_words(part.reason)}"
            for part in result.excluded
        )
        st.caption(plain("Left out: " + "; ".join(parts) + "."))


def show_origin(result: SavedResult) -> None:
    run = result.run
    st.markdown(
        f"- Method: **{plain(run['detector']['title'])}**, {plain(run['detector']['why'])}\n"
        f"- Threshold: {run['threshold']['value']:.3f}, {plain(run['threshold']['reason'])}\n"
        f"- Smallest object kept: {quantities.text(float(run['min_area_m2']), 'm2')}\n"
        f"- Made: {plain(run['created_utc'][:19].replace('T', ' '))} UTC with Groundshift"
        f" {plain(run['groundshift_version'])}, run `{run['id']}`\n"
        f"- Source of the method: {plain(run['detector']['source'])}"
    )
    st.dataframe(
        {
            "Input": [entry["role"] for entry in run["inputs"]],
            "Name": [entry["name"] for entry in run["inputs"]],
            "SHA-256": [entry["sha256"] for entry in run["inputs"]],
        },
        hide_index=True,
        alt="The files this result was made from",
    )


def show_parts(shown: Reported) -> None:
    result = shown.result
    tables, all_facts, notes, origin, files = st.tabs(
        [
            "Areas and objects",
            f"All {len(result.facts)} facts",
            "Cautions",
            "How it was made",
            "Single files",
        ]
    )
    with tables:
        show_classes(shown.review)
        show_left_out(result)
        show_objects(shown.job.id, result, shown.review)
    with all_facts:
        show_facts(shown.job.id, result)
    with notes:
        show_findings(result.findings)
    with origin:
        show_origin(result)
    with files:
        downloads.show_files(shown.job.id, result)


@st.fragment
def show_result(project: Project, job: Job) -> None:
    with guarded("Report"):
        folder = results.get(project.owner, job.id)
        shown = Reported(job, folder, load(folder), as_run(folder))
        show_head(projects.get(project.owner, project.id), shown)
        show_parts(shown)


def show_project(project: Project) -> None:
    found = runs.of(project.owner, project)
    runs.show_watched(project.owner, found)
    job = runs.ask_result(found, place="report")
    if job is not None:
        show_result(project, job)
    else:
        show_nothing()
    show_counts(project)


def show_nothing() -> None:
    show_empty(
        "There is no result yet: run a comparison first.",
        "compare.py",
        "Go to Compare",
        ":material/compare:",
    )


if current := heading("Report", current_owner()):
    show_project(current)
else:
    show_nothing()
