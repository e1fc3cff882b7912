"""Numbers, sizes and dates as text for tables, where `wording.quantities` is not exact enough.

Knows nothing of what is measured.
"""

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNIT_SIGNS = {"m2": "m²", "1": ""}
MINUS = "\u2212"


def exact(value: float | int | str, unit: str) -> str:
    """A fact's value in its own unit, with two decimals or four significant digits."""
    if isinstance(value, str):
        return value
    text = f"{value:,}" if isinstance(value, int) else _decimal(value)
    return f"{text} {UNIT_SIGNS.get(unit, unit)}".strip().replace("-", MINUS)


def degrees(value: float) -> str:
    """Longitude or latitude with five decimals, about a metre."""
    return f"{value:.5f}".replace("-", MINUS)


def size(size_bytes: float) -> str:
    """Bytes as kB, MB or GB."""
    for unit_bytes, sign in ((1e9, "GB"), (1e6, "MB")):
        if size_bytes >= unit_bytes:
            return f"{size_bytes / unit_bytes:.1f} {sign}"
    return f"{size_bytes / 1e3:.1f} kB"


def day(on: date | None) -> str:
    """`3 Jun 2021`, or that the date is unknown."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}" if on else "date unknown"


def _decimal(value: float) -> str:
    return f"{value:,.2f}" if abs(value) >= 100 or value == 0 else f"{value:,.4g}"
