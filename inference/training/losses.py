"""How wrong an answer is: masks, the network's own estimate of its masks, and the dense head.

Pixels that were not observed never count. Knows nothing of pools or steps.
"""

import torch
from torch import Tensor
from torch.nn import functional

BORDER_WEIGHT = 3.0
"""Borders cover a tenth of the ground."""
FOCAL_WEIGHT = 0.5


def mask_loss(logits: Tensor, truth: Tensor, seen: Tensor) -> Tensor:
    """Normalised focal loss and Dice of masks (n, h, w), mean over n."""
    each = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    return (_focal(each, seen) + _dice(torch.sigmoid(logits), truth, seen)).mean()


def _focal(each: Tensor, seen: Tensor) -> Tensor:
    """Mean (n,) of cross entropies (n, h, w) that counts wrong pixels most.

    The normalised focal loss of Sofiiuk 2019 (AdaptIS).
    """
    hard = (1 - torch.exp(-each)).detach() ** 2 * seen
    return (hard * each).sum((1, 2)) / hard.sum((1, 2)).clamp_min(1)


def _dice(likely: Tensor, truth: Tensor, seen: Tensor) -> Tensor:
    """1 - Dice of (n, h, w)."""
    likely, truth = likely * seen, truth * seen
    shared = (likely * truth).sum((1, 2))
    return 1 - (2 * shared + 1) / (likely.sum((1, 2)) + truth.sum((1, 2)) + 1)


def iou(logits: Tensor, truth: Tensor, seen: Tensor) -> Tensor:
    """Intersection over union (n,) of the masks that logits (n, h, w) stand for."""
    said, meant = (logits > 0) & (seen > 0), (truth > 0) & (seen > 0)
    either = (said | meant).sum((1, 2)).clamp_min(1)
    return (said & meant).sum((1, 2)) / either


def dense_loss(logits: Tensor, truth: Tensor, seen: Tensor) -> Tensor:
    """Cross entropy of building, border and depth (n, 3, h, w), with Dice for the buildings.

    Wrong pixels of buildings count once more by a focal loss: a terrace taken for a roof is small.
    """
    each = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    weight = torch.ones_like(truth)
    weight[:, 1] += (BORDER_WEIGHT - 1) * truth[:, 1]
    weight = weight * seen[:, None]
    entropy = (each * weight).sum() / seen.sum().clamp_min(1)
    wrong = FOCAL_WEIGHT * _focal(each[:, 0], seen)
    return entropy + (wrong + _dice(torch.sigmoid(logits[:, 0]), truth[:, 0], seen)).mean()
