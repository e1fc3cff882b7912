"""Which detectors there are and whether they can run here."""

from typing import Any

from inference import registry


def list_detectors() -> list[dict[str, Any]]:
    """One row per detector: name, bands, GSD range, availability and the words of its card."""
    rows = []
    for entry in registry.available():
        card = registry.card(entry.name)
        rows.append(
            {
                "name": card.name,
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
                "available": entry.is_available,
                "reason": entry.reason,
            }
        )
    return rows
