"""Names and tags from files, made safe to show.

Knows nothing of rasters or pages.
"""

import unicodedata

MAX_CHARS = 120


def clean(text: str, *, limit: int = MAX_CHARS) -> str:
    """`text` on one line without control, format or surrogate characters, at most `limit` long.

    Unicode categories C* go (they hide, reorder or break text); runs of white space become one
    blank.
    """
    spaced = " ".join(text.split())
    visible = "".join(char for char in spaced if unicodedata.category(char)[0] != "C")
    return visible if len(visible) <= limit else visible[: limit - 1] + "…"
