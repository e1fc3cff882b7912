"""What holds for this visitor: identity, storage, limits, places; and help with the map."""

import streamlit as st

import settings
from pages._ui import ask_model
from pages._ui.downloads import size_words
from pages._ui.user import current_owner, show_user
from pages._ui.words import plain
from services import provenance
from workspace import scenes

IDENTITY = {
    "local": "This program serves one local user, without a login. It answers this machine only.",
    "login": "You are logged in. Your scenes, areas and results can be seen by you alone.",
    "header": "A server in front of this program says who you are. Your scenes, areas and results"
    " can be seen by you alone.",
}
KEYS = {
    "Arrow keys": "move the map",
    "Plus and minus": "zoom in and out",
    "Tab, Shift + Tab": "go from one control to the next, or back",
    "Enter or Space": "press the control that has the focus",
    "Space in the map": "do in its middle what a click would do there",
    "Enter while drawing": "finish the line or polygon",
    "Escape": "stop drawing or measuring",
    "Ctrl + Z": "undo the last step",
    "Arrow keys on the swipe divider": "move the line between pre and post",
}
WORDS = {
    "Pre, post": "the earlier and the later scene",
    "Area of interest": "where to look; without one, everything both dates show",
    "Ground size": "how much ground one pixel covers, in metres",
    "Score": "how strongly a pixel changed, 0 to 1; not a probability",
    "Threshold": "the score from which a pixel counts as changed",
    "Smallest object": "changed regions below this area are left out as noise",
    "Not assessed": "pixels without data at one date; they never count as changed or unchanged",
    "Fact": "a number with its unit, its method and what was left out",
}


def show_you(owner: str) -> None:
    rules = settings.load()
    st.header("You and your storage", anchor=False)
    st.markdown(IDENTITY[rules.identity])
    show_user()
    used = scenes.usage_bytes(owner)
    st.progress(
        min(used / rules.quota_bytes, 1.0),
        f"{size_words(used) if used else 'Nothing'} of {size_words(rules.quota_bytes)} used by"
        " scenes and results",
    )
    if rules.identity == "local":
        st.caption(
            f"Everything is kept in {plain(str(rules.data_dir.absolute()))} on this machine."
        )
    else:
        st.caption("Everything is kept in the data folder of this server.")


def show_limits() -> None:
    rules = settings.load()
    days = rules.scene_days
    st.header("Limits", anchor=False)
    _show_table(("Limit", "Value"), {
        "Largest file": size_words(rules.max_upload_bytes),
        "Pixels of one image, all bands": f"{rules.max_pixels:,}",
        "A scene nobody opens is kept for": f"{days} days" if days else "as long as you like",
        "Jobs of one person that wait or run": f"{rules.max_jobs_per_user}",
        "Corners of an area of interest": f"{rules.max_aoi_vertices:,}",
        "Tiles fetched for a pair of background maps": f"{rules.max_basemap_tiles:,}",
        "Background maps from the internet": "allowed" if rules.allow_basemaps else "switched off",
    })  # fmt: skip
    st.caption("Whoever runs this program sets these, by environment variables.")


def show_help() -> None:
    st.header("The map by keyboard", anchor=False)
    _show_table(("Key", "What it does"), KEYS)
    st.caption(
        "Without a mouse, an area can be made from its bounds: choose the bounds editor of the map"
        " and type west, south, east and north."
    )
    st.header("Words", anchor=False)
    _show_table(("Word", "Meaning"), WORDS)


def show_about() -> None:
    st.header("About", anchor=False)
    st.markdown(
        f"Groundshift {provenance.VERSION}, under the Apache License 2.0. The names of the methods"
        " and of the software it stands on are in the file `NOTICE`. Background maps belong to"
        " their makers, who are named on the map."
    )
    st.markdown(
        "Light or dark: choose **Settings** in the menu at the top right, or leave it to your"
        " system."
    )


def _show_table(head: tuple[str, str], rows: dict[str, str]) -> None:
    lines = (f"| {name} | {value} |" for name, value in (head, *rows.items()))
    first, *others = lines
    st.markdown("\n".join([first, "|:--|:--|", *others]))


st.title("Settings", anchor=False)
left, right = st.columns(2, gap="large")
with left:
    show_you(current_owner())
    show_limits()
    ask_model.show_settings()
    show_about()
with right:
    show_help()
