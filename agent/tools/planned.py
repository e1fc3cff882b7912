"""Work of a dialogue: what was planned or begun, and the newest standing of each.

Runs nothing.
"""

import threading

from agent.desk import Desk
from agent.tools.choosing import declined
from agent.work import Work, WorkPlan

_LOCK = threading.Lock()


def worker(desk: Desk) -> Work:
    """Who runs work.

    Raises:
        DeclinedError: nothing can be run here.
    """
    if desk.work is None:
        raise declined("not_allowed", "work")
    return desk.work


def remember(desk: Desk, plan: WorkPlan) -> None:
    """Keep a plan as the newest; the same work is listed once."""
    with _LOCK:
        desk.plans[:] = [*(one for one in desk.plans if one.id != plan.id), plan]


def update(desk: Desk, plan: WorkPlan) -> None:
    """Keep the newest standing of a plan where it stands."""
    with _LOCK:
        desk.plans[:] = [plan if one.id == plan.id else one for one in desk.plans]


def shown(desk: Desk, plan: WorkPlan) -> bool:
    """Whether the user saw a plan before the question: a model may not plan and agree in one."""
    if desk.shown_plans is not None:
        return plan.id in desk.shown_plans
    return any(one.id == plan.id for one in list(desk.plans))


def begun(desk: Desk, job: str) -> WorkPlan:
    """Work of this dialogue by its job; the newest without one.

    Raises:
        DeclinedError: there is none.
    """
    jobs = [plan for plan in list(desk.plans) if plan.job]
    found = [plan for plan in jobs if job in {"", plan.job}]
    if not found:
        raise declined("no_result", job or "work", tuple(plan.job for plan in jobs))
    return found[-1]
