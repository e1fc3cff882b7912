"""One map tile from outside, decoded without trust.

Knows nothing of where it came from or where it goes.
"""

import io
import warnings

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from errors import OutboundError

SIZES_PX = (256, 512)
MAX_BYTES = 2_000_000
"""A 512 x 512 picture with alpha has 1 MB before it is compressed."""
FORMATS = ("PNG", "JPEG", "WEBP")
OPAQUE = 128
"""Alpha from which a pixel counts as seen."""

Pixels = NDArray[np.uint8]
"""Red, green, blue and alpha (4, row, col)."""


def decoded(body: bytes) -> Pixels:
    """Red, green, blue and alpha of a tile, as (4, row, col), 256 or 512 pixels square.

    Raises:
        OutboundError: it is not a PNG, JPEG or WebP picture, is damaged, or has another size.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # A huge declared size only warns up to a point.
            picture = Image.open(io.BytesIO(body), formats=FORMATS)
            _require_size(picture.size)
            rgba = np.asarray(picture.convert("RGBA"))
    except (
        UnidentifiedImageError, Image.DecompressionBombError, Warning, OSError, SyntaxError,
        ValueError, EOFError, MemoryError,
    ) as error:  # fmt: skip
        msg = "A picture from the map's server is damaged or of an unknown kind."
        raise OutboundError(
            msg, hint="Try again later, or choose another background map."
        ) from error
    return np.ascontiguousarray(np.moveaxis(rgba, 2, 0))


def encoded(pixels: Pixels) -> bytes:
    """A PNG of `decoded` pixels."""
    out = io.BytesIO()
    picture = Image.fromarray(np.ascontiguousarray(np.moveaxis(pixels, 0, 2)))
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


def is_seen(pixels: Pixels) -> NDArray[np.bool_]:
    """Pixels (row, col) that show something."""
    seen: NDArray[np.bool_] = pixels[3] >= OPAQUE
    return seen


def _require_size(size: tuple[int, int]) -> None:
    width, height = size
    if width != height or width not in SIZES_PX:
        msg = f"A picture from the map's server has {width} x {height} pixels."
        hint = "Only tiles of 256 x 256 or 512 x 512 pixels can be used."
        raise OutboundError(msg, hint=hint)
