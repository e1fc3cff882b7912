"""Small change networks as files: the mean difference of the bands, raised by a convolution."""

import io
import warnings

import numpy as np
import torch

from tests.inference.adapters import protobuf as pb

SIDE = 64
GAIN, BIAS = 40.0, -4.0


def onnx(*, names=("pre", "post"), bands=3, channels=1, kind=1, side="side", operator="Conv"):
    """Logits (1, channels, row, col): with two channels the first one is 0."""
    weights = np.zeros((channels, bands, 1, 1), np.float32)
    weights[-1] = GAIN / bands
    bias = np.zeros(channels, np.float32)
    bias[-1] = BIAS
    shape = (1, bands, side, side)
    return pb.model(
        pb.graph(
            [
                pb.node("Sub", names, ["difference"]),
                pb.node("Abs", ["difference"], ["size"]),
                pb.node(operator, ["size", "weights", "bias"], ["change"]),
            ],
            tensors=[pb.tensor("weights", weights), pb.tensor("bias", bias)],
            inputs=[pb.port(name, shape, kind) for name in names],
            outputs=[pb.port("change", (1, channels, side, side))],
        )
    )


class Difference(torch.nn.Module):
    """As `onnx`."""

    def forward(self, pre, post):
        return (pre - post).abs().mean(1, keepdim=True) * 40.0 - 4.0


class Stacked(torch.nn.Module):
    """Two channels of shares for both dates stacked."""

    def forward(self, both):
        share = torch.sigmoid((both[:, :3] - both[:, 3:]).abs().mean(1, keepdim=True) * 40.0 - 4.0)
        return torch.cat([1 - share, share], 1)


class Halved(torch.nn.Module):
    """As `Difference`, in numbers that NumPy does not know."""

    def forward(self, pre, post):
        return ((pre - post).abs().mean(1, keepdim=True) * 40.0 - 4.0).to(torch.bfloat16)


class Particular(torch.nn.Module):
    """A network that refuses what it is given."""

    def forward(self, pre, post):
        assert pre.shape[2] == 17, "17 rows"
        return pre - post


class Named(torch.nn.Module):
    """A network that gives more than an array."""

    def forward(self, pre, post):
        return {"change": pre - post}


class Apart(torch.nn.Module):
    """Two channels, each a share of its own."""

    def forward(self, pre, post):
        share = (pre - post).abs().mean(1, keepdim=True)
        return torch.cat([share, share], 1)


def torchscript(module):
    """The bytes of a scripted module."""
    content = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.jit.save(torch.jit.script(module), content)
    return content.getvalue()
