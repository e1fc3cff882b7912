"""How the change network is trained on: time, shares, rates.

Knows nothing of pictures or networks.
"""

from dataclasses import dataclass

from inference.training.recipe import Schedule


@dataclass(frozen=True)
class TuningRecipe(Schedule):
    """How to train on; `rate` is that of everything but the encoder.

    Attributes:
        minutes: longest time; the learning rate follows it.
        replay_share: of the pairs of a batch, from rendered places, against forgetting.
        replayed: rendered pairs to draw from.
        busy_share: of the other pairs, from windows in which something changed.
        encoder_share: of the rate, for the encoder.
        heads_first: share of the time during which the encoder rests.
        judge_every: steps from one judgement to the next.
        patience: judgements without a better one after which the training ends.
        few_labels: learn from unlabelled ground as well.
    """

    steps: int = 1500
    batch: int = 8
    rate: float = 4e-4
    decay: float = 1e-3
    warm_up: int = 20
    average: float = 0.98
    minutes: float = 10.0
    replay_share: float = 0.4
    replayed: int = 24
    busy_share: float = 0.6
    encoder_share: float = 0.1
    heads_first: float = 0.1
    judge_every: int = 25
    patience: int = 8
    few_labels: bool = False
