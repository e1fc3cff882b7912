"""The network is even-handed in the two dates, sees no farther than it says, and loads as saved."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from inference.networks.changenet import HALO_PX, OUTPUTS, STRIDE_PX, ChangeNet, load, ready


@pytest.fixture(scope="module")
def net() -> ChangeNet:
    """Random weights with plain statistics, so that a far pixel is felt."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    net = ChangeNet()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.ones_(module.bias)
    return net.eval().requires_grad_(False)


def pictures(rows: int, cols: int = 64, *, seed: int = 1, bands: int = 3) -> Tensor:
    return torch.rand(1, bands, rows, cols, generator=torch.Generator().manual_seed(seed))


def test_swapped_dates_swap_the_buildings_and_leave_change_as_it_is(net: ChangeNet) -> None:
    pre, post = pictures(96), pictures(96, seed=2)
    change, buildings = net(pre, post)
    change_back, buildings_back = net(post, pre)
    assert change.shape == (1, 1, 96, 64)
    assert buildings.shape == (2, OUTPUTS, 96, 64)
    assert torch.equal(change, change_back)
    assert torch.equal(buildings, buildings_back.flip(0))
    assert not torch.equal(buildings[0], buildings[1])


def test_nothing_beyond_the_halo_reaches_an_aligned_core(net: ChangeNet) -> None:
    sharp = ChangeNet()
    sharp.load_state_dict(net.state_dict())
    sharp = ready(sharp).double()
    core, rows = slice(12 * STRIDE_PX, 13 * STRIDE_PX), 25 * STRIDE_PX
    pre, post = pictures(rows).double(), pictures(rows, seed=2).double()
    whole = sharp(pre, post)
    changed = pre.clone()
    changed[:, :, : core.start - HALO_PX] = 0.5
    changed[:, :, core.stop + HALO_PX :] = 0.5
    for one, other in zip(whole, sharp(changed, post), strict=True):
        assert torch.equal(one[:, :, core], other[:, :, core])
    nearer = pre.clone()
    nearer[:, :, : core.start - HALO_PX + STRIDE_PX] = 0.5
    answers = zip(whole, sharp(nearer, post), strict=True)
    assert any(not torch.equal(one[:, :, core], other[:, :, core]) for one, other in answers)


def test_saved_weights_answer_as_before(net: ChangeNet, tmp_path: Path) -> None:
    path = tmp_path / "net.safetensors"
    save_file({name: value.contiguous() for name, value in net.state_dict().items()}, path)
    loaded = load(path, "cpu")
    assert not any(isinstance(module, nn.BatchNorm2d) for module in loaded.modules())
    pre, post = pictures(64), pictures(64, seed=2)
    for one, other in zip(net(pre, post), loaded(pre, post), strict=True):
        assert torch.allclose(one, other, atol=1e-3)


def test_half_precision_files_and_other_bands_load_too(tmp_path: Path) -> None:
    path = tmp_path / "net.safetensors"
    tensors = ChangeNet(6).state_dict().items()
    halves = {name: v.half() if v.is_floating_point() else v for name, v in tensors}
    save_file({name: value.contiguous() for name, value in halves.items()}, path)
    loaded = load(path, "cpu")
    assert loaded.bands == 6
    change, _buildings = loaded(pictures(64, bands=6), pictures(64, bands=6, seed=2))
    assert change.dtype == torch.float32
    assert bool(change.isfinite().all())


def test_a_file_of_another_network_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "net.safetensors"
    save_file({"encoder.at2.conv.weight": torch.zeros(16, 3, 5, 5)}, path)
    with pytest.raises(RuntimeError, match="Missing key"):
        load(path, "cpu")
