"""The page of `map_app`: a map, what it says of itself, and widgets that change what it is told."""

import json
import os
from pathlib import Path

import streamlit as st

from pages._ui import map_marks
from pages._ui.caption_view import Cited, show_caption
from pages._ui.map_view import ImageLayer, LegendEntry, MapSpec, TileLayer, show_map

WEST, SOUTH = 15.0, 48.0
BOUNDS = (WEST - 0.05, SOUTH - 0.05, WEST + 0.05, SOUTH + 0.05)
# A red GIF of one pixel.
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAP8AAP///ywAAAAAAQABAAACAkQBADs="
MARKS = ImageLayer("marks", "Marks", PIXEL, (15.03, 48, 15.04, 48.01))
FACTS = {"one": (3,), "far": (399,)}


def square(number):
    west, south = WEST - 0.03 + number % 20 * 0.003, SOUTH - 0.03 + number // 20 * 0.003
    east, north = west + 0.002, south + 0.002
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"id": number, "class": "new" if number % 2 else "gone"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def show(name):
    return TileLayer(
        id=name,
        title=f"Scene {name}",
        url=f"/testtiles/{name}/{{z}}/{{x}}/{{y}}.png",
        bounds=BOUNDS,
        opacity=st.session_state.get("opacity", 1.0),
        attribution="Made for a test",
    )


def base():
    if st.session_state.get("broken"):
        return (TileLayer("base", "Base", "/broken/{z}/{x}/{y}.png", kind="basemap"),)
    return ()


def kept(state):
    # Moving the map runs no page: a file shows the test that the move has been told.
    path = Path(os.environ["MAP_TEST_KEPT"])
    path.with_suffix(".new").write_text(json.dumps(state.view), encoding="utf-8")
    path.with_suffix(".new").replace(path)


def chosen(state):
    st.session_state["chosen"] = (state.selected,) if state.selected is not None else ()


def cited(fact):
    st.session_state["fact"] = fact
    st.session_state["chosen"] = FACTS.get(fact, ())


def with_area():
    st.session_state["version"] = st.session_state.get("version", 0) + 1


def with_outline(answered):
    about = {"label": 1, "form": "outline", "side": "left"}
    outline = square(190) | {"properties": about}
    outlines = {"type": "FeatureCollection", "features": [outline]}
    map_marks.push("map", outlines, answered=answered)


def pushed():
    if not st.session_state.get("version"):
        return {"type": "FeatureCollection", "features": []}
    area = square(5) | {"properties": {"id": "pushed", "name": "From the page"}}
    return {"type": "FeatureCollection", "features": [area]}


st.set_page_config(layout="wide")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
marked = map_marks.pushed("map")
where = st.radio("Page", ["Map", "Other"], horizontal=True)
st.slider("Opacity", 0.1, 1.0, 1.0, key="opacity")
st.toggle("Broken base", key="broken")
st.button("Push an area", on_click=with_area)
marks = st.toggle("Marks of one thing")
# As a page does that answers marks: those it knew when it was drawn, not those made meanwhile.
st.button("Push an outline", on_click=with_outline, args=(map_marks.marked("map"),))
if where == "Map":
    fact = show_caption(
        ["There is ", Cited("1 object", "one"), " near and ", Cited("1 far", "far"), "."],
        key="caption",
        selected=st.session_state.get("fact"),
        on_choose=cited,
    )
    state = show_map(
        MapSpec(
            left=(*base(), MARKS, show("pre")),
            right=(*base(), show("post")),
            left_title="Pre, 1 May 2023",
            right_title="Post, 3 May 2024",
            objects={"type": "FeatureCollection", "features": [square(n) for n in range(400)]},
            legend=(LegendEntry("New", "#d1495b", "new"), LegendEntry("Gone", "#3d7ea6", "gone")),
            areas=pushed(),
            areas_version=st.session_state.get("version", 0),
            prompts=marked.prompts,
            prompts_version=marked.version,
            prompts_taken=marked.taken,
            prompt_forms=("inside", "outside", "box", *(("outline", "line") if marks else ())),
            one_of_each=marks,
            tool="point_in" if marks else "",
            objects_title="Squares",
            selected=st.session_state.get("chosen", ()),
            fit=BOUNDS,
            tools=frozenset({"area", "prompt", "measure", "import"}),
            height_px=520,
            notice="No background map can be reached; your scenes are shown on a grid.",
        ),
        key="map",
        on_select=chosen,
        on_change=kept,
    )
    said = {
        "areas": state.areas,
        "selected": state.selected,
        "prompts": state.prompts,
        "mode": state.mode,
        "active": state.active_area,
        "chosen": st.session_state.get("chosen", ()),
        "fact": fact,
    }
    with st.container(key="said"):
        st.code(json.dumps(said), language=None)
st.code(f"run {st.session_state['runs']}", language=None)
