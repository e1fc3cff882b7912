"""Which results there are to ask about, the one in view first."""

from agent.desk import Desk
from agent.tools.base import Refusal, Told, Wanted
from agent.tools.stated import made_on, result_name

SUMMARY = (
    "The results that questions can be asked of, the one in view first: scenes, class and the day "
    "each was made; their ids are in the notes."
)
MOST = 20


class Arguments(Wanted):
    """None."""


def run(desk: Desk, _wanted: Arguments) -> Told:
    """Name and day of each result."""
    if not desk.cases:
        return Told(refusal=Refusal("no_result", alternative="start_work" if desk.work else ""))
    cases = desk.cases[:MOST]
    facts = tuple(fact for case in cases for fact in (result_name(case), made_on(case)))
    classes = (", ".join(kind.name for kind in case.kinds) for case in cases)
    notes = [
        f"result={case.id}: {case.kind} of {names}"
        for case, names in zip(cases, classes, strict=True)
    ]
    return Told(facts=facts, notes=tuple(notes))
