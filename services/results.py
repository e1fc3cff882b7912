"""Finished result folders, opened again for pages and other readers.

Reads what the exports wrote; computes nothing.
"""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import settings
from errors import InputError


@dataclass(frozen=True)
class SavedResult:
    """A result folder.

    Attributes:
        folder: where it is.
        run: content of run.json.
        facts: content of facts.json.
        statistics: rows of statistics.csv.
        caption: the caption.
    """

    folder: Path
    run: dict[str, Any]
    facts: tuple[dict[str, Any], ...]
    statistics: tuple[dict[str, str], ...]
    caption: str

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the folder, by name."""
        return tuple(sorted(path for path in self.folder.iterdir() if path.is_file()))


def load(folder: Path) -> SavedResult:
    """Open a result folder.

    Raises:
        InputError: it is not one, or it is incomplete.
    """
    try:
        with (folder / "statistics.csv").open(encoding="utf-8", newline="") as table:
            statistics = tuple(csv.DictReader(table))
        return SavedResult(
            folder,
            json.loads((folder / "run.json").read_text(encoding="utf-8")),
            tuple(json.loads((folder / "facts.json").read_text(encoding="utf-8"))),
            statistics,
            (folder / "caption.txt").read_text(encoding="utf-8").strip(),
        )
    except (OSError, ValueError) as error:
        msg = f"{folder.name!r} is not a complete result folder."
        raise InputError(msg, hint="Choose a folder that `compare` wrote.") from error


def recent(limit: int = 50) -> tuple[Path, ...]:
    """Result folders of the settings' results folder, the newest first."""
    root = settings.load().results_dir
    if not root.is_dir():
        return ()
    folders = [path.parent for path in root.glob("*/run.json")]
    return tuple(sorted(folders, key=lambda path: path.name, reverse=True)[:limit])
