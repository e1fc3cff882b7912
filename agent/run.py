"""One question through the agent: tools, events, the check of the answer, and its limits.

The same for a language model and for the offline planner. Knows neither which of them answers nor
what tools measure.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import pydantic_ai
from pydantic import ValidationError
from pydantic_ai import Agent, ModelRetry, RunContext, ToolOutput, UsageLimits
from pydantic_ai.messages import (
    AgentStreamEvent,
    FunctionToolResultEvent,
    ModelMessage,
    PartStartEvent,
    ToolCallPart,
    ToolReturn,
)
from pydantic_ai.models import Model
from pydantic_ai.run import AgentRunResultEvent
from pydantic_ai.settings import ModelSettings

from agent import shown
from agent.answer import SlotAnswer, ToolCall
from agent.desk import Desk
from agent.events import Event, Listener
from agent.tools import registry
from agent.tools.base import Told
from agent.validator import Gate

PROMPT = Path(__file__).parent / "prompts" / "answer.md"
OUTPUT = "answer"
LIMITS = UsageLimits(request_limit=12, tool_calls_limit=20)
"""Tokens are limited by request: not every server counts them."""
TRIES = 3
"""How often a model may correct its answer, or the arguments of a tool."""


@dataclass
class Asking:
    """One question on its way.

    Attributes:
        desk: results and means.
        gate: decides whether an answer may be shown.
        calls: tools that were called, in order of their ends.
        told: what they told, likewise.
    """

    desk: Desk
    gate: Gate
    calls: list[ToolCall] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @property
    def without_number(self) -> tuple[ToolCall, Told] | None:
        """The newest call that an answer may rest on without citing a fact; None without any.

        A call that brought nothing is one only where no other brought a fact.
        """
        newest = list(zip(self.calls[::-1], self.told[::-1], strict=True))
        may_be_empty = not any(told.facts for told in self.told)
        return next(
            (one for one in newest if one[1].is_no_number or (may_be_empty and one[1].is_empty)),
            None,
        )


@dataclass(frozen=True)
class Turn:
    """What is put to a model.

    Attributes:
        model: the model.
        prompt: the question, with what belongs to it.
        history: earlier turns.
        settings: limits of one request.
        timeout_s: longest the whole turn may take; None without a limit.
    """

    model: Model
    prompt: str
    history: Sequence[ModelMessage] = ()
    settings: ModelSettings | None = None
    timeout_s: float | None = None


async def run(turn: Turn, asking: Asking, listener: Listener) -> SlotAnswer:
    """The answer, checked.

    Args:
        turn: what is put to which model.
        asking: what the tools work on and note.
        listener: is told what happens, in the loop's thread.

    Raises:
        Exception: whatever a server, a model or a library does wrong.
    """
    begun = _agent().run_stream_events(
        turn.prompt,
        deps=asking,
        model=turn.model,
        message_history=list(turn.history),
        model_settings=turn.settings,
        usage_limits=LIMITS,
        timeout=turn.timeout_s,
    )
    async with begun as events:
        async for event in events:
            if isinstance(event, AgentRunResultEvent):
                return event.result.output
            _report(event, asking, listener)
    msg = "The run ended without an answer."
    raise RuntimeError(msg)


def _report(event: AgentStreamEvent, asking: Asking, listener: Listener) -> None:
    if isinstance(event, PartStartEvent) and isinstance(event.part, ToolCallPart):
        if event.part.tool_name in registry.discover():
            listener(Event("tool_started", event.part.tool_name))
    elif isinstance(event, FunctionToolResultEvent) and event.part.tool_name:
        done = [call for call in asking.calls if call.tool == event.part.tool_name]
        listener(Event("tool_ended", event.part.tool_name, done[-1].problem if done else ""))


@cache
def _agent() -> Agent[Asking, SlotAnswer]:
    """The agent of this process; it holds no question and no model."""
    pydantic_ai.BANNER_ENABLED = False
    agent = Agent(
        None,
        name="groundshift",
        deps_type=Asking,
        output_type=ToolOutput(SlotAnswer, name=OUTPUT, max_retries=TRIES),
        instructions=PROMPT.read_text(encoding="utf-8"),
        tools=[_tool(tool) for tool in registry.discover().values()],
        retries={"tools": TRIES, "output": TRIES},
    )
    agent.output_validator(_checked)
    return agent


def _checked(context: RunContext[Asking], answer: SlotAnswer) -> SlotAnswer:
    asking = context.deps
    objection = asking.gate.objection(answer, has_other=asking.without_number is not None)
    if objection:
        raise ModelRetry(objection)
    return answer


def _tool(tool: registry.Tool) -> pydantic_ai.Tool[Asking]:
    return pydantic_ai.Tool.from_schema(
        partial(_call, tool),
        tool.name,
        tool.summary,
        tool.Arguments.model_json_schema(),
        takes_ctx=True,
    )


def _call(tool: registry.Tool, context: RunContext[Asking], /, **arguments: Any) -> ToolReturn:
    """Calls a tool and notes that it was called."""
    asking = context.deps
    begun = time.monotonic()
    try:
        result = registry.call(tool, asking.desk, arguments)
    except ValidationError as error:
        raise ModelRetry(_said(error)) from error
    problem = result.refusal.reason if result.refusal else ""
    facts = tuple(one.fact.id for one in result.facts)
    seconds = time.monotonic() - begun
    asking.calls.append(ToolCall(tool.name, dict(arguments), facts, seconds, problem))
    asking.told.append(result)
    return ToolReturn(shown.told(result, asking.desk.book), metadata=result)


def _said(error: ValidationError) -> str:
    """What is wrong with arguments, without the arguments themselves."""
    lines = [
        f"{'.'.join(map(str, one['loc'])) or 'arguments'}: {one['msg']}"
        for one in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return "; ".join(lines)
