"""The offline planner as a model, so that it runs through the same agent, tools and checks.

Calls the tools of a frame one after the other, then words what they told. Reads no file and
computes nothing.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel

from agent.desk import HANDLE_DIGITS
from agent.planner.frame import Call, Frame
from agent.planner.known import Known
from agent.planner.word import RESCUE, word
from agent.tools.base import Refusal, Told

NAME = "offline planner"
REFERENCE = "@"


def offline(frame_of: Callable[[str], Frame], known: Known) -> FunctionModel:
    """A model that answers one question by a plan.

    Tools must hand over what they told as `metadata` of their return part
    (`ToolReturn(..., metadata=Told)`): the planner words facts, not JSON.

    Args:
        frame_of: reads a question.
        known: what may be asked about.
    """

    def respond(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        return ModelResponse(parts=[_next(messages, info, frame_of, known)])

    async def stream(
        messages: list[ModelMessage], info: AgentInfo
    ) -> AsyncIterator[DeltaToolCalls]:
        part = _next(messages, info, frame_of, known)
        arguments = part.args_as_json_str()
        yield {0: DeltaToolCall(part.tool_name, arguments, tool_call_id=part.tool_call_id)}

    return FunctionModel(respond, stream_function=stream, model_name=NAME)


def _next(
    messages: Sequence[ModelMessage],
    info: AgentInfo,
    frame_of: Callable[[str], Frame],
    known: Known,
) -> ToolCallPart:
    """The next call of the frame, or the answer once all were made."""
    asked, told = _so_far(messages)
    frame = frame_of(asked)
    call = _call(frame, told)
    if call is not None:
        return ToolCallPart(*_resolved(call, told))
    answer = word(frame, told, [handles(one) for one in told], known)
    return ToolCallPart(info.output_tools[0].name, answer.model_dump(mode="json"))


def _call(frame: Frame, told: Sequence[Told]) -> Call | None:
    """The next tool of the frame; after a refusal once the one that comes nearest."""
    refused = [one.refusal.reason for one in told if one.refusal]
    if not refused:
        return frame.calls[len(told)] if len(told) < len(frame.calls) else None
    nearest = RESCUE.get(refused[0])
    may = told[-1].refusal is not None and len(refused) == 1 and frame.reason is None
    return (nearest, {}) if nearest and may else None


def handles(told: Told) -> tuple[str, ...]:
    """Handles of what a tool told, as `FactBook` makes them."""
    return tuple(f"f{one.fact.id[:HANDLE_DIGITS]}" for one in told.facts)


def _so_far(messages: Sequence[ModelMessage]) -> tuple[str, list[Told]]:
    """The last question and what the tools told since."""
    asked, told = "", list[Told]()
    for message in messages:
        for part in message.parts if isinstance(message, ModelRequest) else ():
            if isinstance(part, UserPromptPart):
                asked, told = _plain(part), []
            elif isinstance(part, ToolReturnPart) and isinstance(part.metadata, Told):
                told.append(part.metadata)
            elif isinstance(part, ToolReturnPart) and part.outcome == "retried":
                # The arguments were not what the tool takes: nothing better can be asked of it.
                told.append(Told(refusal=Refusal("unsupported")))
    return asked, told


def _plain(part: UserPromptPart) -> str:
    content = part.content
    return (
        content if isinstance(content, str) else " ".join(c for c in content if isinstance(c, str))
    )


def _resolved(call: Call, told: Sequence[Told]) -> Call:
    """The call with `@1` in its arguments replaced by the first fact of the first call."""
    tool, arguments = call
    return tool, {key: _fact_of(value, told) for key, value in arguments.items()}


def _fact_of(value: Any, told: Sequence[Told]) -> Any:
    if isinstance(value, list):
        return [_fact_of(one, told) for one in value]
    if isinstance(value, str) and value.startswith(REFERENCE) and value[1:].isdigit():
        found = handles(told[int(value[1:]) - 1])
        return found[0] if found else ""
    return value
