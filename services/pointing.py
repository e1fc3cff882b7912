"""Whether changes like one that is pointed at can be looked for here, and by which detector.

Knows availability only; what an example means is known by the detector.
"""

from inference import registry

POINTED = "zero_shot_sam"


def is_offered(sensor: str) -> bool:
    """Whether the detector that takes examples can run here and suits scenes of this kind."""
    rows = (entry for entry in registry.available() if entry.name == POINTED)
    entry = next((row for row in rows if row.is_available), None)
    return entry is not None and entry.card is not None and sensor in entry.card.sensors
