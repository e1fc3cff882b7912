"""A network that is being trained, asked as the product asks it: pictures of 8 bits in, logits out.

Knows nothing of pairs or of how they are looked at.
"""

import numpy as np
import torch
from numpy.typing import NDArray

from inference.backends.base import Maps
from inference.networks.changenet import ChangeNet
from inference.siamese.looking import Ask
from inference.siamese.network import Looks


def asking(net: ChangeNet) -> Ask:
    """What answers with logits of change (row, col) and of buildings (2, row, col)."""
    looks, device = Looks(net), next(net.parameters()).device

    @torch.inference_mode()
    def ask(pre: NDArray[np.uint8], post: NDArray[np.uint8]) -> Maps:
        pictures = (torch.from_numpy(np.ascontiguousarray(one)).to(device) for one in (pre, post))
        with torch.autocast(device.type, torch.bfloat16):
            maps = looks(*pictures)
        return tuple(one.float().cpu().numpy() for one in maps)

    return ask
