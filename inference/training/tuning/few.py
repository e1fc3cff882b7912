"""Learning from unlabelled ground: pseudo-labels on which two networks agree, under changed light.

The idea is that of FixMatch (Sohn et al. 2020), carried to change by SemiCD-VL (Li et al. 2024,
"SemiCD-VL: Visual-Language Model Guidance Makes Better Semi-supervised Change Detector"): what the
guides are sure of for a plain view is asked of the learner in an altered one. Here the guides are
the network as it was and the moving average of what it becomes.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from inference.networks.changenet import ChangeNet
from inference.training.tuning.views import Batch

SURE_CHANGED, SURE_SAME = 0.85, 0.05
"""Scores beyond which a guide is sure."""
WEIGHT = 0.5
"""Of this loss beside that of the labels."""


@dataclass(frozen=True)
class Pseudo:
    """What two guides agree on.

    Attributes:
        change: (n, h, w) float32, 1 changed.
        sure: (n, h, w) float32, 1 where they agree and are sure.
    """

    change: Tensor
    sure: Tensor


def agreed(parent: ChangeNet, teacher: ChangeNet, plain: Batch) -> Pseudo:
    """Pseudo-labels of plain views: sure where both guides are, and say the same."""
    with torch.no_grad():
        one, other = (_scores(guide, plain) for guide in (parent, teacher))
    changed = (one > SURE_CHANGED) & (other > SURE_CHANGED)
    same = (one < SURE_SAME) & (other < SURE_SAME)
    return Pseudo(changed.float(), (changed | same).float())


def consistency_loss(logits: Tensor, pseudo: Pseudo) -> Tensor:
    """How far a learner (n, h, w) is from pseudo-labels, where there are any."""
    each = functional.binary_cross_entropy_with_logits(logits, pseudo.change, reduction="none")
    return WEIGHT * (each * pseudo.sure).sum() / pseudo.sure.sum().clamp_min(1)


def _scores(net: ChangeNet, batch: Batch) -> Tensor:
    device = next(net.parameters()).device
    pre, post = (picture.to(device).float() / 255 for picture in (batch.pre, batch.post))
    with torch.autocast(device.type, torch.bfloat16):
        change, _buildings = net(pre, post)
    return torch.sigmoid(change[:, 0].float())
