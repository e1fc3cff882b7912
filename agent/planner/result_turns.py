"""Turns about a result or its work: a longer text, how far the work is, which share was left out.

Knows concepts and frames, no words of a language.
"""

from collections.abc import Sequence
from dataclasses import replace

from agent.planner.frame import Frame
from agent.planner.heard import Heard


def longer(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """A caption or a report once more, longer or shorter."""
    is_long, is_short = heard.marks.has("ask:paragraph"), heard.marks.has("style:short")
    if not (is_long or is_short) or heard.places or heard.marks.has("format:", "ask:caption"):
        return None
    if last.tool == "write_caption":
        length = "paragraph" if is_long else "short"
        return replace(last, arguments={**last.arguments, "length": length})
    if is_long and heard.is_short and last.tool == "detect_change":
        return Frame("write_caption", "write_caption", {"length": "paragraph"})
    if last.tool == "write_report":
        return replace(last, arguments={**last.arguments, "style": "full" if is_long else "short"})
    return None


def standing(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`How far is that?` after work was begun: how it stands."""
    is_work = last.tool in {"start_work", "check_work"} and not (heard.places or heard.layer)
    is_asked = heard.marks.has("ask:nearest", "ask:check") and heard.is_short
    return Frame("check_work", "check_work") if is_work and is_asked else None


def share_left_out(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`What share is that?` of ground that was left out: the cautions tell it."""
    is_asked = heard.marks.has("ask:share", "unit:%") and not (heard.places or heard.layer)
    return Frame("list_cautions", "list_cautions") if _is_left_out(last) and is_asked else None


def _is_left_out(last: Frame) -> bool:
    return last.tool == "list_exclusions" and not last.arguments.get("place")


def same_unit(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`In metres?` of an alignment, which is told in metres as well."""
    is_asked = heard.marks.has("unit:m", "unit:km") and heard.is_short
    return last if is_asked and last.tool == "check_alignment" else None
