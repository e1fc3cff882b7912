import importlib.util
import subprocess
import sys
from types import ModuleType

import numpy as np
import pytest
import torch

from errors import ModelError
from inference.networks import torchvision_ops


def run(code):
    """What a fresh interpreter prints; importing torchvision cannot be undone in this one."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def plain_nms(boxes, scores, threshold):
    """The definition, box by box."""
    kept = []
    for number in sorted(range(len(scores)), key=lambda one: -scores[one]):
        if all(plain_iou(boxes[number], boxes[other]) <= threshold for other in kept):
            kept.append(number)
    return kept


def plain_iou(one, other):
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(wide, 0) * max(high, 0)
    both = (one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1])
    return shared / (both - shared) if both > shared else 0.0


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.7, 1.0])
def test_nms_agrees_with_its_definition(threshold):
    random = np.random.default_rng(3)
    corners = random.uniform(0, 40, (60, 2))
    boxes = np.hstack([corners, corners + random.uniform(0, 25, (60, 2))])
    boxes[5] = boxes[6]
    boxes[7, 2:] = boxes[7, :2]
    scores = random.permutation(60) / 60
    kept = torchvision_ops.nms(torch.tensor(boxes), torch.tensor(scores), threshold)
    assert kept.tolist() == plain_nms(boxes, scores, threshold)


def test_nms_of_no_boxes_is_empty():
    kept = torchvision_ops.nms(torch.zeros(0, 4), torch.zeros(0), 0.5)
    assert kept.tolist() == []
    assert kept.dtype == torch.int64


def test_segment_anything_can_be_imported_after_threads_ensured_at_once():
    printed = run(
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from inference.networks import torchvision_ops as t\n"
        "with ThreadPoolExecutor(8) as pool: list(pool.map(lambda _: t.ensure(), range(8)))\n"
        "import segment_anything; t.ensure(); print(len(segment_anything.sam_model_registry))"
    )
    assert printed == "4"


def test_operators_that_torchvision_brings_are_left_alone(monkeypatch):
    stand_in = ModuleType("torchvision")
    stand_in.__spec__ = importlib.util.find_spec("torchvision")
    monkeypatch.setitem(sys.modules, "torchvision", stand_in)
    declared = []
    monkeypatch.setattr(torch.ops, "load_library", lambda _path: None)
    monkeypatch.setattr(torch.library, "define", lambda *names: declared.append(names))
    torchvision_ops.ensure()
    assert declared == []


def test_the_declared_operator_is_ours_where_torchvision_cannot_load_its_own():
    printed = run(
        "import torch\n"
        "def refuse(path): raise OSError('built for another')\n"
        "torch.ops.load_library = refuse\n"
        "from inference.networks import torchvision_ops as t; t.ensure()\n"
        "boxes = torch.tensor([[0., 0., 2., 2.], [0., 0., 2., 1.9], [5., 5., 6., 6.]])\n"
        "kept = torch.ops.torchvision.nms(boxes, torch.tensor([.5, .9, .1]), .5)\n"
        "print(kept.tolist())"
    )
    assert printed == "[1, 2]"


def test_a_missing_torchvision_is_said(monkeypatch):
    monkeypatch.setattr(torchvision_ops.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ModelError, match="'torchvision' is not installed"):
        torchvision_ops.ensure()
