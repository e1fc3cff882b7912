"""Single things with an outline on the map and their sizes on the ground.

Made of pixels that a model found, or of a polygon that a person drew. Knows nothing of dates,
classes or facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS
from shapely.geometry.base import BaseGeometry

from analysis import polygons
from analysis.areas import perimeters_m, polygon_area_m2
from raster.area import PixelAreas
from raster.grid import ELLIPSOID, Grid, lonlat_transformer
from raster.instances import Instance

CERTAIN = 1.0
"""Score of what a person drew."""

Array = NDArray[Any]


@dataclass(frozen=True)
class Thing:
    """One thing of one image.

    Attributes:
        id: number that names it; kept for as long as the thing is.
        polygon: Polygon or MultiPolygon in the CRS of the grid it was found on, valid.
        area_m2: on the ellipsoid: of the pixels it was made of, or of a polygon that was drawn.
        perimeter_m: geodesic length of the outline, holes included.
        length_m: from end to end: along its middle where that was measured, else the long side
            of the smallest rectangle around it.
        score: how sure the model is, 0..1; not a probability; 1 for what a person drew.
        lon: longitude of a point inside it.
        lat: latitude of that point.
    """

    id: int
    polygon: BaseGeometry
    area_m2: float
    perimeter_m: float
    length_m: float
    score: float
    lon: float
    lat: float


def measure(instances: Sequence[Instance], grid: Grid, *, first_id: int = 1) -> tuple[Thing, ...]:
    """A thing for each instance, in their order, numbered from `first_id`.

    Outlines are traced and simplified as those of changed objects are; areas are sums of pixels,
    so that things side by side add up. Lengths are those of rectangles around them.
    """
    shapes = polygons.of_instances(instances, grid)
    areas_m2 = _pixel_areas_m2(instances, grid)
    scores = [float(instance.score) for instance in instances]
    return _things(shapes, grid.crs, areas_m2, scores, first_id)


def drawn(shapes: Sequence[BaseGeometry], crs: CRS, *, first_id: int) -> tuple[Thing, ...]:
    """A thing for each valid polygon (in `crs`) that a person drew, numbered from `first_id`."""
    areas_m2 = [polygon_area_m2(shape, crs) for shape in shapes]
    scores = [CERTAIN] * len(areas_m2)
    return _things(np.array(shapes, object), crs, np.array(areas_m2), scores, first_id)


def centres_lonlat(things: Sequence[Thing], crs: CRS) -> NDArray[np.float64]:
    """Longitude and latitude (n, 2) of the centroids of things in `crs`."""
    xy = shapely.get_coordinates(shapely.centroid(shapes_of(things)))
    return np.column_stack(lonlat_transformer(crs).transform(xy[:, 0], xy[:, 1]))


def shapes_of(things: Sequence[Thing]) -> Array:
    """The polygons (n,) of things."""
    return np.array([thing.polygon for thing in things], object)


def _things(
    shapes: Array, crs: CRS, areas_m2: Array, scores: Sequence[float], first_id: int
) -> tuple[Thing, ...]:
    if not len(shapes):
        return ()
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes))
    lon, lat = lonlat_transformer(crs).transform(inside[:, 0], inside[:, 1])
    columns = (areas_m2, perimeters_m(shapes, crs), _long_sides_m(shapes, crs), scores, lon, lat)
    rows = np.column_stack([np.asarray(column, float) for column in columns]).tolist()
    return tuple(
        Thing(first_id + at, shape, *row)
        for at, (shape, row) in enumerate(zip(shapes, rows, strict=True))
    )


def _pixel_areas_m2(instances: Sequence[Instance], grid: Grid) -> NDArray[np.float64]:
    """Sum of the areas of the pixels of each instance."""
    if not instances:
        return np.zeros(0)
    places = [np.nonzero(instance.mask) for instance in instances]
    rows = [found[0] + instance.top for found, instance in zip(places, instances, strict=True)]
    cols = [found[1] + instance.left for found, instance in zip(places, instances, strict=True)]
    owner = np.repeat(np.arange(len(instances)), [len(found) for found in rows])
    areas_m2 = PixelAreas(grid).at(np.concatenate(rows), np.concatenate(cols))
    return np.bincount(owner, areas_m2, minlength=len(instances)).astype(np.float64)


def _long_sides_m(shapes: Array, crs: CRS) -> NDArray[np.float64]:
    """Long side (n,) of the smallest rectangle around each shape, measured on the ellipsoid.

    The rectangle is fitted in degrees scaled by the cosine of the latitude, where things keep
    their form.
    """
    parts, owner = shapely.get_coordinates(shapes, return_index=True)
    lon, lat = lonlat_transformer(crs).transform(parts[:, 0], parts[:, 1])
    first = np.searchsorted(owner, np.arange(len(shapes)))
    squeeze = np.cos(np.radians(np.asarray(lat)[first]))
    flat = np.column_stack([np.asarray(lon) * squeeze[owner], lat])
    points = np.asarray(shapely.points(flat), object)
    around = shapely.oriented_envelope(shapely.multipoints(points, indices=owner))
    corners = shapely.get_coordinates(around).reshape(len(shapes), -1, 2)[:, :3]
    degrees = corners / np.column_stack([squeeze, np.ones_like(squeeze)])[:, None]
    ends = degrees.transpose(1, 2, 0)
    sides_m = [ELLIPSOID.inv(*ends[at], *ends[at + 1])[2] for at in (0, 1)]
    return np.asarray(np.maximum(*sides_m), np.float64)
