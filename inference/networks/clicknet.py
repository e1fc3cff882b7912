"""The network behind `clicknet`: picture features once, then an outline for every click or box.

Works in pixels of one window; knows nothing of files, ground sizes or how it was trained.

The way clicks enter as disks, and are corrected, was taught by RITM (Sofiiuk et al. 2021, "Reviving
iterative training with mask guidance"); encoding the picture once and conditioning late by Segment
Anything (Kirillov et al. 2023). BatchNorm only, no pooling over the window before the dense head
and `align_corners=False`, so that tiles with a halo give the same dense answer as the whole.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

Features = dict[str, Tensor]
Box = tuple[float, float, float, float]
XY = tuple[float, float]

STRIDE_PX = 32
"""Height and width of a picture, and the offset of a tile, are multiples of it."""
HALO_PX = 160
"""What a tile needs around its core, if the core begins and ends at multiples of `STRIDE_PX`.

The dense head sees 153 pixels beyond such a core; a test measures it."""
DISK_PX = 3.0
"""Radius of a click."""
WIDTHS = (16, 32, 64, 112, 160)
"""Channels of the encoder at strides 2, 4, 8, 16 and 32."""
FINE, NECK, MIDDLE, DEEP, DEEPEST = 16, 32, 48, 96, 128
"""Channels of the features at strides 2, 4, 8, 16 and 32."""
GROUPS, KEY = 4, 32
"""Likeness to what was clicked is measured in groups of 8 of 32 channels."""


class Conv(nn.Module):
    """Convolution, BatchNorm and, unless it is the last of a block, ReLU."""

    def __init__(
        self, inputs: int, outputs: int, size: int = 3, *, stride: int = 1, relu: bool = True
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False)
        self.norm: nn.Module = nn.BatchNorm2d(outputs)
        self.relu = relu

    def forward(self, x: Tensor) -> Tensor:
        """(n, outputs, h / stride, w / stride)."""
        x = self.norm(self.conv(x))
        return functional.relu(x, inplace=True) if self.relu else x

    def fold(self) -> None:
        """Multiply the BatchNorm into the convolution; for evaluation only."""
        if isinstance(self.norm, nn.BatchNorm2d):
            self.conv = fuse_conv_bn_eval(self.conv, self.norm)
            self.norm = nn.Identity()


class Block(nn.Module):
    """Two convolutions beside the identity (He et al. 2016)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = Conv(width, width)
        self.second = Conv(width, width, relu=False)

    def forward(self, x: Tensor) -> Tensor:
        """The same shape."""
        return functional.relu(x + self.second(self.first(x)))


class Encoder(nn.Module):
    """The picture at strides 2 to 32."""

    def __init__(self) -> None:
        super().__init__()
        w2, w4, w8, w16, w32 = WIDTHS
        self.stem = nn.Sequential(Conv(3, w2, stride=2), Conv(w2, w2))
        self.at4 = nn.Sequential(Conv(w2, w4, stride=2), Block(w4))
        self.at8 = nn.Sequential(Conv(w4, w8, stride=2), Block(w8), Block(w8))
        self.at16 = nn.Sequential(Conv(w8, w16, stride=2), Block(w16), Block(w16))
        self.at32 = nn.Sequential(Conv(w16, w32, stride=2), Block(w32), Block(w32))

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """Features (n, WIDTHS[i], h / 2**(i + 1), w / 2**(i + 1))."""
        at2 = self.stem(image)
        at4 = self.at4(at2)
        at8 = self.at8(at4)
        at16 = self.at16(at8)
        return at2, at4, at8, at16, self.at32(at16)


class Neck(nn.Module):
    """What decoder and dense head share: context handed down from stride 16 to strides 8 and 4."""

    def __init__(self) -> None:
        super().__init__()
        w2, w4, w8, w16, w32 = WIDTHS
        self.fine = Conv(w2, FINE, 1)
        self.side4, self.side8 = Conv(w4, NECK, 1, relu=False), Conv(w8, MIDDLE, 1, relu=False)
        self.side16, self.side32 = Conv(w16, DEEP, 1), Conv(w32, DEEPEST, 1)
        self.down8, self.down4 = (
            Conv(DEEP, MIDDLE, 1, relu=False),
            Conv(MIDDLE, NECK, 1, relu=False),
        )
        self.mix8, self.mix4 = Conv(MIDDLE, MIDDLE), Conv(NECK, NECK)
        self.key = nn.Conv2d(NECK, KEY, 1)

    def forward(self, levels: tuple[Tensor, ...]) -> Features:
        """Features by name; `key` holds unit vectors per group."""
        at2, at4, at8, at16, at32 = levels
        deep = self.side16(at16)
        middle = self.mix8(functional.relu(self.side8(at8) + double(self.down8(deep))))
        neck = self.mix4(functional.relu(self.side4(at4) + double(self.down4(middle))))
        return {
            "fine": self.fine(at2),
            "neck": neck,
            "middle": middle,
            "deep": deep,
            "deepest": self.side32(at32),
            "key": _unit(self.key(neck)),
        }


class DenseHead(nn.Module):
    """Building footprint, border and depth for every pixel."""

    def __init__(self) -> None:
        super().__init__()
        self.thin = Conv(NECK, FINE, 1)
        self.mix = Conv(FINE * 2, FINE * 2)
        self.last = nn.Conv2d(FINE * 2, 3, 3, padding=1)

    def forward(self, features: Features) -> Tensor:
        """Logits (n, 3, h, w)."""
        x = torch.cat([double(self.thin(features["neck"])), features["fine"]], 1)
        return double(self.last(self.mix(x)))


class Decoder(nn.Module):
    """A thin U-net from the features and the prompts to one outline."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Conv2d(3 * 16 + 3 * GROUPS, NECK, 1)
        self.in4 = Conv(NECK, NECK)
        self.to8, self.in8 = Conv(NECK, MIDDLE, stride=2), Block(MIDDLE)
        self.to16, self.in16 = Conv(MIDDLE, DEEP, stride=2), Block(DEEP)
        self.to32, self.in32 = Conv(DEEP, DEEPEST, stride=2), Block(DEEPEST)
        self.up16, self.out16 = Conv(DEEPEST, DEEP, 1, relu=False), Conv(DEEP, DEEP)
        self.up8, self.out8 = Conv(DEEP, MIDDLE, 1, relu=False), Conv(MIDDLE, MIDDLE)
        self.up4, self.out4 = Conv(MIDDLE, NECK, 1, relu=False), Conv(NECK, NECK)
        self.up2, self.out2 = Conv(NECK, FINE, 1, relu=False), Conv(FINE, FINE)
        self.last = nn.Conv2d(FINE, 1, 3, padding=1)
        self.judge = nn.Sequential(nn.Linear(2 * MIDDLE, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, features: Features, prompts: Tensor) -> tuple[Tensor, Tensor]:
        """Mask logits (n, h, w) and the estimated IoU of the mask (n,)."""
        marks = functional.pixel_unshuffle(prompts, 4)
        marks = torch.cat([marks, _likeness(features["key"], prompts)], 1)
        at4 = self.in4(functional.relu(features["neck"] + self.embed(marks)))
        at8 = self.in8(self.to8(at4) + features["middle"])
        at16 = self.in16(self.to16(at8) + features["deep"])
        at32 = self.in32(self.to32(at16) + features["deepest"])
        at16 = self.out16(functional.relu(at16 + double(self.up16(at32))))
        at8 = self.out8(functional.relu(at8 + double(self.up8(at16))))
        at4 = self.out4(functional.relu(at4 + double(self.up4(at8))))
        at2 = self.out2(functional.relu(features["fine"] + double(self.up2(at4))))
        logits = double(self.last(at2))[:, 0]
        return logits, self._quality(at8, logits)

    def _quality(self, at8: Tensor, logits: Tensor) -> Tensor:
        """How well the mask fits, from what is inside it and what it is unsure of."""
        likely = torch.sigmoid(functional.avg_pool2d(logits.detach()[:, None], 8))
        parts = [_mean_under(at8, weight) for weight in (likely, likely * (1 - likely))]
        return torch.sigmoid(self.judge(torch.cat(parts, 1)))[:, 0]


class ClickNet(nn.Module):
    """Outlines for clicks and boxes, and buildings everywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.neck = Encoder(), Neck()
        self.head, self.decoder = DenseHead(), Decoder()

    def encode(self, image: Tensor) -> Features:
        """Features of pictures (n, 3, h, w), 0..1; h and w multiples of 32."""
        features: Features = self.neck(self.encoder((image - 0.5) / 0.25))
        return features

    def dense(self, features: Features) -> Tensor:
        """Logits (n, 3, h, w): building footprint, building border or gap, depth.

        Border: within about a pixel of a building's outline, or in the gap between two that nearly
        touch. Depth: distance to the outline in parts of the largest in the same building (0..1
        after a sigmoid), so that each building has one summit.
        """
        logits: Tensor = self.head(features)
        return logits

    def decode(self, features: Features, prompts: Tensor) -> tuple[Tensor, Tensor]:
        """Mask logits (n, h, w) and estimated IoU (n,) of prompts (n, 3, h, w) on one picture each.

        The features of a single picture serve any number of prompts.
        """
        answer: tuple[Tensor, Tensor] = self.decoder(features, prompts)
        return answer


def double(x: Tensor) -> Tensor:
    """Twice the height and width."""
    return functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


def _unit(key: Tensor) -> Tensor:
    """Every group of channels as a unit vector."""
    return functional.normalize(_grouped(key), dim=2).flatten(1, 2)


def _grouped(key: Tensor) -> Tensor:
    """(n, GROUPS, channels / GROUPS, ...) of (n, channels, ...)."""
    return key.reshape(len(key), GROUPS, -1, *key.shape[2:])


def _likeness(key: Tensor, prompts: Tensor) -> Tensor:
    """Cosine (n, 3 * GROUPS, h / 4, w / 4) of each pixel to what lies under each kind of prompt."""
    weight = functional.avg_pool2d(prompts, 4)
    total = weight.sum((2, 3))[..., None].clamp_min(1e-3)
    key = key.expand(len(prompts), -1, -1, -1)
    mean = torch.einsum("nphw,nkhw->npk", weight, key) / total
    mean = functional.normalize(mean.reshape(*mean.shape[:2], GROUPS, -1), dim=3)
    return torch.einsum("npgk,ngkhw->npghw", mean, _grouped(key)).flatten(1, 2)


def _mean_under(features: Tensor, weight: Tensor) -> Tensor:
    """Mean (n, channels) of features (n, channels, h, w) under a weight (n, 1, h, w)."""
    return (features * weight).sum((2, 3)) / weight.sum((2, 3)).clamp_min(1e-3)


def prompt_maps(
    shape: tuple[int, int],
    *,
    inside: Sequence[XY] = (),
    outside: Sequence[XY] = (),
    box: Box | None = None,
) -> NDArray[np.float32]:
    """The prompts as the network takes them (3, row, col): clicks inside, clicks outside, box.

    Positions are x right, y down in pixels from the outer corner; a box is left, top, right,
    bottom. What lies outside the shape leaves no mark.
    """
    maps = np.zeros((3, *shape), np.float32)
    for channel, points in enumerate((inside, outside)):
        for x, y in points:
            _disk(maps[channel], x, y)
    if box is not None:
        left, top, right, bottom = (max(round(side), 0) for side in box)
        maps[2, top : max(bottom, top + 1), left : max(right, left + 1)] = 1
    return maps


def _disk(canvas: NDArray[np.float32], x: float, y: float) -> None:
    top, left = max(int(y - DISK_PX) - 1, 0), max(int(x - DISK_PX) - 1, 0)
    part = canvas[top : max(int(y + DISK_PX) + 2, 0), left : max(int(x + DISK_PX) + 2, 0)]
    rows, cols = np.ogrid[: part.shape[0], : part.shape[1]]
    away = np.hypot(rows + (top + 0.5 - y), cols + (left + 0.5 - x))
    part[away <= DISK_PX] = 1


def load(path: Path, device: str) -> ClickNet:
    """The trained network, ready to answer: BatchNorm folded, channels last, no gradients.

    Raises:
        OSError: the file cannot be read.
        RuntimeError: it does not hold the weights of this network.
    """
    net = ClickNet()
    net.load_state_dict(load_file(path, device="cpu"))
    return ready(net).to(device)


def ready(net: ClickNet) -> ClickNet:
    """A network for answering only; it is changed in place."""
    net.eval().requires_grad_(False)
    for module in net.modules():
        if isinstance(module, Conv):
            module.fold()
    return net.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]
