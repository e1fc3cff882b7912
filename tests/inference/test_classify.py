import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.crs import CRS

from inference.classify import classify, default_min_area_m2
from inference.score_files import SCORE_STEPS, ScoreRasters
from progress import Watcher
from raster.grid import Grid
from raster.mask import NOT_OBSERVED, ChangeClass, Observed

LEGEND = (
    ChangeClass(1, "gain", "gain", "increase", "#00aa00"),
    ChangeClass(2, "loss", "loss", "decrease", "#aa0000"),
)


@pytest.fixture
def rasters(tmp_path):
    """A 20 x 30 raster of 10 m pixels: a 3 x 3 gain, a 1 x 2 loss and a corner of nodata."""
    grid = Grid(CRS.from_epsg(32633), Affine(10, 0, 5e5, 0, -10, 5e6), 20, 30)
    scores = np.full(grid.shape, 0.125, np.float32)
    kinds = np.ones(grid.shape, np.uint8)
    observed = np.zeros(grid.shape, np.uint8)
    scores[4:7, 5:8] = 0.75
    scores[12, 20:22], kinds[12, 20:22] = 1.0, 2
    observed[:3, :3], scores[:3, :3] = Observed.POST_NODATA, np.nan
    paths = [tmp_path / name for name in ("scores.tif", "kinds.tif", "observed.tif")]
    for path, values in zip(paths, (scores, kinds, observed), strict=True):
        with rasterio.open(
            path, "w", driver="GTiff", count=1, dtype=values.dtype, height=20, width=30,
            crs=grid.crs, transform=grid.transform,
        ) as out:  # fmt: skip
            out.write(values, 1)
    return ScoreRasters(grid, *paths, np.zeros(SCORE_STEPS + 1, np.int64))


def run(rasters, tmp_path, *, threshold=0.5, min_area_m2=0.0):
    found = classify(
        rasters,
        LEGEND,
        threshold=threshold,
        min_area_m2=min_area_m2,
        path=tmp_path / "codes.tif",
        watcher=Watcher(),
    )
    return found, found.mask.codes(rasters.grid.window)


def test_scores_at_the_threshold_take_the_class_of_their_kind(rasters, tmp_path):
    _found, codes = run(rasters, tmp_path, threshold=0.75)
    assert (codes[4:7, 5:8] == 1).all()
    assert (codes[12, 20:22] == 2).all()
    assert np.count_nonzero((codes == 1) | (codes == 2)) == 11


def test_unobserved_pixels_stay_unobserved(rasters, tmp_path):
    _found, codes = run(rasters, tmp_path)
    assert (codes[:3, :3] == NOT_OBSERVED).all()
    assert np.count_nonzero(codes == NOT_OBSERVED) == 9


def test_regions_below_the_mapping_unit_become_unchanged_and_are_counted(rasters, tmp_path):
    found, codes = run(rasters, tmp_path, min_area_m2=300)
    assert not (codes == 2).any()
    assert found.dropped_objects == 1
    assert found.dropped_area_m2 == pytest.approx(200 / 0.9996**2, rel=1e-4)


def test_region_of_exactly_the_mapping_unit_is_kept(rasters, tmp_path):
    found, _codes = run(rasters, tmp_path)
    areas = 200 / 0.9996**2
    _found, codes = run(rasters, tmp_path, min_area_m2=areas * (1 - 1e-5))
    assert (codes == 2).sum() == 2
    assert found.dropped_objects == 0


@pytest.mark.parametrize(("gsd_m", "expected"), [(0.5, 16.0), (2.0, 16.0), (10.0, 400.0)])
def test_default_mapping_unit_is_a_garage_but_at_least_four_pixels(gsd_m, expected):
    assert default_min_area_m2(gsd_m) == expected
