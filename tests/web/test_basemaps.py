import pytest

from errors import OutboundError
from services import basemap_tiles
from services.tile_picture import encoded
from web import basemaps

TILE = "/tiles/basemap/yours-ortho/9/275/167.png"


@pytest.fixture
def served(monkeypatch):
    """Lets the service give what a test puts in; gives the places that were asked for."""
    asked, given = [], {}

    def serve(*place):
        asked.append(place)
        if "error" in given:
            raise given["error"]
        return given.get("png")

    monkeypatch.setattr(basemap_tiles, "served", serve)
    return asked, given


def test_a_tile_is_a_png_the_browser_keeps_for_itself(client, served):
    import numpy as np

    asked, given = served
    given["png"] = encoded(np.zeros((4, 256, 256), np.uint8))
    response = client(routes=basemaps.ROUTES).get(TILE)
    assert response.content == given["png"]
    assert response.headers["content-type"] == "image/png"
    assert response.headers["cache-control"].startswith("private")
    assert asked == [("yours-ortho", 9, 275, 167)]


def test_where_there_is_no_picture_the_tile_is_transparent(client, served):
    import io

    from PIL import Image

    response = client(routes=basemaps.ROUTES).get(TILE)
    picture = Image.open(io.BytesIO(response.content)).convert("RGBA")
    assert response.status_code == 200
    assert picture.getpixel((0, 0))[3] == 0


def test_a_provider_that_fails_is_an_error_in_plain_words(client, served):
    _asked, given = served
    given["error"] = OutboundError("The server cannot be reached.", hint="Try later.")
    response = client(routes=basemaps.ROUTES).get(TILE)
    assert response.status_code >= 400
    assert response.json() == {"error": "The server cannot be reached.", "remedy": "Try later."}


@pytest.mark.parametrize("place", ["-1/0/0", "1.5/0/0", "x/0/0", "9/275"])
def test_places_that_are_no_numbers_are_no_address(client, served, place):
    response = client(routes=basemaps.ROUTES).get(f"/tiles/basemap/yours-ortho/{place}.png")
    assert response.status_code == 404
    assert not served[0]


def test_an_unknown_map_is_not_found(client):
    response = client(routes=basemaps.ROUTES).get("/tiles/basemap/unknown/1/0/0.png")
    assert response.status_code == 404
