"""A finished count with corrections by hand, written out as a result of its own."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.count_result import CountResult
from analysis.edits import Edit
from exports.count import folder as result_folders
from progress import Watcher
from services import provenance
from services.count_results import review


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
    result = replace(result, run=run)
    result_folders.write_all(result, out_dir, watcher=watcher.part(0.3, 1.0))
    return result
