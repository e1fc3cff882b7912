"""Count the things of one kind at both dates of a pair and write what became of each."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pyproj import Transformer
from rasterio.windows import Window

from analysis import tally
from analysis.count_result import Counter, CountResult
from analysis.facts import to_json
from analysis.ledger import Found, Look
from analysis.things import Thing, measure
from errors import InputError
from exports.count import folder as result_folders
from inference.counters.base import Card, Wanted
from inference.counting import run as counting
from inference.counting import skeleton
from inference.counting.run import Counted, Marked, SecondLook
from progress import Watcher
from raster.area import PixelAreas
from raster.findings import Verdict
from raster.grid import Grid
from raster.instances import Instance
from raster.mask import Observed
from raster.scene import Scene
from raster.text import clean
from services import count_pictures, provenance, recorded_grid
from services.assemble_count import CountBase, assemble
from services.choose_counter import choose
from services.open_pair import OpenedPair, open_pair
from services.run_folder import result_folder, workspace

log = logging.getLogger(__name__)

SLIM = 3.0
"""Things this many times as long as they are wide, about, are measured along their middle."""


@dataclass(frozen=True)
class MapExample:
    """A thing the user boxed.

    Attributes:
        date: on which image.
        box: west, south, east, north in WGS 84 degrees.
    """

    date: Literal["pre", "post"]
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class CountRequest:
    """What the user asked for.

    Attributes:
        pre: file or folder of tiles of the earlier date.
        post: likewise of the later date.
        aoi: vector file, or None for the whole overlap.
        counter: name of a counter; empty to choose it by what is counted.
        thing: what one thing is called; empty for the counter's word, or for buildings.
        min_area_m2: smallest thing, or None for the counter's own.
        max_area_m2: largest thing, likewise.
        examples: boxed things, for counters that learn from them.
        similarity: how like the examples a thing must be, 0..1; None for the usual.
        is_movable: whether things may move, as vehicles do.
        device: `cpu`, or a graphics card.
        known_sha256: hashes of inputs that cannot have changed since they were hashed; the
            others are hashed.
    """

    pre: Path
    post: Path
    aoi: Path | None = None
    counter: str = ""
    thing: str = ""
    min_area_m2: float | None = None
    max_area_m2: float | None = None
    examples: tuple[MapExample, ...] = ()
    similarity: float | None = None
    is_movable: bool = False
    device: str = "cpu"
    known_sha256: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CountOutcome:
    """A finished count, as the doors show it.

    Attributes:
        folder: where the files are.
        verdict: of preflight.
        result: everything that was found.
    """

    folder: Path
    verdict: Verdict
    result: CountResult

    def as_json(self) -> dict[str, Any]:
        """What `count --json` prints."""
        counts = self.result.ledger.counts()
        return {
            "class": self.result.counter.thing,
            "pre": counts.pre,
            "post": counts.post,
            "appeared": counts.appeared,
            "vanished": counts.vanished,
            "kept": counts.kept,
            "not_assessed": {"pre": counts.not_assessed_pre, "post": counts.not_assessed_post},
            "states": dict(counts.entries),
            "out": str(self.folder),
            "run": self.result.run["id"],
            "verdict": self.verdict,
            "counter": self.result.counter.name,
            "findings": [asdict(finding) for finding in self.result.findings],
            "caption": self.result.caption,
            "facts": [to_json(fact) for fact in self.result.facts],
        }


def count(request: CountRequest, *, out_dir: Path | None, watcher: Watcher) -> CountOutcome:
    """Count at both dates and write the result folder.

    Nothing is left behind when the run fails or is cancelled.

    Raises:
        PairRefusedError: preflight refused the pair.
        ModelError: the counter cannot run here.
        GroundshiftError: any other problem with the inputs or the output.
    """
    started = time.perf_counter()
    watcher.step(0.0, "Opening the scenes")
    card, counter = choose(request.counter, request.thing, has_examples=bool(request.examples))
    wanted = _wanted(request, card)
    opened = open_pair(
        request.pre, request.post, request.aoi,
        known_sha256=request.known_sha256, watcher=watcher.part(0.0, 0.15),
    )  # fmt: skip
    created = provenance.now_utc()
    parameters = _parameters(request, counter, wanted)
    run_id = provenance.run_id(opened.inputs, parameters)
    target = result_folder(out_dir, run_id, created)
    # Nothing is kept in files before the end, but an output that cannot be written is told first.
    with workspace(target, pixels=0):
        marked = tuple(_marked(one, opened.site.pair.grid) for one in request.examples)
        counted = counting.count(
            opened.site, card.name, wanted, marked=marked, device=request.device,
            watcher=watcher.part(0.15, 0.85),
        )  # fmt: skip
        watcher.step(0.85, "Matching the dates")
        run = {
            "id": run_id,
            "created_utc": created.isoformat(),
            **_run(opened, card, counter, counted),
            "parameters": parameters,
        }
        result = assemble(CountBase(run, _found(counted), opened.site.aoi.geometry))
        result = replace(result, run=_finished(result.run, time.perf_counter() - started))
        watcher.step(0.9, "Taking photographs for the report")
        result = count_pictures.photographed(result, opened.site.pair)
        result_folders.write_all(result, target, watcher=watcher.part(0.9, 1.0))
    log.info("counted in %.1f s", time.perf_counter() - started)
    return CountOutcome(target, opened.preflight.verdict, result)


def _wanted(request: CountRequest, card: Card) -> Wanted:
    smallest, largest = card.area_range_m2
    usual = Wanted(smallest, largest)
    return Wanted(
        smallest if request.min_area_m2 is None else request.min_area_m2,
        largest if request.max_area_m2 is None else request.max_area_m2,
        similarity=usual.similarity if request.similarity is None else request.similarity,
    )


def _parameters(request: CountRequest, counter: Counter, wanted: Wanted) -> dict[str, Any]:
    """What, with the inputs, determines the result."""
    return {
        "counter": counter.name,
        "thing": counter.thing,
        "min_area_m2": wanted.min_area_m2,
        "max_area_m2": wanted.max_area_m2,
        "similarity": wanted.similarity if request.examples else None,
        "examples": [asdict(one) for one in request.examples],
        "is_movable": request.is_movable,
    }


def _marked(example: MapExample, grid: Grid) -> Marked:
    """An example in pixels of the pair's grid.

    Raises:
        InputError: its corners are not on the Earth, or in the wrong order.
    """
    west, south, east, north = example.box
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        msg = f"The example {example.box!r} is no box of west, south, east, north in degrees."
        raise InputError(msg, hint="Give longitude and latitude in WGS 84, the smaller first.")
    lons, lats = np.array([west, east, east, west]), np.array([south, south, north, north])
    move = Transformer.from_crs("EPSG:4326", grid.crs.to_wkt(), always_xy=True)
    places = [~grid.transform @ at for at in zip(*move.transform(lons, lats), strict=True)]
    if not np.isfinite(places).all():
        msg = f"The example {example.box!r} lies outside the two scenes."
        raise InputError(msg, hint="Box a thing that both scenes show.")
    cols, rows = zip(*places, strict=True)
    return Marked(example.date, (min(cols), min(rows), max(cols), max(rows)))


def _run(opened: OpenedPair, card: Card, counter: Counter, counted: Counted) -> dict[str, Any]:
    """The record of a run as far as it is known before the things are matched."""
    pair, area = opened.site.pair, _area_window(counted)
    grid = counted.grid.crop(area)
    observed = counted.observed[area.toslices()]
    return {
        "groundshift_version": provenance.VERSION,
        "versions": provenance.versions(),
        "inputs": [item.as_json() for item in opened.inputs],
        "scenes": {"pre": _scene(pair.pre), "post": _scene(pair.post)},
        "counter": {**asdict(counter), "summary": card.summary, "source": card.source,
                    "limits": list(card.limits)},
        "weights_sha256": counted.weights_sha256 or None,
        "aoi": {"name": opened.site.aoi.name, "is_whole_overlap": opened.site.aoi.is_whole_overlap},
        "grid": recorded_grid.as_json(counted.grid),
        "area": recorded_grid.as_json(grid),
        "ground": tally.of_observed(observed, PixelAreas(grid)).as_json(),
        "shift": asdict(pair.shift),
        "findings": [
            asdict(finding) for finding in (*opened.preflight.findings, *counted.findings)
        ],
    }  # fmt: skip


def _finished(run: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    return {
        **run,
        "timings_s": {"until_export": round(seconds, 3)},
        "peak_memory_bytes": provenance.peak_memory_bytes(),
    }


def _scene(scene: Scene) -> dict[str, Any]:
    day = scene.acquired_on
    return {"name": clean(scene.name), "acquired_on": day.isoformat() if day else None}


def _area_window(counted: Counted) -> Window:
    """The part of the grid that the AOI covers; all of it where it covers no pixel's centre."""
    inside = counted.observed != Observed.OUTSIDE_AOI
    rows, cols = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not len(rows):
        return counted.grid.window
    return Window(cols[0], rows[0], cols[-1] - cols[0] + 1, rows[-1] - rows[0] + 1)


def _found(counted: Counted) -> Found:
    """The things of both dates, the largest first, and what each date shows of the other's."""
    pre, pre_looks = _largest_first(counted.pre, counted.pre_looks)
    post, post_looks = _largest_first(counted.post, counted.post_looks)
    pre_things = _measured(pre, counted.grid, 1)
    post_things = _measured(post, counted.grid, len(pre) + 1)
    looks = {
        thing.id: Look(look.support, look.likeness, look.verdict)
        for thing, look in zip((*pre_things, *post_things), (*pre_looks, *post_looks), strict=True)
    }
    return Found(counted.grid, pre_things, post_things, looks)


def _largest_first(
    instances: Sequence[Instance], looks: Sequence[SecondLook]
) -> tuple[list[Instance], list[SecondLook]]:
    order = sorted(
        range(len(instances)),
        key=lambda at: (-instances[at].pixels, instances[at].top, instances[at].left),
    )
    return [instances[at] for at in order], [looks[at] for at in order]


def _measured(instances: Sequence[Instance], grid: Grid, first_id: int) -> tuple[Thing, ...]:
    """Things with the length along their middle where they are long and thin."""
    return tuple(
        replace(thing, length_m=skeleton.length_m(instance.mask, grid.gsd_m))
        if thing.length_m**2 > SLIM * thing.area_m2
        else thing
        for thing, instance in zip(measure(instances, grid, first_id=first_id), instances,
                                   strict=True)
    )  # fmt: skip
