import numpy as np
import pytest
import rasterio.shutil
from rasterio.warp import transform

import settings
from errors import OutboundError, RasterError, TooManyPixelsError
from services.mercator import covering
from services.outbound import Session
from services.remote_cog import PART_BYTES, RemoteCog
from tests.scenes import UTM33, ground, write
from tests.services import xyz_server

SIDE_PX, GSD_M = 1024, 2.0
WEST, NORTH = 500_000.0, 5_400_000.0
MIDDLE = (WEST + SIDE_PX * GSD_M / 2, NORTH - SIDE_PX * GSD_M / 2)


@pytest.fixture(scope="module")
def maps():
    with xyz_server.running() as server:
        yield server


@pytest.fixture(autouse=True)
def allowed(monkeypatch, maps):
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_PRIVATE_HOSTS", "1")
    settings.load.cache_clear()
    maps.asked.clear()
    yield
    monkeypatch.undo()
    settings.load.cache_clear()


@pytest.fixture(scope="module")
def image():
    """(3, row, col): red grows eastward, green southward, blue is even."""
    rows, cols = np.mgrid[0:SIDE_PX, 0:SIDE_PX]
    return np.stack([cols // 4, rows // 4, np.full_like(rows, 90)]).astype(np.uint8)


@pytest.fixture
def serve(maps, tmp_path):
    """A function that puts a GeoTIFF on the server and opens it as a remote COG."""

    sessions = []

    def put(values, *, as_cog=True, hosts=None, **profile):
        path = write(tmp_path / "plain.tif", values, gsd_m=GSD_M, **profile)
        if as_cog:
            rasterio.shutil.copy(path, tmp_path / "cog.tif", driver="COG", blocksize=256)
            path = tmp_path / "cog.tif"
        maps.files["ortho.tif"] = path.read_bytes()
        sessions.append(Session(frozenset({maps.host} if hosts is None else hosts)))
        return RemoteCog(sessions[-1], f"http://{maps.host}/ortho.tif")

    yield put
    for session in sessions:
        session.close()
    maps.files.clear()


def _place(zoom):
    """The tile in the middle of the image."""
    (lon,), (lat,) = transform(UTM33, "EPSG:4326", [MIDDLE[0]], [MIDDLE[1]])
    area = covering((lon, lat, lon + 1e-9, lat + 1e-9), zoom)
    return zoom, area.left, area.top


def test_a_tile_shows_the_ground_at_its_place(serve, image):
    zoom, x, y = _place(17)
    pixels = serve(image).tile(zoom, x, y)
    area = covering(_bounds(zoom, x, y), zoom)
    to_metres = area.transform(256)
    for row, col in ((10, 10), (128, 200), (250, 3)):
        easting, northing = to_metres @ (col + 0.5, row + 0.5)
        (across,), (up,) = transform("EPSG:3857", UTM33, [easting], [northing])
        source_col, source_row = (across - WEST) / GSD_M, (NORTH - up) / GSD_M
        assert pixels[0, row, col] == pytest.approx(source_col / 4, abs=1.5)
        assert pixels[1, row, col] == pytest.approx(source_row / 4, abs=1.5)
        assert pixels[2, row, col] == 90
    assert (pixels[3] == 255).all()


def _bounds(zoom, x, y):
    from morecantile import tms

    bounds = tms.get("WebMercatorQuad").bounds(x, y, zoom)
    return tuple(bounds)


def test_only_a_small_part_of_the_file_is_asked_for(serve, maps):
    cog = serve(np.clip(ground((SIDE_PX, SIDE_PX)), 0, 255))
    assert cog.tile(*_place(19)) is not None
    size = len(maps.files["ortho.tif"])
    asked = sum(maps.asked.values())
    assert size > 12 * PART_BYTES
    assert asked * PART_BYTES < size / 2
    cog.tile(*_place(19))
    assert sum(maps.asked.values()) == asked


def test_ground_beyond_the_image_is_transparent(serve, image):
    zoom, x, y = _place(12)
    pixels = serve(image).tile(zoom, x, y)
    assert 0 < (pixels[3] == 255).mean() < 1
    assert serve(image).tile(zoom, x + 9, y) is None


def test_nodata_is_transparent(serve, image):
    holed = image.copy()
    holed[:, 500:524] = 0
    holed[:, :500] = np.maximum(holed[:, :500], 1)
    holed[:, 524:] = np.maximum(holed[:, 524:], 1)
    pixels = serve(holed, nodata=0).tile(*_place(16))
    assert (pixels[3] == 0).any()
    assert (pixels[3] == 255).any()


def test_one_band_is_shown_in_grey(serve, image):
    pixels = serve(image[:1]).tile(*_place(17))
    assert np.array_equal(pixels[0], pixels[1])
    assert np.array_equal(pixels[0], pixels[2])


@pytest.mark.parametrize(
    ("change", "words"),
    [({"dtype": "uint16"}, "8-bit"), ({"crs": None}, "coordinate system")],
)
@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_an_image_that_cannot_be_shown_is_refused_with_a_remedy(serve, image, change, words):
    with pytest.raises(RasterError, match=words) as caught:
        serve(image.astype(int), as_cog=False, **change).tile(*_place(17))
    assert caught.value.hint


def test_more_pixels_than_the_limit_are_refused(serve, image, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_MAX_PIXELS", "1000")
    settings.load.cache_clear()
    with pytest.raises(TooManyPixelsError, match="1024 x 1024"):
        serve(image).tile(*_place(17))


def test_what_is_no_geotiff_is_refused(maps):
    maps.files["ortho.tif"] = b"<VRTDataset>/etc/passwd</VRTDataset>" * 9
    address = f"http://{maps.host}/ortho.tif"
    with Session(frozenset({maps.host})) as session, pytest.raises(RasterError, match="be read"):
        RemoteCog(session, address).tile(*_place(17))


def test_a_host_that_may_not_be_asked_is_the_reason_that_is_told(serve, image):
    with pytest.raises(OutboundError, match="not among those"):
        serve(image, hosts=()).tile(*_place(17))


def test_a_file_that_is_gone_is_the_reason_that_is_told(maps):
    address = f"http://{maps.host}/missing/1/1/1.png"
    with Session(frozenset({maps.host})) as session, pytest.raises(OutboundError, match="404"):
        RemoteCog(session, address).tile(*_place(17))


def test_a_server_that_fails_in_the_middle_of_the_file_is_the_reason_that_is_told(serve, maps):
    cog = serve(np.clip(ground((SIDE_PX, SIDE_PX)), 0, 255))
    zoom, x, y = _place(19)
    assert cog.tile(zoom, x, y) is not None
    whole = maps.files["ortho.tif"]
    maps.files["ortho.tif"] = whole[:-1]
    with pytest.raises(OutboundError, match="changed while it was read"):
        cog.tile(zoom, x - 12, y - 12)
    maps.files["ortho.tif"] = whole
    assert cog.tile(zoom, x - 12, y - 12) is not None
