"""Which detectors there are and whether they can run here."""

from typing import Any

from inference import registry
from inference.detectors.base import Card
from inference.registry import Availability


def list_detectors() -> list[dict[str, Any]]:
    """One row per detector: name, bands, GSD range, availability and the words of its card.

    A detector whose package is missing has no card to read: its row says so and is empty else.
    """
    return [_row(entry) for entry in registry.available()]


def _row(entry: Availability) -> dict[str, Any]:
    words = _unread(entry.name) if entry.card is None else _read(entry.card)
    return {"name": entry.name, **words, "available": entry.is_available, "reason": entry.reason}


def _read(card: Card) -> dict[str, Any]:
    return {
        "title": card.title,
        "summary": card.summary,
        "bands": card.min_bands,
        "sensors": list(card.sensors),
        "gsd_m": list(card.gsd_range_m),
        "classes": [item.name for item in card.classes],
        "threshold": card.threshold,
        "threshold_reason": card.threshold_reason,
        "limits": list(card.limits),
        "source": card.source,
        "weights": card.weights,
        "licence": card.licence,
    }


def _unread(name: str) -> dict[str, Any]:
    return {
        "title": name.replace("_", " "),
        "summary": "",
        "bands": None,
        "sensors": [],
        "gsd_m": None,
        "classes": [],
        "threshold": None,
        "threshold_reason": "",
        "limits": [],
        "source": "",
        "weights": None,
        "licence": "",
    }
