from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
import torch
from rasterio.windows import Window

from errors import OutOfDeviceMemoryError, WeightsCorruptError
from inference import weights
from inference.networks import clicknet as network
from inference.segmenters import clicknet
from inference.segmenters.base import Prompt
from raster.chip import Chip
from raster.grid import Grid
from tests.scenes import UTM33, ground, transform

SHAPE = (97, 130)


@pytest.fixture(scope="module")
def model():
    """The network with random weights and a last layer that says yes here and no there."""
    torch.set_num_threads(1)
    torch.manual_seed(3)
    return network.ready(network.ClickNet())


@pytest.fixture(scope="module")
def chip():
    image = np.clip(ground(SHAPE), 0, 255).astype(np.uint8)
    return Chip(image, np.ones(SHAPE, bool), Grid(UTM33, transform(0.5), *SHAPE))


def deciding(monkeypatch, logits):
    """Let the network's decoder answer with these logits (row, col) of the padded chip."""

    def decode(_self, _features, prompts):
        canvas = torch.full(prompts.shape[-2:], -1.0)
        canvas[: logits.shape[0], : logits.shape[1]] = torch.from_numpy(logits)
        return canvas[None], torch.tensor([0.75])

    monkeypatch.setattr(network.ClickNet, "decode", decode)


def two_parts():
    logits = np.full(SHAPE, -1.0, np.float32)
    logits[10:20, 10:30] = 2
    logits[50:90, 60:120] = 2
    logits[60:70, 80:90] = -1
    return logits


def test_an_embedding_is_plain_arrays_in_half_precision(model, chip):
    embedding = clicknet.embed(model, chip)
    assert (int(embedding["rows"]), int(embedding["cols"])) == SHAPE
    features = {name: array for name, array in embedding.items() if array.ndim == 4}
    assert set(features) == set(model.encode(torch.zeros(1, 3, 64, 64)))
    for array in features.values():
        assert type(array) is np.ndarray
        assert array.dtype == np.float16
        assert np.isfinite(array).all()


def test_half_precision_changes_next_to_nothing(model, chip):
    image = torch.from_numpy(clicknet._padded(chip.image))[None].float() / 255
    maps = torch.from_numpy(
        network.prompt_maps(clicknet._multiples(*SHAPE), inside=((60.0, 40.0),))
    )[None]
    with torch.inference_mode():
        exact, _score = model.decode(model.encode(image), maps)
        whole = Window(0, 0, 160, 128)
        kept, _score = model.decode(
            clicknet._features(clicknet.embed(model, chip), model, whole), maps
        )
    assert (exact - kept).abs().max() < 0.02 * exact.abs().max() + 1e-3


def test_the_part_with_the_click_is_the_thing_and_keeps_its_hole(monkeypatch, model, chip):
    deciding(monkeypatch, two_parts())
    embedding = clicknet.embed(model, chip)
    (small,) = clicknet.answer(model, embedding, Prompt(inside=((15.0, 15.0),)))
    assert small.mask.shape == SHAPE
    assert small.mask.sum() == 10 * 20
    assert small.mask[15, 15]
    assert small.score == 0.75
    (large,) = clicknet.answer(model, embedding, Prompt(inside=((65.0, 85.0),)))
    assert large.mask.sum() == 40 * 60 - 10 * 10


def wide_chip():
    shape = (640, 704)
    image = np.clip(ground(shape), 0, 255).astype(np.uint8)
    return Chip(image, np.ones(shape, bool), Grid(UTM33, transform(0.5), *shape))


def test_looking_around_the_prompt_gives_what_the_whole_window_gives(monkeypatch, model):
    embedding = clicknet.embed(model, wide_chip())
    prompt = Prompt(inside=((352.0, 320.0),))
    shapes, logits = [], []
    original = network.ClickNet.decode

    def spy(self, features, prompts):
        found, quality = original(self, features, prompts)
        shapes.append(tuple(prompts.shape[-2:]))
        logits.append(found[0].numpy())
        return found, quality

    monkeypatch.setattr(network.ClickNet, "decode", spy)
    clicknet.answer(model, embedding, prompt)
    monkeypatch.setattr(clicknet, "REACH_PX", 5000)
    clicknet.answer(model, embedding, prompt)
    assert shapes[0] == (384, 384)
    assert shapes[-1] == (640, 704)
    middle = logits[-1][128 + 160 : 128 + 224, 160 + 160 : 160 + 224]
    near = logits[0][160:224, 160:224]
    np.testing.assert_allclose(near, middle, atol=0.05 * np.abs(middle).max())


def test_a_thing_that_reaches_farther_is_looked_for_in_the_whole_window(monkeypatch, model):
    shapes = []

    def decode(_self, _features, prompts):
        shapes.append(tuple(prompts.shape[-2:]))
        canvas = torch.full(prompts.shape[-2:], -1.0)
        canvas[200:220] = 1
        return canvas[None], torch.tensor([0.75])

    monkeypatch.setattr(network.ClickNet, "decode", decode)
    embedding = clicknet.embed(model, wide_chip())
    (found,) = clicknet.answer(model, embedding, Prompt(inside=((352.0, 320.0),)))
    assert shapes == [(384, 384), (640, 704)]
    assert found.mask.sum() == 20 * 704
    assert found.mask[200:220].all()


def test_a_thing_seen_from_near_lies_where_it_is_in_the_window(monkeypatch, model):
    def decode(_self, _features, prompts):
        inside = prompts[0, 0]
        return torch.where(inside > 0, 2.0, -2.0)[None], torch.tensor([0.75])

    monkeypatch.setattr(network.ClickNet, "decode", decode)
    embedding = clicknet.embed(model, wide_chip())
    (found,) = clicknet.answer(model, embedding, Prompt(inside=((500.0, 430.0),)))
    rows, cols = np.nonzero(found.mask)
    assert rows.mean() + 0.5 == pytest.approx(430, abs=0.6)
    assert cols.mean() + 0.5 == pytest.approx(500, abs=0.6)


def test_a_box_takes_the_largest_part(monkeypatch, model, chip):
    deciding(monkeypatch, two_parts())
    embedding = clicknet.embed(model, chip)
    (found,) = clicknet.answer(model, embedding, Prompt(box=(55.0, 45.0, 125.0, 95.0)))
    assert found.mask.sum() == 40 * 60 - 10 * 10


def test_nothing_is_found_where_the_network_says_no(monkeypatch, model, chip):
    deciding(monkeypatch, np.full(SHAPE, -3.0, np.float32))
    assert clicknet.answer(model, clicknet.embed(model, chip), Prompt(inside=((5.0, 5.0),))) == ()


def test_an_outline_asks_with_its_box_and_the_point_deepest_inside(monkeypatch, model, chip):
    asked = {}
    original = network.prompt_maps

    def spy(shape, **prompts):
        asked.update(prompts)
        return original(shape, **prompts)

    monkeypatch.setattr(network, "prompt_maps", spy)
    corner = ((10.0, 10.0), (60.0, 10.0), (60.0, 20.0), (22.0, 20.0), (22.0, 80.0), (10.0, 80.0))
    clicknet.answer(model, clicknet.embed(model, chip), Prompt(polygon=corner))
    assert asked["box"] == (10.0, 10.0, 60.0, 80.0)
    ((x, y),) = asked["inside"]
    assert 11 < x < 21
    assert 11 < y < 79


def test_what_is_added_to_fill_the_shape_is_grey(chip):
    padded = clicknet._padded(chip.image)
    assert padded.shape == (3, 128, 160)
    assert (padded[:, 97:] == 128).all()
    assert (padded[:, :, 130:] == 128).all()
    np.testing.assert_array_equal(padded[:, :97, :130], chip.image)


def test_one_model_answers_many_threads_alike(model, chip):
    embedding = clicknet.embed(model, chip)
    mirrored = clicknet.embed(model, replace(chip, image=chip.image[:, ::-1].copy()))

    def ask(number):
        prompt = Prompt(inside=((40.0 + number % 2, 30.0),))
        found = clicknet.answer(model, (embedding, mirrored)[number % 2], prompt)
        return b"" if not found else found[0].mask.tobytes()

    alone = [ask(0), ask(1)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(12))) == alone * 6


@pytest.mark.parametrize("part", ["encode", "decode"])
def test_a_card_that_is_too_small_is_told_apart_from_other_failures(monkeypatch, model, chip, part):
    embedding = clicknet.embed(model, chip)

    def fail(*_args):
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(network.ClickNet, part, fail)
    ask = {
        "encode": lambda: clicknet.embed(model, chip),
        "decode": lambda: clicknet.answer(model, embedding, Prompt(inside=((5.0, 5.0),))),
    }
    with pytest.raises(OutOfDeviceMemoryError, match="too little memory"):
        ask[part]()


def test_weights_of_another_network_are_refused(monkeypatch, tmp_path):
    from safetensors.torch import save_file

    path = tmp_path / "clicknet.safetensors"
    save_file({"strange": torch.zeros(3)}, path)
    monkeypatch.setattr(weights, "path", lambda _name: path)
    monkeypatch.setattr(weights, "entry", lambda _name: None)
    monkeypatch.setattr(weights, "remedy", lambda _entry: "Install it again.")
    with pytest.raises(WeightsCorruptError, match="not those of this version") as caught:
        clicknet.load("cpu")
    assert caught.value.hint == "Install it again."


def test_weights_made_by_training_are_loaded_and_answer(monkeypatch, tmp_path, chip):
    from safetensors.torch import save_file

    torch.manual_seed(3)
    path = tmp_path / "clicknet.safetensors"
    save_file(network.ClickNet().state_dict(), path)
    monkeypatch.setattr(weights, "path", lambda _name: path)
    loaded = clicknet.load("cpu")
    embedding = clicknet.embed(loaded, chip)
    for found in clicknet.answer(loaded, embedding, Prompt(inside=((40.0, 30.0),))):
        assert found.mask.shape == SHAPE
