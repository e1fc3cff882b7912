"""`labels.coco.json`: the things of both dates as labels, with what people decided about them.

Outlines that were turned down are no labels; they are a layer of `ledger.gpkg`. Knows nothing of
how things are matched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import coco

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.count_result import CountResult
    from analysis.ledger import Date

FILE_NAME = "labels.coco.json"
MEDIA_TYPE = "application/json"


def write(result: CountResult, path: Path) -> None:
    """Write an image for each date, in pixels of the grid that was counted on, and its things."""
    dates: tuple[Date, Date] = ("pre", "post")
    images = [_image(result, date, name) for date, name in zip(dates, result.scenes, strict=True)]
    info = {
        "description": f"{result.counter.things} of a Groundshift count",
        "run": result.run["id"],
        "date_created": result.run.get("created_utc", ""),
    }
    coco.write(images, path, category=result.counter.thing, info=info)


def _image(result: CountResult, date: Date, name: str) -> coco.LabelledImage:
    from analysis import ledger_tables

    table = ledger_tables.things(result.ledger, result.edited, date, thing=result.counter.thing)
    kept = ("id", "area_m2", "state", "basis", "decision", "source")
    labels = tuple(
        coco.Label(row["geometry"], row["score"], {key: row[key] for key in kept})
        for row in table.to_dict("records")
        if row["basis"] != "replaced"
    )
    return coco.LabelledImage(name, result.ledger.grid, labels, {"date": date})
