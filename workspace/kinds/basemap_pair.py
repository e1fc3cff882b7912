"""The job that makes a project of two background maps.

Fetches both dates into the job's folder and hands them on as scenes, both or none; the work is
`services.fetch_basemap`.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from errors import InputError, NotFoundError, OutboundError
from workspace import places, projects, scenes

if TYPE_CHECKING:
    from pathlib import Path

    from progress import Watcher
    from services.basemap import Basemap
    from services.fetch_basemap import FetchReport
    from workspace.records import Job, Project, Scene

NAME = "basemap_pair"
LANE = "prepare"
FETCHED_SHARE = 0.95
"""Part of the job's progress that fetching takes."""


class PairRequest(BaseModel):
    """What the job is asked for.

    Attributes:
        left: id of the map of the earlier date.
        right: id of the map of the later date.
        bounds: west, south, east, north in WGS 84 degrees.
        zoom: level of both.
        title: name of the project.
        areas: areas of interest to begin with, as GeoJSON; the bounds where there are none.
    """

    model_config = ConfigDict(frozen=True)

    left: str = Field(max_length=80)
    right: str = Field(max_length=80)
    bounds: tuple[float, float, float, float]
    zoom: int = Field(ge=0, le=24)
    title: str = Field(default="", max_length=500)
    areas: dict[str, Any] | None = None


def run(job: Job, watcher: Watcher) -> dict[str, Any]:
    """Fetch both maps and make a project of them; its id is in the result.

    Raises:
        InputError: the parameters cannot be used, or both maps show the same picture.
        NotFoundError: a map is not offered any more.
        GroundshiftError: as `services.fetch_basemap.fetch` and `workspace.scenes.add`.
    """
    from services import basemaps

    request = _checked(job)
    maps = (basemaps.get(request.left), basemaps.get(request.right))
    work = places.folder("jobs", job.id)
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        reports = _fetched(maps, request, work, watcher.part(0, FETCHED_SHARE))
        _require_two_pictures(reports)
        watcher.step(FETCHED_SHARE, "Adding both dates to your scenes")
        project = _kept(job.owner, request, maps, reports)
    finally:
        places.remove(work)
    return {"project": project.id, **_summary(reports)}


def _checked(job: Job) -> PairRequest:
    try:
        request = PairRequest.model_validate(job.params)
    except ValidationError as error:
        first = error.errors()[0]
        msg = f"The request has an unusable {'.'.join(map(str, first['loc']))!r}: {first['msg']}."
        raise InputError(msg, hint="Choose both maps and the area again.") from error
    if request.left == request.right:
        msg = "Both sides are the same background map."
        raise InputError(msg, hint="Choose two different dates.")
    return request


def _fetched(
    maps: tuple[Basemap, Basemap], request: PairRequest, work: Path, watcher: Watcher
) -> tuple[FetchReport, FetchReport]:
    from services.fetch_basemap import fetch, require_allowed

    for basemap in maps:
        require_allowed(basemap, request.bounds, request.zoom)

    def one(place: int) -> FetchReport:
        # The name becomes the scene's: an id carries no day, which would be taken for the day
        # the picture was taken.
        path = work / f"{maps[place].id}.tif"
        part = watcher.part(place / 2, (place + 1) / 2)
        return fetch(maps[place], request.bounds, request.zoom, path, watcher=part)

    return one(0), one(1)


def _require_two_pictures(reports: tuple[FetchReport, FetchReport]) -> None:
    """Refuse a pair without any difference: releases often show one and the same picture."""
    if reports[0].digests == reports[1].digests:
        msg = "Both background maps show exactly the same picture of this area."
        hint = "Choose releases further apart: the provider had no newer picture in between."
        raise OutboundError(msg, hint=hint)


def _kept(
    owner: str,
    request: PairRequest,
    maps: tuple[Basemap, Basemap],
    reports: tuple[FetchReport, FetchReport],
) -> Project:
    """The project with its two scenes; when one cannot be kept, none is."""
    added: list[Scene] = []
    try:
        for basemap, report in zip(maps, reports, strict=True):
            added.append(scenes.add(owner, basemap.title, [report.path]))
        title = request.title or f"{maps[0].title} and {maps[1].title}"
        areas = request.areas or _rectangle(request.bounds)
        return projects.create(owner, title, added[0].id, added[1].id, areas=areas)
    except BaseException:
        for scene in added:
            with suppress(NotFoundError):
                scenes.delete(owner, scene.id)
        raise


def _rectangle(bounds: tuple[float, float, float, float]) -> dict[str, Any]:
    west, south, east, north = bounds
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    feature = {
        "type": "Feature",
        "properties": {"id": "fetched", "name": "Fetched area"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    return {"type": "FeatureCollection", "features": [feature]}


def _summary(reports: tuple[FetchReport, FetchReport]) -> dict[str, Any]:
    """What people should know about the fetch, as plain JSON."""
    pairs = zip(reports[0].digests, reports[1].digests, strict=True)
    return {
        "tiles": reports[0].tiles,
        "missing": [report.missing for report in reports],
        "bytes": sum(report.bytes for report in reports),
        "same_tiles": sum(pre == post for pre, post in pairs),
        "captured_on": [[day.isoformat() for day in report.captured_on] for report in reports],
    }
