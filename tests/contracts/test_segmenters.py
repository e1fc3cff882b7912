"""What every segmenter must keep, run over the whole registry on a small picture made here."""

import importlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pytest
from scipy import ndimage

from errors import InputError
from inference import segmenter_registry
from inference.segmenter_registry import Loaded, require_kinds
from inference.segmenters.base import Prompt
from raster.chip import Chip
from raster.grid import Grid
from tests.scenes import UTM33, ground, transform

SHAPE = (190, 230)
ROOF = (60, 110, 80, 150)
"""Top, bottom, left, right of a bright building on mottled ground."""
POINT = Prompt(inside=((115.5, 85.5),))
BOX = Prompt(box=(78.0, 58.0, 152.0, 112.0))
OUTLINE = Prompt(polygon=((82.0, 63.0), (148.0, 61.0), (147.0, 109.0), (83.0, 107.0)))
REFINED = Prompt(inside=((115.5, 85.5), (90.0, 100.0)), outside=((20.0, 20.0),))
NAMES = [entry.name for entry in segmenter_registry.available() if entry.is_available]


@dataclass(frozen=True)
class Case:
    """A segmenter and what it computed of the picture."""

    loaded: Loaded
    chip: Chip
    embedding: dict

    @property
    def prompts(self):
        """Prompts of every kind the card takes."""
        kinds = self.loaded.card.prompts
        every = {"point": (POINT, REFINED), "box": (BOX,), "polygon": (OUTLINE,)}
        return [prompt for kind, some in every.items() if kind in kinds for prompt in some]

    def embed(self, chip):
        return self.loaded.segmenter.embed(self.loaded.model, chip)

    def answer(self, prompt, embedding=None):
        kept = self.embedding if embedding is None else embedding
        return self.loaded.segmenter.answer(self.loaded.model, kept, prompt)


@pytest.fixture(params=NAMES, scope="module")
def case(request):
    loaded = segmenter_registry.load(request.param, "cpu")
    chip = picture(loaded.card)
    return Case(loaded, chip, loaded.segmenter.embed(loaded.model, chip))


def picture(card, *, valid=None):
    """A building with a shadow and a roof edge, at a ground size the card is made for."""
    image = np.clip(ground(SHAPE, seed=5) * 0.5 + 20, 0, 255)
    image[1] += 20
    top, bottom, left, right = ROOF
    image[:, bottom : bottom + 7, left : right + 5] *= 0.35
    image[:, top:bottom, left:right] = np.array([205, 190, 180])[:, None, None]
    image[:, top : (top + bottom) // 2, left:right] *= 0.93
    image = np.stack([cv2.GaussianBlur(band, (0, 0), 0.7) for band in image])
    low_m, high_m = card.gsd_range_m
    gsd_m = min(max(0.4, low_m), high_m)
    seen = np.ones(SHAPE, bool) if valid is None else valid
    pixels = np.clip(np.rint(image), 0, 255).astype(np.uint8)
    pixels[:, ~seen] = 128
    return Chip(pixels, seen, Grid(UTM33, transform(gsd_m), *SHAPE))


def same(one, two):
    assert [candidate.score for candidate in one] == [candidate.score for candidate in two]
    for first, second in zip(one, two, strict=True):
        np.testing.assert_array_equal(first.mask, second.mask)


def test_the_default_segmenters_can_run_here():
    assert {"clicknet", "graph"} <= set(NAMES)


def test_card_is_complete_and_carries_the_name_of_its_module(case):
    card = case.loaded.card
    module = importlib.import_module(f"inference.segmenters.{card.name}")
    assert module.CARD is card
    assert card.title
    assert card.summary.endswith(".")
    assert card.source
    assert card.prompts
    assert card.limits
    assert all(limit.endswith(".") for limit in card.limits)
    assert 0 < card.gsd_range_m[0] < card.gsd_range_m[1]
    assert card.window_px >= 256
    assert bool(card.licence) == bool(card.weights)


def test_an_embedding_is_plain_arrays_with_the_shape_of_its_chip(case):
    for name, array in case.embedding.items():
        assert isinstance(name, str)
        assert type(array) is np.ndarray
        assert array.dtype.kind in "biuf"
    assert (int(case.embedding["rows"]), int(case.embedding["cols"])) == SHAPE


def test_an_embedding_survives_the_disk(case, tmp_path):
    np.savez(tmp_path / "kept.npz", allow_pickle=False, **case.embedding)
    with np.load(tmp_path / "kept.npz", allow_pickle=False) as kept:
        again = {name: kept[name] for name in kept.files}
    for prompt in case.prompts:
        same(case.answer(prompt), case.answer(prompt, again))


def test_candidates_are_masks_of_the_chip_best_first_and_each_one_thing(case):
    for prompt in case.prompts:
        found = case.answer(prompt)
        assert found
        scores = [candidate.score for candidate in found]
        assert scores == sorted(scores, reverse=True)
        for candidate in found:
            assert candidate.mask.shape == SHAPE
            assert candidate.mask.dtype == np.bool_
            assert candidate.mask.any()
            assert 0 <= candidate.score <= 1
            assert ndimage.label(candidate.mask, np.ones((3, 3)))[1] == 1


def test_the_building_that_was_pointed_at_is_found(case):
    top, bottom, left, right = ROOF
    truth = np.zeros(SHAPE, bool)
    truth[top:bottom, left:right] = True
    for prompt in case.prompts:
        mask = case.answer(prompt)[0].mask
        assert (mask & truth).sum() / (mask | truth).sum() > 0.7, prompt


def test_points_on_the_thing_are_in_it_and_points_beside_it_are_not(case):
    if "point" not in case.loaded.card.prompts:
        pytest.skip("takes no points")
    mask = case.answer(REFINED)[0].mask
    assert all(mask[int(y), int(x)] for x, y in REFINED.inside)
    assert not any(mask[int(y), int(x)] for x, y in REFINED.outside)


def test_answers_are_the_same_each_time_and_leave_the_embedding_alone(case):
    before = {name: array.copy() for name, array in case.embedding.items()}
    for prompt in case.prompts:
        same(case.answer(prompt), case.answer(prompt))
    for name, array in case.embedding.items():
        np.testing.assert_array_equal(array, before[name])


def test_embedding_a_chip_twice_gives_one_answer(case):
    again = case.embed(case.chip)
    for prompt in case.prompts:
        same(case.answer(prompt), case.answer(prompt, again))


def test_nothing_is_kept_between_pictures(case):
    first = case.answer(POINT if "point" in case.loaded.card.prompts else BOX)
    mirrored = replace(case.chip, image=case.chip.image[:, :, ::-1].copy())
    case.answer(BOX, case.embed(mirrored))
    same(first, case.answer(POINT if "point" in case.loaded.card.prompts else BOX))


def test_threads_agree_with_one_another(case):
    mirrored = case.embed(replace(case.chip, image=case.chip.image[:, :, ::-1].copy()))
    alone = case.answer(BOX), case.answer(BOX, mirrored)
    with ThreadPoolExecutor(4) as pool:
        together = list(
            pool.map(lambda turn: case.answer(BOX, (case.embedding, mirrored)[turn % 2]), range(8))
        )
    for turn, found in enumerate(together):
        same(found, alone[turn % 2])


def test_kinds_the_card_lacks_are_refused_by_name(case):
    every = {"point": POINT, "box": BOX, "polygon": OUTLINE, "text": Prompt(text="roof")}
    for kind, prompt in every.items():
        if kind in case.loaded.card.prompts:
            require_kinds(case.loaded.card, prompt)
            continue
        with pytest.raises(InputError, match=f"does not take a {kind} prompt"):
            require_kinds(case.loaded.card, prompt)


def test_a_flat_grey_chip_breaks_nothing(case):
    flat = replace(case.chip, image=np.full((3, *SHAPE), 128, np.uint8))
    embedding = case.embed(flat)
    for prompt in case.prompts:
        for candidate in case.answer(prompt, embedding):
            assert candidate.mask.shape == SHAPE


def test_a_thing_beside_nodata_is_found_on_what_was_observed(case):
    valid = np.ones(SHAPE, bool)
    valid[:, 130:] = False
    chip = picture(case.loaded.card, valid=valid)
    found = case.answer(Prompt(box=(78.0, 58.0, 131.0, 112.0)), case.embed(chip))
    truth = np.zeros(SHAPE, bool)
    truth[60:110, 80:130] = True
    mask = found[0].mask & valid
    assert (mask & truth).sum() / (mask | truth).sum() > 0.5


@pytest.mark.parametrize("shape", [(33, 40), (64, 17), (1, 50)])
def test_slivers_of_a_scene_are_answered(case, shape):
    image = np.ascontiguousarray(case.chip.image[:, : shape[0], : shape[1]])
    grid = Grid(UTM33, case.chip.grid.transform, *shape)
    embedding = case.embed(Chip(image, np.ones(shape, bool), grid))
    for candidate in case.answer(
        Prompt(box=(0.0, 0.0, float(shape[1]), float(shape[0]))), embedding
    ):
        assert candidate.mask.shape == shape


def test_prompts_at_and_beyond_the_rim_are_answered(case):
    if "point" in case.loaded.card.prompts:
        for corner in ((0.0, 0.0), (SHAPE[1] - 0.01, SHAPE[0] - 0.01)):
            for candidate in case.answer(Prompt(inside=(corner,), outside=((-40.0, 999.0),))):
                assert candidate.mask.shape == SHAPE
    for candidate in case.answer(Prompt(box=(-50.0, -50.0, 400.0, 400.0))):
        assert candidate.mask.shape == SHAPE
