"""Large pairs for the speed benchmarks, written strip by strip.

Ground of smooth noise with sharp parcels; post differs by gain, sensor noise and rectangles.
"""

from pathlib import Path

import cv2
import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.windows import Window

STRIP_ROWS = 1024
RECTANGLES_PER_STRIP = 24


def write_pair(folder: Path, size_px: int, *, seed: int = 7) -> tuple[Path, Path]:
    """Write pre.tif and post.tif (3 bands, uint8, 0.5 m, tiled, zstd) of `size_px` squared."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "pre.tif", folder / "post.tif"
    profile = {
        "driver": "GTiff",
        "dtype": "uint8",
        "count": 3,
        "width": size_px,
        "height": size_px,
        "crs": CRS.from_epsg(32633),
        "transform": Affine(0.5, 0, 500_000, 0, -0.5, 5_400_000),
        "tiled": True,
        "blockxsize": 512,
        "blockysize": 512,
        "compress": "zstd",
        "zstd_level": 1,
        "photometric": "RGB",
        "num_threads": "all_cpus",
    }
    rng = np.random.default_rng(seed)
    with (
        rasterio.open(paths[0], "w", **profile) as pre,
        rasterio.open(paths[1], "w", **profile) as post,
    ):
        pre.update_tags(TIFFTAG_DATETIME="2023:05:01 10:00:00")
        post.update_tags(TIFFTAG_DATETIME="2024:05:01 10:00:00")
        for top in range(0, size_px, STRIP_ROWS):
            rows = min(STRIP_ROWS, size_px - top)
            before, after = _strip(rng, rows, size_px)
            pre.write(before, window=Window(0, top, size_px, rows))
            post.write(after, window=Window(0, top, size_px, rows))
    return paths


def _strip(
    rng: np.random.Generator, rows: int, cols: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    ground = sum(_noise(rng, rows, cols, cell) * cell**0.5 for cell in (4, 16, 128))
    parcels = np.kron(rng.uniform(-1, 1, (-(-rows // 64), -(-cols // 64))), np.ones((64, 64)))
    ground = (ground * 6 + parcels[:rows, :cols] * 25).astype(np.float32)
    bands = np.stack([100 + ground, 105 + 0.9 * ground, 90 + 0.7 * ground])
    after = bands * np.float32(1.06) + 4
    for _each in range(max(RECTANGLES_PER_STRIP * cols // 16384, 1)):
        top, left = int(rng.integers(0, rows)), int(rng.integers(0, cols))
        high, wide = rng.integers(16, 60, 2)
        after[:, top : top + high, left : left + wide] = rng.uniform(30, 230, (3, 1, 1))
    return _quantised(rng, bands), _quantised(rng, after)


def _noise(rng: np.random.Generator, rows: int, cols: int, cell: int) -> NDArray[np.float32]:
    small = rng.standard_normal((rows // cell + 2, cols // cell + 2)).astype(np.float32)
    return cv2.resize(small, (cols, rows), interpolation=cv2.INTER_CUBIC).astype(
        np.float32, copy=False
    )


def _quantised(rng: np.random.Generator, bands: NDArray[np.float32]) -> NDArray[np.uint8]:
    noise = rng.standard_normal(bands.shape, np.float32) * np.float32(1.5)
    return np.clip(np.rint(bands + noise), 1, 255).astype(np.uint8)
