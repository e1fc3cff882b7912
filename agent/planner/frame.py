"""What the planner understood of one question, kept so that the next one may lean on it.

A record and its JSON form. Knows neither words nor results.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from agent.tools.base import Reason
from errors import InputError

NUMBERS = frozenset({"min_area_m2", "max_area_m2", "distance_m", "k", "rank"})
LISTS = frozenset({"places", "facts"})
Call = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Frame:
    """One understood question.

    Attributes:
        intent: kind of question: the name of the tool that answers it, `refuse` or `help`.
        tool: first tool to call; empty where none is needed.
        arguments: its arguments.
        then: further calls; an argument `@1` stands for the first fact of the first call.
        language: tag of the language it was asked in.
        reason: why it is refused, else None.
        about: what of it cannot be answered; untrusted text.
        unit: unit the answer was asked in; empty without a wish.
        meant: call that would have answered what was refused, for the next question.
    """

    intent: str
    tool: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)
    then: tuple[Call, ...] = ()
    language: str = "en"
    reason: Reason | None = None
    about: str = ""
    unit: str = ""
    meant: Call = ("", {})

    @property
    def calls(self) -> tuple[Call, ...]:
        """All calls in order."""
        return ((self.tool, self.arguments), *self.then) if self.tool else ()


def to_json(frame: Frame) -> dict[str, Any]:
    """The frame as plain values; the inverse of `from_json`."""
    return {
        "intent": frame.intent, "tool": frame.tool, "arguments": dict(frame.arguments),
        "then": [[tool, dict(arguments)] for tool, arguments in frame.then],
        "language": frame.language, "reason": frame.reason, "about": frame.about,
        "unit": frame.unit, "meant": [frame.meant[0], dict(frame.meant[1])],
    }  # fmt: skip


def from_json(entry: Mapping[str, Any]) -> Frame:
    """The frame that was written by `to_json`.

    Raises:
        InputError: it was not.
    """
    try:
        return Frame(
            str(entry["intent"]), str(entry["tool"]), _arguments(entry["arguments"]),
            tuple(_call(call) for call in entry.get("then", ())),
            str(entry.get("language", "en")), _reason(entry), str(entry.get("about", "")),
            str(entry.get("unit", "")), _call(entry.get("meant", ("", {}))),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
        msg = "The dialogue holds a turn that cannot be read."
        raise InputError(msg, hint="Begin a new dialogue.") from error


def _call(entry: Any) -> Call:
    tool, arguments = entry
    return str(tool), _arguments(arguments)


def _arguments(entry: Any) -> dict[str, Any]:
    """Arguments of the kinds that tools take; others were not written by us."""
    return {str(name): value for name, value in dict(entry).items() if _is_kind(name, value)}


def _is_kind(name: str, value: Any) -> bool:
    if name in NUMBERS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if name in LISTS:
        return isinstance(value, list) and len(value) > 1 and all(isinstance(v, str) for v in value)
    return isinstance(value, str | bool)


def _reason(entry: Mapping[str, Any]) -> Reason | None:
    reason = entry.get("reason")
    if reason is None:
        return None
    return next(one for one in get_args(Reason) if one == reason)
