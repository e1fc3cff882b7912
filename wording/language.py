"""What one language brings: templates, words, number marks and plural forms.

A further language is one more file like `english.py`. Knows no fact.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """Everything the wording of one language needs.

    Attributes:
        tag: BCP 47 tag.
        decimal: mark before decimals.
        thousands: mark between groups of three digits.
        templates: sentence by name; holds slots, never a number. Names that end in a plural form
            (`.one`, `.other`) are chosen by `plural`.
        words: word for each text value a fact may have: parts of the AOI, `direction` and so on.
        cautions: short clause for each finding code.
        number_words: lower-case words that state a number.
        plural: plural form of a count, the last part of a template's name.
        below: pattern for values under what is shown, e.g. `less than {}`.
        above: pattern for values just short of a whole.
        quotes: opening and closing quotation mark.
        date_pattern: how a day is written, in the letters of Unicode's LDML; empty: as in ISO 8601.
        per: word between a number and the area it stands on.
    """

    tag: str
    decimal: str
    thousands: str
    templates: Mapping[str, str]
    words: Mapping[str, str]
    cautions: Mapping[str, str]
    number_words: frozenset[str]
    plural: Callable[[float], str]
    below: str
    above: str
    quotes: tuple[str, str]
    date_pattern: str = ""
    per: str = "per"
