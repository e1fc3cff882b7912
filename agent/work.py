"""Work an answer may need: a plan with its estimated time, begun only when it may be.

The contract between the agent and whoever runs jobs; knows neither queues nor pages.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

WorkKind = Literal["compare", "count", "segment"]


@dataclass(frozen=True)
class WorkAsked:
    """What should be run.

    Attributes:
        kind: compare, count or segment.
        method: name of a detector, counter or segmenter; empty lets the app choose.
        thing: what to count, e.g. `building`; empty otherwise.
        place: name of an area; `aoi` is the one in use.
    """

    kind: WorkKind
    method: str = ""
    thing: str = ""
    place: str = "aoi"


@dataclass(frozen=True)
class WorkPlan:
    """Work that can be begun.

    Attributes:
        id: of the plan; the same request has the same id.
        asked: what it does.
        summary: one plain sentence without numbers.
        estimated_s: seconds it will probably take, from former runs or the size of the area.
        needs_yes: whether the user must confirm, because it takes longer than the settings allow
            without asking.
        job: id of the job once it was begun, else empty.
        standing: `planned`, `waiting`, `running`, `done`, `failed` or `cancelled`.
        share_pct: how much is done.
        result: id of the case it gave once done, else empty.
        problem: why it failed; one sentence.
    """

    id: str
    asked: WorkAsked
    summary: str
    estimated_s: float
    needs_yes: bool
    job: str = ""
    standing: str = "planned"
    share_pct: int = 0
    result: str = ""
    problem: str = ""


class Work(Protocol):
    """Runs work for one user and one pair of scenes."""

    def plan(self, asked: WorkAsked) -> WorkPlan:
        """What would be run.

        Raises:
            GroundshiftError: it cannot be run here.
        """
        ...

    def begin(self, plan: WorkPlan) -> WorkPlan:
        """Begin it, or give the standing of the same work if it was begun already.

        Raises:
            GroundshiftError: it cannot be begun.
        """
        ...

    def standing(self, job: str) -> WorkPlan:
        """How far it is.

        Raises:
            NotFoundError: there is no such job of this user.
        """
        ...

    def cancel(self, job: str) -> WorkPlan:
        """Stop it.

        Raises:
            NotFoundError: there is no such job of this user.
        """
        ...
