"""Outlined things as labels in COCO's form, in pixels of the image they were outlined on.

For training and comparing models elsewhere (Lin et al. 2014, Microsoft COCO). Knows nothing of
where the outlines come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from exports import jsontext

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from raster.grid import Grid

DECIMALS = 2
"""Hundredths of a pixel."""


@dataclass(frozen=True)
class Label:
    """One thing.

    Attributes:
        polygon: its outline in the CRS of the image's grid.
        score: 0..1.
        about: further plain values, e.g. `id`, `area_m2`, `source`, `decision`.
    """

    polygon: BaseGeometry
    score: float
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LabelledImage:
    """One image with its things.

    Attributes:
        name: of the file it was read from; cleaned.
        grid: the pixels the outlines are told in, and where they lie.
        about: further plain values, e.g. `date`.
        labels: the things.
    """

    name: str
    grid: Grid
    labels: tuple[Label, ...]
    about: Mapping[str, Any] = field(default_factory=dict)


def write(
    images: Sequence[LabelledImage], path: Path, *, category: str, info: Mapping[str, Any]
) -> None:
    """Write the images and their things, all of one category, as one JSON object."""
    path.write_text(jsontext.dumps(document(images, category=category, info=info)), "utf-8")


def document(
    images: Sequence[LabelledImage], *, category: str, info: Mapping[str, Any]
) -> dict[str, Any]:
    """The object that `write` writes.

    Pixels are those of each image's `grid`, whose CRS and transform stand beside it. A thing of
    one part without holes is a polygon, any other a run-length mask.
    """
    annotations = [
        annotation
        for number, image in enumerate(images, start=1)
        for annotation in _annotations(image, number)
    ]
    return {
        "info": dict(info),
        "images": [_image(image, number) for number, image in enumerate(images, start=1)],
        "categories": [{"id": 1, "name": category, "supercategory": ""}],
        "annotations": [
            {"id": number, **annotation} for number, annotation in enumerate(annotations, start=1)
        ],
    }


def _image(image: LabelledImage, number: int) -> dict[str, Any]:
    grid = image.grid
    return {
        "id": number,
        "file_name": image.name,
        "width": grid.width,
        "height": grid.height,
        "crs": grid.crs.to_string(),
        "transform": list(grid.transform)[:6],
        **image.about,
    }


def _annotations(image: LabelledImage, number: int) -> Iterator[dict[str, Any]]:
    for label in image.labels:
        outline = _in_pixels(label.polygon, image.grid)
        left, top, right, bottom = (round(float(side), DECIMALS) for side in outline.bounds)
        yield {
            "image_id": number,
            "category_id": 1,
            "bbox": [left, top, round(right - left, DECIMALS), round(bottom - top, DECIMALS)],
            "area": round(float(outline.area), DECIMALS),
            "iscrowd": 0,
            "segmentation": _segmentation(outline, image.grid.shape),
            "score": label.score,
            **{key: value for key, value in label.about.items() if key != "id"},
            "thing": label.about.get("id"),
        }


def _in_pixels(polygon: BaseGeometry, grid: Grid) -> BaseGeometry:
    """A shape in columns and rows; (0, 0) is the outer corner of the first pixel."""
    back = ~grid.transform
    turn = np.array([[back.a, back.d], [back.b, back.e]])
    # Distances from the grid's own corner keep the digits that large coordinates would cost.
    corner = np.array([grid.transform.c, grid.transform.f])
    return shapely.transform(polygon, lambda xy: (xy - corner) @ turn)


def _segmentation(outline: BaseGeometry, shape: tuple[int, int]) -> Any:
    parts = shapely.get_parts(outline)
    if len(parts) == 1 and not len(parts[0].interiors):
        ring = shapely.get_coordinates(parts[0].exterior)[:-1]
        return [np.round(ring, DECIMALS).ravel().tolist()]
    return {"size": list(shape), "counts": _run_lengths(outline, shape)}


def _run_lengths(outline: BaseGeometry, shape: tuple[int, int]) -> list[int]:
    """Lengths of the runs of pixels outside and inside in turn, down the columns, outside first."""
    from affine import Affine
    from rasterio.features import rasterize

    height, width = shape
    left, top = (max(int(np.floor(at)), 0) for at in outline.bounds[:2])
    right, bottom = (int(np.ceil(at)) for at in outline.bounds[2:])
    rows, cols = min(bottom, height) - top, min(right, width) - left
    if rows <= 0 or cols <= 0:
        return [height * width]
    inside = rasterize(
        [outline], out_shape=(rows, cols), transform=Affine.translation(left, top), dtype="uint8"
    )
    padded = np.pad(inside, ((1, 1), (0, 0))).astype(np.int8)
    col, row = np.nonzero(np.diff(padded, axis=0).T)
    # A run that ends at the foot of a column goes on at the head of the next.
    edges, times = np.unique((left + col) * height + top + row, return_counts=True)
    runs: list[int] = np.diff(edges[times == 1], prepend=0, append=height * width).tolist()
    return runs
