"""Weights between those of the parent and those trained on: as good here, less forgotten elsewhere.

The idea is WiSE-FT (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"). Knows nothing
of steps.
"""

from copy import deepcopy
from dataclasses import dataclass

from inference.networks.changenet import ChangeNet
from inference.training.tuning import judge
from inference.training.tuning.lesson import Lesson

SHARES = (1.0, 0.75, 0.5)
"""Of the trained weights."""
SLACK = 0.01
"""F1 on validation that may be given up for what is kept elsewhere."""
LOOKED_AT = 12
"""Rendered pairs the choice is made by."""


@dataclass(frozen=True)
class Blend:
    """A network between two.

    Attributes:
        net: the network.
        share: of the trained weights in it.
        f1: what it reaches on validation.
    """

    net: ChangeNet
    share: float
    f1: float


def between(parent: ChangeNet, trained: ChangeNet, share: float) -> ChangeNet:
    """The network whose weights lie so far on the way from one to the other."""
    net = deepcopy(parent)
    weights = trained.state_dict()
    for name, value in net.state_dict().items():
        if value.dtype.is_floating_point:
            value.lerp_(weights[name], share)
    return net


def choose(parent: ChangeNet, trained: ChangeNet, lesson: Lesson) -> Blend:
    """The blend that keeps most on rendered places of those that are as good on validation."""
    found = [_blend(parent, trained, share, lesson) for share in SHARES]
    best = max(one.f1 for one in found)
    good = [one for one in found if one.f1 >= best - SLACK]
    shown = lesson.replay[:LOOKED_AT]
    return max(good, key=lambda one: judge.generic(one.net, shown, rule=lesson.rule))


def _blend(parent: ChangeNet, trained: ChangeNet, share: float, lesson: Lesson) -> Blend:
    net = between(parent, trained, share)
    f1 = judge.validated(net, lesson.grounds, lesson.blocks, rule=lesson.rule).f1
    return Blend(net, share, f1)
