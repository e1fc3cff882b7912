"""What became of what: numbers by state of a count, areas by class of a comparison."""

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import About as Arguments
from agent.tools.base import Told
from agent.tools.choosing import Asked, asked
from analysis.inquiry import between
from analysis.inquiry.case import ANY, Measured

__all__ = ["SUMMARY", "Arguments", "run"]

SUMMARY = (
    "What changed into what: number of things by state (kept, appeared, vanished, grown ...) for "
    "counts, changed area in m2 by class for comparisons."
)


def run(desk: Desk, wanted: Arguments) -> Told:
    """The table, of one class and state where they are named."""
    question = asked(desk, wanted)
    return told(question, lambda: _table(question))


def _table(question: Asked) -> tuple[Measured, ...]:
    which = question.which
    return tuple(
        one
        for one in between.transitions(question.case)
        if which.change_class in {ANY, one.fact.change_class}
        and which.state in {ANY, one.fact.state}
    )
