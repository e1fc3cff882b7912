"""Reading on target grids: exact copies, warps against an independent route, validity."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.crs import CRS
from rasterio.windows import Window
from scipy.ndimage import map_coordinates

from raster import reading, scene
from raster.grid import Grid
from raster.reading import SceneReader, preview, read_decimated
from raster.scene import Scene

UTM = CRS.from_epsg(32632)
NORTH_UP = Affine(10, 0, 500000, 0, -10, 5000000)


def write(path: Path, data: NDArray, **options: object) -> Scene:
    profile = {
        "driver": "GTiff", "width": data.shape[2], "height": data.shape[1], "count": len(data),
        "dtype": data.dtype.name, "crs": UTM, "transform": NORTH_UP,
    } | options  # fmt: skip
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(data)
    return scene.open(path)


def noise(bands: int = 2, rows: int = 60, cols: int = 70) -> NDArray:
    return np.random.default_rng(3).integers(1, 200, (bands, rows, cols)).astype("uint8")


def smooth(rows: int = 80, cols: int = 90) -> NDArray:
    row, col = np.mgrid[0:rows, 0:cols]
    return (100 + 40 * np.sin(row / 9) + 30 * np.cos(col / 7)).astype("float32")[None]


@pytest.fixture(scope="module")
def noisy(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return write(tmp_path_factory.mktemp("noisy") / "x.tif", noise())


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    offset=st.tuples(st.integers(-20, 70), st.integers(-20, 60)),
    size=st.tuples(st.integers(1, 50), st.integers(1, 50)),
    moved=st.tuples(st.integers(-5, 5), st.integers(-5, 5)),
    shift=st.tuples(st.integers(-3, 3), st.integers(-3, 3)),
)
def test_whole_pixel_offsets_and_shifts_are_exact_copies(
    noisy: Scene,
    offset: tuple[int, int],
    size: tuple[int, int],
    moved: tuple[int, int],
    shift: tuple[int, int],
) -> None:
    data = noise()
    padded = np.zeros((2, 260, 270), "float32")
    seen = np.zeros((260, 270), bool)
    padded[:, 100:160, 100:170], seen[100:160, 100:170] = data, True
    target = Grid(UTM, NORTH_UP @ Affine.translation(*moved), 60, 70)
    with SceneReader(noisy, target, bands=((1,), (2,)), shift_px=shift) as reader:
        read, valid = reader.read(Window(*offset, *size))
    left, top = (100 + offset[axis] + moved[axis] + shift[axis] for axis in (0, 1))
    rows, cols = slice(top, top + size[1]), slice(left, left + size[0])
    np.testing.assert_array_equal(valid, seen[rows, cols])
    np.testing.assert_array_equal(read, padded[:, rows, cols])
    assert read.dtype == np.float32


def test_each_output_band_is_the_mean_of_its_group(noisy: Scene) -> None:
    data = noise().astype("float32")
    with SceneReader(noisy, noisy.grid, bands=((2,), (1, 2), (1,))) as reader:
        read, _valid = reader.read(noisy.grid.window)
    np.testing.assert_array_equal(read, [data[1], data.mean(axis=0), data[0]])


@pytest.mark.parametrize("shift", [(0.3, -0.45), (2.5, 1.25)])
def test_fractional_shifts_are_bilinear(tmp_path: Path, shift: tuple[float, float]) -> None:
    data = smooth()
    found = write(tmp_path / "x.tif", data)
    with SceneReader(found, found.grid, bands=((1,),), shift_px=shift) as reader:
        read, valid = reader.read(Window(10, 10, 60, 50))
    rows, cols = np.mgrid[10:60, 10:70].astype(float)
    expected = map_coordinates(data[0], [rows + shift[1], cols + shift[0]], order=1)
    assert valid.all()
    np.testing.assert_allclose(read[0], expected, atol=1e-3)


def test_another_crs_and_ground_size_agree_with_pyproj_and_scipy(tmp_path: Path) -> None:
    data = smooth()
    found = write(tmp_path / "x.tif", data)
    to_lonlat = Transformer.from_crs(UTM.to_wkt(), "EPSG:4326", always_xy=True)
    west, north = to_lonlat.transform(500100, 4999900)
    target = Grid(CRS.from_epsg(4326), Affine(1.1e-4, 0, west, 0, -0.8e-4, north), 60, 50)
    with SceneReader(found, target, bands=((1,),)) as reader:
        read, valid = reader.read(target.window)
    col, row = np.meshgrid(np.arange(50) + 0.5, np.arange(60) + 0.5)
    xs, ys = Transformer.from_crs("EPSG:4326", UTM.to_wkt(), always_xy=True).transform(
        west + 1.1e-4 * col, north - 0.8e-4 * row
    )
    at = [(5000000 - ys) / 10 - 0.5, (xs - 500000) / 10 - 0.5]
    expected = map_coordinates(data[0], at, order=1, mode="nearest")
    assert valid.all()
    np.testing.assert_allclose(read[0], expected, atol=0.15)


def test_windows_give_the_pixels_that_the_whole_gives(tmp_path: Path) -> None:
    found = write(tmp_path / "x.tif", noise(1, 300, 320))
    target = Grid(UTM, Affine(23, 0, 500003, 0, -17, 4999991), 170, 130)
    with SceneReader(found, target, bands=((1,),)) as reader:
        whole, seen = reader.read(target.window)
        for window in (Window(0, 0, 40, 60), Window(33, 71, 64, 64), Window(100, 150, 30, 20)):
            part, valid = reader.read(window)
            rows, cols = window.toslices()
            np.testing.assert_array_equal(valid, seen[rows, cols])
            np.testing.assert_allclose(part[0], whole[0, rows, cols], atol=1e-3)


def test_coarser_targets_are_averaged_not_sampled(tmp_path: Path) -> None:
    found = write(tmp_path / "x.tif", noise(1, 400, 400))
    coarse = Grid(UTM, NORTH_UP @ Affine.scale(8), 50, 50)
    with SceneReader(found, coarse, bands=((1,),)) as reader:
        read, valid = reader.read(coarse.window)
    assert valid.all()
    # A triangle of 8 px radius averages about 28 independent pixels per sigma^2.
    assert read.std() < noise(1, 400, 400).std() / 4
    assert read.mean() == pytest.approx(noise(1, 400, 400).mean(), abs=1.5)


def test_large_source_windows_are_cut_without_a_seam(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = write(tmp_path / "x.tif", noise(1, 300, 300))
    target = Grid(UTM, NORTH_UP @ Affine.translation(0.4, 0.3), 290, 290)
    with SceneReader(found, target, bands=((1,),)) as reader:
        whole, _seen = reader.read(target.window)
        monkeypatch.setattr(reading, "MAX_SOURCE_SAMPLES", 5000)
        cut, valid = reader.read(target.window)
    assert valid.all()
    np.testing.assert_allclose(cut, whole, atol=1e-3)


@pytest.mark.parametrize(("dtype", "nodata"), [("uint8", 0), ("int16", -9999), ("float32", np.nan)])
def test_nodata_never_bleeds_into_imagery(tmp_path: Path, dtype: str, nodata: float) -> None:
    data = np.full((1, 60, 60), 100, dtype=dtype)
    data[0, 20:40, 20:40] = nodata
    found = write(tmp_path / "x.tif", data, nodata=nodata)
    target = Grid(UTM, NORTH_UP @ Affine.translation(0.5, 0.25), 58, 58)
    with SceneReader(found, target, bands=((1,),)) as reader:
        read, valid = reader.read(target.window)
    assert 19 * 19 <= (~valid).sum() <= 21 * 21
    np.testing.assert_allclose(read[0][valid], 100, atol=1e-3)
    assert (read[0][~valid] == 0).all()


def test_a_dark_value_in_one_band_is_not_nodata_but_in_all_bands_it_is(tmp_path: Path) -> None:
    data = noise(3)
    data[0, 5, 5] = 0
    data[:, 7, 7] = 0
    found = write(tmp_path / "x.tif", data, nodata=0)
    with SceneReader(found, found.grid, bands=((1,), (2,), (3,))) as reader:
        _read, valid = reader.read(found.grid.window)
    assert valid[5, 5]
    assert not valid[7, 7]
    assert valid.sum() == valid.size - 1


def test_nan_infinity_and_absurd_values_in_any_band_are_not_observed(tmp_path: Path) -> None:
    data = np.ones((2, 10, 10), "float64")
    data[0, 1, 1], data[1, 2, 2], data[0, 3, 3] = np.nan, np.inf, -1.7e308
    found = write(tmp_path / "x.tif", data)
    with SceneReader(found, found.grid, bands=((1,), (2,))) as reader:
        read, valid = reader.read(found.grid.window)
    assert (~valid).sum() == 3
    assert not valid[[1, 2, 3], [1, 2, 3]].any()
    assert (read[:, ~valid] == 0).all()


def test_an_internal_mask_is_validity(tmp_path: Path) -> None:
    path = tmp_path / "x.tif"
    write(path, noise(3))
    mask = np.full((60, 70), 255, "uint8")
    mask[:, 60:] = 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        dataset.write_mask(mask)
    found = scene.open(path)
    with SceneReader(found, found.grid, bands=((1,),)) as reader:
        _read, valid = reader.read(found.grid.window)
    np.testing.assert_array_equal(valid, mask > 0)


def test_windows_off_the_scene_are_not_observed(noisy: Scene) -> None:
    far = Grid(UTM, Affine(10, 0, 700000, 0, -10, 5500000), 20, 20)
    other = Grid(CRS.from_epsg(32733), Affine(10, 0, 500000, 0, -10, 5000000), 20, 20)
    for target in (far, other):
        with SceneReader(noisy, target, bands=((1,),)) as reader:
            read, valid = reader.read(target.window)
        assert not valid.any()
        assert not read.any()


def test_only_tiles_that_a_window_touches_are_opened_and_few_stay_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = noise(1, 20, 200)
    for number in range(10):
        moved = NORTH_UP @ Affine.translation(20 * number, 0)
        write(
            tmp_path / f"t{number}.tif", data[:, :, 20 * number : 20 * number + 20], transform=moved
        )
    found = scene.open(tmp_path)
    opened: list[Path] = []

    class Counted(reading.OpenFile):
        def __init__(self, path: Path, driver: str, grid: Grid, *, reduce_by: int = 1) -> None:
            opened.append(path)
            super().__init__(path, driver, grid, reduce_by=reduce_by)

    monkeypatch.setattr(reading, "OpenFile", Counted)
    monkeypatch.setattr(reading, "MAX_OPEN", 3)
    with SceneReader(found, found.grid, bands=((1,),)) as reader:
        reader.read(Window(65, 0, 10, 20))
        assert [path.name for path in opened] == ["t3.tif"]
        read, valid = reader.read(found.grid.window)
    assert valid.all()
    np.testing.assert_array_equal(read, data)


def test_previews_keep_the_mean_and_the_valid_share(tmp_path: Path) -> None:
    data = noise(3, 500, 700)
    data[:, :, :350] = 0
    found = write(tmp_path / "x.tif", data, nodata=0, tiled=True, blockxsize=128, blockysize=128)
    read, valid = preview(found, max_px=100)
    assert read.shape == (3, 72, 100)
    assert valid[:71].mean() == pytest.approx(0.5, abs=0.03)
    assert read[:, valid].mean() == pytest.approx(100, abs=3)
    read, valid = preview(found, max_px=100, bands=(2,))
    assert len(read) == 1


def test_decimated_pixels_stand_for_whole_blocks_of_the_grid(tmp_path: Path) -> None:
    data = np.repeat(np.repeat(noise(1, 30, 40), 5, axis=1), 5, axis=2)
    found = write(tmp_path / "x.tif", data)
    read, valid = read_decimated(found, found.grid, max_px=40, bands=((1,),))
    assert valid.all()
    np.testing.assert_allclose(read[0], noise(1, 30, 40)[0], atol=1e-3)
    cropped = replace(found.grid, width=197, height=148)
    read, valid = read_decimated(found, cropped, max_px=40, bands=((1,),), shift_px=(5, 0))
    assert read.shape == (1, 30, 40)
    np.testing.assert_allclose(read[0, :, :38], noise(1, 30, 40)[0, :, 1:39], atol=1e-3)


@pytest.mark.parametrize("bands", [1, 3, 4, 6])
@pytest.mark.parametrize("crs", [UTM, CRS.from_epsg(4326)])
def test_alpha_is_validity_beside_any_number_of_bands(tmp_path: Path, bands: int, crs: CRS) -> None:
    """GDAL itself makes a mask of it in files of two or four bands only."""
    data = np.concatenate([noise(bands), np.full((1, 60, 70), 255, "uint8")])
    data[-1, :, :20] = 0
    path = tmp_path / "x.tif"
    profile = {
        "driver": "GTiff", "width": 70, "height": 60, "count": bands + 1, "dtype": "uint8",
        "crs": UTM, "transform": NORTH_UP,
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as dataset:
        gray, alpha = rasterio.enums.ColorInterp.gray, rasterio.enums.ColorInterp.alpha
        dataset.colorinterp = [*([gray] * bands), alpha]
        dataset.write(data)
    found = scene.open(path)
    assert len(found.bands) == bands
    grid = found.grid
    if crs != UTM:
        west, south, east, north = rasterio.warp.transform_bounds(UTM, crs, *grid.bounds)
        size = Affine((east - west) / 70, 0, west, 0, (south - north) / 60, north)
        grid = Grid(crs, size, 60, 70)
    with SceneReader(found, grid, bands=((1,),)) as reader:
        _values, valid = reader.read(grid.window)
    assert not valid[5:55, 5:15].any()
    assert valid[5:55, 25:65].all()
