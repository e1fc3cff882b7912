"""How far work is that was begun in this dialogue."""

from pydantic import Field

from agent.desk import Desk
from agent.tools.asked import Name
from agent.tools.base import Told, Wanted
from agent.tools.planned import begun, update, worker

SUMMARY = "How far work is that was begun: waiting, running, done, failed or cancelled."


class Arguments(Wanted):
    """Which work."""

    job: Name = Field(default="", description="id of a job; empty: the newest")


def run(desk: Desk, wanted: Arguments) -> Told:
    """Its standing."""
    work = worker(desk)
    plan = work.standing(begun(desk, wanted.job).job)
    update(desk, plan)
    return Told(plan=plan, notes=(f"It is {plan.standing}.",))
