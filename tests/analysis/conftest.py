"""Tiny masks on known ground."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.crs import CRS

from raster.grid import Grid
from raster.mask import ChangeClass, ChangeMask

LOSS = ChangeClass(1, "vegetation_loss", "vegetation loss", "decrease", "#d7301f")
GAIN = ChangeClass(2, "new_building", "new building", "appeared", "#2c7fb8")
UTM33 = CRS.from_epsg(32633)
TEN_M = Affine(10, 0, 500_000, 0, -10, 5_000_000)

MakeMask = Callable[..., ChangeMask]


@pytest.fixture
def make_mask(tmp_path: Path) -> MakeMask:
    """Writes codes (row, col) as a mask; pixels are 10 m in UTM 33N unless told otherwise."""

    def make(codes, *, observed=None, grid=None, legend=(LOSS, GAIN)) -> ChangeMask:
        codes = np.asarray(codes, np.uint8)
        grid = grid or Grid(UTM33, TEN_M, *codes.shape)
        observed = np.zeros(codes.shape, np.uint8) if observed is None else observed
        scores = np.where(codes == 255, np.nan, np.where(codes > 0, 0.8, 0.1)).astype(np.float32)
        folder = tmp_path / f"mask{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        kinds = np.where(codes == 0, 1, codes).astype(np.uint8)
        rasters = {"codes": codes, "scores": scores, "observed": observed, "kinds": kinds}
        for name, array in rasters.items():
            with rasterio.open(
                folder / f"{name}.tif", "w", driver="GTiff", count=1, dtype=array.dtype,
                height=grid.height, width=grid.width, crs=grid.crs, transform=grid.transform,
            ) as out:  # fmt: skip
                out.write(array, 1)
        paths = [folder / f"{name}.tif" for name in rasters]
        return ChangeMask(grid, legend, *paths)

    return make
