"""Make a result again from its record and say whether it is the same.

Knows which kind of run a record is of; how each is made again is known by `replay_kinds`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from progress import Watcher
from services import replay_record
from services.replay_kinds import KINDS, Replayed

__all__ = ["ReplayOutcome", "replay"]

WEIGHTS = "weights_sha256"


@dataclass(frozen=True)
class ReplayOutcome:
    """A run made again.

    Attributes:
        made: the new result.
        differences: what is not the same as in the record; empty when identical.
    """

    made: Replayed
    differences: tuple[str, ...]

    @property
    def is_identical(self) -> bool:
        """Whether the numbers, and the mask where there is one, are those of the record."""
        return not self.differences

    @property
    def folder(self) -> Path:
        """Where the new result is."""
        return self.made.folder

    def as_json(self) -> dict[str, Any]:
        """What `replay --json` prints."""
        corrected = self.made.corrected
        return {
            "identical": self.is_identical,
            "differences": list(self.differences),
            "kind": self.made.kind,
            "out": str(self.folder),
            "run": self.made.run["id"],
            **({} if corrected is None else {"corrected": str(corrected)}),
        }


def replay(source: Path, *, out_dir: Path | None, watcher: Watcher) -> ReplayOutcome:
    """Make the comparison, count or segmentation of a run.json or a bundle again.

    A count that was corrected by hand is made again without the corrections in the result folder
    and with them in a second one beside it, `<folder>-corrected`.

    Raises:
        InputError: the record cannot be read, or an input is missing or has changed.
        GroundshiftError: any problem of the run itself.
    """
    with replay_record.opened(source) as given:
        parameters = given.content.get("parameters")
        named = parameters if isinstance(parameters, dict) else {}
        kind = next((one for one in KINDS if one.key in named), None)
        if kind is None:
            raise replay_record.refuse(given.name)
        try:
            record = kind.read(given.content)
        # pydantic's errors are ValueErrors; RecursionError is deeply nested JSON.
        except (ValidationError, ValueError, RecursionError) as error:
            raise replay_record.refuse(given.name) from error
        made = kind.make(record, given, out_dir, watcher)
    compared = [("facts_sha256", "the facts differ"), ("mask_sha256", "the mask differs")]
    differences = [
        words for key, words in reversed(compared) if made.proof.get(key) != given.content.get(key)
    ]
    if differences and made.run.get(WEIGHTS) != given.content.get(WEIGHTS):
        differences.append("the method has other weights today than in the record")
    return ReplayOutcome(made, tuple(differences))
