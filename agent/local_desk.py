"""What one question on the command line is answered from: a result folder, areas, layers, history.

Opens what it is given; knows no user and no page.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import settings
from agent.answer import Answered
from agent.desk import Desk
from agent.dialogue import Dialogue
from agent.local_work import LocalWork
from errors import ExportError, InputError
from progress import Watcher
from raster.text import clean
from services.measure_areas import DrawnArea, measured
from services.open_case import open_case
from services.read_areas import read_areas
from services.read_layer import read_layer

MOST_HISTORY_BYTES = 50_000_000
PX_PER_MPIX = 1e6


@dataclass(frozen=True)
class Means:
    """What a question may use beside the result.

    Attributes:
        areas: vector files of named areas.
        layers: vector files of layers it may name.
        may_run: whether work may be begun.
        out_dir: where reports are written.
    """

    areas: Sequence[Path] = ()
    layers: Sequence[Path] = ()
    may_run: bool = False
    out_dir: Path | None = None


def open_desk(folder: Path, means: Means, dialogue: Dialogue, watcher: Watcher) -> Desk:
    """A finished result with everything one question may use.

    Raises:
        InputError: it is no result folder.
        AoiError: an area or a layer cannot be read.
    """
    areas = tuple(area for path in means.areas for area in _areas(path))
    layers = tuple(read_layer(path) for path in means.layers)
    case = open_case(folder, areas=areas, layers=layers)
    mpix = case.grid.height * case.grid.width / PX_PER_MPIX
    limit_s = math.inf if means.may_run else settings.load().work_seconds_without_asking
    desk = Desk(
        cases=(case,),
        work=LocalWork(folder, case.run, mpix, means.may_run, watcher),
        plans=[turn.plan for turn in dialogue.turns if turn.plan is not None],
        folders={case.id: folder},
        out_dir=means.out_dir,
        seconds_without_asking=limit_s,
    )
    desk.book.add(dialogue.facts({case.id}))
    return desk


def read_history(path: Path | None) -> Dialogue:
    """The dialogue kept in a file; an empty one where there is none yet.

    Raises:
        InputError: the file holds something else.
    """
    if path is None or not path.exists():
        return Dialogue()
    try:
        if path.stat().st_size > MOST_HISTORY_BYTES:
            msg = f"{clean(path.name)!r} is too large for a dialogue."
            raise InputError(msg, hint="Begin a new one.")
        return Dialogue.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError) as error:
        msg = f"{clean(path.name)!r} does not hold a dialogue."
        raise InputError(msg, hint="Name a file that --history wrote, or a new one.") from error


def write_history(path: Path, dialogue: Dialogue) -> None:
    """Keep a dialogue in a file, whole or not at all.

    Raises:
        ExportError: it cannot be written.
    """
    fresh = path.with_name(path.name + ".part")
    text = json.dumps(dialogue.to_json(), ensure_ascii=False, allow_nan=False, indent=1)
    try:
        fresh.write_text(text + "\n", encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        msg = f"The dialogue cannot be written to {clean(path.name)!r}."
        raise ExportError(msg, hint="Choose a folder that can be written.") from error


def as_json(turn: Answered) -> dict[str, object]:
    """One answer as `ask --json` prints it."""
    return {
        "answer": turn.text,
        "facts": list(dict.fromkeys(found for _start, _end, found in turn.citations)),
        "intent": turn.intent,
        "refused": turn.refused,
        "reason": turn.reason,
        "model": turn.model,
        "language": turn.language,
        "citations": [list(one) for one in turn.citations],
        "calls": [
            {"tool": one.tool, "arguments": one.arguments, "facts": list(one.facts)}
            for one in turn.calls
        ],
        "notice": turn.notice,
        "files": list(turn.files),
        "suggestions": list(turn.suggestions),
    }


def _areas(path: Path) -> tuple[DrawnArea, ...]:
    return tuple(area for area in measured(read_areas(path).collection) if not area.problem)
