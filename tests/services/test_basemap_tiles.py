import json

import numpy as np
import pytest

import settings
from errors import InputError, NotFoundError, OutboundError
from services import basemap_tiles
from services.tile_picture import decoded
from tests.scenes import ground as texture
from tests.scenes import write
from tests.services import xyz_server
from tests.services.xyz_server import ground


@pytest.fixture(scope="module")
def maps():
    with xyz_server.running() as server:
        yield server


@pytest.fixture(autouse=True)
def offered(monkeypatch, tmp_path, maps):
    """The layers of the server as maps this server passes on, and one the browser asks for."""
    layers = ("pre", "half", "missing", "denied", "down")
    entries = [
        {"title": layer, "url": maps.url(layer) + "?key=hush", "through_server": True}
        for layer in layers
    ]
    entries += [
        {"title": "direct", "url": maps.url("pre")},
        {"title": "ortho", "url": f"http://{maps.host}/ortho.tif"},
    ]
    entries = [{**entry, "attribution": "© Test", "max_zoom": 14} for entry in entries]
    maps.files["ortho.tif"] = write(
        tmp_path / "ortho.tif", texture((64, 64)), gsd_m=100.0
    ).read_bytes()
    monkeypatch.setenv("GROUNDSHIFT_BASEMAPS", json.dumps(entries))
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_PRIVATE_HOSTS", "1")
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_BASEMAPS", "0")
    monkeypatch.setattr(basemap_tiles, "FIRST_PAUSE_S", 0.0)
    settings.load.cache_clear()
    maps.asked.clear()
    yield
    basemap_tiles._reader.cache_clear()
    monkeypatch.undo()
    settings.load.cache_clear()


def test_a_tile_is_passed_on_with_its_pixels_and_its_transparency(maps):
    pixels = decoded(basemap_tiles.served("yours-pre", 9, 275, 167))
    assert np.array_equal(np.moveaxis(pixels[:3], 0, 2), ground(9, 275, 167))
    assert list(maps.asked) == ["/pre/9/275/167.png?key=hush"]
    half = decoded(basemap_tiles.served("yours-half", 9, 275, 167))
    assert (half[3] == 0).mean() == 0.5


def test_a_cog_is_passed_on_as_tiles():
    # UTM zone 33 north, 500,000 m east and 5,400,000 m north: 15° E, 48.75° N.
    pixels = decoded(basemap_tiles.served("yours-ortho", 9, 277, 176))
    assert (pixels[3] == 255).any()


def test_no_picture_is_no_error():
    assert basemap_tiles.served("yours-missing", 9, 275, 167) is None


@pytest.mark.parametrize(("layer", "words"), [("denied", "refuses"), ("down", "status 503")])
def test_a_provider_that_refuses_is_told_without_its_address(layer, words):
    with pytest.raises(OutboundError, match=words) as caught:
        basemap_tiles.served(f"yours-{layer}", 9, 275, 167)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("name", ["yours-direct", "yours-nothing", "../pre", ""])
def test_other_maps_are_not_passed_on(maps, name):
    with pytest.raises(NotFoundError):
        basemap_tiles.served(name, 9, 275, 167)
    assert not maps.asked


@pytest.mark.parametrize(
    "place", [(15, 0, 0), (-1, 0, 0), (3, 8, 0), (3, 0, 8), (3, -1, 0), (9999, 0, 0)]
)
def test_tiles_that_do_not_exist_are_never_asked_for(maps, place):
    with pytest.raises(InputError, match="no tile"):
        basemap_tiles.served("yours-pre", *place)
    assert not maps.asked
