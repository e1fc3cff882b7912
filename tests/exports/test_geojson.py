import json

import numpy as np
import pyproj
import shapely
from shapely.geometry import Polygon, shape

from exports import geojson
from tests.exports import synthetic


def _read(result, tmp_path):
    geojson.write(result, tmp_path / "c.geojson")
    return json.loads((tmp_path / "c.geojson").read_text(encoding="utf-8"))


def test_positions_are_wgs84_by_an_independent_transformation(result, tmp_path):
    features = _read(result, tmp_path)["features"]
    to_lonlat = pyproj.Transformer.from_crs(32633, 4326, always_xy=True)
    for feature, polygon in zip(features, result.objects.geometry, strict=True):
        west, south, east, north = polygon.bounds
        lon, lat = to_lonlat.transform([west, east, west, east], [south, south, north, north])
        found = shape(feature["geometry"]).bounds
        expected = (min(lon), min(lat), max(lon), max(lat))
        assert np.allclose(found, expected, atol=1.1e-7)


def test_the_file_follows_rfc_7946(result, tmp_path):
    collection = _read(result, tmp_path)
    assert "crs" not in collection
    geod = pyproj.Geod(ellps="WGS84")
    for feature in collection["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            lon, lat = np.array(polygon[0]).T
            area_m2, _length = geod.polygon_area_perimeter(lon[:-1], lat[:-1])
            assert area_m2 > 0  # Karney's area is positive for counter-clockwise rings.
            assert np.allclose(np.round(lon, 7), lon, atol=1e-12)


def test_attributes_are_those_of_the_contract_and_in_its_order(result, tmp_path):
    properties = _read(result, tmp_path)["features"][0]["properties"]
    assert list(properties) == [
        "id", "class", "state", "area_m2", "perimeter_m", "score", "votes", "seen_by", "lon", "lat",
    ]  # fmt: skip
    assert properties["id"] == 1
    assert (properties["votes"], properties["seen_by"]) == (1, None)
    assert properties["area_m2"] == float(result.objects["area_m2"].iloc[0])


def test_no_change_gives_an_empty_collection(build, tmp_path):
    assert _read(build(has_change=False), tmp_path)["features"] == []


def test_a_grid_in_degrees_needs_no_reprojection(build, tmp_path):
    result = build(grid=synthetic.DEGREES)
    feature = _read(result, tmp_path)["features"][0]
    assert np.allclose(shape(feature["geometry"]).bounds, result.objects.geometry.iloc[0].bounds)


def test_rounding_never_breaks_an_outline(build, tmp_path):
    """A hole whose corner comes within a centimetre of the outer ring, and one that crosses."""
    result = build(grid=synthetic.DEGREES)
    west, south, east, north = result.objects.geometry.iloc[0].bounds
    step = 1e-7
    corner = round(west, 7) + 0.51 * step
    ring = [(west, south), (east, south), (east, north), (corner, north - 8 * step),
            (west, north - 9.4 * step)]  # fmt: skip
    hole = [(corner + 0.3 * step, north - 8.3 * step), (corner + 90 * step, north - 40 * step),
            (corner + 0.3 * step, north - 40 * step)]  # fmt: skip
    shapes = [Polygon(ring, [hole]), Polygon([(1e-9, 0), (2e-9, 0), (2e-9, 1e-9)])]
    shapes += list(_almost_touching())
    rounded = geojson.on_decimals(np.array(shapes, object))
    assert shapely.is_valid(rounded).all()
    assert not shapely.is_empty(rounded).any()
    assert np.allclose(shapely.area(rounded), shapely.area(shapes), atol=2e-7 * 4)


def _almost_touching():
    """Notches whose tips end within half a step of the opposite edge."""
    generator = np.random.default_rng(4)
    for _ in range(200):
        x = 10 + generator.uniform(0, 1e-5)
        tip = generator.uniform(0.05, 0.6) * 1e-7
        yield Polygon(
            [(x, 0), (x + 1e-5, 3e-7), (x + 3e-5, 0), (x + 3e-5, 1e-5), (x + 2e-5, 1e-5),
             (x + 1e-5, 3e-7 + tip), (x, 1e-5)]
        )  # fmt: skip
