import pickle

import numpy as np
import pytest
import torch

from errors import OutOfDeviceMemoryError, WeightsCorruptError
from inference.networks import sam
from inference.networks.sam import Pointed
from tests.inference.small_sam import SIDE, small_sam

from segment_anything import SamPredictor, sam_model_registry  # isort: skip - made ready above

SHAPES = [(SIDE, SIDE), (90, 160), (300, 211), (64, 64)]


@pytest.fixture(scope="module")
def exact():
    """A small model in float32."""
    return sam.assemble(small_sam(), "cpu", torch.float32)


def picture(shape, seed=1):
    """Blobs rather than noise, so that resizing matters."""
    rows, cols = np.mgrid[: shape[0], : shape[1]]
    waves = [np.sin(rows / (7 + band) + seed) + np.cos(cols / (9 - band)) for band in range(3)]
    return np.uint8(np.clip(127 + 60 * np.array(waves), 0, 255))


def pointed(inside=(), outside=(), box=None):
    points = np.array((*inside, *outside), dtype=np.float64).reshape(-1, 2)
    return Pointed(points, np.arange(len(points)) < len(inside), box)


def by_the_package(image, prompt):
    """Masks and qualities of the package's own predictor.

    It counts from the middle of the first pixel of the resized picture, we from its corner.
    """
    predictor = SamPredictor(small_sam())
    predictor.set_image(np.ascontiguousarray(image.transpose(1, 2, 0)))
    half = 0.5 * max(image.shape[1:]) / SIDE
    masks, quality, _coarse = predictor.predict(
        point_coords=prompt.points - half if len(prompt.points) else None,
        point_labels=prompt.is_inside.astype(int) if len(prompt.points) else None,
        box=None if prompt.box is None else np.array(prompt.box) - half,
        multimask_output=prompt.is_ambiguous,
    )
    return masks, quality


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "prompt",
    [
        pointed(inside=[(40.5, 33.5)]),
        pointed(inside=[(20.0, 21.0)], outside=[(50.0, 9.0), (5.5, 60.5)]),
        pointed(box=(10.0, 12.0, 44.0, 50.5)),
        pointed(inside=[(30.0, 30.0)], box=(10.0, 12.0, 44.0, 50.5)),
    ],
    ids=["click", "clicks", "box", "box and click"],
)
def test_masks_are_those_of_the_packages_own_predictor(exact, shape, prompt):
    image = picture(shape)
    masks, quality = exact.decode(exact.encode(image), shape, prompt)
    expected, expected_quality = by_the_package(image, prompt)
    assert masks.shape == expected.shape == ((3 if prompt.is_ambiguous else 1), *shape)
    # The sum is taken in another order, so a pixel whose logit is zero may fall either way.
    assert np.mean(masks != expected) < 1e-4
    assert 0 < expected.mean() < 1
    np.testing.assert_allclose(quality, expected_quality, atol=1e-4)


def test_what_is_kept_is_plain_numbers_in_half_the_space_where_the_encoder_is_not_exact(exact):
    image = picture((SIDE, SIDE))
    fast = sam.assemble(small_sam(), "cpu", torch.bfloat16)
    assert exact.encode(image).dtype == np.float32
    assert fast.encode(image).dtype == np.float16
    assert type(fast.encode(image)) is np.ndarray


def test_a_model_keeps_no_picture(exact):
    first, second = picture((SIDE, SIDE), 1), picture((SIDE, SIDE), 4)
    prompt = pointed(inside=[(60.0, 50.0)])
    kept = exact.encode(first)
    kept.flags.writeable = False  # As it may come from a cache.
    before, _quality = exact.decode(kept, (SIDE, SIDE), prompt)
    exact.encode(second)
    after, _quality = exact.decode(kept, (SIDE, SIDE), prompt)
    assert np.array_equal(before, after)


def test_a_full_card_is_told_in_our_words(exact, monkeypatch):
    def refuse(*_arguments):
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(type(exact.encoder), "forward", refuse)
    with pytest.raises(OutOfDeviceMemoryError, match="too little memory") as caught:
        exact.encode(picture((SIDE, SIDE)))
    assert "CPU" in caught.value.hint


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ({"amx_bf16": True, "avx512_bf16": False}, torch.bfloat16),
        ({"amx_bf16": False, "avx512_bf16": True}, torch.bfloat16),
        ({"amx_bf16": False, "avx2": True}, torch.float32),
        ({}, torch.float32),
    ],
)
def test_a_processor_multiplies_bfloat16_only_where_it_has_units_for_it(
    monkeypatch, units, expected
):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: units)
    assert sam.best_precision("cpu") == expected


@pytest.mark.parametrize(
    ("has_units", "expected"), [(True, torch.bfloat16), (False, torch.float16)]
)
def test_a_card_without_units_for_bfloat16_multiplies_float16(monkeypatch, has_units, expected):
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda **_options: has_units)
    assert sam.best_precision("cuda:0") == expected


@pytest.fixture
def checkpoint(tmp_path, monkeypatch):
    """A small checkpoint that is loaded where the size `vit_b` is asked for."""
    monkeypatch.setitem(sam_model_registry, "vit_b", small_sam)
    path = tmp_path / "small.pth"
    torch.save(small_sam().state_dict(), path)
    return path


def test_a_checkpoint_gives_the_model_it_was_saved_from(checkpoint, exact, monkeypatch):
    monkeypatch.setattr(sam, "best_precision", lambda _device: torch.float32)
    loaded = sam.load(checkpoint, "vit_b", "cpu")
    image = picture((SIDE, SIDE))
    assert np.array_equal(loaded.encode(image), exact.encode(image))
    prompt = pointed(inside=[(60.0, 50.0)])
    kept = exact.encode(image)
    for found, expected in zip(
        loaded.decode(kept, (SIDE, SIDE), prompt),
        exact.decode(kept, (SIDE, SIDE), prompt),
        strict=True,
    ):
        assert np.array_equal(found, expected)


class Harmful:
    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return (self.mark.touch, ())


def test_code_in_a_checkpoint_is_refused_and_never_run(checkpoint, tmp_path):
    mark = tmp_path / "it_ran"
    for protocol in (
        torch.save,
        lambda what, path: path.write_bytes(pickle.dumps(what, protocol=2)),
    ):
        protocol({"model": Harmful(mark)}, checkpoint)
        with pytest.raises(WeightsCorruptError, match=r"'small\.pth' is not a checkpoint"):
            sam.load(checkpoint, "vit_b", "cpu")
    assert not mark.exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_truncated_checkpoint_is_refused_with_the_remedy(checkpoint, share):
    whole = checkpoint.read_bytes()
    checkpoint.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(WeightsCorruptError, match="not a checkpoint") as caught:
        sam.load(checkpoint, "vit_b", "cpu")
    assert "fetch it again" in caught.value.hint


def test_the_weights_of_another_network_are_refused(checkpoint):
    torch.save({"weight": torch.zeros(3)}, checkpoint)
    with pytest.raises(WeightsCorruptError, match="Segment Anything vit_b"):
        sam.load(checkpoint, "vit_b", "cpu")
    torch.save([1, 2, 3], checkpoint)
    with pytest.raises(WeightsCorruptError, match="not a checkpoint"):
        sam.load(checkpoint, "vit_b", "cpu")


@pytest.mark.gpu
def test_a_card_gives_the_masks_of_the_processor(exact):
    image, prompt = picture((SIDE, SIDE)), pointed(inside=[(60.0, 50.0)])
    card = sam.assemble(small_sam(), "cuda:0")
    expected, _quality = exact.decode(exact.encode(image), (SIDE, SIDE), prompt)
    found, _quality = card.decode(card.encode(image), (SIDE, SIDE), prompt)
    assert np.mean(found != expected) < 0.02
