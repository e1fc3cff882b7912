"""`caption.txt`: the caption as plain text.

Knows nothing of how it was worded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path


NAME = "caption"
FILE_NAME = "caption.txt"
SUFFIX = ".txt"
MEDIA_TYPE = "text/plain"


class WithCaption(Protocol):
    """What has a caption: a comparison or a count."""

    @property
    def caption(self) -> str:
        """The caption."""


def write(result: WithCaption, path: Path) -> None:
    """Write the caption, ended by one line break."""
    path.write_text(result.caption.rstrip() + "\n", encoding="utf-8")
