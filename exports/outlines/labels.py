"""`labels.coco.json`: the outlines as labels, in pixels of the scene.

Knows nothing of how things are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import coco

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.outlined import Outlined

FILE_NAME = "labels.coco.json"
MEDIA_TYPE = "application/json"


def write(outlined: Outlined, path: Path) -> None:
    """Write the scene as one image, and the things in it."""
    labels = tuple(
        coco.Label(thing.polygon, thing.score, {"id": thing.id, "area_m2": thing.area_m2})
        for thing in outlined.things
    )
    image = coco.LabelledImage(outlined.scene, outlined.grid, labels)
    info = {
        "description": "outlines of a Groundshift segmentation",
        "run": outlined.run["id"],
        "date_created": outlined.run.get("created_utc", ""),
    }
    coco.write([image], path, category="thing", info=info)
