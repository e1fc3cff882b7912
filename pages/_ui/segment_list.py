"""The things that were kept in a scene: listed, picked out on the map, renamed, removed, saved.

Knows kept things; nothing of segmenters.
"""

from collections.abc import Sequence

import streamlit as st

from pages._ui import segment_files
from pages._ui.segment_choice import Choice
from pages._ui.words import attempt
from services.list_segmenters import list_segmenters
from wording import quantities
from workspace import things
from workspace.records import Project
from workspace.things import KeptThing

HEIGHT_PX = 320
ROW_PX = 35


def picked(project: Project) -> tuple[int, ...]:
    """Numbers of the things that are picked out."""
    found: tuple[int, ...] = st.session_state.get(_key(project), ())
    return found


def pick(project: Project, thing_ids: Sequence[int]) -> None:
    """Pick other things out."""
    st.session_state[_key(project)] = tuple(thing_ids)


def show_kept(project: Project, choice: Choice, kept: Sequence[KeptThing]) -> None:
    """The list with all that can be done with it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Kept things", anchor=False)
        st.button(
            "Undo last change",
            icon=":material/undo:",
            key=f"undo_things_{project.id}",
            help="Take back what was kept, renamed or removed last",
            disabled=not things.can_undo(project.owner, project.id),
            on_click=attempt,
            args=(things.undo, project.owner, project.id),
        )
    if not kept:
        st.caption("Nothing is kept in this scene yet.")
        return
    _show_table(project, kept)
    _show_picked(project, kept)
    segment_files.show_files(project, choice, kept)


def _show_table(project: Project, kept: Sequence[KeptThing]) -> None:
    key = f"things_table_{project.id}"
    chosen = set(picked(project))
    rows = [at for at, thing in enumerate(kept) if thing.id in chosen]
    st.session_state[key] = {"selection": {"rows": rows}}
    titles = {row.name: row.title for row in list_segmenters()}
    st.dataframe(
        {
            "Name": [thing.name for thing in kept],
            "Class": [thing.label for thing in kept],
            "Area": [quantities.text(thing.area_m2, "m2") for thing in kept],
            "Score": [round(thing.score, 2) for thing in kept],
            "Segmenter": [titles.get(thing.segmenter, thing.segmenter) for thing in kept],
        },
        hide_index=True,
        height=min(HEIGHT_PX, ROW_PX * (len(kept) + 1) + 3),
        key=key,
        on_select=lambda: _pick_rows(project, key, kept),
        selection_mode="multi-row",
        alt="The things kept in this scene",
    )
    total = quantities.text(sum(thing.area_m2 for thing in kept), "m2")
    st.caption(
        f"{len(kept)} {'thing' if len(kept) == 1 else 'things'}, {total} in all. Pick a row to see"
        " the thing on the map, or the arrow above the map and then a thing to see its row."
    )


def _pick_rows(project: Project, key: str, kept: Sequence[KeptThing]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    pick(project, [kept[at].id for at in rows if at < len(kept)])


def _show_picked(project: Project, kept: Sequence[KeptThing]) -> None:
    """Name and class of a single picked thing, and the way to remove what is picked."""
    chosen = [thing for thing in kept if thing.id in picked(project)]
    if not chosen:
        return
    if len(chosen) == 1:
        _ask_name(project, chosen[0])
    noun = chosen[0].name if len(chosen) == 1 else f"{len(chosen)} things"
    st.button(
        "Remove",
        icon=":material/delete:",
        key=f"remove_things_{project.id}",
        help=f"Remove {noun}; Undo brings it back",
        on_click=attempt,
        args=(_remove, project, [thing.id for thing in chosen]),
    )


def _ask_name(project: Project, thing: KeptThing) -> None:
    with st.form(f"name_{project.id}_{thing.id}", border=False):
        first, second, third = st.columns([2, 2, 1], vertical_alignment="bottom")
        name = first.text_input("Name", thing.name, max_chars=80)
        label = second.text_input("Class", thing.label, max_chars=40)
        if third.form_submit_button("Rename"):
            attempt(
                lambda: things.rename(project.owner, project.id, thing.id, name=name, label=label)
            )
            st.rerun()


def _remove(project: Project, thing_ids: list[int]) -> None:
    things.remove(project.owner, project.id, thing_ids)
    pick(project, ())


def _key(project: Project) -> str:
    return f"things_picked_{project.id}"
