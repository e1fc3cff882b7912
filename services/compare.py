"""The main job: two scenes and an area in, a folder of results out."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.facts import Evidence, Fact, derive, to_json
from analysis.objects import trace
from analysis.result import ClassStatistics, ComparisonResult
from analysis.statistics import budget, by_class
from errors import PairRefusedError
from exports import folder as result_folders
from inference.classify import Classified
from inference.recommend import Recommendation, recommend
from inference.run import Detection, Options, Site, detect
from progress import Watcher
from raster import aoi as aois
from raster import components, scene
from raster.aoi import Aoi
from raster.area import PixelAreas
from raster.findings import Finding, Verdict
from raster.preflight import Preflight, inspect
from raster.scene import Scene
from services import provenance, quicklook
from services.provenance import Input
from services.workspace import result_folder, workspace
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
    """

    pre: Path
    post: Path
    aoi: Path | None = None
    detector: str = "auto"
    threshold: float | None = None
    min_area_m2: float | None = None


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
    """The inputs of a run after preflight."""

    request: CompareRequest
    aoi: Aoi
    preflight: Preflight
    inputs: tuple[Input, ...]
    choice: Recommendation


def compare(request: CompareRequest, *, out_dir: Path | None, watcher: Watcher) -> Outcome:
    """Compare two scenes and write the result folder.

    Nothing is left behind when the run fails or is cancelled.

    Raises:
        PairRefusedError: preflight refused the pair.
        GroundshiftError: any other problem with the inputs or the output.
    """
    started = time.perf_counter()
    watcher.step(0.0, "Opening the scenes")
    opened = _open(request, watcher.part(0.0, 0.15))
    parameters = _parameters(opened)
    created = provenance.now_utc()
    run_id = provenance.run_id(opened.inputs, parameters)
    target = result_folder(out_dir, run_id, created)
    site = _site(opened)
    with workspace(target, pixels=int(site.window.width * site.window.height)) as workdir:
        options = Options(request.threshold, request.min_area_m2)
        found = detect(
            site, opened.choice.name, options, workdir=workdir, watcher=watcher.part(0.15, 0.75)
        )
        run = {
            "id": run_id,
            "created_utc": created.isoformat(),
            "groundshift_version": provenance.VERSION,
            "inputs": [item.as_json() for item in opened.inputs],
            "parameters": parameters,
        }
        result = _assemble(opened, found, run)
        run["timings_s"] |= {"total": round(time.perf_counter() - started, 3)}
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
