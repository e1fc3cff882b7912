"""Small textured scenes with known content, written as GeoTIFFs."""

from pathlib import Path

import cv2
import numpy as np
import rasterio
from affine import Affine
from rasterio.crs import CRS

UTM33 = CRS.from_epsg(32633)
ORIGIN = (500_000.0, 5_400_000.0)


def transform(gsd_m=1.0, *, east_m=0.0, south_m=0.0):
    return Affine(gsd_m, 0, ORIGIN[0] + east_m, 0, -gsd_m, ORIGIN[1] - south_m)


def ground(shape=(300, 320), *, seed=0, bands=3):
    """(band, row, col) float32 around 60..190: blocks of several sizes and smooth noise."""
    rng = np.random.default_rng(seed)
    out = np.zeros((bands, *shape), np.float32)
    for cell, weight in ((4, 6), (13, 14), (41, 22)):
        coarse = rng.uniform(-1, 1, (shape[0] // cell + 2, shape[1] // cell + 2)).astype(np.float32)
        layer = np.kron(coarse, np.ones((cell, cell), np.float32))[: shape[0], : shape[1]]
        layer = cv2.GaussianBlur(layer, (0, 0), 0.7)
        out += weight * layer * rng.uniform(0.6, 1.2, (bands, 1, 1)).astype(np.float32)
    return out + 120


def with_houses(image, houses):
    """A copy with bright rectangles (top, left, height, width)."""
    out = image.copy()
    for top, left, height, width in houses:
        out[:, top : top + height, left : left + width] = 235
        out[:, top + height : top + height + 3, left : left + width] = 20
    return out


def write(path, image, *, gsd_m=1.0, crs=UTM33, at=None, date=None, dtype="uint8", **profile):
    """Write (band, row, col) as a GeoTIFF and return its path."""
    values = np.asarray(image)
    if np.dtype(dtype).kind in "ui":
        info = np.iinfo(dtype)
        values = np.clip(np.rint(values), info.min, info.max)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=values.shape[0],
        height=values.shape[1],
        width=values.shape[2],
        dtype=dtype,
        crs=crs,
        transform=transform(gsd_m) if at is None else at,
        **profile,
    ) as out:
        out.write(values.astype(dtype))
        if date:
            out.update_tags(TIFFTAG_DATETIME=f"{date.replace('-', ':')} 10:00:00")
    return path


def write_pair(folder, pre, post, **profile):
    """Write pre.tif (2023-06-01) and post.tif (2024-06-03) with the same profile."""
    return (
        write(folder / "pre.tif", pre, date="2023-06-01", **profile),
        write(folder / "post.tif", post, date="2024-06-03", **profile),
    )
