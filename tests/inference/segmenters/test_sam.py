import hashlib
import importlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from errors import WeightsCorruptError, WeightsMissingError
from inference import segmenter_registry, weights
from inference.segmenters import sam, sam_vit_b
from inference.segmenters.base import Prompt
from raster.chip import Chip
from raster.grid import Grid
from tests.inference.small_sam import kept_as_base_model
from tests.scenes import UTM33, ground, transform

SHAPE = (97, 130)
SIZES = ("vit_b", "vit_l", "vit_h")


@pytest.fixture
def kept(tmp_path, monkeypatch):
    with kept_as_base_model(tmp_path, monkeypatch) as folder:
        yield folder


@pytest.fixture
def model(kept):
    return sam_vit_b.load("cpu")


@pytest.fixture(scope="module")
def chip():
    image = np.clip(ground(SHAPE), 0, 255).astype(np.uint8)
    return Chip(image, np.ones(SHAPE, bool), Grid(UTM33, transform(0.5), *SHAPE))


@pytest.fixture
def embedding(model, chip):
    return sam_vit_b.embed(model, chip)


@pytest.mark.parametrize("size", SIZES)
def test_each_size_is_a_segmenter_that_names_its_weights_and_their_licence(size):
    module = importlib.import_module(f"inference.segmenters.sam_{size}")
    card = module.CARD
    assert card.name == card.weights == f"sam_{size}"
    assert card.name in segmenter_registry.names()
    listed = weights.entry(card.weights)
    assert card.licence.startswith(listed.licence)
    assert not listed.is_shipped


def test_the_shared_code_is_no_segmenter_of_its_own():
    assert "sam" not in segmenter_registry.names()


def test_the_whole_path_from_the_file_of_weights_to_a_thing(kept, chip):
    loaded = segmenter_registry.load("sam_vit_b", "cpu")
    content = (kept / "sam_vit_b.pth").read_bytes()
    assert loaded.weights_sha256 == hashlib.sha256(content).hexdigest()
    embedding = loaded.segmenter.embed(loaded.model, chip)
    prompt = Prompt(inside=((60.0, 40.0),))
    found = loaded.segmenter.answer(loaded.model, embedding, prompt)
    assert 1 <= len(found) <= 3
    assert all(one.mask.shape == SHAPE and one.mask.any() for one in found)


def test_an_embedding_is_arrays_alone_with_the_size_of_the_chip(embedding):
    assert (int(embedding["rows"]), int(embedding["cols"])) == SHAPE
    assert all(isinstance(array, np.ndarray) for array in embedding.values())


def test_readings_come_best_first_and_scores_are_shares(model, embedding):
    found = sam.answer(model, embedding, Prompt(inside=((60.0, 40.0),)))
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    "prompt",
    [
        Prompt(box=(20.0, 20.0, 90.0, 80.0)),
        Prompt(inside=((60.0, 40.0), (62.0, 45.0))),
        Prompt(inside=((60.0, 40.0),), outside=((5.0, 5.0),)),
        Prompt(polygon=((20.0, 20.0), (90.0, 22.0), (80.0, 70.0))),
    ],
    ids=["box", "two clicks", "click and anti-click", "outline"],
)
def test_a_prompt_that_says_more_than_a_click_has_one_reading(model, embedding, prompt):
    assert len(sam.answer(model, embedding, prompt)) == 1


def test_an_outline_is_asked_as_its_box_and_its_middle(model, embedding):
    polygon = ((20.0, 20.0), (90.0, 20.0), (90.0, 80.0), (20.0, 80.0))
    (found,) = sam.answer(model, embedding, Prompt(polygon=polygon))
    box = Prompt(inside=((55.5, 50.5),), box=(20.0, 20.0, 90.0, 80.0))
    (expected,) = sam.answer(model, embedding, box)
    assert np.mean(found.mask != expected.mask) < 0.01
    assert found.score == pytest.approx(expected.score, abs=0.01)


@pytest.mark.parametrize("prompt", [Prompt(), Prompt(outside=((5.0, 5.0),)), Prompt(text="a roof")])
def test_a_prompt_that_points_at_nothing_has_no_reading(model, embedding, prompt):
    assert sam.answer(model, embedding, prompt) == ()


@pytest.mark.parametrize("shape", [(33, 40), (64, 17), (1, 50), (300, 1)])
def test_slivers_of_a_scene_and_prompts_beyond_their_rim_are_answered(model, chip, shape):
    image = np.resize(chip.image, (3, *shape))
    sliver = Chip(image, np.ones(shape, bool), Grid(UTM33, transform(0.5), *shape))
    embedding = sam.embed(model, sliver)
    for prompt in (Prompt(box=(-50.0, -50.0, 400.0, 400.0)), Prompt(inside=((0.0, 999.0),))):
        for candidate in sam.answer(model, embedding, prompt):
            assert candidate.mask.shape == shape
            assert candidate.mask.any()


def test_many_users_asking_one_model_at_once_get_what_each_would_get_alone(model, chip):
    turned = Chip(np.ascontiguousarray(chip.image[:, ::-1]), chip.valid, chip.grid)
    kept = [sam.embed(model, chip), sam.embed(model, turned)]
    asked = [(kept[turn % 2], Prompt(inside=((20.0 + 5 * turn, 40.0),))) for turn in range(12)]
    alone = [sam.answer(model, *one) for one in asked]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: sam.answer(model, *one), asked))
    for found, expected in zip(together, alone, strict=True):
        assert [one.score for one in found] == [one.score for one in expected]
        assert all(
            np.array_equal(one.mask, other.mask) for one, other in zip(found, expected, strict=True)
        )


def test_a_checkpoint_that_is_missing_or_another_file_is_told(kept):
    path = kept / "sam_vit_b.pth"
    whole = path.read_bytes()
    path.write_bytes(whole[:-7])
    with pytest.raises(WeightsCorruptError, match="damaged"):
        sam_vit_b.load("cpu")
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(WeightsCorruptError, match="damaged"):
        sam_vit_b.load("cpu")
    path.unlink()
    with pytest.raises(WeightsMissingError, match="not on this machine"):
        sam_vit_b.load("cpu")
