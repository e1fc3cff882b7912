import io

import numpy as np
import pytest
from PIL import Image

from errors import OutboundError
from services.tile_picture import decoded, encoded, is_seen
from tests.services import xyz_server
from tests.services.xyz_server import XyzServer, ground


def _png(mode, size=256):
    out = io.BytesIO()
    Image.new(mode, (size, size), 1).save(out, "PNG")
    return out.getvalue()


def _body(layer):
    return XyzServer().answer(layer, 12, 7, 9)[2]


def test_a_png_gives_back_its_pixels():
    pixels = decoded(_body("pre"))
    assert np.array_equal(np.moveaxis(pixels[:3], 0, 2), ground(12, 7, 9))
    assert pixels.shape == (4, 256, 256)
    assert is_seen(pixels).all()


@pytest.mark.parametrize("layer", ["jpeg", "webp"])
def test_jpeg_and_webp_are_read_too(layer):
    pixels = decoded(_body(layer))
    error = np.abs(np.moveaxis(pixels[:3], 0, 2).astype(int) - ground(12, 7, 9))
    assert error.mean() < 4


def test_tiles_of_512_pixels_are_read():
    assert decoded(_body("large")).shape == (4, 512, 512)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "I;16"])
def test_every_kind_of_png_becomes_colours_and_alpha(mode):
    assert decoded(_png(mode)).shape == (4, 256, 256)


def test_transparent_pixels_are_not_seen():
    seen = is_seen(decoded(_body("half")))
    assert not seen[:, :128].any()
    assert seen[:, 128:].all()


@pytest.mark.parametrize("layer", ["odd", "huge", "garbage", "html"])
def test_what_is_no_tile_is_refused(layer):
    with pytest.raises(OutboundError) as caught:
        decoded(_body(layer))
    assert caught.value.hint


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF"])
def test_other_formats_are_refused(form):
    out = io.BytesIO()
    Image.new("RGB", (256, 256)).save(out, form)
    with pytest.raises(OutboundError, match="unknown kind"):
        decoded(out.getvalue())


@pytest.mark.parametrize("length", [0, 1, 20, 200, 5000])
@pytest.mark.parametrize("layer", ["pre", "jpeg", "webp"])
def test_a_truncated_picture_is_refused(layer, length):
    with pytest.raises(OutboundError):
        decoded(_body(layer)[:length])


def test_what_is_encoded_is_decoded_again():
    pixels = decoded(_body("half"))
    assert np.array_equal(decoded(encoded(pixels)), pixels)


def test_the_texture_of_the_map_server_goes_on_over_the_edges():
    first, second = ground(12, 7, 9).astype(int), ground(12, 8, 9).astype(int)
    across = np.abs(first[:, -1] - second[:, 0]).mean()
    within = np.abs(first[:, -1] - first[:, -2]).mean()
    assert across < 2 * within
    assert xyz_server.TILE_PX == 256
