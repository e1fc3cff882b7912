"""Words of degree ("few", "most", "dense"), each bound to a stated range of numbers.

A word is chosen by a fact's value alone; the ranges are printed wherever the words are used. Knows
no sentence.
"""

import math
from dataclasses import dataclass

from errors import InputError


@dataclass(frozen=True)
class Degree:
    """One word of degree.

    Attributes:
        key: the word in English, and its name in other languages.
        least: smallest value it stands for.
        below: least value that is too large for it; infinite without one.
    """

    key: str
    least: float
    below: float


@dataclass(frozen=True)
class Scale:
    """Words of degree for one kind of number: no two overlap and none is missing.

    Attributes:
        name: `share`, `count` or `density`.
        unit: unit of the numbers.
        degrees: by rising value, from 0 on.
    """

    name: str
    unit: str
    degrees: tuple[Degree, ...]

    def of(self, value: float) -> Degree:
        """The word for a value.

        Raises:
            InputError: the value is below 0 or not finite.
        """
        if not math.isfinite(value) or value < 0:
            msg = f"There is no word of degree for {value!r}."
            raise InputError(msg, hint="Give a number from 0 on.")
        return next(one for one in self.degrees if value < one.below)


def _scale(name: str, unit: str, *steps: tuple[str, float]) -> Scale:
    ends = [least for _key, least in steps[1:]] + [math.inf]
    degrees = tuple(
        Degree(key, least, below) for (key, least), below in zip(steps, ends, strict=True)
    )
    return Scale(name, unit, degrees)


_SOME = math.nextafter(0, 1)
# Our own convention; `most` begins where captions say it.
SHARE = _scale(
    "share", "%", ("none", 0), ("hardly_any", _SOME), ("little", 1), ("part", 10), ("most", 50),
    ("nearly_all", 95), ("all", 100),
)  # fmt: skip
COUNT = _scale("count", "1", ("no", 0), ("few", 1), ("some", 6), ("many", 21))
DENSITY = _scale(
    "density", "1/km2", ("empty", 0), ("sparse", _SOME), ("loose", 100), ("dense", 1000)
)
SCALES = (SHARE, COUNT, DENSITY)
