"""Starts a comparison, a count or a segmentation, or shows the plan first."""

from pydantic import Field

from agent.desk import Desk
from agent.tools.asked import Name, PlaceName
from agent.tools.base import Told, Wanted
from agent.tools.choosing import DeclinedError, called, place_of
from agent.tools.planned import remember, shown, worker
from agent.tools.stated import made_on, result_name
from agent.work import WorkAsked, WorkKind, WorkPlan
from analysis.inquiry.case import AOI, Case

SUMMARY = (
    "Runs work that no finished result answers: compare (find change), count (a kind of thing) or "
    "segment (outline everything). Tells the plan with its estimated time; longer work begins only "
    "after the user said yes to the plan, with `confirmed`."
)
USUAL_THING = "building"


class Arguments(Wanted):
    """What to run."""

    kind: WorkKind
    method: Name = Field(
        default="", description="detector, counter or segmenter; empty: the app chooses"
    )
    thing: Name = Field(default="", description="what to count, one word in the singular")
    place: PlaceName = "aoi"
    confirmed: bool = Field(default=False, description="the user said yes to the plan")


def run(desk: Desk, wanted: Arguments) -> Told:
    """The plan, begun where it is short or was agreed to."""
    work = worker(desk)
    finished = None if wanted.confirmed else _finished(desk, wanted)
    if finished is not None:
        notes = ("Nothing was started: a finished result answers this.", f"result={finished.id}")
        return Told((result_name(finished), made_on(finished)), notes=notes)
    place = _place(desk, wanted.place)
    plan = work.plan(WorkAsked(wanted.kind, wanted.method, wanted.thing, place))
    may_begin = _is_agreed(desk, plan) if wanted.confirmed else _is_short(desk, plan)
    plan = work.begin(plan) if may_begin else plan
    remember(desk, plan)
    note = "It was begun." if plan.job else "Nothing was begun: the user must say yes first."
    return Told(plan=plan, notes=(note,))


def _is_short(desk: Desk, plan: WorkPlan) -> bool:
    return not plan.needs_yes and plan.estimated_s <= desk.seconds_without_asking


def _is_agreed(desk: Desk, plan: WorkPlan) -> bool:
    """Nobody can have said yes to long work that was never shown."""
    return shown(desk, plan) or _is_short(desk, plan)


def _place(desk: Desk, name: str) -> str:
    """The place as the first result calls it that knows it; else the name as it was given."""
    known = (place_of(case, name) for case in desk.cases if _covers(case, name))
    return next(known, name or AOI)


def _finished(desk: Desk, wanted: Arguments) -> Case | None:
    """The first finished result that holds what is asked for."""
    return next((case for case in desk.cases if _holds(case, wanted)), None)


def _holds(case: Case, wanted: Arguments) -> bool:
    if wanted.kind == "count":
        is_it = case.kind == "count" and called(case, wanted.thing or USUAL_THING) is not None
    else:
        is_it = wanted.kind == "compare" and case.kind == "comparison"
    maker = case.run.get("counter") or case.run.get("detector") or {}
    return is_it and wanted.method in {"", maker.get("name")} and _covers(case, wanted.place)


def _covers(case: Case, place: str) -> bool:
    try:
        place_of(case, place)
    except DeclinedError:
        return False
    return True
