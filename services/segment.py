"""Outlines of what a user points at in one scene, or of everything in an area of it.

Writes a folder of results; an outline at once is `services.answer_prompt`. Knows nothing of users.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from rasterio.windows import Window

from analysis.areas import polygon_area_m2
from analysis.facts import Fact, to_json
from analysis.outlined import Outlined, Place, covered_m2, derive
from analysis.things import Thing, measure
from errors import InputError, OutOfDeviceMemoryError
from exports.outlines import folder as result_files
from inference.device import CPU
from inference.segmentation import automatic
from inference.segmentation.prompting import Prompter, Reply, Sight
from inference.segmentation.short_memory import attempts
from inference.segmenter_registry import Loaded, Recommendation
from progress import Watcher
from raster import aoi as aois
from raster import regridding
from raster.aoi import Aoi
from raster.chip import ChipReader, stretch_of, working_grid
from raster.findings import Finding
from raster.grid import WGS84, Grid
from raster.instances import Instance
from raster.scene import Scene
from raster.scene import open as open_scene
from services import chosen_segmenter, map_prompts, provenance
from services.answer_prompt import Answer, answer, numbers
from services.chosen_segmenter import AUTO
from services.map_prompts import MAX_PROMPTS, MapPrompt
from services.run_folder import result_folder, workspace
from services.run_record import facts_sha256

__all__ = ["Answer", "MapPrompt", "SegmentOutcome", "SegmentRequest", "answer", "segment"]

log = logging.getLogger(__name__)

SMALLEST_PX = 9
"""Without a wish of the user, things of fewer pixels are not looked for."""
LARGEST_SHARE = 0.25
"""Nor things that take more of the area than this: mostly the ground between other things."""


@dataclass(frozen=True)
class SegmentRequest:
    """What the user asked for.

    Attributes:
        scene: file, or folder of tiles.
        prompts: what was pointed at.
        segmenter: name, or `auto`.
        auto: outline everything in the area instead.
        aoi: vector file that bounds `auto`; None for the whole scene.
        min_area_m2: smallest thing to keep, or None for the default.
        max_area_m2: largest thing to keep, likewise.
        device: `cpu`, or a graphics card.
        known_sha256: hashes of inputs that cannot have changed since they were hashed.
    """

    scene: Path
    prompts: tuple[MapPrompt, ...] = ()
    segmenter: str = AUTO
    auto: bool = False
    aoi: Path | None = None
    min_area_m2: float | None = None
    max_area_m2: float | None = None
    device: str = CPU
    known_sha256: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SegmentOutcome:
    """Finished outlines, as the doors show them.

    Attributes:
        folder: where the files are.
        things: the outlines.
        findings: what the user must know.
        run: content of run.json.
        facts: numbers that may be cited.
    """

    folder: Path
    things: tuple[Thing, ...]
    findings: tuple[Finding, ...]
    run: Mapping[str, Any]
    facts: tuple[Fact, ...]

    def as_json(self) -> dict[str, Any]:
        """What `segment --json` prints."""
        return {
            "out": str(self.folder),
            "run": self.run["id"],
            "segmenter": self.run["segmenter"]["name"],
            "segmenter_reason": self.run["segmenter"]["why"],
            "things": [numbers(thing) for thing in self.things],
            "findings": [asdict(finding) for finding in self.findings],
            "facts": [to_json(fact) for fact in self.facts],
        }


@dataclass(frozen=True)
class _Opened:
    """The inputs of a run."""

    request: SegmentRequest
    sight: Sight
    aoi: Aoi
    inputs: tuple[provenance.Input, ...]
    choice: Recommendation

    @property
    def parameters(self) -> dict[str, Any]:
        """What, with the inputs, determines the result."""
        request = self.request
        return {
            "segmenter": self.choice.name,
            "auto": request.auto,
            "prompts": [prompt.to_json() for prompt in request.prompts],
            "min_area_m2": request.min_area_m2,
            "max_area_m2": request.max_area_m2,
        }


@dataclass(frozen=True)
class _Seen:
    """Instances on the scene's grid, and what to tell."""

    instances: tuple[Instance, ...]
    findings: tuple[Finding, ...]


def segment(request: SegmentRequest, *, out_dir: Path | None, watcher: Watcher) -> SegmentOutcome:
    """Outline what was asked for and write the result folder.

    Nothing is left behind when the run fails or is cancelled.

    Raises:
        InputError: nothing was asked for, or a prompt cannot be used.
        GroundshiftError: any other problem with the inputs, the model or the output.
    """
    started = time.perf_counter()
    watcher.step(0.0, "Opening the scene")
    opened = _open(request)
    loaded = chosen_segmenter.load(opened.choice.name, request.device)
    created = provenance.now_utc()
    run_id = provenance.run_id(opened.inputs, opened.parameters)
    target = result_folder(out_dir, run_id, created)
    # Held for the whole run, so that a folder that cannot be written is found before the work.
    with workspace(target, pixels=0):
        seen = _look(opened, loaded, watcher.part(0.05, 0.85))
        watcher.step(0.85, "Measuring")
        outlined = _measured(opened, seen, _run(opened, loaded, run_id))
        outlined = replace(outlined, run=_complete(outlined, created, started))
        result_files.write_all(outlined, target, watcher=watcher.part(0.88, 1.0))
    log.info("outlined %d things in %.1f s", len(outlined.things), time.perf_counter() - started)
    return SegmentOutcome(target, outlined.things, outlined.findings, outlined.run, outlined.facts)


def _open(request: SegmentRequest) -> _Opened:
    """Open and hash the inputs.

    Raises:
        InputError: nothing, or too much, was asked for.
        GroundshiftError: an input cannot be used.
    """
    _require_question(request)
    scene = open_scene(request.scene)
    choice = chosen_segmenter.choose(request.segmenter, scene)
    area = aois.whole(scene.grid) if request.aoi is None else aois.read(request.aoi)
    named: list[tuple[provenance.Role, Path]] = [("scene", request.scene)]
    if request.aoi is not None:
        named.append(("aoi", request.aoi))
    inputs = tuple(
        provenance.identify(role, path, sha256=request.known_sha256.get(path))
        for role, path in named
    )
    sight = Sight(scene, inputs[0].sha256, stretch_of(scene))
    return _Opened(request, sight, area, inputs, choice)


def _require_question(request: SegmentRequest) -> None:
    if request.auto and request.prompts:
        msg = "Points and boxes cannot be combined with outlining everything."
        raise InputError(msg, hint="Give one or the other.")
    if not request.auto and not request.prompts:
        msg = "Nothing was pointed at."
        raise InputError(msg, hint="Give a point, a box, or ask for everything in an area.")
    if len(request.prompts) > MAX_PROMPTS:
        msg = f"There are {len(request.prompts)} prompts; the limit is {MAX_PROMPTS}."
        raise InputError(msg, hint="Ask in several runs, or outline everything in an area.")
    low_m2, high_m2 = request.min_area_m2 or 0.0, request.max_area_m2
    if high_m2 is not None and high_m2 <= low_m2:
        msg = f"The largest area ({high_m2:g} m2) is not above the smallest ({low_m2:g} m2)."
        raise InputError(msg, hint="Correct one of the two.")


def _look(opened: _Opened, loaded: Loaded, watcher: Watcher) -> _Seen:
    """What was found on the scene's grid, within the sizes asked for."""
    if opened.request.auto:
        return _everything(opened, loaded, watcher)
    prompts = map_prompts.merged(opened.request.prompts)
    placed = _placed(prompts, opened.sight.scene)
    prompter = Prompter(opened.sight, loaded, chosen_segmenter.embeddings())
    known = [one.prompt for one in placed if not isinstance(one, InputError)]
    replies = prompter.answer_all(known, watcher=watcher) if known else ()
    findings = [
        finding
        for number, one in enumerate(placed)
        for finding in (
            one.findings if not isinstance(one, InputError) else (_left_out(number, one),)
        )
    ]
    findings += _together(replies)
    instances = tuple(reply.instance for reply in replies if reply.instance is not None)
    return _sized(_Seen(instances, tuple(dict.fromkeys(findings))), opened)


def _placed(
    prompts: tuple[MapPrompt, ...], scene: Scene
) -> tuple[map_prompts.Placed | InputError, ...]:
    """Each prompt on the scene's pixels, or why it cannot be.

    Raises:
        InputError: none of them can be placed.
    """
    placed: list[map_prompts.Placed | InputError] = []
    for prompt in prompts:
        try:
            placed.append(map_prompts.place(prompt, scene))
        except InputError as error:
            placed.append(error)
    errors = [one for one in placed if isinstance(one, InputError)]
    if len(errors) == len(placed):
        raise errors[0]
    return tuple(placed)


def _left_out(number: int, error: InputError) -> Finding:
    message = f"Prompt {number + 1} was left out. {error.message}"
    return Finding("prompt_left_out", "caution", message, error.hint)


def _together(replies: tuple[Reply, ...]) -> list[Finding]:
    """What replies have to tell, each sentence once with the number of things it is about."""
    told: dict[str, list[Finding]] = {}
    for reply in replies:
        for finding in reply.findings:
            told.setdefault(finding.message, []).append(finding)
    return [
        same[0]
        if len(same) == 1
        else replace(same[0], message=f"{same[0].message} ({len(same)} of {len(replies)} prompts)")
        for same in told.values()
    ]


def _everything(opened: _Opened, loaded: Loaded, watcher: Watcher) -> _Seen:
    """The things that lie in the area for the most part."""
    scene = opened.sight.scene
    grid = working_grid(scene.grid, loaded.card.gsd_range_m)
    area, window = aois.clip(opened.aoi, grid)
    for attempt in attempts(loaded):
        try:
            found = _found(opened, attempt.loaded, grid, window, watcher)
            break
        except OutOfDeviceMemoryError:
            # The next attempt needs less memory; the last one raises.
            continue
    raster = aois.AoiRaster(area, grid)
    moved = (regridding.onto(one, grid, scene.grid) for one in found if _is_in(one, raster))
    kept = tuple(one for one in moved if one is not None)
    findings = (*area.findings, *attempt.findings)
    return _Seen(kept, findings if kept else (*findings, _NOTHING))


def _found(
    opened: _Opened, loaded: Loaded, grid: Grid, window: Window, watcher: Watcher
) -> tuple[Instance, ...]:
    """Everything that touches a window of the working grid, within the sizes asked for."""
    request = opened.request
    smallest_m2 = SMALLEST_PX * grid.gsd_m**2
    largest_m2 = LARGEST_SHARE * window.width * window.height * grid.gsd_m**2
    with ChipReader(opened.sight.scene, grid, opened.sight.stretch) as reader:
        return automatic.everything(
            loaded.segmenter,
            loaded.model,
            reader.read,
            grid,
            window,
            min_area_m2=smallest_m2 if request.min_area_m2 is None else request.min_area_m2,
            max_area_m2=request.max_area_m2 or max(largest_m2, smallest_m2),
            watcher=watcher,
        )


def _is_in(instance: Instance, raster: aois.AoiRaster) -> bool:
    """Whether most of a thing lies in the area."""
    inside = raster.inside(instance.window) & instance.mask
    return 2 * int(inside.sum()) >= instance.pixels


def _sized(seen: _Seen, opened: _Opened) -> _Seen:
    """Without the things that are smaller or larger than the user wants."""
    request, grid = opened.request, opened.sight.scene.grid
    low_m2 = request.min_area_m2 or 0.0
    high_m2 = request.max_area_m2 if request.max_area_m2 is not None else float("inf")
    kept = tuple(one for one in seen.instances if low_m2 <= covered_m2((one,), grid) <= high_m2)
    dropped = len(seen.instances) - len(kept)
    if not dropped:
        return seen
    message = f"Left out for their size: {dropped} of {len(seen.instances)} things."
    finding = Finding("size_limits", "info", message, "Change the limits to keep them.")
    return _Seen(kept, (*seen.findings, finding))


def _measured(opened: _Opened, seen: _Seen, run: Mapping[str, Any]) -> Outlined:
    """Outlines, sizes and facts of what was found."""
    scene = opened.sight.scene
    things = measure(seen.instances, scene.grid)
    findings = (
        *scene.findings,
        *chosen_segmenter.remarks(opened.choice.name, scene),
        *seen.findings,
    )
    place = Place(
        _looked_at_m2(opened, seen.instances),
        tuple(finding.code for finding in findings if finding.severity == "caution"),
        tuple(item.sha256 for item in opened.inputs),
        str(run["id"]),
    )
    facts = derive(things, seen.instances, scene.grid, place)
    name = opened.choice.name
    return Outlined(scene.name, scene.grid, seen.instances, things, name, run, facts, findings)


def _looked_at_m2(opened: _Opened, instances: tuple[Instance, ...]) -> float:
    """Ground that was asked about: the area for everything, the things alone for prompts."""
    if not opened.request.auto:
        return covered_m2(instances, opened.sight.scene.grid)
    area, _window = aois.clip(opened.aoi, opened.sight.scene.grid)
    return polygon_area_m2(area.geometry, WGS84)


def _run(opened: _Opened, loaded: Loaded, run_id: str) -> dict[str, Any]:
    card, grid = loaded.card, opened.sight.scene.grid
    work = working_grid(grid, card.gsd_range_m)
    return {
        "id": run_id,
        "groundshift_version": provenance.VERSION,
        "versions": provenance.versions(),
        "inputs": [item.as_json() for item in opened.inputs],
        "parameters": opened.parameters,
        "segmenter": {
            "name": card.name,
            "title": card.title,
            "summary": card.summary,
            "source": card.source,
            "limits": list(card.limits),
            "why": opened.choice.reason,
        },
        "weights_sha256": loaded.weights_sha256 or None,
        "device": loaded.device,
        "grid": _grid(grid),
        "working_grid": _grid(work),
    }


def _complete(outlined: Outlined, created: datetime, started_s: float) -> dict[str, Any]:
    """The run with what only its end knows."""
    return {
        **outlined.run,
        "created_utc": created.isoformat(),
        "things": len(outlined.things),
        "findings": [asdict(finding) for finding in outlined.findings],
        "facts_sha256": facts_sha256(outlined.facts),
        "timings_s": {"until_export": round(time.perf_counter() - started_s, 3)},
        "peak_memory_bytes": provenance.peak_memory_bytes(),
    }


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "crs": grid.crs.to_string(),
        "transform": list(grid.transform)[:6],
        "rows": grid.height,
        "cols": grid.width,
        "gsd_m": round(grid.gsd_m, 4),
    }


_NOTHING = Finding(
    "nothing_found", "info", "The segmenter sees no thing in the area.",
    "Widen the limits of size, choose another segmenter, or point at a thing.",
)  # fmt: skip
