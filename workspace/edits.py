"""Corrections that users made to their counts, kept apart from what was counted.

Every step is a row that is only ever added or, as the last one, taken back. Knows nothing of how a
correction changes a count.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from errors import InputError, LimitError
from workspace import database, places, results
from workspace.database import now_text

if TYPE_CHECKING:
    from analysis.edits import Edit

KIND = "count"
MAX_STEPS = 5_000
MAX_STEP_BYTES = 2_000_000
MAX_EDITS_OF_STEP = 200


def listed(owner: str, job_id: str) -> tuple["Edit", ...]:
    """The corrections of a count, in the order they were made.

    Raises:
        NotFoundError: there is no such count, it is another user's, or it has no result.
    """
    results.get(owner, job_id, kind=KIND)
    return _edits(_steps(database.connect(), job_id))


def add(owner: str, job_id: str, *entries: Mapping[str, Any]) -> tuple["Edit", ...]:
    """Keep corrections as one step, which is taken back as one; all corrections there are now.

    Args:
        owner: who corrects; noted in each correction.
        job_id: the count.
        entries: corrections as `analysis.edits.Edit.as_json` writes them; `by` and `at_utc` in
            them are not believed.

    Raises:
        NotFoundError: there is no such count, it is another user's, or it has no result.
        InputError: a correction cannot be applied; nothing is kept.
        LimitError: there are too many corrections.
    """
    from analysis.edits import read

    folder = results.get(owner, job_id, kind=KIND)
    if not 0 < len(entries) <= MAX_EDITS_OF_STEP:
        msg = f"A step has 1 to {MAX_EDITS_OF_STEP} corrections; this one has {len(entries)}."
        raise InputError(msg, hint="Correct fewer things at once.")
    made = [read(entry, by=owner, at_utc=now_text()) for entry in entries]
    step = database.json_text([one.as_json() for one in made], limit_bytes=MAX_STEP_BYTES)
    while True:
        known = _steps(database.connect(), job_id)
        _require_room(len(known))
        whole = (*_edits(known), *made)
        _require_applicable(folder, whole)
        with database.transaction() as connection:
            # Another window of the same user may have added a step while this one was checked.
            if _steps(connection, job_id) == known:
                connection.execute(
                    "INSERT INTO edit_steps (job, step, created_utc) VALUES (?, ?, ?)",
                    (job_id, step, now_text()),
                )
                return whole


def undo(owner: str, job_id: str) -> tuple["Edit", ...]:
    """Take the last step back; the corrections that are left. Without any, nothing happens.

    Raises:
        NotFoundError: there is no such count, it is another user's, or it has no result.
    """
    results.get(owner, job_id, kind=KIND)
    with database.transaction() as connection:
        connection.execute(
            "DELETE FROM edit_steps WHERE place ="
            " (SELECT MAX(place) FROM edit_steps WHERE job = ?)",
            (job_id,),
        )
    return listed(owner, job_id)


def _steps(connection: sqlite3.Connection, job_id: str) -> list[str]:
    rows = connection.execute(
        "SELECT step FROM edit_steps WHERE job = ? ORDER BY place",
        (job_id if places.is_id(job_id) else "",),
    )
    return [row["step"] for row in rows]


def _edits(steps: Sequence[str]) -> tuple["Edit", ...]:
    from analysis.edits import read

    return tuple(read(entry) for step in steps for entry in json.loads(step))


def _require_room(steps: int) -> None:
    if steps >= MAX_STEPS:
        msg = f"This count has {steps} corrections; the limit is {MAX_STEPS}."
        raise LimitError(msg, hint="Count again with other sizes or examples.")


def _require_applicable(folder: Path, corrections: tuple["Edit", ...]) -> None:
    """Nothing, if the count can be made with these corrections; it is remembered for the page."""
    from services.count_results import review

    review(folder, corrections)
