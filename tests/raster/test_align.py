import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.warp import Resampling, calculate_default_transform, reproject
from rasterio.windows import Window

from errors import CancelledError, GsdMismatchError, NoOverlapError, RasterError
from progress import Watcher
from raster import scene
from raster.align import align, open_pair
from raster.lattice import is_same_lattice
from tests.scenes import ground, transform, write


def opened(path, image, **profile):
    return scene.open(write(path, image, **profile))


def read_all(pair):
    with open_pair(pair) as reader:
        return reader.read(pair.grid.window)


def warped(path, image, crs, gsd, source):
    """The image (UTM 33) written in another CRS by GDAL's cubic warp."""
    height, width = image.shape[1:]
    bounds = rasterio.transform.array_bounds(height, width, source)
    at, columns, rows = calculate_default_transform(
        "EPSG:32633", crs, width, height, *bounds, resolution=gsd
    )
    out = np.zeros((image.shape[0], rows, columns), np.float32)
    reproject(
        image, out, src_transform=source, src_crs="EPSG:32633", dst_transform=at, dst_crs=crs,
        resampling=Resampling.cubic,
    )  # fmt: skip
    return opened(path, out, crs=CRS.from_user_input(crs), at=at, nodata=0)


def test_two_files_on_one_grid_are_read_untouched(tmp_path):
    pre_image, post_image = np.rint(ground()), np.rint(ground(seed=0) * 0.8)
    pair = align(opened(tmp_path / "a.tif", pre_image), opened(tmp_path / "b.tif", post_image))
    block = read_all(pair)
    assert pair.grid == pair.pre.grid
    assert np.array_equal(block.pre, pre_image)
    assert np.array_equal(block.post, post_image)
    assert block.valid.all()


def test_another_crs_gsd_and_extent_come_out_on_the_pixels_of_pre(tmp_path):
    image = ground((400, 420))
    pre = opened(tmp_path / "a.tif", image[:, :350, :350])
    for crs, gsd in (("EPSG:4326", 8e-6), ("EPSG:32632", 0.8), ("EPSG:3857", 1.3)):
        corner = transform(east_m=50, south_m=60)
        post = warped(tmp_path / f"{crs[5:]}.tif", image[:, 60:, 50:], crs, gsd, corner)
        pair = align(pre, post)
        block = read_all(pair)
        assert is_same_lattice(pair.grid, pre.grid)
        assert block.valid.sum() == pytest.approx(290 * 300, rel=0.03)
        apart = np.abs(block.pre - block.post)[:, block.valid]
        assert apart.mean() < 3
        assert pair.shift.length_px < 0.15


def test_a_finer_post_is_averaged_onto_the_coarser_pixels_of_pre(tmp_path):
    fine = ground((400, 400))
    coarse = fine.reshape(3, 100, 4, 100, 4).mean(axis=(2, 4))
    pre = opened(tmp_path / "a.tif", coarse, gsd_m=4)
    post = opened(tmp_path / "b.tif", fine)
    block = read_all(align(pre, post))
    inner = (slice(None), slice(2, -2), slice(2, -2))
    assert np.abs(block.pre - block.post)[inner].mean() < 3


@settings(max_examples=15)
@given(top=st.integers(0, 60), left=st.integers(0, 60))
def test_a_cropped_pair_reads_the_same_pixels(tmp_path_factory, top, left):
    folder = tmp_path_factory.mktemp("crop")
    image = ground((100, 100))
    pair = align(
        opened(folder / "a.tif", image),
        opened(folder / "b.tif", image[:, 3:, 2:], at=transform(east_m=2.4, south_m=3.3)),
    )
    window = Window(left, top, 30, 25)
    with open_pair(pair) as reader:
        whole = reader.read(window)
    part = read_all(pair.crop(window))
    assert np.array_equal(whole.pre, part.pre)
    assert np.allclose(whole.post, part.post, atol=0.02)
    assert np.array_equal(whole.valid, part.valid)


def test_a_reader_closes_its_files_and_opens_them_again(tmp_path):
    image = ground((64, 64))
    pair = align(opened(tmp_path / "a.tif", image), opened(tmp_path / "b.tif", image))
    first, second = read_all(pair), read_all(pair)
    assert np.array_equal(first.post, second.post)


def test_a_disjoint_pair_a_far_gsd_and_foreign_bands_are_typed_errors(tmp_path):
    pre = opened(tmp_path / "a.tif", ground((64, 64)))
    far = opened(tmp_path / "b.tif", ground((64, 64)), at=transform(east_m=1000))
    with pytest.raises(NoOverlapError, match="do not share ground"):
        align(pre, far)
    coarse = opened(tmp_path / "c.tif", ground((64, 64)), gsd_m=20)
    with pytest.raises(GsdMismatchError, match=r"20\.0 times"):
        align(pre, coarse)
    with pytest.raises(RasterError, match="No band"):
        align(pre, described(tmp_path / "d.tif", "VV"))


def described(path, name):
    write(path, ground((64, 64), bands=1))
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = (name,)
    return scene.open(path)


def test_measuring_tells_its_progress_and_can_be_cancelled(tmp_path):
    image = ground()
    scenes = [opened(tmp_path / name, image) for name in ("a.tif", "b.tif")]
    seen = []
    align(*scenes, watcher=Watcher(on_progress=lambda share, _text: seen.append(share)))
    assert seen == sorted(seen)
    assert len(seen) > 3
    with pytest.raises(CancelledError):
        align(*scenes, watcher=Watcher(is_cancelled=lambda: True))
