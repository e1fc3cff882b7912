"""The folder of a count: every file, or none.

Knows which files there are; what is in them is known by those who write them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from exports import caption, facts, run
from exports.count import area, geojson, geopackage, labels, report, statistics
from exports.folder import write_files

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.count_result import CountResult
    from progress import Watcher


class _Format(Protocol):
    """A module that writes one file of a count."""

    FILE_NAME: str
    MEDIA_TYPE: str

    def write(self, result: CountResult, path: Path) -> None:
        """Write the file."""


_FORMATS: tuple[_Format, ...] = (
    geopackage, geojson, statistics, labels, report, area, facts, caption, run,
)  # fmt: skip
MEDIA_TYPES = {one.FILE_NAME: one.MEDIA_TYPE for one in _FORMATS}
"""Every file of the folder; what a download may ask for."""


def write_all(result: CountResult, out_dir: Path, *, watcher: Watcher) -> tuple[Path, ...]:
    """Write every file into `out_dir`, all or nothing; the paths of the files.

    Raises:
        ExportError: the folder holds something, cannot be written, or the disk is full.
        CancelledError: the user cancelled; nothing is left.
    """
    writers = {one.FILE_NAME: partial(one.write, result) for one in _FORMATS}
    return write_files(writers, out_dir, watcher=watcher)
