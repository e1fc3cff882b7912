"""TinyCD: a change network of 285,128 numbers, written anew from its paper; its checkpoints fit.

Codegoni, Lombardi and Ferrari 2022, "TINYCD: A (Not So) Deep Learning Model For Change Detection",
arXiv:2207.13159. Names of parts are those of the published checkpoints. Knows nothing of tiles,
files' origin or the ground.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows it by
from torch import Tensor, nn

from inference.networks import checkpoints

MEAN = (0.485, 0.456, 0.406)
DEVIATION = (0.229, 0.224, 0.225)
"""Of red, green and blue in 0..1, as the authors normalised them (those of ImageNet)."""
STRIDE_PX = 8
"""Rows and columns of the input must be multiples of this."""


class Squeeze(nn.Module):
    """Weighs channels by what the whole input shows (Hu et al. 2018): the first cause of seams."""

    def __init__(self, channels: int, inner: int) -> None:
        super().__init__()
        self.fc1 = nn.Conv2d(channels, inner, 1)
        self.fc2 = nn.Conv2d(inner, channels, 1)

    def forward(self, values: Tensor) -> Tensor:
        """The input, each channel times a number in 0..1."""
        inner = F.silu(self.fc1(values.mean((2, 3), keepdim=True)))
        weighed: Tensor = values * self.fc2(inner).sigmoid()
        return weighed


class Inverted(nn.Module):
    """Inverted residual block of EfficientNet (Tan and Le 2019): widen, filter, squeeze, narrow."""

    def __init__(self, given: int, made: int, *, widen: int, kernel: int, stride: int) -> None:
        super().__init__()
        inner = given * widen
        layers: list[nn.Module] = [] if widen == 1 else [_normed(given, inner, 1)]
        layers += [
            _normed(inner, inner, kernel, stride=stride, groups=inner),
            Squeeze(inner, given // 4),
            _normed(inner, made, 1, is_last=True),
        ]
        self.block = nn.Sequential(*layers)
        self.has_shortcut = stride == 1 and given == made

    def forward(self, values: Tensor) -> Tensor:
        """Features of the next block."""
        made: Tensor = self.block(values)
        return made + values if self.has_shortcut else made


class Mixing(nn.Module):
    """Both dates, channel by channel: a filter sees one channel of each and nothing else."""

    def __init__(self, given: int) -> None:
        super().__init__()
        self._convmix = nn.Sequential(
            nn.Conv2d(2 * given, given, 3, groups=given, padding=1),
            nn.PReLU(),
            nn.InstanceNorm2d(given),
        )

    def forward(self, pre: Tensor, post: Tensor) -> Tensor:
        """As many channels as each date has."""
        pairs = torch.stack((pre, post), dim=2)
        mixed: Tensor = self._convmix(pairs.flatten(1, 2))
        return mixed


class Pixelwise(nn.Module):
    """A small perceptron that sees one pixel at a time."""

    def __init__(self, channels: Sequence[int], last: nn.Module) -> None:
        super().__init__()
        steps = list(pairwise(channels))
        activations = [*(nn.PReLU() for _step in steps[1:]), last]
        self._linears = nn.Sequential(
            *(
                nn.Sequential(nn.Conv2d(given, made, 1), activation)
                for (given, made), activation in zip(steps, activations, strict=True)
            )
        )

    def forward(self, values: Tensor) -> Tensor:
        """Channels of each pixel turned into others."""
        made: Tensor = self._linears(values)
        return made


class Attention(nn.Module):
    """One number a pixel: how much it matters at this scale."""

    def __init__(self, given: int, inner: Sequence[int]) -> None:
        super().__init__()
        self._mixing = Mixing(given)
        self._linear = Pixelwise((given, *inner, 1), nn.PReLU())

    def forward(self, pre: Tensor, post: Tensor) -> Tensor:
        """(n, 1, row, col)."""
        weight: Tensor = self._linear(self._mixing(pre, post))
        return weight


class Raise(nn.Module):
    """Coarse features enlarged, weighed by the attention of the finer scale and filtered."""

    def __init__(self, given: int, made: int) -> None:
        super().__init__()
        self._convolution = nn.Sequential(
            nn.Conv2d(given, given, 3, groups=given, padding=1),
            nn.PReLU(),
            nn.InstanceNorm2d(given),
            nn.Conv2d(given, made, 1),
            nn.PReLU(),
            nn.InstanceNorm2d(made),
        )

    def forward(self, coarse: Tensor, weight: Tensor) -> Tensor:
        """Features on the grid of `weight`."""
        size = weight.shape[2:]
        large = F.interpolate(coarse, size, mode="bilinear", align_corners=True)
        made: Tensor = self._convolution(large * weight)
        return made


class TinyCd(nn.Module):
    """The network: the first four stages of EfficientNet-B4 for both dates, mixed and raised."""

    def __init__(self) -> None:
        super().__init__()
        self._backbone = nn.ModuleList(
            [
                _normed(3, 48, 3, stride=2),
                _stage(48, 24, widen=1, kernel=3, stride=1, blocks=2),
                _stage(24, 32, widen=6, kernel=3, stride=2, blocks=4),
                _stage(32, 56, widen=6, kernel=5, stride=2, blocks=4),
            ]
        )
        self._first_mix = Attention(3, (10, 5))
        self._mixing_mask = nn.ModuleList(
            [Attention(24, (12, 6)), Attention(32, (16, 8)), Mixing(56)]
        )
        self._up = nn.ModuleList([Raise(56, 64), Raise(64, 64), Raise(64, 32)])
        self._classify = Pixelwise((32, 16, 8, 1), nn.Sigmoid())

    def forward(self, pre: Tensor, post: Tensor) -> Tensor:
        """Probability of change (n, 1, row, col) of two normalised pictures (n, 3, row, col)."""
        weights = [self._first_mix(pre, post)]
        for stage, layers in enumerate(self._backbone):
            pre, post = layers(pre), layers(post)
            if stage > 0:
                weights.append(self._mixing_mask[stage - 1](pre, post))
        features = weights.pop()
        for layers in self._up:
            features = layers(features, weights.pop())
        probability: Tensor = self._classify(features)
        return probability


def load(checkpoint: Path, device: str) -> TinyCd:
    """The network with the numbers of a checkpoint on a device (`cpu`, `cuda:0`).

    Raises:
        WeightsCorruptError: the file is no checkpoint of TinyCD; code in it is never run.
    """
    network = TinyCd()
    checkpoints.fill(network, checkpoint, "TinyCD")
    return network.eval().requires_grad_(requires_grad=False).to(device)


def _stage(
    given: int, made: int, *, widen: int, kernel: int, stride: int, blocks: int
) -> nn.Sequential:
    first = Inverted(given, made, widen=widen, kernel=kernel, stride=stride)
    more = (Inverted(made, made, widen=widen, kernel=kernel, stride=1) for _ in range(blocks - 1))
    return nn.Sequential(first, *more)


def _normed(
    given: int, made: int, kernel: int, *, stride: int = 1, groups: int = 1, is_last: bool = False
) -> nn.Sequential:
    """Convolution and BatchNorm; SiLU unless it narrows a block."""
    layers: list[nn.Module] = [
        nn.Conv2d(given, made, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(made),
    ]
    return nn.Sequential(*layers, *([] if is_last else [nn.SiLU()]))
