import os
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows it by

from errors import WeightsCorruptError
from inference.networks import tinycd, torchvision_ops

PUBLISHED = (
    Path(os.environ.get("GROUNDSHIFT_WEIGHTS_DIR", "data/weights")) / "tinycd_levir_best.pth"
)
SHARED = Path(__file__).resolve().parents[3].parent / "shared/data/weights/tinycd_levir_best.pth"


@pytest.fixture(scope="module")
def network():
    """A network of random numbers, its means and deviations among them."""
    with torch.random.fork_rng():
        torch.manual_seed(3)
        made = tinycd.TinyCd()
        for name, values in made.named_buffers():
            if name.endswith("running_mean"):
                values.normal_(0, 0.1)
            elif name.endswith("running_var"):
                values.uniform_(0.5, 1.5)
    return made.eval().requires_grad_(requires_grad=False)


@pytest.fixture(scope="module")
def dates():
    generator = torch.Generator().manual_seed(5)
    return tuple(torch.randn(1, 3, 64, 96, generator=generator) for _date in range(2))


def test_it_has_as_many_numbers_as_its_paper_says(network):
    assert sum(values.numel() for values in network.parameters()) == 285_128


def test_its_encoder_is_the_beginning_of_efficientnet_b4(network, dates):
    torchvision_ops.ensure()
    from torchvision.models import efficientnet_b4

    theirs = efficientnet_b4(weights=None).features[:4].eval()
    theirs.load_state_dict(network._backbone.state_dict())
    ours = theirs_made = dates[0]
    for our_stage, their_stage in zip(network._backbone, theirs, strict=True):
        ours, theirs_made = our_stage(ours), their_stage(theirs_made)
        torch.testing.assert_close(ours, theirs_made)
    assert ours.shape == (1, 56, 8, 12)


def test_mixing_sees_one_channel_of_each_date_at_a_time(network):
    mixing = network._mixing_mask[2]
    pre, post = torch.randn(2, 1, 56, 8, 8, generator=torch.Generator().manual_seed(1))
    convolution, slope, _norm = mixing._convmix
    found = mixing(pre, post)
    for channel in (0, 17, 55):
        both = torch.stack([pre[:, channel], post[:, channel]], dim=1)
        plain = F.conv2d(
            both,
            convolution.weight[channel : channel + 1],
            convolution.bias[channel, None],
            padding=1,
        )
        plain = torch.where(plain > 0, plain, plain * slope.weight)
        normed = (plain - plain.mean()) / torch.sqrt(plain.var(correction=0) + 1e-5)
        torch.testing.assert_close(found[:, channel : channel + 1], normed, atol=1e-5, rtol=1e-4)


def test_the_decoder_weighs_enlarged_features_by_the_attention_of_each_scale(network, dates):
    pre, post = dates
    weights = [network._first_mix(pre, post)]
    for stage, mix in zip(network._backbone, [None, *network._mixing_mask], strict=True):
        pre, post = stage(pre), stage(post)
        weights += [] if mix is None else [mix(pre, post)]
    features = weights[3]
    for raised, weight in zip(network._up, (weights[2], weights[1], weights[0]), strict=True):
        large = F.interpolate(features, weight.shape[2:], mode="bilinear", align_corners=True)
        features = raised._convolution(large * weight)
    expected = network._classify(features)
    torch.testing.assert_close(network(*dates), expected)
    assert expected.shape == (1, 1, 64, 96)
    assert 0 < expected.min() < expected.max() < 1


def test_a_saved_network_is_loaded_key_for_key(network, dates, tmp_path):
    torch.save(network.state_dict(), tmp_path / "net.pth")
    again = tinycd.load(tmp_path / "net.pth", "cpu")
    torch.testing.assert_close(again(*dates), network(*dates), rtol=0, atol=0)


class Code:
    def __reduce__(self):
        return (print, ("code in a checkpoint was run",))


@pytest.mark.parametrize("kind", ["cut short", "other keys", "code", "text"])
def test_anything_else_is_refused_and_never_run(network, tmp_path, capsys, kind):
    path = tmp_path / "net.pth"
    state = network.state_dict()
    if kind == "cut short":
        torch.save(state, path)
        path.write_bytes(path.read_bytes()[:-5000])
    elif kind == "other keys":
        torch.save({f"x{name}": values for name, values in state.items()}, path)
    elif kind == "code":
        path.write_bytes(pickle.dumps(Code(), protocol=2))
    else:
        path.write_text("no checkpoint", "utf-8")
    with pytest.raises(WeightsCorruptError, match=r"net\.pth"):
        tinycd.load(path, "cpu")
    assert "code in" not in capsys.readouterr().out


@pytest.mark.weights
def test_the_published_checkpoint_loads_and_sees_no_change_in_an_identical_pair():
    path = PUBLISHED if PUBLISHED.is_file() else SHARED
    if not path.is_file():
        pytest.skip("the published checkpoint is not on this machine")
    network = tinycd.load(path, "cpu")
    published = torch.load(path, weights_only=True, map_location="cpu")
    assert list(network.state_dict()) == list(published)
    generator = torch.Generator().manual_seed(0)
    picture = torch.randn(1, 3, 128, 128, generator=generator)
    assert float(network(picture, picture).max()) < 0.1
    assert np.isfinite(network(picture, -picture).numpy()).all()
