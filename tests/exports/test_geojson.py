import json

import numpy as np
import pyproj
from shapely.geometry import shape

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
        "id", "class", "state", "area_m2", "perimeter_m", "score", "votes", "lon", "lat",
    ]  # fmt: skip
    assert properties["id"] == 1
    assert properties["area_m2"] == float(result.objects["area_m2"].iloc[0])


def test_no_change_gives_an_empty_collection(build, tmp_path):
    assert _read(build(has_change=False), tmp_path)["features"] == []


def test_a_grid_in_degrees_needs_no_reprojection(build, tmp_path):
    result = build(grid=synthetic.DEGREES)
    feature = _read(result, tmp_path)["features"][0]
    assert np.allclose(shape(feature["geometry"]).bounds, result.objects.geometry.iloc[0].bounds)
