"""A finished count with corrections by hand, written out as a result of its own."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.count_result import CountResult
from analysis.edits import Edit
from exports.count import folder as result_folders
from progress import Watcher
from services import count_pictures, provenance
from services.count_results import review
from services.results import AREA


def write_edited(
    folder: Path, corrections: Sequence[Edit], *, out_dir: Path, watcher: Watcher
) -> CountResult:
    """Write a count with its corrections as a new result folder; what was written.

    The count in `folder` stays as it is.

    Raises:
        InputError: the folder is not complete, or a correction cannot be applied.
        ExportError: the new folder cannot be written; nothing is left behind.
        CancelledError: the watcher asked to stop.
    """
    watcher.step(0.0, "Matching the dates")
    result = review(folder, tuple(corrections)).result
    run = {**result.run, "edited_utc": provenance.now_utc().isoformat()}
    result = count_pictures.reopened(replace(result, run=run), folder)
    result_folders.write_all(result, out_dir, watcher=watcher.part(0.3, 1.0))
    if (folder / AREA).is_file():
        # As it was given: only with this very file can the count be made again.
        shutil.copyfile(folder / AREA, out_dir / AREA)
    return result
