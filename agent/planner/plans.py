"""Questions that take several calls or begin work: sums, what lies farther off, a plan for a job.

Knows frames and marks, no words of a language.
"""

from typing import Any

from agent.planner import slots
from agent.planner.concepts import is_counted
from agent.planner.frame import Frame
from agent.planner.heard import Heard
from agent.planner.subjects import Subject, opposite


def begun(heard: Heard) -> Frame:
    """A plan for work."""
    said = heard.marks
    kinds = [kind for kind in ("segment", "count", "compare") if said.has(f"work:{kind}")]
    kind = kinds[0] if kinds else "count" if heard.things else "compare"
    arguments: dict[str, Any] = {"kind": kind}
    if method := said.first("method"):
        arguments["method"] = method
    if kind == "count" and heard.things:
        arguments["thing"] = heard.things[0]
    elif kind == "count" and heard.unknown:
        arguments["thing"] = heard.unknown[0].concept
    named = [mark.value for mark in said.marks if mark.kind == "area"]
    if named:
        arguments["place"] = named[0]
    return Frame("start_work", "start_work", arguments)


def summed(heard: Heard, about: Subject) -> Frame:
    """Two counts and what is done with them."""
    first, second = heard.states[:2]
    place = {"place": heard.places[0]} if heard.places else {}
    named = {"subject": about.names[0]} if about.names else {}
    calls = [("count_objects", {**named, "state": state, **place}) for state in (first, second)]
    turned = [opposite(name, state, heard.known) for name in about.names[:1]
              for state in (first, second)]  # fmt: skip
    if len(turned) == 2 and all(turned):
        calls = [("measure_area", {"subject": name, **place}) for name in turned]
    operation = heard.marks.first("calc") or "sum"
    last = ("calculate", {"operation": operation, "facts": ["@1", "@2"]})
    return Frame("calculate", calls[0][0], calls[0][1], (calls[1], last))


def farther(heard: Heard, about: Subject) -> Frame:
    """All things less those within the distance; only their number is told that way."""
    values = slots.given(heard, about)
    near = slots.taken("count_objects", values)
    is_number = not heard.marks.has("ask:area", "ask:share", "ask:where", "ask:largest", "ask:each")
    if not heard.layer or not is_number:
        return Frame("refuse", reason="unsupported")
    if is_counted(heard, about) and not about.state:
        near.setdefault("date", "post")
    every = {name: near[name] for name in near if name not in {"layer", "relation", "distance_m"}}
    last = ("calculate", {"operation": "difference", "facts": ["@1", "@2"]})
    return Frame("calculate", "count_objects", every, (("count_objects", near), last))
