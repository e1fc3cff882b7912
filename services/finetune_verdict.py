"""Whether a training helped, and what its user must know: reasons, sentences, findings.

Knows figures; knows nothing of how they were reached.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from inference.training.tuning import offset
from inference.training.tuning.judge import Figures
from raster.findings import Finding
from services.finetune_ground import Laid
from services.finetune_record import FigureRow, Parted

LEAST_GAIN = 0.005
MOST_FLAGGED = 0.002
"""Share of a control that may be flagged where the parent flagged less."""
FORGOTTEN = 0.05
CONTROLS = {
    "identical_share": "two identical pictures",
    "brighter_share": "pictures that differ in brightness alone",
}


def against(before: Figures, after: Figures) -> tuple[str, ...]:
    """Why the new weights are not kept; empty where they are."""
    reasons = []
    where = "on the ground kept for validation"
    if after.f1 <= before.f1:
        reasons.append(f"it did not become better {where}")
    elif after.f1 < before.f1 + LEAST_GAIN:
        reasons.append(f"it became better by less than {LEAST_GAIN:g} {where}")
    for name, words in CONTROLS.items():
        one, other = getattr(before, name), getattr(after, name)
        if other > max(one, MOST_FLAGGED):
            reasons.append(f"it began to see change in {words}")
    return tuple(reasons)


def verdict(name: str, f1: FigureRow, reasons: Sequence[str]) -> str:
    """What came out, in two sentences."""
    said = f"F1 on ground kept for validation went from {f1.before:.3f} to {f1.after:.3f}."
    if reasons:
        return f"The new weights were not kept: {' and '.join(reasons)}. {said}"
    return f"The new detector {name!r} can be used now. {said}"


def forgotten(before: Figures, after: Figures) -> Iterator[Finding]:
    """A caution where the network does worse than before on other places."""
    one, other = before.generic_f1, after.generic_f1
    if one is not None and other is not None and other < one - FORGOTTEN:
        message = f"On other, rendered places F1 fell from {one:.2f} to {other:.2f}."
        remedy = "Use the new detector for places like those you labelled only."
        yield Finding("forgotten", "caution", message, remedy, round(one - other, 3), "1")


def told(laid: Sequence[Laid]) -> Iterator[Finding]:
    """What was left out of the labels, and whether they lie where the pictures changed."""
    for one in laid:
        yield from one.findings
        moved = offset.find(one.ground)
        if moved.is_clear:
            yield _shifted(one.ground.name, moved)


def _shifted(name: str, moved: offset.Offset) -> Finding:
    far_m = math.hypot(moved.right_m, moved.down_m)
    across = f"{abs(moved.right_m):.1f} m to the {'right' if moved.right_m > 0 else 'left'}"
    along = f"{abs(moved.down_m):.1f} m {'down' if moved.down_m > 0 else 'up'}"
    message = (
        f"The labels of {name} match what changed in the pictures better when moved {across} and"
        f" {along}."
    )
    remedy = "Move them by that, or draw them again on these scenes; as they are, they teach badly."
    return Finding("labels_shifted", "caution", message, remedy, round(far_m, 1), "m")


def label_counts(parted: Parted) -> list[dict[str, Any]]:
    """How much was labelled, kept for validation and trained on, by pair."""
    return [
        {
            "pair": one.ground.name,
            "gsd_m": round(one.ground.gsd_m, 4),
            "changed_places": one.ground.objects,
            "labelled_px": int(one.ground.known.sum()),
            "changed_px": int(one.ground.changed.sum()),
            "validation": [asdict(block) for block in parted.blocks if block.ground == index],
            "training_windows": sum(place.ground == index for place in parted.places),
        }
        for index, one in enumerate(parted.laid)
    ]
