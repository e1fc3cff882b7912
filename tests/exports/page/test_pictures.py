import base64
import io

import numpy as np
import pytest
from PIL import Image

from exports.page import pictures
from raster.mask import ChangeClass

LEGEND = (ChangeClass(1, "a", "a", "changed", "#d55e00"),)


def _decode(uri: str) -> tuple[str, np.ndarray]:
    head, body = uri.split(",")
    picture = Image.open(io.BytesIO(base64.b64decode(body)))
    return head, np.asarray(picture)


def test_a_photograph_keeps_its_colours_in_order():
    rgb = np.zeros((40, 60, 3), np.uint8)
    rgb[..., 0], rgb[..., 2] = 200, 40
    head, found = _decode(pictures.photo_uri(rgb))
    assert head == "data:image/jpeg;base64"
    assert np.abs(found.astype(int) - rgb).max() <= 4


def test_a_photograph_with_clear_ground_keeps_it_clear():
    rgba = np.full((40, 60, 4), 255, np.uint8)
    rgba[:, :30, 3] = 0
    head, found = _decode(pictures.photo_uri(rgba))
    assert head == "data:image/webp;base64"
    assert not found[:, :28, 3].any()
    assert (found[:, 32:, 3] == 255).all()


@pytest.mark.parametrize("most_bytes", [60_000, 9_000])
def test_a_noisy_photograph_is_made_to_fit(monkeypatch, most_bytes):
    monkeypatch.setattr(pictures, "MAX_PHOTO_BYTES", most_bytes)
    noise = np.random.default_rng(0).integers(0, 256, (300, 300, 3), dtype=np.uint8)
    uri = pictures.photo_uri(noise)
    assert len(base64.b64decode(uri.split(",")[1])) <= most_bytes


def test_the_mask_is_exact_and_clear_where_unchanged():
    codes = np.array([[0, 1], [255, 0]], np.uint8)
    head, found = _decode(pictures.mask_uri(codes, LEGEND))
    assert head == "data:image/png;base64"
    assert found[0, 1].tolist() == [0xD5, 0x5E, 0x00, 255]
    assert found[1, 0].tolist() == list(pictures.NOT_OBSERVED_RGBA)
    assert found[0, 0, 3] == found[1, 1, 3] == 0
