"""Turns that answer or ask about the answers before: a yes, `how do you know`, the same once more.

Knows concepts and frames, no words of a language.
"""

from collections.abc import Sequence
from dataclasses import replace

from agent.planner import slots, unknown
from agent.planner.frame import Frame
from agent.planner.heard import Heard

READ_ONLY = slots.INHERITING | {"describe_pair", "describe_method", "check_alignment"}


def decided(answer: str, before: Sequence[Frame]) -> Frame:
    """What a yes or a no means: begin the work that was planned, or leave it."""
    plan = next((one for one in reversed(before) if one.tool == "start_work"), None)
    if plan is None:
        return Frame("refuse", reason="ambiguous")
    if answer == "no":
        return Frame("decline", reason="not_allowed")
    return replace(plan, arguments={**plan.arguments, "confirmed": True})


def explained(before: Sequence[Frame]) -> Frame:
    """The first number of the last answer once more, and where it comes from.

    Before any number was told, how the result in view was made.
    """
    last = last_of(before) or next((one for one in reversed(before) if one.tool), None)
    if last is None:
        return Frame("describe_method", "describe_method")
    calls = last.calls if last.tool in READ_ONLY else (("detect_change", {}),)
    (tool, arguments), *_rest = calls
    return Frame("explain_fact", tool, arguments, (("explain_fact", {"fact": "@1"}),))


def repeated(heard: Heard, before: Sequence[Frame]) -> Frame | None:
    """The last answer once more, which says what it is of, to a turn of known words only."""
    last = last_of(before)
    is_known = not heard.unknown and heard.understood >= unknown.LEAST_UNDERSTOOD
    is_sum = heard.marks.has("calc:", "ask:compare_places", "ask:which_two")
    return last if last is not None and is_known and not is_sum else None


def last_of(before: Sequence[Frame]) -> Frame | None:
    """The last question one can lean on; of a refused one what it meant."""
    for frame in reversed(before):
        if frame.tool in slots.INHERITING and frame.intent != "refuse":
            return frame
        tool, arguments = frame.meant
        if tool in slots.INHERITING:
            return Frame(tool, tool, arguments)
    return None
