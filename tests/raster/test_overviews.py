import hashlib
import tracemalloc

import numpy as np
import pytest
import rasterio
from rasterio.control import GroundControlPoint
from rasterio.enums import Resampling

from errors import CancelledError, UnreadableRasterError
from progress import Watcher
from raster import overviews, reading, scene
from tests.scenes import UTM33, ground, transform, write


def _built(path, folder, *, step=None, watcher=None):
    opened = scene.open(path)
    step = overviews.needed_step(opened) if step is None else step
    return overviews.build(opened, folder / "copy.tif", step=step, watcher=watcher or Watcher())


def test_a_small_scene_needs_no_copy(tmp_path):
    path = write(tmp_path / "a.tif", ground((300, 320)))
    assert overviews.needed_step(scene.open(path)) == 0


def test_a_large_scene_without_overviews_needs_one_of_half_its_size(tmp_path):
    path = write(tmp_path / "a.tif", ground((1030, 320)))
    assert overviews.needed_step(scene.open(path)) == 2


def test_a_scene_with_overviews_of_its_own_needs_none(tmp_path):
    path = write(tmp_path / "a.tif", ground((1500, 1200)), tiled=True)
    with rasterio.open(path, "r+") as dataset:
        dataset.build_overviews([2, 4], Resampling.average)
    assert overviews.needed_step(scene.open(path)) == 0


def test_overviews_that_end_too_early_do_not_count(tmp_path):
    path = write(tmp_path / "a.tif", ground((2400, 1200)), tiled=True)
    with rasterio.open(path, "r+") as dataset:
        dataset.build_overviews([2], Resampling.average)
    assert overviews.needed_step(scene.open(path)) == 2


def test_a_file_in_one_huge_block_is_copied_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(overviews, "SLOW_BYTES", 2_000_000)
    path = write(tmp_path / "a.tif", ground((1100, 1000)), compress="deflate", blockysize=1100)
    assert overviews.needed_step(scene.open(path)) == 1
    tiled = write(tmp_path / "b.tif", ground((500, 500)), tiled=True, blockxsize=64, blockysize=64)
    assert overviews.needed_step(scene.open(tiled)) == 0


def test_a_file_placed_by_control_points_is_copied_upright(tmp_path):
    path = tmp_path / "a.tif"
    profile = {"driver": "GTiff", "count": 1, "height": 300, "width": 320, "dtype": "uint8"}
    corners = [(0, 0), (0, 320), (300, 0), (300, 320)]
    points = [GroundControlPoint(r, c, *(transform() @ (c, r))) for r, c in corners]
    with rasterio.open(path, "w", **profile, gcps=points, crs=UTM33) as out:
        out.write(ground((300, 320), bands=1).astype(np.uint8))
    opened = scene.open(path)
    assert overviews.needed_step(opened) == 1
    copy = _built(path, tmp_path)
    with rasterio.open(tmp_path / "copy.tif") as dataset:
        assert dataset.crs == UTM33
        assert not dataset.gcps[0]
    expected = reading.preview(opened, max_px=100)[0]
    assert np.abs(reading.preview(copy, max_px=100)[0] - expected).mean() < 2


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "float32"])
def test_the_copy_holds_the_mean_of_four_pixels_in_the_same_type(tmp_path, dtype):
    image = np.rint(ground((1100, 1030)) * 3 if dtype != "uint8" else ground((1100, 1030)))
    path = write(tmp_path / "a.tif", image, dtype=dtype)
    _built(path, tmp_path)
    with rasterio.open(tmp_path / "copy.tif") as copy:
        values = copy.read()
        assert copy.dtypes[0] == dtype
        assert copy.crs == UTM33
        assert copy.overviews(1)[:2] == [2, 4]
        assert max(copy.shape) / copy.overviews(1)[-1] < 512
    expected = image.reshape(3, 550, 2, 515, 2).mean(axis=(2, 4))
    assert np.abs(values - expected).max() <= 0.51


def test_a_size_that_is_not_even_keeps_its_place(tmp_path):
    path = write(tmp_path / "a.tif", ground((1101, 1031)))
    _built(path, tmp_path)
    with rasterio.open(tmp_path / "copy.tif") as copy, rasterio.open(path) as source:
        assert copy.bounds == pytest.approx(source.bounds)


def test_what_was_not_observed_is_masked_and_not_averaged_in(tmp_path):
    image = np.full((1, 1200, 1200), 1000.0)
    image[:, :, :601] = -9999
    path = write(tmp_path / "a.tif", image, dtype="float32", nodata=-9999)
    _built(path, tmp_path)
    for level in (None, 0, 1):
        options = {} if level is None else {"OVERVIEW_LEVEL": level}
        with rasterio.open(tmp_path / "copy.tif", **options) as copy:
            values, seen = copy.read(1), copy.read_masks(1) > 0
        assert seen.mean() == pytest.approx(0.5, abs=0.01)
        assert values[seen] == pytest.approx(1000)


def test_a_complete_scene_gets_no_mask(tmp_path):
    path = write(tmp_path / "a.tif", ground((1100, 1030)))
    _built(path, tmp_path)
    with rasterio.open(tmp_path / "copy.tif") as copy:
        assert "all_valid" in {flag.name for flag in copy.mask_flag_enums[0]}


def test_an_alpha_band_becomes_a_mask(tmp_path):
    image = ground((1100, 1030), bands=4)
    image[3] = 255
    image[3, :, :500] = 0
    path = write(tmp_path / "a.tif", image)
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = [*dataset.colorinterp[:3], rasterio.enums.ColorInterp.alpha]
    copy = _built(path, tmp_path)
    assert [band.index for band in copy.bands] == [1, 2, 3]
    _values, seen = reading.preview(copy, max_px=550)
    assert not seen[:, :250].any()
    assert seen[:, 250:].all()


def test_tiles_become_one_copy(tmp_path):
    image = ground((600, 1300))
    folder = tmp_path / "tiles"
    write(folder / "a.tif", image[:, :, :700])
    write(folder / "b.tif", image[:, 200:, 700:], at=transform(east_m=700, south_m=200))
    copy = _built(folder, tmp_path)
    values, seen = reading.preview(copy, max_px=2000)
    assert values.shape == (3, 300, 650)
    assert not seen[:99, 351:].any()
    expected = np.rint(image).reshape(3, 300, 2, 650, 2).mean(axis=(2, 4))
    assert np.abs(values - expected)[:, seen].max() <= 0.51


def test_many_bands_are_copied_in_groups(tmp_path):
    image = np.stack([np.full((1040, 60), 10 * band) for band in range(1, 21)])
    path = write(tmp_path / "a.tif", image, dtype="uint16")
    _built(path, tmp_path)
    with rasterio.open(tmp_path / "copy.tif") as copy:
        assert [int(np.median(copy.read(band))) for band in copy.indexes] == [
            10 * band for band in range(1, 21)
        ]


def test_the_original_is_not_changed(tmp_path):
    path = write(tmp_path / "a.tif", ground((1100, 1030)))
    before = hashlib.sha256(path.read_bytes()).digest()
    _built(path, tmp_path)
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a.tif", "copy.tif"]


def test_work_stops_when_it_is_asked_to(tmp_path):
    path = write(tmp_path / "a.tif", ground((1600, 1030)))
    steps = []
    watcher = Watcher(lambda share, _words: steps.append(share), lambda: len(steps) > 1)
    with pytest.raises(CancelledError):
        _built(path, tmp_path, watcher=watcher)
    assert len(steps) == 2


def test_progress_only_grows(tmp_path):
    path = write(tmp_path / "a.tif", ground((2600, 600)))
    steps = []
    _built(path, tmp_path, watcher=Watcher(lambda share, _words: steps.append(share)))
    assert steps == sorted(steps)
    assert len(steps) > 3
    assert 0.6 < steps[-1] <= 1


def test_a_damaged_block_is_named(tmp_path):
    path = write(tmp_path / "a.tif", ground((1600, 1600)), tiled=True, compress="deflate")
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = bytes(3000)
    path.write_bytes(content)
    with pytest.raises(UnreadableRasterError, match=r"'a\.tif'"):
        _built(path, tmp_path)


def test_memory_does_not_grow_with_the_scene(tmp_path, monkeypatch):
    monkeypatch.setattr(overviews, "MAX_SAMPLES", 512 * 512 * 3)
    peaks = []
    for side in (1100, 2600):
        path = write(
            tmp_path / f"{side}.tif", np.zeros((3, side, side)), tiled=True, sparse_ok=True
        )
        with rasterio.open(path, "r+") as dataset:
            dataset.write(ground((64, 64)).astype(np.uint8), window=((0, 64), (0, 64)))
        tracemalloc.start()
        _built(path, tmp_path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 8_000_000
