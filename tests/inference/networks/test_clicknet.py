"""The network takes prompts where they are, repeats itself, and does not know tile borders."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from inference.networks import clicknet
from inference.networks.clicknet import HALO_PX, STRIDE_PX, ClickNet, prompt_maps


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def net() -> ClickNet:
    """Random weights with running statistics that are not those of an untrained network."""
    torch.manual_seed(3)
    made = ClickNet()
    for module in made.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.2)
            module.running_var.uniform_(0.6, 1.6)
            module.weight.data.uniform_(0.7, 1.3)
            module.bias.data.normal_(0, 0.1)
    return made.eval().requires_grad_(False)


def picture(rows: int, cols: int, seed: int = 0) -> torch.Tensor:
    rng = np.random.default_rng(seed)
    return torch.from_numpy(rng.random((1, 3, rows, cols), np.float32))


def test_a_tile_with_a_halo_answers_as_the_whole_picture_does(net: ClickNet) -> None:
    core = 64
    side = core + 2 * HALO_PX
    whole = picture(2 * STRIDE_PX + side, STRIDE_PX + side)
    top, left = 2 * STRIDE_PX, STRIDE_PX
    tile = whole[:, :, top : top + side, left : left + side]
    kept = slice(HALO_PX, HALO_PX + core)
    all_at_once = net.dense(net.encode(whole))[0, :, top:, left:][:, kept, kept]
    alone = net.dense(net.encode(tile))[0][:, kept, kept]
    assert torch.allclose(all_at_once, alone, atol=1e-4)


def test_the_halo_covers_what_the_dense_head_sees_beyond_a_core(net: ClickNet) -> None:
    begin = 6 * STRIDE_PX
    image = picture(2 * begin + STRIDE_PX, 2 * begin + STRIDE_PX).requires_grad_(True)
    answer = net.dense(net.encode(image))
    reach = 0
    for at in (0, STRIDE_PX - 1):
        image.grad = None
        answer[0, :, begin + at, begin + at].sum().backward(retain_graph=True)
        rows, cols = np.nonzero(image.grad[0].abs().sum(0).numpy())
        before = begin - min(rows.min(), cols.min())
        after = max(rows.max(), cols.max()) - (begin + STRIDE_PX - 1)
        reach = max(reach, before, after)
    assert reach == 153
    assert reach <= HALO_PX


def test_answers_have_the_shape_of_the_picture_and_scores_are_shares(net: ClickNet) -> None:
    features = net.encode(picture(96, 160))
    prompts = torch.from_numpy(
        np.stack([prompt_maps((96, 160), inside=[(x, 40.0)]) for x in (20.0, 90.0)])
    )
    logits, score = net.decode(features, prompts)
    assert logits.shape == (2, 96, 160)
    assert net.dense(features).shape == (1, 3, 96, 160)
    assert ((score > 0) & (score < 1)).all()
    assert not torch.equal(logits[0], logits[1])


def test_many_prompts_at_once_answer_as_each_alone(net: ClickNet) -> None:
    features = net.encode(picture(64, 64))
    maps = np.stack([
        prompt_maps((64, 64), inside=[(12, 30)], outside=[(50, 9)]),
        prompt_maps((64, 64), box=(8, 8, 40, 30)),
    ])  # fmt: skip
    together, scores = net.decode(features, torch.from_numpy(maps))
    for number in range(2):
        alone, score = net.decode(features, torch.from_numpy(maps[number : number + 1]))
        assert torch.allclose(together[number], alone[0], atol=1e-4)
        assert torch.allclose(scores[number], score[0], atol=1e-5)


def test_an_empty_prompt_gives_finite_numbers(net: ClickNet) -> None:
    logits, score = net.decode(net.encode(picture(64, 64)), torch.zeros(1, 3, 64, 64))
    assert torch.isfinite(logits).all()
    assert torch.isfinite(score).all()


def test_folding_batchnorm_and_a_round_trip_through_a_file_change_nothing(
    net: ClickNet, tmp_path: Path
) -> None:
    save_file(net.state_dict(), tmp_path / "net.safetensors")
    loaded = clicknet.load(tmp_path / "net.safetensors", "cpu")
    assert not any(isinstance(module, torch.nn.BatchNorm2d) for module in loaded.modules())
    image, prompts = (
        picture(64, 96),
        torch.from_numpy(prompt_maps((64, 96), inside=[(40, 20)]))[None],
    )
    before, after = net.encode(image), loaded.encode(image)
    assert torch.allclose(net.dense(before), loaded.dense(after), atol=1e-3)
    assert torch.allclose(
        net.decode(before, prompts)[0], loaded.decode(after, prompts)[0], atol=1e-3
    )


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    save_file({"wrong": torch.zeros(2)}, tmp_path / "net.safetensors")
    with pytest.raises(RuntimeError, match="wrong"):
        clicknet.load(tmp_path / "net.safetensors", "cpu")


def test_the_weights_are_small_enough_to_ship(net: ClickNet) -> None:
    size = sum(value.numel() * value.element_size() for value in net.state_dict().values())
    assert size < 20e6


def test_disks_lie_where_was_clicked_and_are_round() -> None:
    maps = prompt_maps((40, 60), inside=[(20.0, 10.0)], outside=[(50.5, 30.5)])
    rows, cols = np.nonzero(maps[0])
    assert (rows.mean() + 0.5, cols.mean() + 0.5) == (10.0, 20.0)
    assert np.hypot(rows + 0.5 - 10, cols + 0.5 - 20).max() <= clicknet.DISK_PX
    assert len(rows) == pytest.approx(np.pi * clicknet.DISK_PX**2, rel=0.2)
    assert maps[1, 30, 50] == 1
    assert maps[2].sum() == 0


def test_a_box_fills_what_it_encloses() -> None:
    maps = prompt_maps((20, 20), box=(3.2, 4.0, 9.9, 8.0))
    rows, cols = np.nonzero(maps[2])
    assert (rows.min(), rows.max(), cols.min(), cols.max()) == (4, 7, 3, 9)
    assert maps[:2].sum() == 0


def test_prompts_beyond_the_picture_are_cut_off() -> None:
    maps = prompt_maps((10, 10), inside=[(-1.0, 5.0), (40.0, 40.0)], box=(-5, -5, 4, 30))
    assert 0 < maps[0].sum() < np.pi * clicknet.DISK_PX**2 / 2
    assert maps[2].sum() == 40
