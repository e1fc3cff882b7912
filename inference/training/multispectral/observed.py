"""Places that satellites and planes really took: a Sentinel-2 picture and dates of a wetland.

Reads the files of two openly licensed sets; knows nothing of changes. What is built in the
Sentinel-2 picture was outlined by us on the picture itself.
"""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.features import rasterize
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from inference.training.multispectral.places import BANDS, Place

SENTINEL2 = Path("flood_chip") / "s2.tif"
SERIES = Path("series") / "naip_wetland"
BAND_NUMBERS = (2, 3, 4, 8, 12, 13)
"""Of `BANDS` among the thirteen of Sentinel-2."""
FULL_SCALE = 10_000
NAIP_NUMBERS = (3, 2, 1, 4)
"""Blue, green, red and near infrared in NAIP's order."""
NAIP_SCALE = 600.0
"""Brings the 8 bits of the aerial camera near to reflectance; the stretch removes the rest."""
NAIP_STEP = 2
"""From pixels of 5 m to pixels of 10 m."""
KEPT_FROM_PX = 344
"""Columns of the Sentinel-2 picture from here on are kept for judging."""

# Outlines (column, row) in pixels of the Sentinel-2 picture, drawn by eye.
SETTLED: tuple[tuple[tuple[int, int], ...], ...] = (
    ((0, 0), (40, 0), (42, 10), (40, 32), (28, 36), (0, 30)),
    ((0, 36), (12, 36), (8, 50), (10, 76), (0, 78)),
    ((14, 108), (32, 105), (33, 117), (15, 120)),
    ((0, 155), (13, 156), (24, 186), (27, 202), (0, 210)),
    ((179, 115), (221, 118), (216, 137), (240, 145), (256, 150), (285, 150), (312, 138),
     (322, 142), (332, 160), (322, 170), (304, 190), (290, 196), (262, 180), (256, 195),
     (236, 190), (212, 185), (192, 177), (192, 160), (202, 158), (188, 142), (180, 130)),
    ((200, 205), (208, 205), (197, 256), (192, 296), (181, 300), (184, 256)),
    ((270, 37), (284, 34), (286, 42), (271, 46)),
    ((326, 0), (356, 0), (358, 12), (330, 28), (324, 20)),
    ((328, 93), (350, 93), (352, 102), (340, 112), (328, 108)),
    ((404, 107), (426, 118), (424, 122), (402, 112)),
    ((448, 48), (460, 48), (460, 55), (448, 56)),
    ((444, 235), (460, 234), (478, 236), (478, 256), (464, 255)),
    ((40, 258), (68, 262), (68, 300), (60, 316), (48, 312), (40, 296)),
    ((80, 314), (88, 314), (88, 330), (80, 330)),
    ((190, 256), (200, 256), (198, 270), (192, 270)),
    ((186, 416), (205, 418), (205, 400), (226, 380), (226, 412), (250, 418), (250, 432),
     (226, 432), (214, 442), (204, 430), (188, 428)),
    ((116, 372), (122, 372), (122, 381), (116, 381)),
    ((250, 353), (275, 351), (275, 400), (252, 400)),
    ((466, 256), (512, 258), (512, 288), (494, 276), (466, 276)),
    ((290, 406), (301, 406), (301, 420), (290, 420)),
    ((309, 445), (317, 445), (317, 465), (309, 465)),
    ((356, 460), (380, 466), (410, 470), (424, 470), (426, 448), (446, 436), (456, 430),
     (460, 468), (440, 472), (440, 484), (420, 505), (398, 512), (384, 503), (358, 503)),
    ((428, 435), (438, 434), (440, 442), (428, 443)),
    ((482, 444), (512, 440), (512, 465), (482, 465)),
)  # fmt: skip
ROADS: tuple[tuple[tuple[int, int], ...], ...] = (
    ((8, 26), (20, 38), (30, 52), (33, 65), (35, 95), (40, 120), (50, 145), (60, 165), (75, 205),
     (97, 254), (105, 270), (120, 300), (135, 340), (160, 395), (180, 440), (195, 475), (225, 511)),
    ((256, 5), (300, 40), (350, 75), (372, 88), (400, 112), (425, 125), (470, 138), (511, 145)),
)  # fmt: skip
ROAD_PX = 3.0


def sentinel2(data: Path, *, is_validation: bool) -> Place:
    """The part of a Sentinel-2 picture to learn from, or the part kept for judging; one date twice.

    Raises:
        FileNotFoundError: the picture is not in the folder.
    """
    path = data / SENTINEL2
    if not path.is_file():
        message = f"There is no Sentinel-2 picture {path}."
        raise FileNotFoundError(message)
    with rasterio.open(path) as file:
        values = file.read(BAND_NUMBERS).astype(np.float32) / FULL_SCALE
    dates = np.stack([values, values]).astype(np.float16)
    whole = Place(dates, _settled(values.shape[1:]), (True,) * len(BANDS), 10.0)
    return _columns(whole, slice(KEPT_FROM_PX, None) if is_validation else slice(KEPT_FROM_PX))


def _columns(place: Place, kept: slice) -> Place:
    return replace(place, dates=place.dates[..., kept], built=place.built[:, kept])


def _settled(shape: tuple[int, int]) -> NDArray[np.float16]:
    """1 where the picture shows settlements and main roads."""
    shapes: list[BaseGeometry] = [Polygon(outline) for outline in SETTLED]
    shapes += [LineString(road).buffer(ROAD_PX / 2) for road in ROADS]
    burnt = rasterize([(one, 1) for one in shapes], out_shape=shape, fill=0, dtype="uint8")
    return np.asarray(burnt, np.float16)


def wetland(data: Path) -> tuple[Place, ...]:
    """All pairs of dates of a wetland without towns, in four bands.

    Raises:
        FileNotFoundError: its dates are not in the folder.
    """
    paths = sorted((data / SERIES).glob("*.tif"))
    if len(paths) < 2:
        message = f"There are no dates of the wetland in {data / SERIES}."
        raise FileNotFoundError(message)
    pictures = [_reduced(path) for path in paths]
    rows, cols = (min(picture.shape[axis] for picture in pictures) for axis in (1, 2))
    held = tuple(role not in {"swir1", "swir2"} for role in BANDS)
    nothing = np.zeros((rows, cols), np.float16)
    return tuple(
        Place(np.stack([one[:, :rows, :cols], other[:, :rows, :cols]]), nothing, held, 10.0)
        for one, other in combinations(pictures, 2)
    )


def _reduced(path: Path) -> NDArray[np.float16]:
    """One date (band, row, col) in the order of `BANDS`, 0 where it has none."""
    with rasterio.open(path) as file:
        values = file.read(NAIP_NUMBERS).astype(np.float32) / NAIP_SCALE
    rows, cols = (size // NAIP_STEP for size in values.shape[1:])
    seen = [cv2.resize(band, (cols, rows), interpolation=cv2.INTER_AREA) for band in values]
    out = np.zeros((len(BANDS), rows, cols), np.float16)
    out[: len(seen)] = np.stack(seen)
    return out
