import pytest
from pydantic_ai.messages import (
    ModelRequest,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.models.function import AgentInfo
from pydantic_ai.tools import ToolDefinition

from agent.planner.frame import Frame
from agent.planner.model import NAME, handles, offline
from agent.tools.base import Refusal, Told
from tests.agent.planner.askable import SUBURB
from tests.agent.planner.test_word import fact

TWO = Frame(
    "calculate", "count_objects", {"state": "appeared"},
    (("count_objects", {"state": "vanished"}),
     ("calculate", {"operation": "sum", "facts": ["@1", "@2"]})),
)  # fmt: skip


def next_call(frame, *parts):
    answer = ToolDefinition(name="answer", parameters_json_schema={})
    info = AgentInfo(
        function_tools=[], allow_text_output=False, output_tools=[answer], model_settings=None,
        model_request_parameters=ModelRequestParameters(), instructions=None,
    )  # fmt: skip
    messages = [ModelRequest(parts=[UserPromptPart("question"), *parts])]
    model = offline(lambda _: frame, SUBURB)
    return model.function(messages, info).parts[0]


def returned(told):
    return ToolReturnPart("tool", "json", "id", metadata=told)


def test_the_calls_of_a_frame_are_made_in_order_and_may_name_earlier_facts():
    first, second = Told((fact("objects_appeared", 8),)), Told((fact("objects_vanished", 3),))
    assert next_call(TWO).args == {"state": "appeared"}
    assert next_call(TWO, returned(first)).args == {"state": "vanished"}
    last = next_call(TWO, returned(first), returned(second))
    assert last.args["facts"] == [handles(first)[0], handles(second)[0]]


def test_after_the_last_call_the_answer_is_given():
    frame = Frame("count_objects", "count_objects")
    call = next_call(frame, returned(Told((fact("objects_appeared", 8),))))
    assert call.tool_name == "answer"
    assert "appeared" in call.args["text"]


def test_after_a_refusal_the_nearest_tool_is_asked_once():
    frame = Frame("count_objects", "count_objects", {"subject": "tree"})
    refused = returned(Told(refusal=Refusal("unknown_class", "tree")))
    assert next_call(frame, refused).tool_name == "list_transitions"
    again = returned(Told(refusal=Refusal("no_result")))
    assert next_call(frame, refused, again).tool_name == "answer"


def test_arguments_that_a_tool_does_not_take_end_in_a_refusal_not_in_a_loop():
    retried = ToolReturnPart("count_objects", "no such argument", "id", outcome="retried")
    call = next_call(Frame("count_objects", "count_objects"), retried)
    assert (call.tool_name, call.args["reason"]) == ("answer", "unsupported")


def test_the_planner_says_its_name():
    assert offline(lambda _: TWO, SUBURB).model_name == NAME == "offline planner"


@pytest.mark.parametrize("told", [Told(), Told(notes=("x",))])
def test_a_tool_that_tells_nothing_gives_an_answer_all_the_same(told):
    assert next_call(Frame("count_objects", "count_objects"), returned(told)).tool_name == "answer"
