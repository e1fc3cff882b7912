"""Names of files from outside, made fit for our disk without losing the date they may hold.

Pure text; knows nothing of files.
"""

import re
from collections.abc import Sequence

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")
MAX_STEM = 80


def safe_names(names: Sequence[str]) -> tuple[str, ...]:
    """One name per name: letters, digits, dots and dashes; never hidden, empty or used twice.

    A number is added only to a name that another file already has on a file system that does not
    tell capital letters apart, so that a raw file and its header keep their common name.
    """
    taken: set[str] = set()
    found = []
    for name in names:
        stem, suffix = _parts(name)
        number = 1
        safe = f"{stem}{suffix}"
        while safe.lower() in taken:
            number += 1
            safe = f"{stem}_{number}{suffix}"
        taken.add(safe.lower())
        found.append(safe)
    return tuple(found)


def folder_name(title: str) -> str:
    """A name for the folder of several files."""
    return UNSAFE.sub("_", title).strip("._")[:MAX_STEM] or "scene"


def _parts(name: str) -> tuple[str, str]:
    """Stem and suffix of the last part of a name or path."""
    last = UNSAFE.sub("_", re.split(r"[/\\]", name)[-1])
    found = SUFFIX.search(last)
    suffix = found.group() if found else ""
    stem = last.removesuffix(suffix).strip(".")[:MAX_STEM] or "scene"
    return stem, suffix.lower()
