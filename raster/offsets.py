"""Radiometric offsets that products declare in their own metadata.

Knows nothing of pixels, so it cannot tell whether somebody has already applied them.
"""

import re
from collections.abc import Mapping

# Since processing baseline 04.00 (25 January 2022) Sentinel-2 DN carry +1000: "BOA_ADD_OFFSET" of
# the Sentinel-2 Products Specification Document, issue 14.9.
SENTINEL2_OFFSET_DN = -1000.0
FIRST_BASELINE_WITH_OFFSET = 4.0

OFFSET_TAG = re.compile(r"(BOA|RADIO)_ADD_OFFSET", re.IGNORECASE)
BASELINE_IN_NAME = re.compile(r"S2[ABC]_MSIL[12][AC]_\d{8}T\d{6}_N(\d{2})(\d{2})_", re.IGNORECASE)
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


def declared_dn(tags: Mapping[str, str], name: str) -> float | None:
    """DN to add to the pixels, or None where the product says nothing.

    Offset tags are trusted first, then a processing baseline in a tag, then in a product name.
    """
    for key, value in tags.items():
        found = NUMBER.search(value)
        if OFFSET_TAG.search(key) and found:
            return float(found[0])
    baseline = _baseline(tags, name)
    if baseline is None:
        return None
    return SENTINEL2_OFFSET_DN if baseline >= FIRST_BASELINE_WITH_OFFSET else 0.0


def _baseline(tags: Mapping[str, str], name: str) -> float | None:
    for key, value in tags.items():
        if key.upper().endswith("PROCESSING_BASELINE"):
            found = NUMBER.search(value)
            return float(found[0]) if found else None
    in_name = BASELINE_IN_NAME.search(name)
    return float(f"{in_name[1]}.{in_name[2]}") if in_name else None
