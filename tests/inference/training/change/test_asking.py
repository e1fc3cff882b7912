"""A network in training answers like the product's engines: arrays in, logits out."""

import numpy as np
import torch

from inference.networks.changenet import ChangeNet, ready
from inference.training.change.asking import asking


def test_answers_are_the_logits_of_the_network() -> None:
    torch.manual_seed(0)
    net, rng = ready(ChangeNet()), np.random.default_rng(0)
    pre, post = rng.integers(0, 256, (2, 3, 64, 96)).astype(np.uint8)
    change, buildings = asking(net)(pre, post)
    assert (change.shape, buildings.shape) == ((64, 96), (2, 64, 96))
    assert change.dtype == buildings.dtype == np.float32
    with torch.inference_mode():
        exact, roofs = net(*(torch.from_numpy(one)[None].float() / 255 for one in (pre, post)))
    np.testing.assert_allclose(change, exact[0, 0], atol=0.05)
    np.testing.assert_allclose(buildings, roofs[:, 0], atol=0.05)


def test_pictures_need_not_lie_in_one_piece() -> None:
    torch.manual_seed(0)
    ask, rng = asking(ready(ChangeNet())), np.random.default_rng(1)
    pre, post = rng.integers(0, 256, (2, 64, 64, 3)).astype(np.uint8).transpose(0, 3, 1, 2)
    whole = ask(*(np.ascontiguousarray(one) for one in (pre, post)))
    for one, other in zip(ask(pre, post), whole, strict=True):
        np.testing.assert_array_equal(one, other)
