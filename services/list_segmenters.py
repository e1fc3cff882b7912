"""Which segmenters there are, whether each can run here, and which one suits a scene."""

from dataclasses import dataclass
from typing import get_args

from inference import segmenter_registry
from inference.segmenter_registry import Availability
from inference.segmenters.base import PromptKind
from raster.bands import Band, BandRole, Sensor
from services.scene_facts import SceneFacts

ROLES: frozenset[str] = frozenset(get_args(BandRole))


@dataclass(frozen=True)
class SegmenterRow:
    """What people may know of one segmenter.

    Attributes:
        name: by which users ask for it.
        title: name for people.
        summary: what it does; empty where a missing package keeps its card from being read, as
            everything below.
        source: paper or project.
        licence: of its weights; empty when it has none.
        prompts: kinds of prompt it takes.
        gsd_range_m: ground sizes of a pixel it works at; None where not known.
        limits: where it fails, a sentence each.
        weights: name of its weights, or None.
        is_available: whether it can run here.
        reason: why not; empty when it can.
    """

    name: str
    title: str
    is_available: bool
    reason: str = ""
    summary: str = ""
    source: str = ""
    licence: str = ""
    prompts: frozenset[PromptKind] = frozenset()
    gsd_range_m: tuple[float, float] | None = None
    limits: tuple[str, ...] = ()
    weights: str | None = None


@dataclass(frozen=True)
class Advice:
    """The segmenter that `auto` stands for, and the reason in words that go on after a colon."""

    name: str
    why: str


def list_segmenters() -> tuple[SegmenterRow, ...]:
    """One row per segmenter, those that can run here first."""
    rows = (_row(entry) for entry in segmenter_registry.available())
    return tuple(sorted(rows, key=lambda row: (not row.is_available, row.title)))


def recommended(facts: SceneFacts) -> Advice:
    """The segmenter that suits a prepared scene."""
    bands = [
        Band(number, name, role=name if name in ROLES else None)  # type: ignore[arg-type]  # checked
        for number, name in zip(facts.band_indexes, facts.bands, strict=True)
    ]
    sensor: Sensor = "sar" if facts.sensor == "sar" else "optical"
    found = segmenter_registry.recommend(facts.gsd_m, bands, sensor=sensor)
    return Advice(found.name, found.reason)


def _row(entry: Availability) -> SegmenterRow:
    card = entry.card
    if card is None:
        title = entry.name.replace("_", " ")
        return SegmenterRow(entry.name, title, entry.is_available, entry.reason)
    return SegmenterRow(
        entry.name,
        card.title,
        entry.is_available,
        entry.reason,
        card.summary,
        card.source,
        card.licence,
        card.prompts,
        card.gsd_range_m,
        card.limits,
        card.weights,
    )
