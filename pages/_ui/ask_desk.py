"""What questions about a project are answered from: its opened results, areas, layers, dialogue.

Called from the thread of a question too, so it must not touch the page.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import settings
from agent.desk import Desk
from agent.dialogue import Dialogue
from errors import GroundshiftError
from pages._ui.ask_work import ProjectWork
from services.measure_areas import DrawnArea, measured
from services.open_case import open_case
from services.results import run_id
from workspace import dialogues, edits, jobs, layers, places
from workspace.records import Job, Project

if TYPE_CHECKING:
    from agent.answer import Answered
    from analysis.inquiry.case import Case, Layer

KINDS = frozenset({"compare", "count"})
MOST_RESULTS = 6
"""Others are asked about once they are on the map; opening many takes time and memory."""


@dataclass(frozen=True)
class Result:
    """A finished result that can be asked about.

    Attributes:
        job: the run.
        folder: its files.
        case: id of the run, by which facts name it.
    """

    job: Job
    folder: Path
    case: str


def finished(project: Project) -> tuple[Result, ...]:
    """The finished comparisons and counts of a project whose files are there, newest first."""
    found = jobs.listed(project.owner, project=project.id)
    done = (job for job in found if job.kind in KINDS and job.status == "done")
    made = ((job, places.folder("results", job.id)) for job in done)
    results = (Result(job, folder, run_id(folder)) for job, folder in made)
    return tuple(result for result in results if result.case)


def desk_of(project: Project, dialogue: Dialogue, *, first: str = "") -> Desk:
    """Everything one question may use.

    Args:
        project: about which the question is.
        dialogue: what was asked before.
        first: id of the run in view; the newest without one.

    Raises:
        NotFoundError: the project was deleted meanwhile.
    """
    ordered = worth_opening(finished(project), first)
    areas = tuple(area for area in measured(project.areas) if not area.problem)
    named = layers.opened(project.owner, project.id)
    opened = {one.case: (case, one.folder) for one in ordered if (case := _open(one, areas, named))}
    work = ProjectWork(project.owner, project.id)
    planned = (turn.plan for turn in dialogue.turns if turn.plan is not None)
    desk = Desk(
        cases=tuple(case for case, _folder in opened.values()),
        work=work,
        plans=[work.now(plan) for plan in planned],
        folders={found: folder for found, (_case, folder) in opened.items()},
        out_dir=places.folder("reports", project.id),
        seconds_without_asking=settings.load().work_seconds_without_asking,
    )
    desk.book.add(dialogue.facts(opened.keys()))
    return desk


def worth_opening(results: Sequence[Result], first: str) -> list[Result]:
    """The result in view, then the newest of each method and area."""
    ordered = sorted(results, key=lambda one: one.case != first)
    newest = {_about(one.job): one for one in reversed(ordered)}
    return [one for one in ordered if newest[_about(one.job)] is one][:MOST_RESULTS]


def _about(job: Job) -> tuple[str, ...]:
    return (job.kind, *(str(job.params.get(key)) for key in ("area_name", "detector", "counter")))


def dialogue_of(owner: str, project_id: str) -> Dialogue:
    """What was asked about a project so far.

    Raises:
        NotFoundError: the project is not there, or another user's.
        InputError: the dialogue was damaged.
    """
    return Dialogue(tuple(_turn(text) for text in dialogues.listed(owner, project_id)))


def keep(owner: str, project_id: str, turn: "Answered") -> None:
    """Add a turn to the dialogue of a project; raises as `dialogues.add`."""
    dialogues.add(owner, project_id, Dialogue((turn,)).to_json())


# A kept turn never changes, and the page reads all of them with every click.
@lru_cache(maxsize=1024)
def _turn(text: str) -> "Answered":
    (turn,) = Dialogue.from_json(json.loads(text)).turns
    return turn


def _open(
    result: Result, areas: tuple[DrawnArea, ...], named: tuple["Layer", ...]
) -> "Case | None":
    """The opened result; None for one that was damaged or deleted meanwhile."""
    owner, job = result.job.owner, result.job
    try:
        corrections = edits.listed(owner, job.id) if job.kind == "count" else ()
        return open_case(result.folder, areas=areas, layers=named, corrections=corrections)
    except GroundshiftError:
        return None
