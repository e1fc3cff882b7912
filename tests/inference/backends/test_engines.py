"""Every engine gives the answer of the network in float32, as nearly as its precision allows."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import nn

from inference.backends import choice, cuda, openvino_cpu, torch_cpu
from inference.backends.base import Source
from tests.inference.siamese.networks import Local

ENGINES = {"openvino": openvino_cpu.OpenVinoCpu, "torch": torch_cpu.TorchCpu}


def source(net=None, **fields):
    return Source("local-1", lambda: (net or Local()).eval(), stride_px=8, halo_px=8, **fields)


def picture(seed, shape=(64, 96)):
    return np.random.default_rng(seed).integers(0, 255, (3, *shape), np.uint8)


def plain(pre, post):
    with torch.inference_mode():
        return [
            one.numpy() for one in Local().eval()(torch.from_numpy(pre), torch.from_numpy(post))
        ]


@pytest.fixture(autouse=True)
def _own_data(tmp_path, monkeypatch):
    monkeypatch.setattr(openvino_cpu, "_place", lambda one: tmp_path / "engines" / f"{one.key}.xml")


@pytest.mark.parametrize("name", ENGINES)
def test_float32_is_the_network_itself(name):
    engine = ENGINES[name](source(), precision="float32", why="")
    found = engine(picture(1), picture(2))
    for one, two in zip(found, plain(picture(1), picture(2)), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-4)
    assert engine.nature.precision == "float32"
    assert engine.notes == ()


@pytest.mark.parametrize("name", ENGINES)
def test_bfloat16_flips_few_pixels(name):
    engine = ENGINES[name](source(), precision="bfloat16", why="")
    change, _rest = engine(picture(1), picture(2))
    expected, _rest = plain(picture(1), picture(2))
    assert ((change > 0) != (expected > 0)).mean() < 0.02


@pytest.mark.parametrize("name", ENGINES)
def test_pictures_of_any_size_are_taken_in_turn(name):
    engine = ENGINES[name](source(), precision="float32", why="")
    kept = engine(picture(1), picture(2))[0].copy()
    for shape in ((8, 8), (32, 120), (64, 96)):
        assert engine(picture(1, shape), picture(2, shape))[0].shape == shape
    again = engine(picture(1), picture(2))[0]
    np.testing.assert_array_equal(again, kept)


def test_a_converted_network_is_kept_and_needs_no_building():
    first = openvino_cpu.OpenVinoCpu(source(), precision="float32", why="")

    def refuse():
        raise AssertionError

    kept = Source("local-1", refuse, stride_px=8)
    second = openvino_cpu.OpenVinoCpu(kept, precision="float32", why="")
    np.testing.assert_array_equal(
        first(picture(1), picture(2))[0], second(picture(1), picture(2))[0]
    )


def test_a_damaged_kept_network_is_converted_anew(tmp_path):
    openvino_cpu.OpenVinoCpu(source(), precision="float32", why="")
    kept = tmp_path / "engines" / "local-1.xml"
    kept.write_text("<damaged", "utf-8")
    engine = openvino_cpu.OpenVinoCpu(source(), precision="float32", why="")
    np.testing.assert_allclose(
        engine(picture(1), picture(2))[0], plain(picture(1), picture(2))[0], atol=1e-4
    )


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path):
    (tmp_path / "engines").write_text("a file in the way", "utf-8")
    engine = openvino_cpu.OpenVinoCpu(source(), precision="float32", why="")
    assert engine(picture(1), picture(2))[0].shape == (64, 96)


def test_the_choice_is_made_once_and_says_why():
    engines = choice.Engines(source())
    engine = engines.on("cpu")
    assert engine is engines.on("cpu")
    assert engine.nature.name == "openvino"
    assert "bfloat16" in engine.nature.why


def test_without_openvino_pytorch_serves(monkeypatch):
    monkeypatch.setattr(choice.importlib.util, "find_spec", lambda _name: None)
    engine = choice.Engines(source()).on("cpu")
    assert engine.nature.name == "torch"
    assert "not installed" in engine.nature.why


def test_a_card_that_cannot_be_used_gives_way_to_the_processor(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choice.Engines(source()).on("cuda:0").nature.name in {"openvino", "torch"}


def test_openvino_is_kept_from_reporting_its_use():
    program = (
        "from inference.backends.openvino_runtime import openvino; import sys;"
        "assert sys.modules['openvino_telemetry'] is None;"
        "assert 'stub' in openvino.tools.ovc.telemetry_utils.tm.__name__"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


class Cramped(nn.Module):
    """The network, on a card with room for so many pixels."""

    def __init__(self, most_px):
        super().__init__()
        self.net, self.most_px = Local().eval(), most_px

    def forward(self, pre, post):
        if pre.shape[1] * pre.shape[2] > self.most_px:
            raise torch.OutOfMemoryError
        return self.net(pre, post)


@pytest.fixture
def card(monkeypatch):
    """A card that is the processor: what is computed is real, only the memory is not."""
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: True)
    monkeypatch.setattr(cuda, "SMALLEST_PX", 16)

    def make(most_px):
        instead = torch_cpu.TorchCpu(source(), precision="float32", why="")
        engine = cuda.Cuda(source(Cramped(most_px)), "cpu", why="", instead=lambda: instead)
        engine._dtype = torch.bfloat16
        return engine

    return make


def test_a_card_with_room_computes_the_whole(card):
    engine = card(1 << 20)
    np.testing.assert_allclose(engine(picture(1), picture(2))[0], plain(picture(1), picture(2))[0],
                               atol=0.05)  # fmt: skip
    assert engine.notes == ()


def test_a_small_card_computes_parts_that_join_without_a_seam(card):
    engine = card(64 * 70)
    for one, two in zip(engine(picture(1), picture(2)), plain(picture(1), picture(2)), strict=True):
        np.testing.assert_allclose(one, two, atol=0.05)
    assert engine.notes == (cuda.IN_PARTS,)


def test_a_full_card_leaves_it_to_the_processor_and_says_so(card):
    engine = card(0)
    np.testing.assert_allclose(engine(picture(1), picture(2))[0], plain(picture(1), picture(2))[0],
                               atol=0.05)  # fmt: skip
    assert cuda.ON_CPU in engine.notes


@pytest.mark.gpu
def test_a_real_card_agrees_with_the_processor():
    engine = choice.Engines(source()).on("cuda:0")
    assert engine.nature.name == "cuda"
    change, _rest = engine(picture(1), picture(2))
    assert ((change > 0) != (plain(picture(1), picture(2))[0] > 0)).mean() < 0.02
