"""Stops work that was begun in this dialogue."""

from pydantic import Field

from agent.desk import Desk
from agent.tools.asked import Name
from agent.tools.base import Told, Wanted
from agent.tools.planned import begun, update, worker

SUMMARY = "Stops work that was begun in this dialogue; a result of it is not made."


class Arguments(Wanted):
    """Which work."""

    job: Name = Field(default="", description="id of a job; empty: the newest")


def run(desk: Desk, wanted: Arguments) -> Told:
    """Its standing after it was stopped."""
    work = worker(desk)
    plan = work.cancel(begun(desk, wanted.job).job)
    update(desk, plan)
    return Told(plan=plan, notes=(f"It is {plan.standing}.",))
