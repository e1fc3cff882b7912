"""Work that an answer needs, as jobs of the visitor's project: planned, begun, followed, stopped.

Called from the thread of a question, so it must not touch the page. Knows nothing of answers.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import settings
from agent.estimate import Former, estimated_s, mpix
from agent.work import WorkAsked, WorkKind, WorkPlan
from errors import InputError, NotFoundError
from pages._ui import drawn_areas, map_memory
from pages._ui import pair as pairs
from pages._ui.drawn_areas import Place
from raster.text import clean
from services.choose_counter import choose
from services.list_counters import list_counters
from services.list_detectors import list_detectors
from services.list_segmenters import list_segmenters
from services.measure_areas import measured, size_m2
from services.results import run_id
from workspace import jobs, places, projects
from workspace.records import Job, Project, Scene

AOI = "aoi"
KINDS: dict[str, WorkKind] = {"compare": "compare", "count": "count", "segment": "segment"}
STANDINGS = {"lost": "failed"}
METHODS: dict[WorkKind, str] = {"compare": "detector", "count": "counter", "segment": "segmenter"}
LISTED = 100


@dataclass(frozen=True)
class ProjectWork:
    """Runs work for one project of one user; see `agent.work.Work`.

    Attributes:
        owner: the user.
        project_id: the project.
    """

    owner: str
    project_id: str

    def plan(self, asked: WorkAsked) -> WorkPlan:
        """What would be run; see `agent.work.Work.plan`."""
        project = projects.get(self.owner, self.project_id)
        place = place_of(project, asked.place)
        params = parameters(project, asked, place)
        seconds = self._estimated_s(project, asked.kind, place)
        limit_s = settings.load().work_seconds_without_asking
        words = _summary(asked, place)
        return WorkPlan(_id(asked.kind, params), asked, words, seconds, seconds > limit_s)

    def begin(self, plan: WorkPlan) -> WorkPlan:
        """Submit the job, or follow the same one; see `agent.work.Work.begin`."""
        project = projects.get(self.owner, self.project_id)
        params = parameters(project, plan.asked, place_of(project, plan.asked.place))
        same = self.begun(plan)
        if same is None or not same.is_active:
            same = jobs.submit(self.owner, plan.asked.kind, params, project=project.id)
        return self.standing(same.id)

    def standing(self, job: str) -> WorkPlan:
        """How far a job of this project is; see `agent.work.Work.standing`."""
        return self._plan_of(self._job(job))

    def cancel(self, job: str) -> WorkPlan:
        """Stop it; see `agent.work.Work.cancel`."""
        self._job(job)
        return self._plan_of(jobs.cancel(self.owner, job))

    def begun(self, plan: WorkPlan) -> Job | None:
        """The newest job that does what a plan says, if it was ever begun."""
        return next((job for job in self._listed() if _id(job.kind, job.params) == plan.id), None)

    def now(self, plan: WorkPlan) -> WorkPlan:
        """A plan as it stands now: its job may have been begun by a button, or have ended."""
        job = self.begun(plan)
        return plan if job is None else self.standing(job.id)

    def _job(self, job_id: str) -> Job:
        """A job of this project; without an id the one that was begun last."""
        if not job_id:
            newest = next((job for job in self._listed() if job.kind in KINDS), None)
            if newest is not None:
                return newest
        found = jobs.get(self.owner, job_id)
        if found.project != self.project_id or found.kind not in KINDS:
            raise NotFoundError("There is no such job.", hint="See the page History.")
        return found

    def _listed(self) -> tuple[Job, ...]:
        return jobs.listed(self.owner, project=self.project_id, limit=LISTED)

    def _plan_of(self, job: Job) -> WorkPlan:
        project = projects.get(self.owner, self.project_id)
        asked = _asked(job)
        geometry = job.params.get("aoi")
        place = Place(geometry, asked.place, size_m2(geometry) if geometry else None)
        return WorkPlan(
            id=_id(job.kind, job.params),
            asked=asked,
            summary=_summary(asked, place),
            estimated_s=self._estimated_s(project, asked.kind, place),
            needs_yes=False,
            job=job.id,
            standing=STANDINGS.get(job.status, job.status),
            share_pct=round(100 * job.progress),
            result=_result(job),
            problem="" if job.is_active else job.message,
        )

    def _estimated_s(self, project: Project, kind: WorkKind, place: Place) -> float:
        pair = pairs.of(self.owner, project)
        if pair.ready is None:
            return estimated_s(kind, 0.0)
        former = [
            Former(_seconds(job), _mpix(pair.ready, job.params.get("aoi")))
            for job in self._listed()
            if job.kind == kind and job.status == "done"
        ]
        return estimated_s(kind, _mpix(pair.ready, place.geometry), former)


def place_of(project: Project, name: str) -> Place:
    """Where to work: the areas in use, or the drawn area with this name.

    Raises:
        InputError: no drawn area has this name.
    """
    usable = {area.id: area for area in measured(project.areas) if not area.problem}
    if name == AOI:
        chosen = map_memory.recalled(project, drawn_areas.CHOSEN, list(usable))
        return drawn_areas.place_of([usable[one] for one in chosen if one in usable])
    named = [area for area in usable.values() if area.name.casefold() == name.casefold()]
    if not named:
        msg = f"Work runs in drawn areas only, and none is called {clean(name, limit=60)!r}."
        known = ", ".join(area.name for area in usable.values())
        hint = f"Drawn areas: {known}." if known else "Draw an area on the map first."
        raise InputError(msg, hint=hint)
    return drawn_areas.place_of(named[:1])


def parameters(project: Project, asked: WorkAsked, place: Place) -> dict[str, Any]:
    """What the job is told, as the pages tell it.

    Raises:
        InputError: the scenes are not ready, or the method cannot run here.
        UnknownDetectorError: nothing counts such things.
    """
    pair = pairs.of(project.owner, project)
    if pair.ready is None:
        raise InputError(" ".join(pair.problems), hint="Wait until both scenes are prepared.")
    area = {"aoi": place.geometry, "area_name": "" if place.geometry is None else place.name}
    dates = {"pre": project.pre, "post": project.post}
    if asked.kind == "compare":
        detector = _available("detector", asked.method or "auto")
        return {**dates, **area, "detector": detector, "threshold": None, "min_area_m2": None}
    if asked.kind == "segment":
        return _segment(pair.ready[1], area, asked.method)
    return {**dates, **area, **_count(asked)}


def _asked(job: Job) -> WorkAsked:
    """What a job does, as it could have been asked for."""
    kind = KINDS[job.kind]
    method = str(job.params.get(METHODS[kind]) or "")
    thing = str(job.params.get("thing") or "")
    if kind == "count":
        _card, counted = choose(method, thing, has_examples=bool(job.params.get("examples")))
        thing = counted.thing
    return WorkAsked(kind, method, thing, str(job.params.get("area_name") or AOI))


def _count(asked: WorkAsked) -> dict[str, Any]:
    card, counted = choose(asked.method, asked.thing, has_examples=False)
    if card.needs_examples:
        msg = f"To count {counted.things} an example must be boxed on the map."
        raise InputError(msg, hint="Do that on the page Count, then ask here.")
    _available("counter", card.name)
    sizes = {"min_area_m2": None, "max_area_m2": None, "similarity": None}
    return {"counter": card.name, "thing": "", "is_movable": False, **sizes, "examples": []}


def _segment(scene: Scene, area: dict[str, Any], method: str) -> dict[str, Any]:
    return {
        "scene": scene.id,
        "date": "post",
        "segmenter": _available("segmenter", method or "auto"),
        "auto": True,
        **area,
        "min_area_m2": None,
        "max_area_m2": None,
    }


def _available(part: str, name: str) -> str:
    """The name, if something by that name can run here.

    Raises:
        InputError: nothing is called so, or it cannot run here.
    """
    reasons = {
        "detector": lambda: {str(r["name"]): str(r["reason"] or "") for r in list_detectors()},
        "counter": lambda: {row.name: row.reason for row in list_counters()},
        "segmenter": lambda: {row.name: row.reason for row in list_segmenters()},
    }[part]()
    if name not in {"auto", *reasons}:
        msg = f"No {part} is called {clean(name, limit=40)!r}."
        raise InputError(msg, hint=f"Known: {', '.join(reasons)}.")
    if reasons.get(name):
        msg = f"The {part} {name!r} cannot run here: {reasons[name]}"
        raise InputError(msg, hint="See the page Models.")
    return name


def _summary(asked: WorkAsked, place: Place) -> str:
    """One sentence; a name with digits is left out, for every number here is a fact."""
    is_named = place.geometry is not None and not any(char.isdigit() for char in place.name)
    where = "the whole overlap" if place.geometry is None else "the chosen area"
    where = f"the area “{clean(place.name, limit=60)}”" if is_named else where
    if asked.kind == "compare":
        return f"Compare the two dates in {where}."
    if asked.kind == "segment":
        return f"Outline everything at the later date in {where}."
    _card, counted = choose(asked.method, asked.thing, has_examples=False)
    return f"Count {counted.things} at both dates in {where}."


def _mpix(ready: tuple[Scene, Scene], geometry: Any) -> float:
    """Millions of pixels of an area, or of the ground that both scenes show."""
    facts = [scene.facts for scene in ready if scene.facts is not None]
    gsd_m = max(one.gsd_m for one in facts)
    if geometry:
        return mpix(size_m2(geometry), gsd_m)
    boxes = [one.bounds_wgs84 for one in facts]
    west, south = (max(box[side] for box in boxes) for side in (0, 1))
    east, north = (min(box[side] for box in boxes) for side in (2, 3))
    if west >= east or south >= north:
        return 0.0
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return mpix(size_m2({"type": "Polygon", "coordinates": [ring]}), gsd_m)


def _seconds(job: Job) -> float:
    if job.started_utc is None or job.finished_utc is None:
        return 0.0
    return (job.finished_utc - job.started_utc).total_seconds()


def _result(job: Job) -> str:
    """Id of the run that a finished job left behind; empty without one."""
    return run_id(places.folder("results", job.id)) if job.status == "done" else ""


def _id(kind: str, params: dict[str, Any]) -> str:
    text = json.dumps([kind, params], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
