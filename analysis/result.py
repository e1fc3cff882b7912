"""Everything one comparison found, with its provenance: what exports write and words cite.

A record only; nothing is computed here.
"""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from analysis.facts import Exclusion, Fact
from raster.align import AlignedPair
from raster.aoi import Aoi
from raster.findings import Finding
from raster.mask import ChangeMask


@dataclass(frozen=True)
class ClassStatistics:
    """One row of `statistics.csv`.

    Attributes:
        name: class name of the legend; `any` sums all classes.
        label: words for people.
        objects: number of 8-connected objects.
        area_m2: sum of the ellipsoidal areas of its pixels.
        area_share_pct: share of the valid AOI area.
        valid_area_m2: valid AOI area.
    """

    name: str
    label: str
    objects: int
    area_m2: float
    area_share_pct: float
    valid_area_m2: float


@dataclass(frozen=True)
class AreaBudget:
    """Where the ground of the AOI went: AOI = valid + sum of the excluded parts."""

    aoi_m2: float
    valid_m2: float
    excluded: tuple[Exclusion, ...]


@dataclass(frozen=True)
class Quicklook:
    """Small pictures of the result for reports and pages, all of one shape and place.

    Attributes:
        pre_rgb: (row, col, 3) uint8, joint stretch of both dates; not observed is neutral grey.
        post_rgb: likewise.
        codes: (row, col) uint8 class codes; a picture pixel shows a change if any pixel under it
            changed; 255 not observed.
        scores: (row, col) float32, NaN where not observed.
        pixels_per_pixel: how many grid pixels one picture pixel stands for, along an axis.
    """

    pre_rgb: NDArray[np.uint8]
    post_rgb: NDArray[np.uint8]
    codes: NDArray[np.uint8]
    scores: NDArray[np.float32]
    pixels_per_pixel: float


@dataclass(frozen=True)
class ComparisonResult:
    """One finished comparison.

    Attributes:
        run: the content of `run.json` (see docs/run-json.md): id, created_utc, inputs with
            sha256, parameters, detector, threshold, weights, versions, findings, timings.
        pair: what was compared, cropped to the AOI's window.
        aoi: where.
        mask: codes, scores and observation codes.
        objects: one row per object in the CRS of the grid, with the columns `id, class, state,
            area_m2, perimeter_m, score, votes, seen_by, lon, lat, geometry`, largest first.
        budget: AOI, valid and excluded area.
        statistics: one row per class of the legend plus `any`.
        facts: everything words may cite.
        caption: text whose every number is one of the facts.
        findings: preflight and run findings.
        quicklook: pictures.
    """

    run: dict[str, Any]
    pair: AlignedPair
    aoi: Aoi
    mask: ChangeMask
    objects: gpd.GeoDataFrame
    budget: AreaBudget
    statistics: tuple[ClassStatistics, ...]
    facts: tuple[Fact, ...]
    caption: str
    findings: tuple[Finding, ...]
    quicklook: Quicklook
