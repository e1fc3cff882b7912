"""How the change network is trained on: time, shares, rates.

Knows nothing of pictures or networks.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class TuningRecipe:
    """How to train on.

    Attributes:
        minutes: longest time; the learning rate follows it.
        steps: most steps, whatever the time.
        batch: pairs a step.
        size_px: side of a training window.
        replay_share: of the pairs of a batch, from rendered places, against forgetting.
        replayed: rendered pairs to draw from.
        busy_share: of the other pairs, from windows in which something changed.
        rate: highest learning rate of AdamW, of everything but the encoder.
        encoder_share: of that rate, for the encoder.
        heads_first: share of the time during which the encoder rests.
        decay: weight decay.
        warm_up: steps until the highest rate.
        average: of the moving average of the weights, per step.
        judge_every: steps from one judgement to the next.
        patience: judgements without a better one after which the training ends.
        few_labels: learn from unlabelled ground as well.
        seed: of everything random.
    """

    minutes: float = 10.0
    steps: int = 1500
    batch: int = 8
    size_px: int = 256
    replay_share: float = 0.4
    replayed: int = 24
    busy_share: float = 0.6
    rate: float = 4e-4
    encoder_share: float = 0.1
    heads_first: float = 0.1
    decay: float = 1e-3
    warm_up: int = 20
    average: float = 0.98
    judge_every: int = 25
    patience: int = 8
    few_labels: bool = False
    seed: int = 0
