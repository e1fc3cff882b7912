"""Processes that fit one network together, one for each graphics card, as `torchrun` starts them.

Each fits batches of its own; gradients are averaged after every step, so that all hold the same
weights. The first one alone writes. Synchronous data parallelism by `torch.distributed`; its
`DistributedDataParallel` sees `forward` only, which our networks do not use to learn. Knows no
network.
"""

import os

import torch
from torch import distributed, nn

CONVOLUTION = 4
"""Dimensions of the weights of a convolution."""


def join() -> str:
    """The device of this process, once it has found those started with it.

    Raises:
        SystemExit: there are more processes than graphics cards.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        return device
    if device == "cuda":
        number, cards = int(os.environ["LOCAL_RANK"]), torch.cuda.device_count()
        if number >= cards:
            message = f"There are {cards} graphics cards; start as many processes."
            raise SystemExit(message)
        torch.cuda.set_device(number)
    distributed.init_process_group("nccl" if device == "cuda" else "gloo")
    return device


def leave() -> None:
    """Let go of the others."""
    if distributed.is_initialized():
        distributed.destroy_process_group()


def size() -> int:
    """How many processes fit together."""
    return distributed.get_world_size() if distributed.is_initialized() else 1


def rank() -> int:
    """Which of them this one is, from 0 on; the first one writes."""
    return distributed.get_rank() if distributed.is_initialized() else 0


def turn(step: int) -> int:
    """The number of the batch that this process fits in a step: no two fit the same one."""
    return step * size() + rank()


def agreed(value: float, device: torch.device) -> float:
    """What the first process says, so that none stops before the others."""
    if size() == 1:
        return value
    told = torch.tensor(value, dtype=torch.float64, device=device)
    distributed.broadcast(told, 0)
    return float(told)


def average_gradients(net: nn.Module) -> None:
    """The mean of all processes' gradients in place of this one's own.

    A part that none of them asked keeps no gradient, so that the optimiser leaves it alone.
    """
    if size() == 1:
        return
    weights = list(net.parameters())
    asked = torch.tensor([each.grad is not None for each in weights], dtype=torch.float32)
    asked = asked.to(weights[0].device)
    distributed.all_reduce(asked)
    wanted = [each for each, said in zip(weights, asked.tolist(), strict=True) if said]
    own = [torch.zeros_like(each) if each.grad is None else each.grad for each in wanted]
    flat = torch.cat([grad.reshape(-1) for grad in own])
    distributed.all_reduce(flat)
    means = torch.split(flat / size(), [grad.numel() for grad in own])
    for each, mean in zip(wanted, means, strict=True):
        each.grad = mean.view_as(each).contiguous(memory_format=_order(each))


def _order(weight: nn.Parameter) -> torch.memory_format:
    """How the numbers of a weight lie in memory; its gradient's lie alike."""
    is_last = weight.dim() == CONVOLUTION and weight.is_contiguous(
        memory_format=torch.channels_last
    )
    return torch.channels_last if is_last else torch.contiguous_format
