import base64
import json

import pytest

from agent.ask import ask
from agent.dialogue import Dialogue
from agent.endpoint import Endpoint
from agent.model_choice import choice
from agent.reading import objection
from tests.agent import cases
from tests.agent.servers import Call, serving

pytestmark = pytest.mark.usefixtures("serves")
QUESTION = "What does the largest change look like?"
GREY = (
    "At the earlier date the ground is pale and even. Later a bright, sharp-edged shape lies there."
)


@pytest.fixture(params=["openai", "anthropic"])
def provider(request):
    return request.param


def seeing(*texts):
    """A model that looks at pictures and describes them by these texts, the last one for good."""
    said = []

    def brain(heard):
        if "describe" in heard.tools:
            said.append(heard.pictures)
            return Call("describe", {"text": texts[min(len(said), len(texts)) - 1]})
        if heard.turn == 0:
            return Call("describe_appearance", {"objects": [1]})
        if "reading" in heard.results[-1]:
            return Call("answer", {"text": "-", "language": "en"})
        return Call("answer", {"text": "-", "refused": True, "reason": "not_allowed"})

    brain.said = said
    return brain


def answered(provider, brain, *, takes_images=True):
    with serving(provider, brain) as server:
        endpoint = Endpoint(provider, "fake", server.url, takes_images=takes_images, timeout_s=20.0)
        model = choice(endpoint)
        turn = ask(cases.desk("suburb_changed"), QUESTION, Dialogue(), model=model)
        model.connection.close()
    return turn, server


def test_a_reading_is_told_apart_from_the_answer(provider):
    brain = seeing(GREY)
    turn, _ = answered(provider, brain)
    assert turn.reading == GREY
    assert GREY not in turn.text
    assert (turn.model, turn.refused) == ("fake", False)
    assert brain.said[0] >= 3


def test_the_pictures_that_are_sent_are_pictures(provider):
    _, server = answered(provider, seeing(GREY))
    sent = json.dumps(server.requests)
    assert base64.b64encode(b"\x89PNG\r\n\x1a\n\x00")[:10].decode() in sent


def test_no_picture_leaves_unless_it_is_allowed(provider):
    turn, server = answered(provider, seeing(GREY), takes_images=False)
    assert turn.reading == ""
    assert turn.refused
    assert "iVBOR" not in json.dumps(server.requests)


def test_a_reading_that_claims_more_is_given_back(provider):
    turn, _ = answered(provider, seeing("Twelve new houses.", GREY))
    assert turn.reading == GREY


def test_of_a_model_that_keeps_claiming_more_no_reading_is_shown(provider):
    turn, _ = answered(provider, seeing("Twelve new houses."))
    assert turn.reading == ""
    assert "welve" not in turn.text


@pytest.mark.parametrize(
    "text",
    [
        GREY,
        "Dark green patches give way to bare, brown ground with a rough texture.",
        "The building has a bright roof and casts a dark shadow.",
        "The pictures show little.",
    ],
)
def test_appearance_may_be_described(text):
    assert objection(text, ("building", "buildings")) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Three bright roofs.", "A roof of 40 m.", "It doubled.", "The forest was cleared.",
        "A ship lies there.", "A new structure was built.", "It lies in the north-west.",
        "The largest shape is grey.", "", "{f1} is grey.",
    ],
)  # fmt: skip
def test_numbers_things_and_changes_may_not(text):
    assert objection(text, ("building", "buildings"))
