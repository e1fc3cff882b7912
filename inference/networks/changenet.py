"""Our siamese change network: two dates of a place to buildings of each date and what changed.

Works in pixels of one window; knows nothing of files, ground sizes or how it was trained. Context
is handed down as in feature pyramids (Lin et al. 2017). BatchNorm (Ioffe and Szegedy 2015) only, no
pooling over the window and `align_corners=False`, so that tiles with a halo give the answer of the
whole. Symmetric in the two dates: change is seen through |a - b| and max(a, b).
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from inference.networks.clicknet import Block, Conv, double

STRIDE_PX = 32
"""Height and width of a picture, and the offset of a tile, are multiples of it."""
HALO_PX = 288
"""What a tile needs around its core, if the core begins and ends at multiples of `STRIDE_PX`.

Change sees 270 pixels beyond such a core; a test measures it."""
MEAN, STD = 0.5, 0.25
"""Of the pixels (0..1) the network was trained with, whatever the band."""
WIDTHS = (16, 32, 64, 96, 160)
"""Channels of the encoder at strides 2, 4, 8, 16 and 32."""
NECK, THIN = 32, 8
OUTPUTS = 3
"""Maps of buildings: footprint, border and depth, as in `ClickNet.dense`."""


class Encoder(nn.Module):
    """One date at strides 2 to 32."""

    def __init__(self, bands: int) -> None:
        super().__init__()
        w2, w4, w8, w16, w32 = WIDTHS
        self.at2 = Conv(bands, w2, 5, stride=2)
        self.at4 = nn.Sequential(Conv(w2, w4, stride=2), Block(w4))
        self.at8 = nn.Sequential(Conv(w4, w8, stride=2), Block(w8))
        self.at16 = nn.Sequential(Conv(w8, w16, stride=2), Block(w16), Block(w16))
        self.at32 = nn.Sequential(Conv(w16, w32, stride=2), Block(w32))

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """Features (n, WIDTHS[i], h / 2**(i + 1), w / 2**(i + 1)) of (n, bands, h, w)."""
        at2 = self.at2(image)
        at4 = self.at4(at2)
        at8 = self.at8(at4)
        at16 = self.at16(at8)
        return at2, at4, at8, at16, self.at32(at16)


class TopDown(nn.Module):
    """Context handed down from stride 32 to stride 4."""

    def __init__(self, inputs: tuple[int, ...]) -> None:
        super().__init__()
        self.sides = nn.ModuleList(Conv(width, NECK, 1, relu=False) for width in inputs)
        self.mixes = nn.ModuleList(Conv(NECK, NECK) for _width in inputs[:-1])

    def forward(self, levels: tuple[Tensor, ...]) -> Tensor:
        """(n, NECK, h / 4, w / 4) of levels at strides 4 to 32."""
        x = functional.relu(self.sides[-1](levels[-1]))
        for side, mix, level in reversed(list(zip(self.sides, self.mixes, levels, strict=False))):
            x = mix(functional.relu(side(level) + double(x)))
        return x


class Head(nn.Module):
    """From strides 4 and 2 to one or more maps at full size."""

    def __init__(self, fine: int, outputs: int) -> None:
        super().__init__()
        self.thin = Conv(NECK, THIN, 1)
        self.fine = Conv(fine, THIN, 1)
        self.mix = Conv(2 * THIN, 2 * THIN)
        self.last = nn.Conv2d(2 * THIN, outputs * 4, 3, padding=1)

    def forward(self, neck: Tensor, at2: Tensor) -> Tensor:
        """Logits (n, outputs, h, w)."""
        x = self.mix(torch.cat([double(self.thin(neck)), self.fine(at2)], 1))
        return functional.pixel_shuffle(self.last(x), 2)


class ChangeNet(nn.Module):
    """Buildings of both dates, and change."""

    def __init__(self, bands: int = 3) -> None:
        super().__init__()
        w2, *widths = WIDTHS
        self.bands = bands
        self.encoder = Encoder(bands)
        self.down = TopDown(tuple(widths))
        self.buildings = Head(w2, OUTPUTS)
        self.between = nn.ModuleList(Conv(2 * width, width, 1) for width in widths)
        self.down_change = TopDown((widths[0] + 2 * NECK, *widths[1:]))
        self.change = Head(w2, 1)

    def forward(self, pre: Tensor, post: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of change (n, 1, h, w) and of buildings (2 n, OUTPUTS, h, w), pre first.

        Both dates (n, bands, h, w) hold 0..1; h and w are multiples of `STRIDE_PX`.
        """
        levels, neck = self.encode(torch.cat([pre, post]))
        return self.compare(levels, neck), self.buildings(neck, levels[0])

    def encode(self, image: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        """Features of pictures (n, bands, h, w) in 0..1: those of the encoder, and at stride 4."""
        levels = self.encoder((image - MEAN) / STD)
        return levels, self.down(levels[1:])

    def compare(self, levels: tuple[Tensor, ...], neck: Tensor) -> Tensor:
        """Logits of change (n, 1, h, w) from features of both dates, pre first."""
        mixed = [
            mix(_difference(level)) for mix, level in zip(self.between, levels[1:], strict=True)
        ]
        mixed[0] = torch.cat([mixed[0], _difference(neck)], 1)
        found: Tensor = self.change(self.down_change(tuple(mixed)), _apart(levels[0]))
        return found


def _difference(both: Tensor) -> Tensor:
    """How far two dates lie apart, and the stronger of them; the same for swapped dates."""
    return torch.cat([_apart(both), torch.maximum(*both.chunk(2))], 1)


def _apart(both: Tensor) -> Tensor:
    one, other = both.chunk(2)
    return (one - other).abs()


def load(path: Path, device: str) -> ChangeNet:
    """The trained network, BatchNorm folded, ready to answer; its bands are those of the file.

    Raises:
        OSError: the file cannot be read.
        RuntimeError: it holds other tensors than the network has.
    """
    weights = load_file(path, device="cpu")
    net = ChangeNet(weights["encoder.at2.conv.weight"].shape[1])
    net.load_state_dict({name: value.float() for name, value in weights.items()})
    return ready(net).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def ready(net: ChangeNet) -> ChangeNet:
    """The same network for answers only: evaluation mode, BatchNorm folded."""
    net.eval().requires_grad_(False)
    for module in net.modules():
        if isinstance(module, Conv):
            module.fold()
    return net
