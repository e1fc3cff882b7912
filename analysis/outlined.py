"""What was outlined in one scene, as one record, and the facts that follow from it.

Knows nothing of models, files or sentences.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.facts import Fact, rounded, with_id
from analysis.things import Thing
from raster.area import PixelAreas
from raster.findings import Finding
from raster.grid import Grid
from raster.instances import Instance

CLASS = "thing"


@dataclass(frozen=True)
class Outlined:
    """Things of one scene.

    Attributes:
        scene: name of the scene; untrusted text, cleaned.
        grid: grid of the scene.
        instances: their pixels; where two overlap, the smaller one lies on top.
        things: their outlines and sizes, in the order of `instances`.
        segmenter: name of what outlined them.
        run: content of run.json.
        facts: numbers that may be cited.
        findings: what the user must know.
    """

    scene: str
    grid: Grid
    instances: tuple[Instance, ...]
    things: tuple[Thing, ...]
    segmenter: str
    run: Mapping[str, Any]
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def by_size(self) -> tuple[tuple[Thing, Instance], ...]:
        """Things with their pixels, the largest first."""
        pairs = zip(self.things, self.instances, strict=True)
        return tuple(sorted(pairs, key=lambda pair: -pair[1].pixels))


@dataclass(frozen=True)
class Place:
    """Where was looked, and by what.

    Attributes:
        area_m2: of the ground that was asked about; the things themselves for single prompts.
        cautions: codes of the findings that limit every number.
        inputs: sha256 of the input files.
        run: id of the run.
    """

    area_m2: float
    cautions: tuple[str, ...]
    inputs: tuple[str, ...]
    run: str


def derive(
    things: tuple[Thing, ...], instances: tuple[Instance, ...], grid: Grid, place: Place
) -> tuple[Fact, ...]:
    """Number, covered area, and smallest, mean and largest area of the things.

    Covered ground counts once where things overlap; the sizes of single things do not.
    """
    areas_m2 = np.array([thing.area_m2 for thing in things])
    facts = [
        _fact("thing_count", len(things), "1", "Outlined things were counted.", place),
        _fact("covered_area", covered_m2(instances, grid), "m2", _COVERED, place),
    ]
    if len(things):
        facts += [
            _fact("mean_thing_area", float(areas_m2.mean()), "m2", _MEAN, place),
            _fact("smallest_thing_area", float(areas_m2.min()), "m2", _ONE, place),
            _fact("largest_thing_area", float(areas_m2.max()), "m2", _ONE, place),
        ]
    return tuple(facts)


def covered_m2(instances: tuple[Instance, ...], grid: Grid) -> float:
    """Ground area under all instances together, on the ellipsoid."""
    pixels = [_flat(instance, grid.width) for instance in instances]
    if not pixels:
        return 0.0
    rows, cols = np.divmod(np.unique(np.concatenate(pixels)), grid.width)
    return float(PixelAreas(grid).at(rows, cols).sum())


def _flat(instance: Instance, width: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Places of an instance's pixels, counted along the rows of the grid."""
    rows, cols = np.nonzero(instance.mask)
    return (rows + instance.top) * width + cols + instance.left


_COVERED = "Pixels under the outlines were added up on the ellipsoid, each once."
_MEAN = "Areas of the single things on the ellipsoid were averaged."
_ONE = "Pixels of one thing were added up on the ellipsoid."


def _fact(name: str, value: float | int, unit: str, method: str, place: Place) -> Fact:
    return with_id(
        Fact(
            id="",
            name=name,
            value=rounded(value) if isinstance(value, float) else value,
            unit=unit,
            change_class=CLASS,
            state="any",
            region="aoi",
            method=method,
            aoi_area_m2=rounded(place.area_m2),
            valid_area_m2=rounded(place.area_m2),
            cautions=place.cautions,
            inputs=place.inputs,
            run=place.run,
        )
    )
