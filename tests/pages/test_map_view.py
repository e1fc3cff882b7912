"""The page's side of the map: what it is told, what it tells, and what is believed of it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages._ui.map_records import MapState
from pages._ui.map_value import absorbed

RING = [[15.0, 48.0], [15.1, 48.0], [15.1, 48.1], [15.0, 48.0]]


def area(name="Area 1", ring=RING, **properties):
    return {
        "type": "Feature",
        "properties": {"id": "a", "name": name, **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def value(**changes):
    """What the browser sends after one area was drawn."""
    sent = {
        "view": {"lat": 48.0, "lon": 15.0, "zoom": 12.5},
        "areas": collection(area()),
        "active_area": "a",
        "selected": None,
        "clicks": 0,
        "prompts": collection(),
        "mode": "dual",
        "layers": {"looks": {"left/pre": {"opacity": 0.4}}, "orders": {}},
        "version": 0,
    }
    return sent | changes


def page():
    import streamlit as st

    from pages._ui.map_view import MapSpec, TileLayer, show_map

    def note(name):
        def add(state):
            st.session_state.setdefault(name, []).append(state)

        return add

    state = show_map(
        MapSpec(
            left=(TileLayer("pre", "Pre", "/tiles/x/{z}/{x}/{y}.png"),),
            areas=st.session_state.get("given", {"type": "FeatureCollection", "features": []}),
            areas_version=st.session_state.get("version", 0),
            fit=(15.0, 48.0, 15.1, 48.1),
        ),
        key="map",
        on_change=note("changes"),
        on_select=note("choices"),
    )
    st.session_state["state"] = state


@pytest.fixture
def app():
    return AppTest.from_function(page, default_timeout=30)


def send(app, sent):
    """Run the page as after a message of the browser."""
    app.session_state["map"] = {"value": sent}
    app.run()
    assert not app.exception
    return app.session_state["state"]


def told(app):
    """The message on the page for the browser."""
    (component,) = app.get("bidi_component")
    return json.loads(component.proto.json)


def test_the_browser_is_told_layers_and_where_to_start(app):
    app.run()
    assert not app.exception
    message = told(app)
    assert [layer["id"] for layer in message["left"]] == ["pre"]
    assert message["left"][0]["form"] == "tiles"
    assert message["fit"] == [15.0, 48.0, 15.1, 48.1]
    assert message["start"]["areas"] == collection()
    assert message["start"]["view"] is None


def test_what_was_drawn_reaches_the_page_in_the_same_run(app):
    state = send(app, value())
    assert state.areas == collection(area())
    assert state.active_area == "a"
    assert state.mode == "dual"
    assert state.layers["looks"]["left/pre"]["opacity"] == 0.4
    assert app.session_state["changes"] == [state]


def test_a_map_that_is_opened_again_starts_where_it_was_left(app):
    send(app, value())
    # The page was left and is entered again: the browser part has no memory of its own.
    app.session_state["map"] = {}
    app.run()
    start = told(app)["start"]
    assert start["areas"] == collection(area())
    assert start["view"] == {"lat": 48.0, "lon": 15.0, "zoom": 12.5}
    assert start["mode"] == "dual"
    assert len(app.session_state["changes"]) == 1


def test_a_push_replaces_the_areas_and_old_ones_do_not_come_back(app):
    send(app, value())
    app.session_state["given"] = collection(area("Pushed"))
    app.session_state["version"] = 1
    # The browser still answers with what it had before the push.
    state = send(app, value(clicks=0))
    assert [one["properties"]["name"] for one in state.areas["features"]] == ["Pushed"]
    assert told(app)["start"]["areas"] == collection(area("Pushed"))
    state = send(app, value(version=1, areas=collection(area("Drawn on"))))
    assert [one["properties"]["name"] for one in state.areas["features"]] == ["Drawn on"]


def test_each_click_on_an_object_is_told_once(app):
    send(app, value())
    assert "choices" not in app.session_state
    send(app, value(selected=7, clicks=1))
    app.run()
    # The same object again, after the page had highlighted others.
    send(app, value(selected=7, clicks=2))
    send(app, value(selected=None, clicks=3))
    assert [one.selected for one in app.session_state["choices"]] == [7, 7, None]


def test_moving_the_map_tells_the_page_nothing_new_of_areas(app):
    first = send(app, value())
    second = send(app, value(view={"lat": 1, "lon": 2, "zoom": 3}))
    assert second == replace(first, view={"lat": 1.0, "lon": 2.0, "zoom": 3.0})
    assert app.session_state["changes"] == [first, second]


EARLIER = MapState(areas=collection(area("Earlier")), mode="swipe", view={"lat": 1.0})


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "FeatureCollection"},
        collection({"type": "Feature", "properties": {}, "geometry": None}),
        collection(area(ring=[])),
        collection(area(ring=[[15.0], [15.1, 48.0]])),
        collection(area(ring=[[181.0, 0.0]])),
        collection(area(ring=[[0.0, float("nan")]])),
        collection(area(ring=[["0", 0.0]])),
        collection(area(ring=[[True, 0.0]])),
        collection({**area(), "properties": None}),
        collection({**area(), "geometry": {"type": "Point", "coordinates": [0.0, 0.0]}}),
        collection(*[area()] * 1001),
        collection(area(ring=[[0.0, 0.0]] * 200_001)),
    ],
)
def test_areas_that_are_no_areas_leave_the_former_ones(broken):
    assert absorbed(EARLIER, value(areas=broken)).areas == EARLIER.areas


def test_only_name_and_id_of_an_area_are_taken():
    evil = "<script>alert(1)</script>" * 10
    feature = area(evil, other=evil) | {"bbox": [1, 2, 3, 4]}
    feature["geometry"] = feature["geometry"] | {"extra": evil}
    (taken,) = absorbed(EARLIER, value(areas=collection(feature))).areas["features"]
    assert taken == area(evil[:120])


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("view", {"lat": 1, "lon": 2}),
        ("view", {"lat": float("inf"), "lon": 2, "zoom": 3}),
        ("mode", "triple"),
        ("layers", "many"),
        ("layers", {"x": "y" * 20_001}),
        ("prompts", collection(area() | {"geometry": {"type": "LineString"}})),
    ],
)
def test_a_part_of_the_wrong_form_stays_as_it_was(name, broken):
    before = absorbed(MapState(), value())
    assert getattr(absorbed(before, value(**{name: broken})), name) == getattr(before, name)


def test_an_area_that_is_not_there_cannot_be_the_active_one():
    assert absorbed(EARLIER, value(active_area="b")).active_area is None


POINT = {"type": "Point", "coordinates": [15.0, 48.0]}
CUT = {"type": "LineString", "coordinates": [[15.0, 48.0], [15.1, 48.1]]}
OUTLINE = {
    "type": "Polygon",
    "coordinates": [[[15.0, 48.0], [15.1, 48.0], [15.1, 48.1], [15.0, 48.0]]],
}


@pytest.mark.parametrize(
    ("geometry", "sent", "kept"),
    [
        (POINT, {"label": 0, "x": 1}, {"label": 0, "form": "point", "side": "left"}),
        (POINT, {"form": "box", "side": []}, {"label": 1, "form": "point", "side": "left"}),
        (OUTLINE, {"label": 1, "side": "right"}, {"label": 1, "form": "box", "side": "right"}),
        (OUTLINE, {"form": "outline"}, {"label": 1, "form": "outline", "side": "left"}),
        (CUT, {"form": {}}, {"label": 1, "form": "line", "side": "left"}),
        (POINT, {"number": 7}, {"label": 1, "form": "point", "side": "left", "number": 7}),
        (POINT, {"number": -1}, {"label": 1, "form": "point", "side": "left"}),
        (POINT, {"number": "7"}, {"label": 1, "form": "point", "side": "left"}),
    ],
)
def test_prompts_keep_what_is_known_of_marks_and_nothing_else(geometry, sent, kept):
    prompts = collection({"type": "Feature", "properties": sent, "geometry": geometry})
    (taken,) = absorbed(MapState(), value(prompts=prompts)).prompts["features"]
    known = {"number": 0} | kept
    assert taken == {"type": "Feature", "properties": known, "geometry": geometry}


def test_prompts_of_before_a_push_are_left_out():
    sent = collection({"type": "Feature", "properties": {}, "geometry": POINT})
    pushed = MapState(prompts_version=2)
    assert absorbed(pushed, value(prompts=sent, prompts_version=1)).prompts["features"] == []
    taken = absorbed(pushed, value(prompts=sent, prompts_version=2))
    assert len(taken.prompts["features"]) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*value(), "type", "features", "geometry", "coordinates"]), inner
        )
    ),
    max_leaves=20,
)


@given(JSON, st.sampled_from(list(value())))
def test_whatever_the_browser_sends_the_state_stays_sound(anything, name):
    state = absorbed(MapState(), value(**{name: anything}))
    assert absorbed(MapState(), anything).version == 0
    assert state.mode in {"single", "swipe", "dual"}
    assert state.areas["type"] == "FeatureCollection"
    assert all(one["geometry"]["type"] == "Polygon" for one in state.areas["features"])
