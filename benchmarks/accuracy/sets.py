"""What a labelled set is to the benchmark: pairs, what is known of them, and one row of a table.

Knows nothing of where the pairs come from or who is judged by them.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from services.labelled_pairs import LabelledPair

Kind = Literal["changed", "unchanged", "unlabelled", "curve"]


def _nothing() -> None:
    """The pairs lie there already."""


@dataclass(frozen=True)
class LabelledSet:
    """Pairs that are pooled into one row.

    Attributes:
        name: of the row; unique.
        kind: labelled with changes; nothing changed, so that every flagged pixel is a false alarm;
            without labels; or one point of a robustness curve.
        pairs: in the order of their names.
        gsd_m: ground size of a pixel where the files do not say it.
        axis: what is disturbed, for points of curves.
        level: how much, in the words of the table.
        made_from: hash of the code and the numbers that make the pairs; empty for files that were
            found.
        prepare: puts the files there; to be called before the pairs are opened.
    """

    name: str
    kind: Kind
    pairs: tuple[LabelledPair, ...]
    gsd_m: float | None = None
    axis: str = ""
    level: str = ""
    made_from: str = ""
    prepare: Callable[[], None] = _nothing

    def fingerprint(self) -> str:
        """Hash of what the pairs are made from, else of every byte of them."""
        if self.made_from:
            return self.made_from
        digest = hashlib.sha256(f"{self.kind} {self.gsd_m}".encode())
        for pair in self.pairs:
            digest.update(pair.id.encode())
            for file in _files(pair):
                digest.update(file.name.encode() + file.read_bytes())
        return digest.hexdigest()

    def size_bytes(self) -> float:
        """Size of all its files; infinite for pairs that have yet to be rendered."""
        try:
            return sum(file.stat().st_size for pair in self.pairs for file in _files(pair))
        except OSError:
            return float("inf")


def _files(pair: LabelledPair) -> list[Path]:
    places = [place for place in (pair.pre, pair.post, pair.label) if place is not None]
    return [
        file
        for place in places
        for file in (sorted(place.iterdir()) if place.is_dir() else [place])
    ]
