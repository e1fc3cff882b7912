"""Aerial pictures of places with building outlines, from XYZ tiles and a GeoJSON beside them.

Each folder `set*` holds `image/<name>-<x>-<y>-<z>.*` and `labels.geojson`. Knows nothing of
networks.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from shapely import affinity, transform
from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry

TILE_PX = 256
ZOOM = 20
"""Read at this zoom, 0.15 m; the other zooms show the same ground."""
EQUATOR_M = 40_075_016.686
NAME = re.compile(r"-(\d+)-(\d+)-(\d+)\.(?:png|jpg)$")
GAP_TILES = 2
"""Tiles less than this many apart (at `ZOOM`) are one place."""
VALIDATION = frozenset({"set2-619212-523272", "set3-773436-440504", "set4-886242-483186"})
"""One place of each set, never trained on."""


@dataclass(frozen=True)
class Place:
    """Tiles that touch, as one picture with its buildings.

    Attributes:
        name: set and first tile at `ZOOM`.
        tiles: (x, y) at `ZOOM`.
        picture: (3, row, col) uint8, red, green, blue; 128 where no tile is.
        valid: (row, col).
        buildings: outlines in pixels of the picture.
        gsd_m: ground size of a pixel.
    """

    name: str
    tiles: frozenset[tuple[int, int]]
    picture: NDArray[np.uint8]
    valid: NDArray[np.bool_]
    buildings: tuple[BaseGeometry, ...]
    gsd_m: float

    @property
    def is_validation(self) -> bool:
        """Whether it may never be trained on."""
        return self.name in VALIDATION


def places(folder: Path, sets: tuple[str, ...] = ("set2", "set3", "set4")) -> tuple[Place, ...]:
    """All places of some sets.

    Raises:
        FileNotFoundError: a set is not there.
    """
    return tuple(place for name in sets for place in _of_set(folder / name))


def _of_set(folder: Path) -> Iterator[Place]:
    files = {}
    for path in sorted((folder / "image").iterdir()):
        found = NAME.search(path.name)
        if found and int(found[3]) == ZOOM:
            files[int(found[1]), int(found[2])] = path
    outlines = json.loads((folder / "labels.geojson").read_text(encoding="utf-8"))["features"]
    shapes = [shape(feature["geometry"]) for feature in outlines]
    for group in clusters(frozenset(files)):
        yield _mosaic(folder.name, {tile: files[tile] for tile in group}, shapes)


def clusters(tiles: frozenset[tuple[int, int]]) -> list[frozenset[tuple[int, int]]]:
    """Groups of tiles with less than `GAP_TILES` between them, in order."""
    left, groups = set(tiles), []
    while left:
        group, edge = set(), {min(left)}
        while edge:
            group |= edge
            left -= edge
            edge = {t for t in left if any(_near(t, other) for other in edge)}
        groups.append(frozenset(group))
    return groups


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= GAP_TILES


def _mosaic(name: str, files: dict[tuple[int, int], Path], shapes: list[BaseGeometry]) -> Place:
    xs, ys = zip(*files, strict=True)
    west, north = min(xs), min(ys)
    size = (TILE_PX * (max(ys) - north + 1), TILE_PX * (max(xs) - west + 1))
    picture, valid = np.full((3, *size), 128, np.uint8), np.zeros(size, bool)
    for (x, y), path in files.items():
        tile = np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR))[..., ::-1]
        rows = slice(TILE_PX * (y - north), TILE_PX * (y - north + 1))
        cols = slice(TILE_PX * (x - west), TILE_PX * (x - west + 1))
        picture[:, rows, cols] = tile.transpose(2, 0, 1)
        valid[rows, cols] = True
    frame = Polygon([(0, 0), (size[1], 0), (size[1], size[0]), (0, size[0])])
    pixels = [affinity.translate(_to_pixels(s), -TILE_PX * west, -TILE_PX * north) for s in shapes]
    inside = tuple(outline for outline in pixels if outline.intersects(frame))
    return Place(f"{name}-{west}-{north}", frozenset(files), picture, valid, inside, gsd_of(north))


def _to_pixels(outline: BaseGeometry) -> BaseGeometry:
    return transform(outline, mercator_px)


def mercator_px(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pixels of the whole world at `ZOOM` (n, 2; x, y) of longitudes and latitudes (n, 2)."""
    world = TILE_PX * 2**ZOOM
    x = (lonlat[:, 0] + 180) / 360 * world
    y = (1 - np.arcsinh(np.tan(np.radians(lonlat[:, 1]))) / math.pi) / 2 * world
    return np.stack([x, y], axis=1)


def gsd_of(row: int) -> float:
    """Ground size of a pixel in metres in a row of tiles at `ZOOM`."""
    latitude = math.atan(math.sinh(math.pi * (1 - 2 * (row + 0.5) / 2**ZOOM)))
    return EQUATOR_M * math.cos(latitude) / (TILE_PX * float(2**ZOOM))
