import pytest
from pyproj import Geod
from shapely.geometry import Point, box, mapping, shape

from services.measure_areas import bounds_of, joined, measured, size_m2

WEST, EAST = box(10, 50, 10.01, 50.01), box(10.005, 50, 10.02, 50.01)


def drawn(*shapes, names=()):
    features = [
        {
            "type": "Feature",
            "properties": {"id": str(at), "name": names[at] if names else f"Area {at}"},
            "geometry": mapping(one),
        }
        for at, one in enumerate(shapes)
    ]
    return {"type": "FeatureCollection", "features": features}


def geodesic_m2(geometry):
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(geometry)[0])


def test_size_is_the_geodesic_area():
    (area,) = measured(drawn(WEST))
    assert area.area_m2 == pytest.approx(geodesic_m2(WEST), rel=1e-9)
    assert (area.id, area.name, area.problem) == ("0", "Area 0", "")


def test_hole_is_taken_off():
    ring = WEST.difference(box(10.002, 50.002, 10.008, 50.008))
    (area,) = measured(drawn(ring))
    assert area.area_m2 == pytest.approx(
        geodesic_m2(WEST) - geodesic_m2(box(10.002, 50.002, 10.008, 50.008)), rel=1e-6
    )


def test_ground_in_two_areas_counts_once():
    geometry = joined(measured(drawn(WEST, EAST)))
    assert size_m2(geometry) == pytest.approx(geodesic_m2(box(10, 50, 10.02, 50.01)), rel=1e-6)
    assert shape(geometry).equals(box(10, 50, 10.02, 50.01))


def test_areas_that_do_not_touch_stay_apart():
    assert joined(measured(drawn(WEST, box(11, 50, 11.01, 50.01))))["type"] == "MultiPolygon"


def test_what_is_no_polygon_is_kept_and_says_so():
    good, point = measured(drawn(WEST, Point(1, 2)))
    assert good.problem == ""
    assert "Area 1" in point.problem
    assert point.area_m2 == 0
    assert joined([point]) is None
    assert shape(joined([good, point])).equals(WEST)


def test_crossing_edges_are_repaired():
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    feature = {"type": "Feature", "properties": {"id": "a", "name": "Bow"}, "geometry": bow}
    (area,) = measured({"type": "FeatureCollection", "features": [feature]})
    assert shape(area.geometry).is_valid
    assert area.area_m2 > 0


def test_names_from_outside_are_cleaned():
    (area,) = measured(drawn(WEST, names=["a\u202eb\n<b>"]))
    assert area.name == "ab <b>"
    (unnamed,) = measured(drawn(WEST, names=["\u200b"]))
    assert unnamed.name == "Unnamed area"


def test_bounds_reach_around_all_usable_areas():
    areas = drawn(WEST, EAST)
    broken = {"type": "Feature", "properties": {}, "geometry": mapping(Point(80, 80))}
    areas["features"].append(broken)
    assert bounds_of(areas) == pytest.approx((10, 50, 10.02, 50.01))
    assert bounds_of({"features": [broken]}) is None
    assert bounds_of({}) is None


def _areas(*coordinates):
    geometries = [{"type": "Polygon", "coordinates": one} for one in coordinates]
    return {"features": [{"type": "Feature", "geometry": one} for one in geometries]}


def test_bounds_span_all_areas():
    first = [[[1, 2], [3, 2], [3, 4], [1, 2]]]
    second = [[[-5.5, 0], [-5, 0], [-5, 9, 100], [-5.5, 0]]]
    assert bounds_of(_areas(first, second)) == (-5.5, 0.0, 3.0, 9.0)


@pytest.mark.parametrize("coordinates", [None, "words", [], [[["a", "b"]]], {"x": 1}])
def test_areas_without_positions_have_no_bounds(coordinates):
    assert bounds_of(_areas(coordinates)) is None
    assert bounds_of({"features": [{"geometry": None}]}) is None
    assert bounds_of({}) is None
