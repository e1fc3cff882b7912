"""What is asked for when a network for pairs is made: folders, recipe, device and amounts.

Knows neither pictures nor networks.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from inference.training.change.recipe import ChangeRecipe

log = logging.getLogger(__name__)

FIGURES = "figures.json"


@dataclass(frozen=True, kw_only=True)
class PairOrder:
    """What was asked for.

    Attributes:
        prefix: of the folders' names.
        folder: for pools, checkpoints and figures.
        recipe: how to fit.
        device: where to fit.
        weights: folder the result is written to.
        shards: how many are made.
        workers: processes that make them.
        resume: go on from the last checkpoint.
    """

    prefix: ClassVar[str]
    folder: Path
    recipe: ChangeRecipe
    device: str
    weights: Path
    shards: int
    workers: int = 1
    resume: bool = False

    @property
    def pool(self) -> Path:
        """Pairs to learn from."""
        return self.folder / f"{self.prefix}-pool"

    @property
    def kept(self) -> Path:
        """Pairs to judge by."""
        return self.folder / f"{self.prefix}-judge"

    @property
    def run(self) -> Path:
        """Checkpoint, history and figures."""
        return self.folder / f"{self.prefix}-run"

    def write_figures(self, figures: Mapping[str, Any]) -> None:
        """Keep what the judge said beside the checkpoint."""
        text = json.dumps(figures, indent=2)
        (self.run / FIGURES).write_text(text + "\n", encoding="utf-8")
        log.info("%s", text)

    def figures(self) -> dict[str, Any]:
        """What the judge said.

        Raises:
            OSError: it has not judged yet.
        """
        found: dict[str, Any] = json.loads((self.run / FIGURES).read_text(encoding="utf-8"))
        return found
