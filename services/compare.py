"""The main job: two scenes and an area in, a folder of results out."""

import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import settings
from analysis import agreement, objects, tally
from analysis.areas import budget_of
from analysis.evidence import Evidence, Origin, derive
from analysis.facts import Fact, to_json
from analysis.result import ClassStatistics, ComparisonResult
from analysis.statistics import by_class
from exports import folder as result_folders
from inference import examples, registry
from inference.device import CPU, torch_name
from inference.examples import LonLat
from inference.recommend import Recommendation, recommend
from inference.run import Detection, Options, Site, detect
from progress import Watcher
from raster import components
from raster.area import PixelAreas
from raster.findings import Finding, Verdict
from raster.preflight import Preflight
from services import pictures, provenance, run_record
from services.open_pair import open_pair
from services.pointing import POINTED
from services.provenance import Input
from services.run_folder import require_free, result_folder, workspace
from wording import caption

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CompareRequest:
    """What the user asked for.

    Attributes:
        pre: file or folder of tiles of the earlier date.
        post: likewise of the later date.
        aoi: vector file, or None for the whole overlap.
        detector: name, or `auto`.
        threshold: score from which a pixel is changed, or None for the detector's rule.
        min_area_m2: minimum mapping unit, or None for the default.
        known_sha256: hashes of inputs that cannot have changed since they were hashed; the
            others are hashed.
        device: what learned detectors compute on: `cpu`, or a graphics card.
        like: longitude and latitude of changes; only changes like those are looked for.
    """

    pre: Path
    post: Path
    aoi: Path | None = None
    detector: str = "auto"
    threshold: float | None = None
    min_area_m2: float | None = None
    known_sha256: Mapping[Path, str] = field(default_factory=dict)
    device: str = CPU
    like: tuple[LonLat, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """A finished comparison, as the doors show it.

    Attributes:
        folder: where the files are.
        verdict: of preflight.
        run: content of run.json.
        findings: of preflight and of the run.
        statistics: one row per class and `any`.
        facts: everything words may cite.
        caption: the caption.
    """

    folder: Path
    verdict: Verdict
    run: dict[str, Any]
    findings: tuple[Finding, ...]
    statistics: tuple[ClassStatistics, ...]
    facts: tuple[Fact, ...]
    caption: str

    def as_json(self) -> dict[str, Any]:
        """What `compare --json` prints."""
        return {
            "out": str(self.folder),
            "run": self.run["id"],
            "verdict": self.verdict,
            "detector": self.run["detector"]["name"],
            "detector_reason": self.run["detector"]["why"],
            "threshold": self.run["threshold"],
            "findings": [asdict(finding) for finding in self.findings],
            "statistics": [asdict(row) for row in self.statistics],
            "caption": self.caption,
            "facts": [to_json(fact) for fact in self.facts],
        }


@dataclass(frozen=True)
class _Opened:
    """The inputs of a run after preflight let them pass."""

    request: CompareRequest
    preflight: Preflight
    site: Site
    inputs: tuple[Input, ...]
    choice: Recommendation

    @property
    def parameters(self) -> dict[str, Any]:
        """What, with the inputs, determines the result."""
        asked = {
            "detector": self.choice.name,
            "threshold": self.request.threshold,
            "min_area_m2": self.request.min_area_m2,
        }
        # Runs without examples keep the id they had before there were any.
        return asked | ({"like": list(map(list, self.request.like))} if self.request.like else {})


def compare(request: CompareRequest, *, out_dir: Path | None, watcher: Watcher) -> Outcome:
    """Compare two scenes and write the result folder.

    Nothing is left behind when the run fails or is cancelled.

    Raises:
        PairRefusedError: preflight refused the pair.
        GroundshiftError: any other problem with the inputs or the output.
    """
    started = time.perf_counter()
    require_free(out_dir)
    opened = _open(request, watcher.part(0.0, 0.15))
    created = provenance.now_utc()
    run_id = provenance.run_id(opened.inputs, opened.parameters)
    target = result_folder(out_dir, run_id, created)
    window = opened.site.window
    with workspace(target, pixels=int(window.width * window.height)) as workdir:
        limits = settings.load()
        options = Options(
            request.threshold,
            request.min_area_m2,
            limits.threads,
            torch_name(request.device),
            request.like,
        )
        found = detect(
            opened.site,
            opened.choice.name,
            options,
            workdir=workdir,
            watcher=watcher.part(0.15, 0.75),
        )
        result = _assemble(opened, found, run_id)
        run = run_record.complete(result, created, seconds=time.perf_counter() - started)
        result = replace(result, run=run)
        watcher.step(0.85, "Writing the files")
        result_folders.write_all(result, target, watcher=watcher.part(0.85, 1.0))
    log.info("compared in %.1f s", time.perf_counter() - started)
    return Outcome(
        target,
        opened.preflight.verdict,
        result.run,
        result.findings,
        result.statistics,
        result.facts,
        result.caption,
    )


def _open(request: CompareRequest, watcher: Watcher) -> _Opened:
    """Open, hash and check the inputs.

    Raises:
        PairRefusedError: preflight refused the pair.
    """
    watcher.step(0.0, "Opening the scenes")
    named = POINTED if request.like and request.detector == "auto" else request.detector
    if named != "auto":
        examples.require(registry.load(named), request.like)
    opened = open_pair(
        request.pre, request.post, request.aoi, known_sha256=request.known_sha256, watcher=watcher
    )
    if request.detector != "auto":
        choice = Recommendation(named, "chosen by the user")
    elif request.like:
        choice = Recommendation(named, "it looks for changes like those that were pointed at")
    else:
        choice = recommend(opened.site.pair)
    return _Opened(request, opened.preflight, opened.site, opened.inputs, choice)


FOREMOST = ("like_examples", "not_made_for")
"""What was not even looked for, and by what, comes first: a caption names a few cautions only."""


def _in_order(*findings: Finding) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: one.code not in FOREMOST))


def _assemble(opened: _Opened, found: Detection, run_id: str) -> ComparisonResult:
    """Objects, areas, facts, words and pictures of a finished detection; `run` is filled later."""
    mask = found.classified.mask
    legend = mask.legend
    areas = PixelAreas(mask.grid)
    regions = components.label(mask.codes, mask.scores, areas)
    tallied = tally.measure(mask, areas)
    agreed = agreement.measure(mask, regions)
    findings = _in_order(
        *opened.preflight.findings,
        *run_record.run_findings(found),
        *objects.findings(regions),
    )
    pair = opened.site.pair.crop(opened.site.window)
    origin = Origin(
        run_id,
        tuple(item.sha256 for item in opened.inputs),
        findings,
        pair.pre.acquired_on,
        pair.post.acquired_on,
        pair.shift,
        found.card.name,
        found.threshold.value,
        found.min_area_m2,
    )
    facts = derive(Evidence(mask.grid, legend, tallied, regions, agreed), origin)
    words = caption.write(facts, legend=legend)
    return ComparisonResult(
        run=run_record.describe(opened.inputs, opened.parameters, opened.choice, found)
        | {"id": run_id, "caption_citations": [list(item) for item in words.citations]},
        pair=pair,
        aoi=opened.site.aoi,
        mask=mask,
        objects=objects.trace(mask, regions, agreed),
        budget=budget_of(tallied),
        statistics=by_class(legend, regions, tallied),
        facts=facts,
        caption=words.text,
        findings=findings,
        quicklook=pictures.render(pair, mask),
    )
