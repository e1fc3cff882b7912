"""Work for one question on the command line: run here and now, on the pair of a finished result.

Finds the images by the record of that result, which is untrusted. Knows no queue.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from agent.estimate import estimated_s
from agent.work import WorkAsked, WorkPlan
from errors import GroundshiftError, InputError, NotFoundError
from progress import Watcher
from raster.text import clean
from services import recorded_inputs
from services.results import AREA, run_id

AOI = "aoi"


@dataclass(frozen=True)
class LocalWork:
    """Runs work in this process; see `agent.work.Work`.

    Attributes:
        folder: the result whose pair of images is used.
        run: content of its `run.json`.
        mpix: millions of pixels of its area.
        may_run: whether the user allowed it beforehand.
        watcher: how far it is, for people.
        done: what was run, by the id of its plan.
        folders: where the results are, likewise.
    """

    folder: Path
    run: Mapping[str, Any]
    mpix: float
    may_run: bool = False
    watcher: Watcher = field(default_factory=Watcher)
    done: dict[str, WorkPlan] = field(default_factory=dict)
    folders: dict[str, Path] = field(default_factory=dict)

    def plan(self, asked: WorkAsked) -> WorkPlan:
        """What would be run; see `agent.work.Work.plan`."""
        if asked.place != AOI:
            msg = f"Here work runs in the area of the result, not in {clean(asked.place)!r}."
            raise InputError(msg, hint="Run `compare` or `count` with --aoi, then ask about that.")
        self._images()
        seconds = estimated_s(asked.kind, self.mpix)
        return WorkPlan(_id(asked), asked, _summary(asked), seconds, not self.may_run)

    def begin(self, plan: WorkPlan) -> WorkPlan:
        """Run it to its end; see `agent.work.Work.begin`."""
        if plan.id in self.done:
            return self.done[plan.id]
        if not self.may_run:
            msg = "Work is not begun without your yes."
            raise InputError(msg, hint="Ask again with --yes.")
        self.done[plan.id] = self._run(plan)
        return self.done[plan.id]

    def standing(self, job: str) -> WorkPlan:
        """What became of it; see `agent.work.Work.standing`."""
        newest = list(self.done)[-1:] if not job else [job]
        if not newest or newest[0] not in self.done:
            raise NotFoundError("There is no such job.", hint="Nothing was begun by this question.")
        return self.done[newest[0]]

    def cancel(self, job: str) -> WorkPlan:
        """Nothing is left to stop: work has ended when its question is answered."""
        return self.standing(job)

    def _run(self, plan: WorkPlan) -> WorkPlan:
        begun = replace(plan, job=plan.id, needs_yes=False)
        try:
            folder = _RUNS[plan.asked.kind](plan.asked, *self._images(), self.watcher)
        except GroundshiftError as error:
            return replace(begun, standing="failed", problem=error.message)
        self.folders[plan.id] = folder
        return replace(begun, standing="done", share_pct=100, result=run_id(folder))

    def _images(self) -> tuple[Path, Path, Path | None]:
        """Both dates and the area, as they were.

        Raises:
            InputError: a file is gone or has changed.
        """
        pre = recorded_inputs.find(self.run, "pre", beside=self.folder)
        post = recorded_inputs.find(self.run, "post", beside=self.folder)
        if pre is None or post is None:
            msg = "The images of this result are not where they were, or they have changed."
            raise InputError(msg, hint="Put them back beside the result, then ask again.")
        if (self.run.get("aoi") or {}).get("is_whole_overlap"):
            return pre, post, None
        area = recorded_inputs.find(self.run, "aoi", beside=self.folder)
        return pre, post, area or self._kept_area()

    def _kept_area(self) -> Path:
        if not (self.folder / AREA).is_file():
            msg = "The area of this result is not where it was."
            raise InputError(msg, hint="Run `compare` or `count` with --aoi, then ask about that.")
        return self.folder / AREA


def _compare(asked: WorkAsked, pre: Path, post: Path, area: Path | None, watcher: Watcher) -> Path:
    from services.compare import CompareRequest, compare

    request = CompareRequest(pre, post, area, asked.method or "auto")
    return compare(request, out_dir=None, watcher=watcher).folder


def _count(asked: WorkAsked, pre: Path, post: Path, area: Path | None, watcher: Watcher) -> Path:
    from services.count import CountRequest, count

    request = CountRequest(pre, post, area, counter=asked.method, thing=asked.thing)
    return count(request, out_dir=None, watcher=watcher).folder


def _segment(asked: WorkAsked, _pre: Path, post: Path, area: Path | None, watcher: Watcher) -> Path:
    from services.segment import SegmentRequest, segment

    request = SegmentRequest(post, segmenter=asked.method or "auto", auto=True, aoi=area)
    return segment(request, out_dir=None, watcher=watcher).folder


_RUNS: Mapping[str, Callable[[WorkAsked, Path, Path, Path | None, Watcher], Path]] = {
    "compare": _compare,
    "count": _count,
    "segment": _segment,
}


def _summary(asked: WorkAsked) -> str:
    if asked.kind == "compare":
        return "Compare the two dates in the area of this result."
    if asked.kind == "segment":
        return "Outline everything at the later date in the area of this result."
    from services.choose_counter import choose

    _card, counted = choose(asked.method, asked.thing, has_examples=False)
    return f"Count {counted.things} at both dates in the area of this result."


def _id(asked: WorkAsked) -> str:
    text = json.dumps([asked.kind, asked.method, asked.thing, asked.place])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
