"""Values with units as text for people: enough digits to act on, never more than three that count.

Numbers carry the marks of the language's region. Knows no sentence and no fact.
"""

import math
import unicodedata
from collections.abc import Callable
from copy import copy
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale, dates, numbers

from errors import InputError
from wording.english import ENGLISH
from wording.language import Language

# A plain space: narrow and no-break spaces do not survive every terminal and spreadsheet.
SPACE = " "
DIGITS = 3
M2_PER_HA = 10_000.0
M2_PER_KM2 = 1_000_000.0
M_PER_KM = 1_000.0
LEAST_PCT = 0.01
MOST_PCT = 99.9
LEAST_PX = 0.01
TEXT_LIMIT = 60


def text(value: float | str, unit: str, *, language: Language = ENGLISH) -> str:
    """A value and its unit, e.g. `1.24 ha`, `3.1 %`, `0.31 px`, `1,240`, `north-east`.

    Whole numbers with unit `1` are counts and are shown in full. Everything else is rounded to at
    most three significant digits. Text that is neither a known word nor a date is quoted.

    Raises:
        InputError: the unit is unknown or the number is not finite.
    """
    if isinstance(value, str):
        return _words(value, language)
    if not math.isfinite(value):
        msg = f"A fact has the value {value!r}, which is not a finite number."
        raise InputError(msg)
    if unit not in _FORMATS:
        msg = f"The unit {unit!r} is not one of {sorted(_FORMATS)}."
        raise InputError(msg, hint="Use m2, ha, km2, m, km, px, deg, %, 1 or 1/km2.")
    sign = "-" if value < 0 else ""
    return sign + _FORMATS[unit](abs(value), language)


def text_in(value: float | str, unit: str, wanted: str, *, language: Language = ENGLISH) -> str:
    """A value in the unit a reader asked for, e.g. an area in `ha`.

    Raises:
        InputError: the unit does not measure such values.
    """
    factor = _FACTORS.get((unit, wanted))
    is_ratio = unit != "1" or isinstance(value, float)
    if factor is None or isinstance(value, str) or not is_ratio or not math.isfinite(value):
        msg = f"A value in {unit or 'words'!r} cannot be shown in {wanted!r}."
        raise InputError(msg, hint="Ask for an area in m2, ha or km2, a length in m or km.")
    if wanted == "%":
        return text(value * factor, "%", language=language)
    sign = "-" if value < 0 else ""
    return sign + _number(abs(value) * factor, language) + SPACE + _SYMBOLS[wanted]


def quoted(untrusted: str, *, language: Language = ENGLISH) -> str:
    """Text from outside: control and format characters dropped, cut to 60 characters, in quotes."""
    kept = "".join(" " if char.isspace() else char for char in untrusted)
    kept = "".join(char for char in kept if unicodedata.category(char)[0] != "C")
    opening, closing = language.quotes
    kept = " ".join(kept.replace(opening, "'").replace(closing, "'").replace('"', "'").split())
    shown = kept if len(kept) <= TEXT_LIMIT else kept[: TEXT_LIMIT - 1] + "…"
    return f"{opening}{shown}{closing}"


def _words(value: str, language: Language) -> str:
    if value in language.words:
        return language.words[value]
    day = _date(value)
    if day is None:
        return quoted(value, language=language)
    locale = Locale.parse(language.tag, sep="-")
    pattern = language.date_pattern
    return dates.format_date(day, pattern, locale) if pattern else value


def _date(value: str) -> date | None:
    """The day that a text in ISO 8601 names; None for any other text."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.isoformat() == value else None


def _area(value_m2: float, language: Language) -> str:
    shown_m2 = _rounded(value_m2)
    if shown_m2 >= M2_PER_KM2:
        return _number(value_m2 / M2_PER_KM2, language) + SPACE + "km²"
    if shown_m2 >= M2_PER_HA:
        return _number(value_m2 / M2_PER_HA, language) + SPACE + "ha"
    return _number(value_m2, language) + SPACE + "m²"


def _length(value_m: float, language: Language) -> str:
    if _rounded(value_m) >= M_PER_KM:
        return _number(value_m / M_PER_KM, language) + SPACE + "km"
    return _number(value_m, language) + SPACE + "m"


def _percent(value: float, language: Language) -> str:
    """Two significant digits, one decimal above 10; never rounded to nothing or to all."""
    if 0 < value < LEAST_PCT:
        return language.below.format(_fixed(LEAST_PCT, 2, language)) + SPACE + "%"
    if MOST_PCT < value < 100:
        return language.above.format(_fixed(MOST_PCT, 1, language)) + SPACE + "%"
    is_whole = value in {0.0, 100.0}
    decimals = 0 if is_whole else max(1, _decimals(value, 2))
    return _fixed(value, decimals, language) + SPACE + "%"


def _pixels(value: float, language: Language) -> str:
    if 0 < value < LEAST_PX:
        return language.below.format(_fixed(LEAST_PX, 2, language)) + SPACE + "px"
    decimals = 0 if value == 0 else min(2, _decimals(value, DIGITS))
    return _fixed(value, decimals, language) + SPACE + "px"


def _count(value: float, language: Language) -> str:
    """Whole numbers in full, ratios with three digits."""
    return _fixed(value, 0, language) if isinstance(value, int) else _number(value, language)


def _number(value: float, language: Language) -> str:
    """Three significant digits, zeros at the end included."""
    if value == 0:
        return "0"
    return _fixed(_rounded(value), _decimals(value, DIGITS), language)


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _decimals(value: float, digits: int) -> int:
    """Decimals that show `digits` significant digits of the value once it is rounded to them."""
    if value == 0:
        return 0
    rounded = float(f"{value:.{digits}g}")
    return max(0, digits - 1 - math.floor(math.log10(rounded)))


def _fixed(value: float, decimals: int, language: Language) -> str:
    """A number with the marks of the language, of which only plain spaces are kept as spaces."""
    rounded = Decimal(f"{value:.{decimals}f}")
    locale = Locale.parse(language.tag, sep="-")
    shown = _pattern(locale, decimals).apply(rounded, locale)
    return "".join(SPACE if char.isspace() else char for char in shown)


@cache
def _pattern(locale: Locale, decimals: int) -> numbers.NumberPattern:
    """How a region groups digits, with a fixed number of decimals."""
    pattern = copy(numbers.parse_pattern(locale.decimal_formats[None]))
    pattern.frac_prec = (decimals, decimals)
    return pattern


def _in(symbol: str) -> Callable[[float, Language], str]:
    return lambda value, language: _number(value, language) + SPACE + symbol


def _degrees(value: float, language: Language) -> str:
    """Five decimals of a degree, about a metre."""
    return _fixed(value, 5, language) + "°"


def _density(value_per_km2: float, language: Language) -> str:
    return _number(value_per_km2, language) + f"{SPACE}{language.per} km²"


_FACTORS = {
    ("m2", "m2"): 1.0, ("m2", "ha"): 1 / M2_PER_HA, ("m2", "km2"): 1 / M2_PER_KM2,
    ("ha", "m2"): M2_PER_HA, ("ha", "ha"): 1.0, ("ha", "km2"): M2_PER_HA / M2_PER_KM2,
    ("km2", "m2"): M2_PER_KM2, ("km2", "ha"): M2_PER_KM2 / M2_PER_HA, ("km2", "km2"): 1.0,
    ("m", "m"): 1.0, ("m", "km"): 1 / M_PER_KM, ("km", "m"): M_PER_KM, ("km", "km"): 1.0,
    ("%", "%"): 1.0, ("1", "%"): 100.0,
}  # fmt: skip
_SYMBOLS = {"m2": "m²", "ha": "ha", "km2": "km²", "m": "m", "km": "km"}
_FORMATS = {"m2": _area, "m": _length, "%": _percent, "px": _pixels, "1": _count,
            "1/km2": _density, "ha": _in("ha"), "km2": _in("km²"), "km": _in("km"),
            "deg": _degrees}  # fmt: skip
