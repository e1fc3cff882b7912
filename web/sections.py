"""Which part of the app an address belongs to, without anything that names a user's thing.

Logs, counts and limits use these words only, so no token and no id gets into them.
"""

from collections.abc import Mapping
from typing import Any, Literal

import settings

Section = Literal["tiles", "uploads", "downloads", "progress", "healthz", "metrics", "pages"]

OURS: Mapping[str, Section] = {
    name: name for name in ("tiles", "uploads", "downloads", "progress", "healthz", "metrics")
}


def base_path() -> str:
    """What stands before every address: empty, or a slash and the folder the app is served in."""
    base = settings.load().base_path.strip("/")
    return f"/{base}" if base else ""


def section_of(scope: Mapping[str, Any]) -> Section:
    """The part of the app that a request is for; everything that is not ours is a page's."""
    path = str(scope.get("path", "")).removeprefix(base_path()).strip("/")
    return OURS.get(path.partition("/")[0], "pages")
