"""The visitor's scenes: what they are, how long they stay, and a pair of any two.

Knows nothing of uploads.
"""

import streamlit as st

import settings
from errors import GroundshiftError
from pages._ui import small_picture
from pages._ui.downloads import size_words
from pages._ui.pair import day
from pages._ui.project import choose
from pages._ui.words import do_and_rerun, plain, show_error, told_apart
from services.ingest import THUMBNAIL
from wording import quantities
from workspace import projects, scenes
from workspace.records import Scene

PER_STEP = 10
_SHOWN = "scenes_shown"
STATUS = {"waiting": "waiting to be prepared", "preparing": "being prepared"}


def show_your_scenes(owner: str) -> None:
    """What is used of the quota, the pair maker and one row per scene."""
    own = scenes.listed(owner, with_samples=False)
    st.caption(usage_words(owner))
    if not own:
        st.markdown("You have no scenes yet: bring files under **Your own files**.")
        return
    _show_pair_maker(owner, scenes.listed(owner))
    shown = st.session_state.get(_SHOWN, PER_STEP)
    for scene in own[:shown]:
        _show_scene(owner, scene)
    if len(own) > shown:
        st.button(
            f"Show more of {len(own)} scenes",
            on_click=lambda: st.session_state.update({_SHOWN: shown + PER_STEP}),
        )


def usage_words(owner: str) -> str:
    """How much is used, and when scenes go."""
    limits = settings.load()
    used_bytes = scenes.usage_bytes(owner)
    used = size_words(used_bytes) if used_bytes else "nothing"
    quota = size_words(limits.quota_bytes)
    days = limits.scene_days
    stay = f"A scene nobody opens for {days} days is deleted." if days else "Scenes are kept."
    return f"Scenes and results use {used} of {quota}. {stay}"


def _show_pair_maker(owner: str, all_scenes: tuple[Scene, ...]) -> None:
    by_id = {scene.id: scene for scene in all_scenes if scene.status == "ready"}
    titles = told_apart({found: _choice_words(scene) for found, scene in by_id.items()})
    if len(by_id) < 2:
        return
    first, second, button = st.columns([2, 2, 1], vertical_alignment="bottom")
    ids = list(by_id)

    def words(scene_id: str) -> str:
        return titles.get(scene_id, "")

    pre = first.selectbox("Earlier scene", ids, format_func=words, key="pair_pre", index=None)
    post = second.selectbox("Later scene", ids, format_func=words, key="pair_post", index=None)
    if button.button("Make a pair", width="stretch", disabled=not pre or not post or pre == post):
        _make_pair(owner, by_id[str(pre)], by_id[str(post)])


def _choice_words(scene: Scene) -> str:
    return f"{scene.title} · {day(scene.facts)}"


def _make_pair(owner: str, pre: Scene, post: Scene) -> None:
    try:
        choose(projects.create(owner, f"{pre.title} and {post.title}", pre.id, post.id))
    except GroundshiftError as error:
        show_error(error)
        return
    st.rerun()


def _show_scene(owner: str, scene: Scene) -> None:
    with st.container(border=True):
        picture, words, stay, action = st.columns([1, 4, 2, 1.2], vertical_alignment="center")
        thumbnail = scene.folder / THUMBNAIL
        if thumbnail.is_file():
            picture.image(small_picture.address(thumbnail), width=96, alt="")
        with words:
            st.markdown(f"**{plain(scene.title)}**")
            st.caption(plain(_about(scene)))
        with stay:
            st.markdown(size_words(scene.size_bytes))
            st.caption(_stay_words(scene))
        with action.popover("Delete", icon=":material/delete:", width="stretch"):
            _ask_delete(owner, scene)


def _about(scene: Scene) -> str:
    """Date, size, ground size and bands; or why it cannot be used."""
    if scene.facts is None:
        return scene.message if scene.status == "failed" else STATUS.get(scene.status, "")
    facts = scene.facts
    return (
        f"{day(facts)} · {facts.width:,} by {facts.height:,} px ·"
        f" {quantities.text(facts.gsd_m, 'm')} per pixel · {', '.join(facts.bands[:8])}"
        f" · {'radar' if facts.sensor == 'sar' else 'optical'}"
    )


def _stay_words(scene: Scene) -> str:
    if scene.expires_utc is None:
        return "Kept until you delete it"
    return f"Kept until {scene.expires_utc:%-d %B %Y} unless opened"


def _ask_delete(owner: str, scene: Scene) -> None:
    st.markdown(
        "The files of this scene are deleted, and runs that use it are stopped. Results that were"
        " made from it stay."
    )
    if st.button("Delete this scene", key=f"delete_{scene.id}", type="primary"):
        do_and_rerun(lambda: scenes.delete(owner, scene.id))
