"""Whether every number an answer shows is the value of the fact it cites.

Reads the shown text by itself, by another road than the one it was written on, so that an error of
rendering is found too. Knows neither tools nor questions.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol

from analysis.facts import Fact
from wording.english import ENGLISH
from wording.slots import numbers_in

NUMBER = re.compile(r"\d[\d.,\u00a0\u202f'\u2019 ]*\d|\d")
QUOTES = "\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb\u2039\u203a"
"""Marks of any language around a name."""
RELATIVE = 0.005
"""Half of the last of three significant digits, at worst."""
_OWN = {"ha": ("m2", 1e4), "km2": ("m2", 1e6), "km": ("m", 1e3)}
"""Units of converted facts, and what they are made of."""
UNITS = {
    "km²": ("m2", 1e6), "ha": ("m2", 1e4), "m²": ("m2", 1.0), "km": ("m", 1e3), "m": ("m", 1.0),
    "px": ("px", 1.0), "%": ("%", 1.0), "°": ("deg", 1.0),
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What an answer shows.

    Attributes:
        text: its words.
        citations: (start, end, fact id), half open, in order.
        facts: the facts by id.
        language: BCP 47 tag.
    """

    text: str
    citations: tuple[tuple[int, int, str], ...]
    facts: Mapping[str, Fact]
    language: str = "en"


def unfaithful(shown: Shown) -> tuple[str, ...]:
    """Pieces of the answer that state a number no fact has; empty for a faithful answer.

    Digits, numerals and English number words count; numbers within a quoted name are part of it.
    """
    return (*_outside(shown), *_wrong(shown))


def _outside(shown: Shown) -> Iterator[str]:
    """Numbers that no citation covers."""
    kept = list(shown.text)
    for start, end, _fact in shown.citations:
        kept[start:end] = " " * (end - start)
    words = unicodedata.normalize("NFKC", _without_quotes("".join(kept)))
    stated = numbers_in(words, language=ENGLISH)
    is_english = shown.language.partition("-")[0] == "en"
    yield from (one for one in stated if is_english or not one.isalpha())


def _wrong(shown: Shown) -> Iterator[str]:
    """Citations whose number is not their fact's."""
    for start, end, fact_id in shown.citations:
        piece, fact = shown.text[start:end], shown.facts.get(fact_id)
        is_number = any(map(str.isdigit, _without_quotes(piece)))
        if fact is None or (is_number and not _states(piece, fact, shown)):
            yield piece


def _without_quotes(text: str) -> str:
    """The text without names in quotation marks, which may hold digits of their own."""
    return re.sub(f"[{QUOTES}][^{QUOTES}]*[{QUOTES}]", " ", text)


def _states(piece: str, fact: Fact, shown: Shown) -> bool:
    if isinstance(fact.value, str):
        return _digits(piece) <= _digits(fact.value)
    found = _read(piece, shown.language)
    if found is None:
        return False
    value, slack = found
    unit, factor = _unit(piece)
    kept, own = _OWN.get(fact.unit, (fact.unit, 1.0))
    scales = (factor * scale / own for scale in _scales(unit, kept))
    return any(_alike(value * scale, fact.value, slack * scale, piece) for scale in scales)


def _scales(shown_unit: str, unit: str) -> Iterator[float]:
    """Factors from the unit that is shown to the fact's; none where they do not go together."""
    if shown_unit == unit:
        yield 1.0
    if shown_unit == "" and unit in {"1", "1/km2"}:
        yield 1.0
    if shown_unit == "%" and unit == "1":
        yield 0.01
    if shown_unit == "m2" and unit == "1/km2":  # `per km²` states how many stand on one
        yield 1e-6


def _alike(value: float, wanted: float, slack: float, piece: str) -> bool:
    """Equal within the digits that are shown; counts exactly. `less than` bounds a share."""
    if isinstance(wanted, int):
        return value == wanted
    is_bound = "%" in piece and piece.strip()[:1].isalpha()
    return abs(value - wanted) <= (0.1 if is_bound else slack * (1 + 1e-9) + 1e-12)


def _read(piece: str, language: str) -> tuple[float, float] | None:
    """The first number in a text by the marks of its language, and how far it may be rounded."""
    found = NUMBER.search(piece)
    if found is None:
        return None
    text = re.sub(r"[\s'\u2019\u00a0\u202f]", "", found.group())
    decimal = _decimal_mark(language)
    thousands = "," if decimal == "." else "."
    plain = text.replace(thousands, "").replace(decimal, ".")
    is_negative = piece[: found.start()].rstrip().endswith(("-", "\u2212"))
    try:
        value = float(plain)
    except ValueError:
        return None
    last = 0.5 * 10.0 ** -len(plain.partition(".")[2])
    is_long = len(plain.replace(".", "").lstrip("0")) >= 3
    return -value if is_negative else value, max(last, RELATIVE * value) if is_long else last


@cache
def _decimal_mark(language: str) -> str:
    try:
        return get_decimal_symbol(Locale.parse(language, sep="-"))
    except (ValueError, UnknownLocaleError):
        return "."


def _unit(piece: str) -> tuple[str, float]:
    """Unit of the fact that a shown unit belongs to, and its factor."""
    rest = NUMBER.sub("", piece)
    for sign, (unit, factor) in UNITS.items():
        if re.search(rf"(?<![\w²]){re.escape(sign)}(?![\w²])", rest):
            return unit, factor
    return "", 1.0


def _digits(text: str) -> set[int]:
    return {int(one) for one in re.findall(r"\d+", text)}
