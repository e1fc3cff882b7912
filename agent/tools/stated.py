"""Facts that repeat what the record of a result says: its name, day, classes and pixel size.

Measures nothing.
"""

from collections.abc import Mapping
from typing import Any

from agent.tools.choosing import place_key
from analysis.fact_maker import Subject
from analysis.inquiry.case import ANY, Case, Layer, Measured, Place
from raster.text import clean

MOST_LIMITS = 6
SENTENCE_CHARS = 300
RECORD = "From the record of the run {id}."
ORIGINS = {
    "aoi": "The area of interest.",
    "part": "A third of the longitudes by a third of the latitudes of the area's window.",
    "half": "One side of the middle of the area's window.",
    "area": "Name of an area that was drawn or uploaded.",
    "feature": "Name from an attribute of the layer.",
}


def result_name(case: Case) -> Measured:
    """What made a result, and of which scenes; untrusted text."""
    named = f"{_title(case)}: {case.title}"
    return _stated(case, "result", named, "", RECORD.format(id=case.id))


def made_on(case: Case) -> Measured:
    """The day a result was made, in UTC."""
    day = str(case.run.get("created_utc", ""))[:10] or "not known"
    return _stated(case, "result_made_on", day, "", RECORD.format(id=case.id))


def method_title(case: Case) -> Measured:
    """What the detector or the counter is called."""
    return _stated(case, "method_title", _title(case), "", RECORD.format(id=case.id))


def limits(case: Case) -> tuple[str, ...]:
    """Where the detector or the counter is known to fail, a sentence each."""
    told = _maker(case).get("limits")
    listed = told if isinstance(told, list) else []
    return tuple(clean(str(one), limit=SENTENCE_CHARS) for one in listed[:MOST_LIMITS])


def pixel_size(case: Case) -> Measured:
    """Ground size of a pixel."""
    method = "Root of the area on the ellipsoid of the pixel in the middle."
    return _stated(case, "pixel_size", case.grid.gsd_m, "m", method)


def place_name(case: Case, place: Place) -> Measured:
    """The name of a place; of areas and features untrusted text."""
    there = Subject(region=place_key(place))
    made = case.make(f"{place.origin}_name", (place.name, ""), there, ORIGINS[place.origin])
    return Measured(made, case=case.id)


def layer_name(case: Case, layer: Layer) -> Measured:
    """The name of a layer; untrusted text."""
    made = case.make("layer_name", (layer.name, ""), Subject(), "Name of the file or of its layer.")
    return Measured(made, case=case.id)


def _title(case: Case) -> str:
    maker = _maker(case)
    return clean(str(maker.get("title") or maker.get("name") or "not known"))


def _maker(case: Case) -> Mapping[str, Any]:
    maker = case.run.get("counter") or case.run.get("detector")
    return maker if isinstance(maker, Mapping) else {}


def _stated(case: Case, name: str, value: float | str, unit: str, method: str) -> Measured:
    thing = case.kinds[0].name if case.kind == "count" and case.kinds else ANY
    return Measured(case.make(name, (value, unit), Subject(thing), method), case=case.id)
