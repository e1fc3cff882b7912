"""The caption whose numbers can be chosen, from the page's side."""

import json

import pytest
from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from pages._ui.caption_view import Cited, show_caption

    fact = show_caption(
        ["Now ", Cited("<b>3</b> houses", "f1"), " of ", Cited("5", "f2"), "."],
        key="caption",
        selected=st.session_state.get("fact"),
        on_choose=lambda fact: st.session_state.__setitem__("told", fact),
    )
    st.session_state["answer"] = fact


@pytest.fixture
def app():
    return AppTest.from_function(page, default_timeout=30)


def choose(app, fact):
    app.session_state["caption"] = {"chosen": {"fact": fact, "clicks": 1}}
    app.run()
    assert not app.exception
    return app.session_state["answer"]


def test_words_and_facts_are_handed_over_as_data(app):
    app.session_state["fact"] = "f2"
    app.run()
    (component,) = app.get("bidi_component")
    message = json.loads(component.proto.json)
    assert message["parts"][0] == {"text": "Now "}
    assert message["parts"][1] == {"text": "<b>3</b> houses", "fact": "f1"}
    assert message["selected"] == "f2"
    assert app.session_state["answer"] is None


def test_the_chosen_fact_is_the_answer(app):
    assert choose(app, "f1") == "f1"
    assert choose(app, None) is None


def test_a_fact_that_is_not_in_the_caption_is_none(app):
    assert choose(app, "somebody else's") is None
    assert choose(app, ["f1"]) is None
