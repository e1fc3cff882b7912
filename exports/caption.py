"""`caption.txt`: the caption as plain text.

Knows nothing of how it was worded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.result import ComparisonResult

NAME = "caption"
FILE_NAME = "caption.txt"
SUFFIX = ".txt"
MEDIA_TYPE = "text/plain"


def write(result: ComparisonResult, path: Path) -> None:
    """Write the caption, ended by one line break."""
    path.write_text(result.caption.rstrip() + "\n", encoding="utf-8")
