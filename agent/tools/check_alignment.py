"""Whether both dates lie on each other: the displacement that was left, in pixels and metres."""

from agent.desk import Desk
from agent.tools.asked import OfResult as Arguments
from agent.tools.base import Refusal, Told
from agent.tools.choosing import case_of
from analysis.inquiry import state

__all__ = ["SUMMARY", "Arguments", "run"]

SUMMARY = (
    "How well the later image lies on the earlier one: residual displacement in px and m, measured "
    "by phase correlation."
)


def run(desk: Desk, wanted: Arguments) -> Told:
    """The residual shift of a result; not assessed where it was not measured."""
    facts = state.shift(case_of(desk, wanted.result))
    return Told(facts=facts, refusal=None if facts else Refusal("not_assessed", "alignment"))
