"""The change network as engines run it: pictures of 8 bits in, the maps a detector needs out.

Knows nothing of pairs; this is the one place of a detector that loads PyTorch.
"""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from errors import WeightsCorruptError
from inference.domain_fit import Embed, Picture
from inference.networks import changenet
from inference.networks.changenet import MEAN, STD, ChangeNet


class Looks(nn.Module):
    """Change and the footprints of both dates."""

    def __init__(self, net: ChangeNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, pre: Tensor, post: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of change (row, col) and of buildings (2, row, col) of pictures of 8 bits."""
        change, buildings = self.net(pre[None].float() / 255, post[None].float() / 255)
        return change[0, 0], buildings[:, 0]


class Embedding(nn.Module):
    """The mean deepest features of both dates."""

    def __init__(self, net: ChangeNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, pre: Tensor, post: Tensor) -> tuple[Tensor]:
        """Features (2, k) of pictures (band, row, col) of 8 bits."""
        pictures = torch.stack([pre, post]).float() / 255
        return (self.net.encoder((pictures - MEAN) / STD)[-1].mean((2, 3)),)


def embedder(net: ChangeNet) -> Embed:
    """Mean deepest features (n, k) of pictures (n, band, row, col) of 8 bits, for `domain_fit`."""
    part = Embedding(net)

    def embed(pictures: Picture) -> NDArray[np.float32]:
        with torch.inference_mode():
            found = [part(one, one)[0][0] for one in torch.from_numpy(pictures)]
            return torch.stack(found).float().numpy()

    return embed


def load(path: Path) -> ChangeNet:
    """The trained network on the CPU.

    Raises:
        WeightsCorruptError: the file does not hold the weights of this network.
    """
    try:
        return changenet.load(path, "cpu")
    except (OSError, RuntimeError, KeyError) as error:
        msg = f"The weights {path.name!r} are not those of this version's network."
        raise WeightsCorruptError(msg, hint="Install or fetch the weights again.") from error
