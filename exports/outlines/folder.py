"""The folder of a segmentation: every file, or none.

Knows which files there are; what is in them is known by those who write them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from exports import facts, run
from exports.folder import write_files
from exports.outlines import geojson, geopackage, labels, mask, statistics

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.outlined import Outlined
    from progress import Watcher


class _Format(Protocol):
    """A module that writes one file of a segmentation."""

    FILE_NAME: str
    MEDIA_TYPE: str

    def write(self, outlined: Outlined, path: Path) -> None:
        """Write the file."""


_FORMATS: tuple[_Format, ...] = (mask, geopackage, geojson, labels, statistics)
_SHARED = (facts, run)
MEDIA_TYPES = {one.FILE_NAME: one.MEDIA_TYPE for one in (*_FORMATS, *_SHARED)}
"""Every file of the folder; what a download may ask for."""


def write_all(outlined: Outlined, out_dir: Path, *, watcher: Watcher) -> tuple[Path, ...]:
    """Write every file into `out_dir`, all or nothing; the paths of the files.

    Raises:
        ExportError: the folder holds something, cannot be written, or the disk is full.
        CancelledError: the user cancelled; nothing is left.
    """
    writers = {one.FILE_NAME: partial(one.write, outlined) for one in _FORMATS}
    writers |= {one.FILE_NAME: partial(one.write, outlined) for one in _SHARED}
    return write_files(writers, out_dir, watcher=watcher)
