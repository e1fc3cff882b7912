import numpy as np
import pytest
import rasterio
import rasterio.warp
from affine import Affine
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, Resampling
from rasterio.warp import reproject
from rio_tiler.io import Reader

from raster.gdal import TIFF
from raster.levels import Levels
from raster.web_tile import WebTile, place_of
from tests.scenes import UTM33, ground, transform, write


def _tile(path, z, *, indexes=(1,), lon=None, lat=None):
    """The tile at a place, or at the middle of a file."""
    if lon is None:
        with rasterio.open(path) as dataset:
            xs, ys = rasterio.warp.transform(
                dataset.crs, "EPSG:4326", *([v] for v in dataset.transform @ _middle(dataset))
            )
        lon, lat = xs[0], ys[0]
    tile = WebTile(*place_of(lon, lat, z))
    levels = Levels(path, TIFF)
    try:
        return tile, *levels.read(indexes, tile.grid)
    finally:
        levels.close()


def _middle(dataset):
    return dataset.width / 2, dataset.height / 2


def _with_overviews(path, factors=(2, 4, 8)):
    with rasterio.open(path, "r+") as dataset:
        dataset.build_overviews(factors, Resampling.average)
    return path


def test_full_resolution_shows_what_gdal_warps(tmp_path):
    image = ground((600, 620))
    path = write(tmp_path / "a.tif", image)
    tile, values, seen = _tile(path, 17, indexes=(1, 2, 3))
    expected = np.full((3, 256, 256), -1, np.float32)
    reproject(
        np.rint(image), expected, src_transform=transform(), src_crs=UTM33,
        dst_transform=tile.grid.transform, dst_crs=tile.grid.crs, dst_nodata=-1,
        resampling=Resampling.bilinear,
    )  # fmt: skip
    inside = seen & (expected[0] > 0)
    assert inside.mean() > 0.3
    assert np.abs(values - expected)[:, inside].mean() < 1.5


@pytest.mark.parametrize("z", [12, 14, 16, 18])
def test_tiles_look_like_those_of_rio_tiler_at_every_zoom(tmp_path, z):
    path = _with_overviews(write(tmp_path / "a.tif", ground((1500, 1500)), tiled=True))
    tile, values, seen = _tile(path, z, indexes=(1, 2, 3))
    with Reader(str(path)) as reader:
        other = reader.tile(tile.x, tile.y, tile.z, indexes=(1, 2, 3), reproject_method="bilinear")
    both = seen & (other.mask > 0)
    assert both.mean() > 0.01
    assert abs(int(seen.sum()) - int((other.mask > 0).sum())) < 0.05 * seen.sum() + 60
    # Both show the same ground, each through copies of its own choice.
    one, two = values[0][both], other.data[0].astype(float)[both]
    assert abs(one.mean() - two.mean()) < 1.5
    assert np.corrcoef(one, two)[0, 1] > (0.9 if z > 12 else 0.5)


def test_low_zooms_read_a_reduced_copy_and_not_the_file(tmp_path):
    path = write(tmp_path / "a.tif", np.full((1, 1024, 1024), 50), tiled=True)
    _with_overviews(path)
    with rasterio.open(path, "r+", OVERVIEW_LEVEL=2) as copy:
        shape = copy.shape
        copy.write(np.full((1, *shape), 200, np.uint8))
    _, values, seen = _tile(path, 13)
    assert set(np.unique(values[0][seen])) == {200}
    _, values, seen = _tile(path, 17)
    assert set(np.unique(values[0][seen])) == {50}


def test_far_beyond_the_pixels_they_are_shown_as_squares(tmp_path):
    path = write(tmp_path / "a.tif", ground((300, 320))[:1])
    _, values, seen = _tile(path, 23)
    assert seen.all()
    with rasterio.open(path) as dataset:
        real = set(np.unique(dataset.read(1)).tolist())
    assert set(np.unique(values).tolist()) <= real
    assert len(np.unique(values)) < 60


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
@pytest.mark.parametrize("bands", [1, 2, 3, 4, 5])
def test_nothing_is_shown_outside_the_scene(tmp_path, dtype, bands):
    path = write(tmp_path / "a.tif", ground((300, 320), bands=bands), dtype=dtype)
    _, values, seen = _tile(path, 15, indexes=tuple(range(1, bands + 1)))
    area_px = 300 * 320 / _m_per_px(15, 48.75) ** 2
    assert seen.sum() == pytest.approx(area_px, rel=0.15)
    assert not values[:, ~seen].any()


def _m_per_px(z, lat):
    return 156543.034 / 2**z * np.cos(np.radians(lat))


def test_nodata_is_clear_and_does_not_bleed_into_its_neighbours(tmp_path):
    image = np.full((1, 400, 400), 3000.0, np.float32)
    image[:, :, :200] = -9999
    path = write(tmp_path / "a.tif", image, dtype="float32", nodata=-9999)
    _, values, seen = _tile(path, 16)
    assert values[0][seen] == pytest.approx(3000)
    assert 0.1 < seen.mean() < 0.6


def test_an_internal_mask_is_honoured(tmp_path):
    path = write(tmp_path / "a.tif", np.full((3, 400, 400), 90))
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        mask = np.full((400, 400), 255, np.uint8)
        mask[:200] = 0
        dataset.write_mask(mask)
    _assert_only_the_southern_half_is_seen(path, tmp_path)


def _assert_only_the_southern_half_is_seen(path, folder):
    """As if the file held nothing else."""
    half = write(folder / "half.tif", np.full((1, 200, 400), 90), at=transform(south_m=200))
    lon, lat = rasterio.warp.transform(UTM33, "EPSG:4326", [500_200], [5_399_800])
    _, values, seen = _tile(path, 16, lon=lon[0], lat=lat[0])
    expected = _tile(half, 16, lon=lon[0], lat=lat[0])[2]
    assert expected.sum() > 10_000
    assert (seen != expected).mean() < 0.01
    assert values[0][seen] == pytest.approx(90)


@pytest.mark.parametrize("bands", [2, 4, 5])
def test_a_clear_alpha_band_is_honoured_whatever_the_number_of_bands(tmp_path, bands):
    image = np.full((bands, 400, 400), 90)
    image[-1] = 255
    image[-1, :200] = 0
    path = write(tmp_path / "a.tif", image)
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = [*dataset.colorinterp[:-1], ColorInterp.alpha]
    _assert_only_the_southern_half_is_seen(path, tmp_path)


@pytest.mark.parametrize("nodata", [-9999, 256, np.nan, 0.5])
def test_a_nodata_value_that_bytes_cannot_hold_is_no_obstacle(tmp_path, nodata):
    path = write(tmp_path / "a.tif", np.full((1, 300, 300), 90))
    raw = path.read_bytes()
    with rasterio.open(write(tmp_path / "b.tif", np.full((1, 300, 300), 90), nodata=111)) as b:
        assert b.nodata == 111
    text = (tmp_path / "b.tif").read_bytes()
    word = str(nodata).encode()[:3].ljust(3)
    (tmp_path / "b.tif").write_bytes(text.replace(b"111", word, 1))
    assert raw != text
    _, values, seen = _tile(tmp_path / "b.tif", 16)
    assert seen.any()
    assert values[0][seen] == pytest.approx(90)


@pytest.mark.parametrize(
    "at",
    [
        transform() @ Affine.rotation(30),
        Affine(1, 0, 500_000, 0, 1, 5_400_000),
        Affine(-1, 0, 500_000, 0, -1, 5_400_000),
    ],
    ids=["rotated", "south-up", "mirrored"],
)
def test_turned_and_flipped_scenes_lie_where_they_belong(tmp_path, at):
    image = np.full((1, 300, 300), 60)
    image[:, 100:140, 200:240] = 250
    path = write(tmp_path / "a.tif", image, at=at)
    x, y = at @ (220, 120)
    lon, lat = rasterio.warp.transform(UTM33, "EPSG:4326", [x], [y])
    tile, values, seen = _tile(path, 17, lon=lon[0], lat=lat[0])
    east, north = rasterio.warp.transform(UTM33, "EPSG:3857", [x], [y])
    col, row = ~tile.grid.transform @ (east[0], north[0])
    assert values[0, int(row), int(col)] == pytest.approx(250)
    # 40 m square of 1 m pixels, cut at most by the edge of the tile.
    assert 100 < (values[0] > 200).sum() < 40 * 40 / _m_per_px(17, 48.75) ** 2 * 1.1
    assert seen.any()


@pytest.mark.parametrize("left", [179.0, -181.0])
@pytest.mark.parametrize("lon", [179.5, -179.5])
def test_both_sides_of_the_date_line_are_shown(tmp_path, left, lon):
    image = np.full((1, 200, 400), 80)
    image[:, :, 200:] = 160
    path = write(
        tmp_path / "a.tif", image, at=Affine(0.005, 0, left, 0, -0.005, 1),
        crs=CRS.from_epsg(4326),
    )  # fmt: skip
    _, values, seen = _tile(path, 8, lon=lon, lat=0.5)
    assert seen.sum() > 5000
    assert np.median(values[0][seen]) == (80 if lon > 0 else 160)


def test_the_whole_world_is_one_tile(tmp_path):
    image = np.arange(1, 65)[None, None, :] * np.ones((1, 32, 1))
    path = write(
        tmp_path / "a.tif", image, at=Affine(5.625, 0, -180, 0, -5.625, 90),
        crs=CRS.from_epsg(4326),
    )  # fmt: skip
    _, values, seen = _tile(path, 0, lon=0.0, lat=0.0)
    assert seen.all()
    assert values[0, 128, 2] < 3
    assert values[0, 128, 253] > 62


def test_a_polar_scene_has_tiles_at_the_edge_of_the_map(tmp_path):
    path = write(
        tmp_path / "a.tif", np.full((1, 400, 400), 77),
        at=Affine(10_000, 0, -2e6, 0, -10_000, 2e6), crs=CRS.from_epsg(3413),
    )  # fmt: skip
    for z in (0, 3, 10, 24):
        _, values, seen = _tile(path, z, lon=-100.0, lat=85.0)
        assert seen.any()
        assert values[0][seen] == pytest.approx(77)
