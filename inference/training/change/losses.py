"""How wrong an answer is: change, and the buildings of both dates.

Pixels that were not observed never count. Knows nothing of pools or steps.
"""

import torch
from torch import Tensor
from torch.nn import functional

from inference.training.losses import dense_loss

ENTROPY_WEIGHT = 1.5
CHANGE_WEIGHT = 2.0
"""A changed pixel counts this often in the cross entropy: few pixels change."""


def change_loss(logits: Tensor, truth: Tensor, seen: Tensor) -> Tensor:
    """Cross entropy and Dice of change (n, h, w).

    Dice is of the whole batch: in a pair without change the cross entropy alone speaks.
    """
    each = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    weight = seen * (1 + (CHANGE_WEIGHT - 1) * truth)
    entropy = (each * weight).sum() / weight.sum().clamp_min(1)
    likely, meant = torch.sigmoid(logits) * seen, truth * seen
    dice = 1 - (2 * (likely * meant).sum() + 1) / (likely.sum() + meant.sum() + 1)
    return ENTROPY_WEIGHT * entropy + dice


def buildings_loss(logits: Tensor, truth: Tensor, seen: Tensor) -> Tensor:
    """Of buildings, borders and depths (2 n, 3, h, w) of both dates; seen is (n, h, w)."""
    return dense_loss(logits, truth, torch.cat([seen, seen]))
