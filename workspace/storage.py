"""How much of the disk a user fills, and whether more may come.

Knows sizes in the database, not the files; what is still being uploaded is counted by uploads.
"""

import sqlite3

import settings
from errors import LimitError
from workspace import database
from workspace.records import SHARED

_USED = """
SELECT (SELECT COALESCE(SUM(size_bytes), 0) FROM scenes WHERE owner = :owner)
     + (SELECT COALESCE(SUM(size_bytes), 0) FROM jobs WHERE owner = :owner)
     + (SELECT COALESCE(SUM(layers.size_bytes), 0)
        FROM layers JOIN projects ON layers.project = projects.id WHERE projects.owner = :owner)
"""


def usage_bytes(owner: str, connection: sqlite3.Connection | None = None) -> int:
    """What the scenes, results and layers of a user fill."""
    asked = connection or database.connect()
    return int(asked.execute(_USED, {"owner": owner}).fetchone()[0])


def require_room(owner: str, more_bytes: int, connection: sqlite3.Connection | None = None) -> None:
    """Nothing, if the user may keep `more_bytes` beside what is kept already.

    Raises:
        LimitError: with what is used and what is allowed.
    """
    if owner == SHARED:
        return
    limit = settings.load().quota_bytes
    used = usage_bytes(owner, connection)
    if used + more_bytes > limit:
        msg = f"Your storage is full: {used / 1e9:,.2f} of {limit / 1e9:,.2f} GB are used."
        raise LimitError(msg, hint="Delete scenes or results you no longer need.")
