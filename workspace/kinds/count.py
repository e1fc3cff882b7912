"""The job that counts the things of one kind at both dates of a project.

Finds the scenes, writes the area and keeps a summary; the work is `services.count`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from errors import InputError
from raster.text import clean
from workspace import job_folder, job_inputs

if TYPE_CHECKING:
    from pathlib import Path

    from progress import Watcher
    from services.count import CountOutcome, CountRequest, MapExample
    from workspace.records import Job

NAME = "count"
LANE = "compute"
MAX_EXAMPLES = 50
DATES = ("pre", "post")
BOX_SIDES = 4


def warm_up() -> None:
    """Load what counting needs, models apart."""
    import_module("services.count")


def run(job: Job, watcher: Watcher) -> dict[str, Any]:
    """Count; the files go to `results/<job id>` whole or not at all.

    Parameters: `pre`, `post`, `counter`, `thing`, `aoi` (a GeoJSON geometry), `area_name`,
    `min_area_m2`, `max_area_m2`, `similarity`, `is_movable`, `examples` (a list of `{"date",
    "box"}` with west, south, east, north in WGS 84).

    Raises:
        NotFoundError: a scene was deleted.
        InputError: a scene is not ready, or a parameter cannot be used.
        GroundshiftError: as `services.count.count`.
    """
    from services.count import count
    from services.results import AREA

    with job_folder.working(job) as work:
        area = job_inputs.write_area(job, work)
        request = _request(job, job_inputs.pair(job), area)
        outcome = count(request, out_dir=work / "result", watcher=watcher)
        if area is not None:
            # As it was given: only with this very file can the count be made again.
            area.replace(outcome.folder / AREA)
        job_folder.keep(job, outcome.folder)
    return _summary(job, outcome)


def _request(job: Job, pair: job_inputs.Pair, area: Path | None) -> CountRequest:
    from services.count import CountRequest

    return CountRequest(
        pre=pair.pre.source,
        post=pair.post.source,
        aoi=area,
        counter=str(job.params.get("counter") or ""),
        thing=str(job.params.get("thing") or ""),
        min_area_m2=job_inputs.number(job, "min_area_m2"),
        max_area_m2=job_inputs.number(job, "max_area_m2"),
        examples=_examples(job.params.get("examples") or []),
        similarity=job_inputs.number(job, "similarity"),
        is_movable=job.params.get("is_movable") is True,
        device=job.device,
        known_sha256=pair.known_sha256,
    )


def _examples(given: Any) -> tuple[MapExample, ...]:
    """The boxed examples.

    Raises:
        InputError: there are too many, or one is no box of a date.
    """
    if not isinstance(given, list) or len(given) > MAX_EXAMPLES:
        msg = f"The examples must be a list of at most {MAX_EXAMPLES} boxes."
        raise InputError(msg, hint="Box fewer things.")
    return tuple(map(_example, given))


def _example(given: Any) -> MapExample:
    from services.count import MapExample

    box = given.get("box") if isinstance(given, dict) else None
    is_box = isinstance(box, list) and len(box) == BOX_SIDES and all(map(_is_number, box))
    if box is None or not is_box or given.get("date") not in DATES:
        msg = f"{clean(repr(given), limit=60)} is no example: a date and a box in degrees."
        raise InputError(msg, hint="Box a thing on the map again.")
    west, south, east, north = map(float, box)
    return MapExample(given["date"], (west, south, east, north))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _summary(job: Job, outcome: CountOutcome) -> dict[str, Any]:
    result = outcome.result
    counts = result.ledger.counts()
    return {
        "folder": f"results/{job.id}",
        "caption": result.caption,
        "class": result.counter.thing,
        "classes": result.counter.things,
        "counter": result.counter.name,
        "pre": counts.pre,
        "post": counts.post,
        "appeared": counts.appeared,
        "vanished": counts.vanished,
        "kept": counts.kept,
    }
