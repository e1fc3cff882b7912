"""Plain JSON from records: numpy scalars, paths, dates and records become plain values.

Knows nothing of what the records mean.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np


def dumps(value: object) -> str:
    """Indented JSON that every reader accepts.

    Not-a-number and infinities, which JSON does not have, become null. Text is escaped to ASCII:
    a path may hold bytes that are no valid Unicode, and hidden direction marks stay visible.
    """
    return json.dumps(plain(value), indent=2, allow_nan=False) + "\n"


def plain(value: object) -> Any:
    """`value` built of dict, list, str, int, float, bool and None only.

    Raises:
        TypeError: there is no plain form of it.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(entry) for entry in value]
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    return _scalar(value)


def _scalar(value: object) -> str | int | float | bool | None:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, date | Path):
        return str(value)
    msg = f"no plain JSON for {type(value).__name__}"
    raise TypeError(msg)
