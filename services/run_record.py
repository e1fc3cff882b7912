"""The content of run.json: everything needed to understand a result and to make it again.

Collects what others measured; measures nothing but memory.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from analysis.facts import Fact
from analysis.result import ComparisonResult
from inference.recommend import Recommendation
from inference.run import Detection
from raster.findings import Finding
from raster.mask import ChangeMask
from services import provenance, recorded_grid
from services.provenance import Input
from wording import quantities


def describe(
    inputs: Sequence[Input],
    parameters: Mapping[str, Any],
    choice: Recommendation,
    found: Detection,
) -> dict[str, Any]:
    """Inputs, parameters, detector, threshold and timings of a run."""
    card, threshold = found.card, found.threshold
    return {
        "groundshift_version": provenance.VERSION,
        "versions": provenance.versions(),
        "inputs": [item.as_json() for item in inputs],
        "parameters": dict(parameters),
        "detector": {
            "name": card.name,
            "title": card.title,
            "summary": card.summary,
            "source": card.source,
            "limits": list(card.limits),
            "classes": [entry.name for entry in found.classified.mask.legend],
            "why": choice.reason,
        },
        "threshold": {
            "value": threshold.value,
            "method": threshold.method,
            "is_guarded": threshold.is_guarded,
            "reason": threshold.reason,
        },
        "min_area_m2": found.min_area_m2,
        "dropped": {
            "objects": found.classified.dropped_objects,
            "area_m2": found.classified.dropped_area_m2,
        },
        "weights_sha256": None,
        **found.remarks.record,
        "timings_s": dict(found.timings_s),
    }


def complete(result: ComparisonResult, created: datetime, *, seconds: float) -> dict[str, Any]:
    """The run of a result with its time, grid, findings, hashes, timings and peak memory."""
    return {
        **result.run,
        "created_utc": created.isoformat(),
        "aoi": {"name": result.aoi.name, "is_whole_overlap": result.aoi.is_whole_overlap},
        "grid": recorded_grid.as_json(result.pair.grid),
        "bands": [band.name for band in result.pair.bands],
        "shift": asdict(result.pair.shift),
        "findings": [asdict(finding) for finding in result.findings],
        "mask_sha256": mask_sha256(result.mask),
        "facts_sha256": facts_sha256(result.facts),
        "timings_s": {**result.run["timings_s"], "until_export": round(seconds, 3)},
        "peak_memory_bytes": provenance.peak_memory_bytes(),
    }


def run_findings(found: Detection) -> tuple[Finding, ...]:
    """What the run itself has to tell: of its pixels and engine, its threshold, what is missing."""
    told = list(found.remarks.findings)
    if found.threshold.is_guarded:
        told.append(
            Finding(
                "no_change_signal",
                "info",
                "The scores show no change that stands out from the noise of this pair.",
                "Set a lower threshold only if you know that something changed.",
            )
        )
    dropped = found.classified
    if dropped.dropped_objects:
        told.append(
            Finding(
                "below_mapping_unit",
                "info",
                f"Objects smaller than {quantities.text(found.min_area_m2, 'm2')} were left out.",
                "Lower the minimum area to keep them.",
                round(dropped.dropped_area_m2, 1),
                "m2",
            )
        )
    return tuple(told)


def mask_sha256(mask: ChangeMask) -> str:
    """Hash of the class codes and the grid they lie on, whatever the compression."""
    digest = hashlib.sha256(repr((mask.grid.shape, tuple(mask.grid.transform)[:6])).encode())
    for strip in mask.strips():
        digest.update(mask.codes(strip).tobytes())
    return digest.hexdigest()


def facts_sha256(facts: Sequence[Fact]) -> str:
    """Hash of the ids of the facts, which are derived from their content."""
    return hashlib.sha256(json.dumps(sorted(fact.id for fact in facts)).encode()).hexdigest()
