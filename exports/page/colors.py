"""Colours of a legend, checked before they reach a style sheet or a picture.

Knows nothing of classes.
"""

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
FALLBACK = "#7a828a"

Rgb = tuple[int, int, int]


def safe(text: str) -> str:
    """The colour if it is `#rrggbb`, else grey."""
    return text if HEX.fullmatch(text) else FALLBACK


def rgb(text: str) -> Rgb:
    """Red, green and blue (0..255) of `safe(text)`."""
    red, green, blue = bytes.fromhex(safe(text).removeprefix("#"))
    return red, green, blue
