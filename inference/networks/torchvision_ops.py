"""Lets torchvision be imported beside a PyTorch it was not built for.

The usual torchvision wheel is built for CUDA: beside a CPU-only PyTorch its compiled operators
cannot be loaded, and its import fails because two of them are unknown. Knows nothing of models.
"""

import importlib.machinery
import importlib.util
import threading
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from errors import ModelError

_LOCK = threading.Lock()
_NMS = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
_SCHEMAS = {"nms": _NMS, "qnms": _NMS}
"""As torchvision declares them in `csrc/ops/nms.cpp` and `quantized/cpu/qnms_kernel.cpp`."""


def ensure() -> None:
    """Import torchvision, so that whatever imports it later finds it.

    Declares nothing where its own operators can be loaded. Cost: seconds, once per process.

    Raises:
        ModelError: torchvision is not installed.
    """
    with _LOCK:
        if not _own_are_loaded():
            for name, schema in _SCHEMAS.items():
                _declare(name, schema)
        import torchvision  # noqa: F401 - while the lock keeps other threads from half of it


def nms(boxes: Tensor, scores: Tensor, iou_threshold: float) -> Tensor:
    """Numbers (int64) of the boxes that no better box overlaps by more than the threshold.

    Args:
        boxes: (n, 4) left, top, right, bottom.
        scores: (n,), higher is better; the result is in this order, ties as they come.
        iou_threshold: largest intersection over union two kept boxes may have.
    """
    order = torch.argsort(scores, descending=True, stable=True)
    boxes = boxes[order].to(torch.float64)
    is_kept = torch.ones(len(boxes), dtype=torch.bool)
    for number in range(len(boxes)):
        if is_kept[number]:
            is_kept[number + 1 :] &= _iou(boxes[number], boxes[number + 1 :]) <= iou_threshold
    return order[is_kept]


def _iou(box: Tensor, others: Tensor) -> Tensor:
    """Intersection over union of one box and several; 0 for two boxes without an area."""
    sides = torch.minimum(box[2:], others[:, 2:]) - torch.maximum(box[:2], others[:, :2])
    shared = sides.clamp(min=0).prod(dim=1)
    union = (box[2:] - box[:2]).prod() + (others[:, 2:] - others[:, :2]).prod(dim=1) - shared
    return torch.where(union > 0, shared / union, 0.0)


def _own_are_loaded() -> bool:
    """Whether torchvision's compiled operators are there, loading them if need be."""
    found = importlib.util.find_spec("torchvision")
    if found is None or not found.origin:
        msg = "The package 'torchvision' is not installed."
        raise ModelError(msg, hint="Install what requirements.txt lists.")
    library = importlib.machinery.PathFinder.find_spec("_C", [str(Path(found.origin).parent)])
    if library is None or not library.origin:
        return False
    try:
        load: Any = torch.ops.load_library  # It carries no types.
        load(library.origin)
    except OSError:  # Built for another PyTorch; torchvision itself ignores this too.
        return False
    return True


def _declare(name: str, schema: str) -> None:
    if hasattr(torch.ops.torchvision, name):
        return
    torch.library.define(f"torchvision::{name}", schema)
    if name == "nms":
        torch.library.impl(f"torchvision::{name}", "cpu", nms)
