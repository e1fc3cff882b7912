"""What is learned from and what is judged on."""

from collections.abc import Sequence
from dataclasses import dataclass

from inference.training.change.shards import Stored
from inference.training.change.tally import Rule
from inference.training.tuning.ground import Ground
from inference.training.tuning.split import Block
from inference.training.tuning.windows import Places


@dataclass(frozen=True)
class Lesson:
    """Everything a training needs beside the network.

    Attributes:
        grounds: labelled pairs.
        blocks: ground kept for validation.
        places: training windows.
        replay: rendered pairs against forgetting.
        rule: how scores become a mask.
    """

    grounds: Sequence[Ground]
    blocks: Sequence[Block]
    places: Places
    replay: Sequence[Stored]
    rule: Rule
