"""What Segment Anything saw in squares of pictures, kept so that a second question need not look.

A cache by content: equal pictures have equal entries, whatever files they came from. Knows nothing
of dates or changes.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import settings
from inference.segmentation.embeddings import Embedded, Embeddings
from inference.segmenters.base import Embedding
from raster.instances import Instance

FORMAT = 1
"""Raised when what is made of a square changes, so that older entries are not found."""


@dataclass(frozen=True)
class Look:
    """What was seen in one square.

    Attributes:
        features: (channel, row, col) of the encoder, coarser than the square.
        things: outlined in it, in its pixels.
    """

    features: NDArray[Any]
    things: tuple[Instance, ...]


@dataclass(frozen=True)
class Square:
    """A square and who looks at it: all that an entry depends on.

    Attributes:
        picture: (3, row, col) uint8.
        valid: (row, col) where it was observed.
        segmenter: name.
        weights_sha256: of its weights.
        device: where it computes; graphics cards round otherwise.
    """

    picture: NDArray[np.uint8]
    valid: NDArray[np.bool_]
    segmenter: str
    weights_sha256: str
    device: str

    @property
    def digest(self) -> str:
        """64 hexadecimal digits; equal squares have equal ones, in every process."""
        about = (FORMAT, self.picture.shape, self.segmenter, self.weights_sha256, self.device)
        content = hashlib.sha256(f"square {about!r}".encode())
        content.update(np.ascontiguousarray(self.picture).tobytes())
        content.update(np.packbits(self.valid).tobytes())
        return content.hexdigest()


def take(square: Square, look: Callable[[], Look]) -> Look:
    """What was seen in a square; looked at, and kept as far as there is room, the first time."""
    limits = settings.load()
    kept = _kept(limits.data_dir.absolute() / "embeddings", limits.embeddings_bytes)
    found = kept.take(square, lambda: Embedded(_arrays(look()), square.valid))
    return _look(found.values)


@lru_cache(maxsize=1)
def _kept(folder: Path, limit_bytes: int) -> Embeddings:
    return Embeddings(folder, limit_bytes=limit_bytes)


def _arrays(look: Look) -> dict[str, NDArray[Any]]:
    """A look as plain arrays: boxes (thing, 4), scores (thing,), all masks as one run of bits."""
    things = look.things
    boxes = [(one.top, one.left, *one.mask.shape) for one in things]
    bits = [np.zeros(0, np.bool_), *(one.mask.ravel() for one in things)]
    return {
        "features": look.features,
        "boxes": np.array(boxes, np.int32).reshape(-1, 4),
        "scores": np.array([one.score for one in things], np.float64),
        "bits": np.packbits(np.concatenate(bits)),
    }


def _look(values: Embedding) -> Look:
    boxes = values["boxes"].astype(np.int64)
    ends = np.cumsum(boxes[:, 2] * boxes[:, 3])
    bits = np.unpackbits(values["bits"], count=int(ends[-1]) if len(ends) else 0).astype(np.bool_)
    masks = np.split(bits, ends[:-1]) if len(ends) else []
    things = (
        Instance(int(top), int(left), mask.reshape(int(rows), int(cols)), float(score))
        for (top, left, rows, cols), mask, score in zip(boxes, masks, values["scores"], strict=True)
    )
    return Look(values["features"], tuple(things))
