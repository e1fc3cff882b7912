"""The marks that a page puts onto a map, and those that are on it now.

Knows marks by the number that the map gave them; not what they point at.
"""

from dataclasses import dataclass, field

import streamlit as st

from pages._ui.map_records import NOTHING, GeoJson
from pages._ui.map_view import known


@dataclass(frozen=True)
class Pushed:
    """The marks a map was last given.

    Attributes:
        prompts: the marks.
        version: rises with every push.
        taken: number of the last mark that had been made for what the push puts in its place.
    """

    prompts: GeoJson = field(default_factory=lambda: NOTHING)
    version: int = 0
    taken: int = 0


def pushed(map_key: str) -> Pushed:
    """What the map is to be given now."""
    found: Pushed = st.session_state.get(_key(map_key), Pushed())
    return found


def push(map_key: str, prompts: GeoJson = NOTHING, *, answered: GeoJson | None = None) -> None:
    """Put other marks onto the map; none without an argument.

    Args:
        map_key: of the map.
        prompts: the new marks.
        answered: the marks that are done with; None for all that are known now. What the user
            marks after them, while the page is still on its way, stays.
    """
    before = pushed(map_key)
    done = marked(map_key) if answered is None else answered
    numbers = (int(one["properties"].get("number", 0)) for one in done["features"])
    taken = max(before.taken, *numbers, 0)
    st.session_state[_key(map_key)] = Pushed(prompts, before.version + 1, taken)


def marked(map_key: str) -> GeoJson:
    """The marks on the map as the page knows them before it draws the map."""
    state, given = known(map_key), pushed(map_key)
    if state is None or state.prompts_version != given.version:
        return given.prompts
    return state.prompts


def _key(map_key: str) -> str:
    return f"{map_key}:marks"
