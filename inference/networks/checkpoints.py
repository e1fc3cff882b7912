"""Checkpoints that somebody else published: tensors read into a network without running code.

Knows no network.
"""

import pickle  # for its error alone: nothing is unpickled here
from pathlib import Path

import torch
from torch import nn

from errors import WeightsCorruptError

FOREIGN = (
    OSError,
    EOFError,
    pickle.UnpicklingError,
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
)
"""What reading a file as the checkpoint that it is not may end in."""


def fill(network: nn.Module, checkpoint: Path, published_as: str) -> None:
    """Give a network the tensors of a PyTorch checkpoint, key for key, on the CPU.

    Args:
        network: its parameters become the file's tensors.
        checkpoint: from outside; pickled code in it is refused, not run.
        published_as: what the file should be, in the words of a user.

    Raises:
        WeightsCorruptError: it is not that checkpoint, or not wholly.
    """
    try:
        state = torch.load(checkpoint, map_location="cpu", weights_only=True)
        network.load_state_dict(state, assign=True)
    except FOREIGN as error:
        msg = f"The file {checkpoint.name!r} is not a checkpoint of {published_as}."
        raise WeightsCorruptError(msg, hint="Delete the file and fetch it again.") from error
