"""A measurement as a tool tells it: with the ground it rests on, or why it was not assessed.

Knows no class and no place.
"""

from collections.abc import Callable

from agent.tools.base import Refusal, Told
from agent.tools.choosing import ABOUT_CHARS, Asked
from analysis.inquiry import measure, state
from analysis.inquiry.case import Case, Measured
from raster.text import clean


def told(question: Asked, measured: Callable[[], tuple[Measured, ...]]) -> Told:
    """The facts and, last, the valid area of the place they speak of.

    Where there is nothing of the kind, the number of things instead, mostly zero. Where something
    about the question was not assessed, a refusal and the facts that say so: a zero there would
    read as unchanged.
    """
    case, which = question.case, question.which
    if missing := state.assessed(case, which):
        return _not_assessed(question, missing, str(missing[0].fact.value))
    try:
        found = measured() or (measure.count(case, which),)
    except state.Unanswerable as refused:
        if refused.reason != "not_assessed":
            raise
        return _not_assessed(question, _saying(case, refused.about), refused.about)
    return Told((*found, *ground(case, which.place)), notes=question.notes)


def ground(case: Case, place: str) -> tuple[Measured, ...]:
    """The valid area of a place; none where the run kept no record of what was seen there."""
    try:
        return (measure.valid_area(case, place),)
    except state.Unanswerable:
        return ()


def _not_assessed(question: Asked, facts: tuple[Measured, ...], about: str) -> Told:
    refusal = Refusal("not_assessed", clean(about, limit=ABOUT_CHARS))
    return Told(facts, refusal, question.notes)


def _saying(case: Case, about: str) -> tuple[Measured, ...]:
    """The run's own facts that something was not assessed."""
    return tuple(
        Measured(fact, case=case.id)
        for fact in case.facts
        if fact.name == "not_assessed" and fact.value == about
    )
