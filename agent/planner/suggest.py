"""Questions one could ask next. Knows what there is to ask about, and no numbers."""

from agent.languages.speech import speech
from agent.planner.frame import Frame
from agent.planner.known import Known

MOST = 4


def suggestions(known: Known, last: Frame | None) -> tuple[str, ...]:
    """A few questions that can be answered, best first.

    Args:
        known: what may be asked about.
        last: the question before, whose language is kept.
    """
    spoken = speech(last.language if last else "en")
    if not known.cases:
        return spoken.suggestions["nothing"] if known.can_work else ()
    if last is not None and last.intent != "refuse":
        return spoken.suggestions["next"][:MOST]
    case = known.cases[0]
    name = case.classes[0] if case.classes else "any"
    many = spoken.classes.get(name, spoken.classes["any"])[1]
    return tuple(
        one.replace("$many", many) for one in spoken.suggestions[f"first.{case.kind}"][:MOST]
    )
