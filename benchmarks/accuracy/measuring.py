"""One detector on one labelled set: counts of every pair, or why it could not work on it.

Knows nothing of tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from analysis.accuracy import Confusion, ObjectMatch
from benchmarks.accuracy.sets import LabelledSet
from errors import ModelError, RasterError
from services.evaluate import Scored, chosen, judge
from services.labelled_pairs import LabelledPair


@dataclass(frozen=True)
class SetScores:
    """What a detector reached on a set.

    Attributes:
        detector: its name, or `auto`.
        set_name: name of the set.
        scored: the pairs it worked on.
        refused: the pairs it did not, with the reason in one sentence.
    """

    detector: str
    set_name: str
    scored: tuple[Scored, ...]
    refused: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """A record that `from_json` reads."""
        return asdict(self)


def from_json(record: dict[str, Any]) -> SetScores:
    """What `SetScores.as_json` wrote."""
    scored = tuple(
        Scored(
            **{
                **one,
                "counts": None if one["counts"] is None else Confusion(**one["counts"]),
                "objects": None if one["objects"] is None else ObjectMatch(**one["objects"]),
            }
        )
        for one in record["scored"]
    )
    refused = tuple((pair, reason) for pair, reason in record["refused"])
    return SetScores(record["detector"], record["set_name"], scored, refused)


def measure(detector: str, wanted: LabelledSet) -> SetScores:
    """Score every pair of a set; a pair the detector refuses does not stop the others."""
    return _each(detector, wanted, lambda pair: judge(pair, detector, gsd_m=wanted.gsd_m).scored())


def borrowed(wanted: LabelledSet, known: Mapping[str, SetScores]) -> SetScores | None:
    """The scores of `auto`, taken from those of the detectors it chooses.

    Args:
        wanted: the set.
        known: scores of that set by detector.

    Returns:
        None where it chooses one whose scores are not known.
    """
    rows = {(name, row.id): row for name, scores in known.items() for row in scores.scored}
    try:
        return _each("auto", wanted, lambda pair: rows[chosen(pair, gsd_m=wanted.gsd_m), pair.id])
    except KeyError:
        return None


def _each(detector: str, wanted: LabelledSet, score: Callable[[LabelledPair], Scored]) -> SetScores:
    scored, refused = [], []
    for pair in wanted.pairs:
        try:
            scored.append(score(pair))
        except (ModelError, RasterError) as error:
            refused.append((pair.id, error.message))
    return SetScores(detector, wanted.name, tuple(scored), tuple(refused))
