"""Marks that a page puts onto a map: what is done with goes, what came later stays."""

import json

import pytest
from streamlit.testing.v1 import AppTest

POINT = {"type": "Point", "coordinates": [15.0, 48.0]}


def page():
    import streamlit as st

    from pages._ui import map_marks
    from pages._ui.map_view import MapSpec, show_map

    marked = map_marks.marked("map")
    st.session_state["marked"] = marked
    st.button("Keep", on_click=map_marks.push, args=("map",), kwargs={"answered": marked})
    st.button("Start over", on_click=map_marks.push, args=("map",))
    given = map_marks.pushed("map")
    spec = MapSpec(prompts=given.prompts, prompts_version=given.version, prompts_taken=given.taken)
    show_map(spec, key="map")


@pytest.fixture
def app():
    app = AppTest.from_function(page, default_timeout=30)
    app.run()
    return app


def send(app, *numbers, version=0):
    """What the browser says of the marks with these numbers."""
    features = [
        {"type": "Feature", "properties": {"number": number}, "geometry": POINT}
        for number in numbers
    ]
    collection = {"type": "FeatureCollection", "features": features}
    app.session_state["map"] = {"value": {"prompts": collection, "prompts_version": version}}


def press(app, label):
    (button,) = [one for one in app.button if one.label == label]
    button.click().run()
    assert not app.exception


def told(app):
    (component,) = app.get("bidi_component")
    message = json.loads(component.proto.json)
    return message["prompts_version"], message["prompts_taken"], message["start"]["prompts"]


def numbers(app):
    return [one["properties"]["number"] for one in app.session_state["marked"]["features"]]


def test_only_the_marks_that_were_answered_are_done_with(app):
    send(app, 1)
    app.run()
    assert numbers(app) == [1]
    # The second mark was made while the page of the first was on the screen.
    send(app, 1, 2)
    press(app, "Keep")
    assert told(app)[:2] == (1, 1)
    send(app, 2, version=1)
    app.run()
    assert numbers(app) == [2]


def test_a_new_beginning_is_without_any_mark(app):
    send(app, 1)
    app.run()
    send(app, 1, 2)
    press(app, "Start over")
    version, taken, marks = told(app)
    assert (version, taken, marks["features"]) == (1, 2, [])
    assert numbers(app) == []


def test_what_the_map_said_before_a_push_does_not_count(app):
    send(app, 1)
    app.run()
    press(app, "Start over")
    send(app, 1)
    app.run()
    assert numbers(app) == []


def test_marks_that_were_done_with_once_stay_so(app):
    send(app, 5)
    app.run()
    press(app, "Start over")
    press(app, "Start over")
    assert told(app)[:2] == (2, 5)
