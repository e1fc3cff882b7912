"""Pictures of a result as data URIs small enough to travel inside one page.

Knows nothing of pages or of the ground.
"""

import base64
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from exports.page import colors
from raster.mask import NOT_OBSERVED, ChangeClass

MAX_PHOTO_BYTES = 1_000_000
"""Two photographs and a mask stay below 3 MB after base64, which adds a third."""
QUALITIES = (86, 75, 60, 45, 30)
NOT_OBSERVED_RGBA = (122, 130, 138, 255)


def photo_uri(pixels: NDArray[np.uint8]) -> str:
    """Data URI of RGB as JPEG, or RGBA as WebP (row, col, 3 or 4), of at most `MAX_PHOTO_BYTES`.

    JPEG takes a thirtieth of the time for an eighth more bytes, but has no clear pixels.

    The best quality that fits is taken; a picture that fits at none is halved until it does.
    """
    for quality in QUALITIES:
        media_type, data = _photo(pixels, quality)
        if len(data) <= MAX_PHOTO_BYTES:
            return _uri(media_type, data)
    return photo_uri(pixels[::2, ::2])


def mask_uri(codes: NDArray[np.uint8], legend: Sequence[ChangeClass]) -> str:
    """Lossless PNG data URI of class codes (row, col): see `paint`."""
    return png_uri(paint(codes, legend))


def png_uri(rgba: NDArray[np.uint8]) -> str:
    """PNG data URI of (row, col, 4) RGBA."""
    import cv2

    _is_done, data = cv2.imencode(".png", cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA))
    return _uri("image/png", data.tobytes())


def paint(codes: NDArray[np.uint8], legend: Sequence[ChangeClass]) -> NDArray[np.uint8]:
    """RGBA (row, col, 4) of class codes: unchanged is clear, not observed is grey."""
    table = np.zeros((256, 4), np.uint8)
    table[NOT_OBSERVED] = NOT_OBSERVED_RGBA
    for entry in legend:
        table[entry.code] = (*colors.rgb(entry.color), 255)
    return table[codes]


def _photo(pixels: NDArray[np.uint8], quality: int) -> tuple[str, bytes]:
    """Media type and bytes of a photograph."""
    import cv2

    whole = np.ascontiguousarray(pixels)
    if pixels.shape[2] == 3:
        swapped, options = cv2.cvtColor(whole, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY]
        _is_done, data = cv2.imencode(".jpg", swapped, [*options, quality])
        return "image/jpeg", data.tobytes()
    swapped, options = cv2.cvtColor(whole, cv2.COLOR_RGBA2BGRA), [cv2.IMWRITE_WEBP_QUALITY]
    _is_done, data = cv2.imencode(".webp", swapped, [*options, quality])
    return "image/webp", data.tobytes()


def _uri(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"
