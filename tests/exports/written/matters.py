"""What small reports are about: a comparison and a count with known truth, and tiny pictures."""

from dataclasses import replace
from datetime import date

import cv2
import numpy as np

from analysis import tally
from analysis.evidence import Evidence, Origin, derive
from analysis.fact_maker import FactMaker, Subject
from raster import components
from raster.area import PixelAreas
from raster.findings import Finding, verdict
from tests.ledgers import PRESENT, assembled, found
from wording.document import Swatch
from wording.matter import Answer, Large, Matter, Method, Photo, Views

HOSTILE = '<script>alert(1)</script>\u202e\u0007{{7*7}} & "x".tif'
HUTS = found(
    [(10, 10), (60, 10), (200, 200)],
    [(10, 10), (60, 10, 16, 10), (300, 300), (340, 20)],
    looks={3: PRESENT},
)


def photo(red=200):
    pixels = np.full((30, 40, 3), (20, 40, red), np.uint8)
    _ok, data = cv2.imencode(".jpg", pixels)
    return Photo(data.tobytes(), "image/jpeg", 40, 30)


def method(**changes):
    return replace(Method("Bright things", "Finds what is bright.", "Tests", ("Snow.",)), **changes)


def measured(result):
    """Every fact of a comparison of `tests.exports.synthetic`, from its mask."""
    mask, areas = result.mask, PixelAreas(result.mask.grid)
    regions = components.label(mask.codes, mask.scores, areas)
    origin = Origin("r", ("a" * 64,), result.findings, date(2021, 6, 3), date(2024, 6, 21),
                    result.pair.shift, "bright", 0.5, 40.0)  # fmt: skip
    return derive(Evidence(mask.grid, mask.legend, tally.measure(mask, areas), regions), origin)


def of_comparison(result, **changes):
    """The matter of a comparison of `tests.exports.synthetic`."""
    facts = measured(result)
    make = FactMaker(facts[0])
    gsd = make("pixel_side", (2.0, "m"), Subject(), "Given.")
    size = make("largest_object_area", (123.0, "m2"), Subject("built_up_gain", "appeared",
                   "north"), "Sum of its pixels.")  # fmt: skip
    largest = Large(size, "built_up_gain", "appeared")
    plain = Matter(
        facts=facts, largest=(largest,), gsd=gsd, findings=result.findings,
        verdict=verdict(result.findings), method=method(), scenes=("a.tif", "b.tif"),
        area="field", legend=result.mask.legend,
        views=(Views((photo(), photo(), photo())), Views((photo(), photo(), photo()), largest)),
        swatches=tuple(Swatch(one.color, one.label) for one in result.mask.legend),
    )  # fmt: skip
    return replace(plain, **changes)


def of_count(scene=HUTS, *, findings=(), **changes):
    """The matter of a count without a file or a model."""
    result = assembled(scene, findings=findings)
    make = FactMaker(result.facts[0])
    plain = Matter(
        facts=result.facts, largest=(), gsd=make("pixel_side", (0.5, "m"), Subject(), "Given."),
        findings=tuple(findings), verdict=verdict(tuple(findings)), method=method(),
        scenes=result.scenes, area="whole", counted="hut", thing=("hut", "huts"),
    )  # fmt: skip
    return replace(plain, **changes)


def hostile(matter):
    """The same with strangers' text wherever it may stand."""
    caution = Finding("odd", "caution", HOSTILE, HOSTILE)
    return replace(
        matter, scenes=(HOSTILE, HOSTILE), area=HOSTILE, question=HOSTILE, findings=(caution,),
        answer=Answer(HOSTILE, ((0, 8, "0" * 16),)),
    )  # fmt: skip
