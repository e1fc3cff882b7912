"""The bundled samples as cards, and the visitor's own project for each.

Knows nothing of how a sample was rendered.
"""

import streamlit as st

from errors import GroundshiftError
from pages._ui import small_picture
from pages._ui.project import choose
from pages._ui.words import show_error
from services.read_areas import read_areas
from services.samples import SampleScene, list_samples, thumbnail_png
from workspace import projects
from workspace.records import Project
from workspace.sample_scenes import lay_out, sample_id


@st.cache_data(show_spinner=False)
def thumbnail(sample: SampleScene) -> str:
    """The picture of a card, as an address."""
    return small_picture.address_of(thumbnail_png(sample))


def show_samples(owner: str, current: Project | None) -> None:
    """One card per sample."""
    st.caption(
        "Rendered places whose true changes are known: good for a first try. Above the white line"
        " is the earlier date, below it the later one."
    )
    samples = list_samples()
    for place, sample in zip(st.columns(len(samples)), samples, strict=True):
        with place.container(border=True, height="stretch", vertical_alignment="distribute"):
            _show_sample(owner, sample, current)


def _show_sample(owner: str, sample: SampleScene, current: Project | None) -> None:
    with st.container():
        st.image(thumbnail(sample), width="stretch", alt=f"Both dates of {sample.title}")
        st.markdown(f"**{sample.title}**")
        st.caption(sample.summary)
    is_chosen = current is not None and _is_of(sample, current)
    if st.button(
        "Chosen" if is_chosen else "Use this pair",
        key=f"use_{sample.id}",
        icon=":material/check:" if is_chosen else None,
        disabled=is_chosen,
        width="stretch",
    ):
        _use(owner, sample)


def _is_of(sample: SampleScene, project: Project) -> bool:
    pair = (sample_id(sample.id, "pre"), sample_id(sample.id, "post"))
    return (project.pre, project.post) == pair


def _use(owner: str, sample: SampleScene) -> None:
    """Go on with the visitor's project of this sample, or begin one with the sample's area."""
    mine = (project for project in projects.listed(owner) if _is_of(sample, project))
    try:
        choose(next(mine, None) or _new_project(owner, sample))
    except GroundshiftError as error:
        show_error(error)
        return
    st.rerun()


def _new_project(owner: str, sample: SampleScene) -> Project:
    lay_out()
    pre, post = sample_id(sample.id, "pre"), sample_id(sample.id, "post")
    areas = read_areas(sample.aoi, name="Area of interest").collection
    return projects.create(owner, sample.title, pre, post, areas=areas)
