import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.crs import CRS

from errors import ExportError
from raster import writing
from raster.grid import Grid

GRID = Grid(CRS.from_epsg(32632), Affine(10, 0, 500000, 0, -10, 5000000), 1100, 1300)


def intermediate(path: Path, data: np.ndarray, nodata: float | None) -> Path:
    profile = writing.working_profile(GRID, data.dtype.name, nodata)
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(data, 1)
    return path


def test_intermediates_are_tiled_and_quick(tmp_path: Path) -> None:
    path = intermediate(tmp_path / "x.tif", np.ones((1100, 1300), "uint8"), 255)
    with rasterio.open(path) as dataset:
        assert dataset.block_shapes == [(512, 512)]
        assert dataset.compression.name == "zstd"
        assert (dataset.crs, dataset.transform) == (GRID.crs, GRID.transform)


def test_codes_come_back_with_overviews_tags_and_colours(tmp_path: Path) -> None:
    codes = (np.arange(1100 * 1300).reshape(1100, 1300) // 999 % 3).astype("uint8")
    source = intermediate(tmp_path / "x.tif", codes, 255)
    colors = {0: (1, 2, 3, 255), 1: (200, 10, 10, 255), 255: (0, 0, 0, 0)}
    target = tmp_path / "out" / "mask.tif"
    target.parent.mkdir()
    writing.write_cog(
        source, target, nodata=255, overview_resampling="mode", tags={"CLASS_1": "x"},
        colormap=colors,
    )  # fmt: skip
    with rasterio.open(target) as dataset:
        np.testing.assert_array_equal(dataset.read(1), codes)
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert dataset.overviews(1)
        assert dataset.tags()["CLASS_1"] == "x"
        assert dataset.nodata == 255
        assert dataset.colormap(1)[1] == (200, 10, 10, 255)
        assert set(np.unique(dataset.read(1, out_shape=(550, 650)))) <= {0, 1, 2}
    assert [path.name for path in target.parent.iterdir()] == ["mask.tif"]


def test_scores_keep_every_bit_and_nan(tmp_path: Path) -> None:
    scores = np.random.default_rng(0).uniform(0, 1, (1100, 1300)).astype("float32")
    scores[:, :100] = np.nan
    source = intermediate(tmp_path / "x.tif", scores, np.nan)
    target = tmp_path / "score.tif"
    writing.write_cog(source, target, nodata=np.nan, overview_resampling="average", tags={})
    with rasterio.open(target) as dataset:
        np.testing.assert_array_equal(dataset.read(1), scores)
        assert np.isnan(dataset.nodata)


def test_a_folder_that_cannot_be_written_is_an_export_error(tmp_path: Path) -> None:
    source = intermediate(tmp_path / "x.tif", np.ones((1100, 1300), "uint8"), None)
    with pytest.raises(ExportError) as caught:
        writing.write_cog(
            source, tmp_path / "none" / "y.tif", nodata=None, overview_resampling="mode", tags={}
        )
    assert caught.value.hint


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may grow beyond 600 kB, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.skipif(os.name != "posix", reason="file size limits are a POSIX matter")
def test_a_full_disk_leaves_the_old_result_and_no_half_one(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    scores = np.random.default_rng(0).uniform(0, 1, (1100, 1300)).astype("float32")
    source = intermediate(tmp_path / "x.tif", scores, np.nan)
    out = tmp_path / "out"
    out.mkdir()
    (out / "score.tif").write_bytes(b"the old one")
    request.getfixturevalue("small_files")
    with pytest.raises(ExportError, match=r"score\.tif"):
        writing.write_cog(
            source, out / "score.tif", nodata=None, overview_resampling="average", tags={}
        )
    assert [path.name for path in out.iterdir()] == ["score.tif"]
    assert (out / "score.tif").read_bytes() == b"the old one"
