"""Words for work, reports and readings of pictures. Knows no number."""

from agent.planner.say import Say, joined
from agent.work import WorkPlan
from wording import quantities


def started(say: Say) -> str:
    """A plan that waits for a yes, work that was begun, or the result that is there already."""
    plan = say.told.plan
    if plan is None:
        name = say.named("result")
        return say.text("work.finished", name=say.slot(name)) if name else ""
    summary = _summary(say, plan)
    return say.text("work.begun" if plan.job else "work.plan", summary=summary)


def _summary(say: Say, plan: WorkPlan) -> str:
    """What it does; things in words of the language, else in quotes."""
    asked = plan.asked
    if asked.kind != "count" or not asked.thing:
        return say.text(f"work.{asked.kind}")
    known = say.speech.classes.get(asked.thing)
    if known is None and not asked.thing.isalpha():
        return say.text("work.count")
    things = known[1] if known else quantities.quoted(asked.thing, language=say.speech.language)
    return say.text("work.count.named", things=things)


def standing(say: Say) -> str:
    """How far work is."""
    plan = say.told.plan
    return say.text(f"work.{plan.standing}") if plan else ""


def report(say: Say) -> str:
    """That a file is ready."""
    return say.text("report")


def reading(say: Say) -> str:
    """That what follows is a model's reading."""
    return joined([say.text("reading")])
