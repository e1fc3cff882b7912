import pytest
import torch

from inference.networks.sam_encoder import Encoder
from tests.inference.small_sam import SIDE, small_sam


@pytest.fixture(autouse=True)
def _one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def pictures(count=2):
    return torch.randn(count, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(5))


def apart(found, expected):
    return float((found - expected).norm() / expected.norm())


@pytest.mark.parametrize("has_relative_positions", [True, False])
def test_in_float32_it_computes_what_the_package_computes(has_relative_positions):
    original = small_sam(has_relative_positions=has_relative_positions).image_encoder
    with torch.inference_mode():
        assert apart(Encoder(original, torch.float32)(pictures()), original(pictures())) < 1e-5


@pytest.mark.parametrize("precision", [torch.bfloat16, torch.float16])
def test_in_half_precision_it_comes_near(precision):
    original = small_sam().image_encoder
    with torch.inference_mode():
        found = Encoder(original, precision)(pictures())
        assert found.dtype == torch.float32
        assert 0 < apart(found, original(pictures())) < 0.03


def test_relative_positions_matter_to_this_comparison():
    original = small_sam().image_encoder
    with torch.inference_mode():
        before = original(pictures())
        for name, values in original.named_parameters():
            if "rel_pos" in name:
                values.zero_()
        assert apart(original(pictures()), before) > 0.1


def test_the_original_keeps_its_weights_and_precision():
    original = small_sam().image_encoder
    before = {name: value.clone() for name, value in original.state_dict().items()}
    Encoder(original, torch.bfloat16)
    after = original.state_dict()
    assert all(torch.equal(after[name], value) for name, value in before.items())
    assert {value.dtype for value in after.values()} == {torch.float32}
