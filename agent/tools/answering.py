"""A measurement as a tool tells it: with the ground it rests on, or why it was not assessed.

Knows no class and no place.
"""

from collections.abc import Callable

from agent.tools.base import Refusal, Told
from agent.tools.choosing import ABOUT_CHARS, Asked
from analysis.fact_maker import Subject
from analysis.inquiry import measure, state
from analysis.inquiry.case import Case, Measured
from raster.text import clean

DISTANCE_ASKED = "The distance of the question; nothing was measured."


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
    facts = (*found, *distance_asked(question), *ground(case, which.place))
    return Told(facts, notes=question.notes)


def distance_asked(question: Asked) -> tuple[Measured, ...]:
    """How near `near` is in a question, so that the answer can say it; none for other relations."""
    near = question.which.near
    if near is None or near.relation != "near":
        return ()
    distance = (near.distance_m, "m")
    fact = question.case.make("distance_asked", distance, Subject(), DISTANCE_ASKED)
    return (Measured(fact, case=question.case.id),)


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
