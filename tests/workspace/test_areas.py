import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import UnreadableAoiError
from tests.workspace.steps import SQUARE
from workspace.areas import MAX_AREAS, checked


def collection(*geometries, **properties):
    features = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for geometry in geometries
    ]
    return {"type": "FeatureCollection", "features": features}


def ring(vertices):
    turns = [2 * math.pi * at / vertices for at in range(vertices)]
    points = [[15 + math.cos(turn), 48 + math.sin(turn)] for turn in turns]
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}


def test_a_drawn_area_comes_back_as_it_was():
    areas = collection(SQUARE, id="a1", name="Quay")
    assert checked(areas) == areas


def test_only_id_and_name_stay_and_are_plain_text():
    areas = collection(
        SQUARE, id={"x": 1}, name="Quay\n<b>\u202e", style="url(x)", onclick="steal()"
    )
    (feature,) = checked(areas)["features"]
    assert feature["properties"] == {"id": "{'x': 1}", "name": "Quay <b>"}
    assert set(feature) == {"type", "properties", "geometry"}


def test_areas_without_properties_are_numbered():
    areas = {"features": [{"geometry": SQUARE}, {"geometry": SQUARE, "properties": None}]}
    found = [feature["properties"] for feature in checked(areas)["features"]]
    assert found == [{"id": "1", "name": "Area 1"}, {"id": "2", "name": "Area 2"}]


def test_ten_thousand_corners_and_holes_and_parts_are_fine():
    many = {"type": "MultiPolygon", "coordinates": [ring(10_000)["coordinates"], [[[0, 0, 5.5]]]]}
    assert checked(collection(many))["features"][0]["geometry"] == many


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        [],
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "GeometryCollection", "geometries": [SQUARE]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[1, 2], [3, 4]]},
        {"type": "Polygon", "coordinates": [[["15", "48"]]]},
        {"type": "Polygon", "coordinates": [[[math.nan, 48]]]},
        {"type": "Polygon", "coordinates": [[[15, math.inf]]]},
        {"type": "Polygon", "coordinates": [[[10**400, 48]]]},
        {"type": "Polygon", "coordinates": [[[True, 48]]]},
        {"type": "Polygon", "coordinates": [[[500_000, 5_400_000]]]},
        {"type": "Polygon", "coordinates": [[[[15, 48]]]]},
        {"type": "MultiPolygon", "coordinates": SQUARE["coordinates"]},
    ],
)
def test_what_is_no_polygon_in_degrees_is_refused(geometry):
    with pytest.raises(UnreadableAoiError, match="Area 1"):
        checked(collection(geometry))


@pytest.mark.parametrize("areas", [{}, [], None, {"features": {}}, {"features": None}])
def test_what_is_no_collection_is_refused(areas):
    with pytest.raises(UnreadableAoiError, match="FeatureCollection"):
        checked(areas)


def test_too_many_areas_and_corners_are_refused(limits):
    with pytest.raises(UnreadableAoiError, match="limit is 500"):
        checked(collection(*[SQUARE] * (MAX_AREAS + 1)))
    limits(max_aoi_vertices=7)
    with pytest.raises(UnreadableAoiError, match="8 corners; the limit is 7"):
        checked(collection(SQUARE, SQUARE))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=15,
)
GEOMETRIES = st.builds(
    lambda kind, coordinates: {"type": kind, "coordinates": coordinates},
    st.sampled_from(["Polygon", "MultiPolygon"]),
    JSON,
)


@given(st.lists(JSON | st.builds(lambda shape: {"geometry": shape}, GEOMETRIES), max_size=3))
def test_anything_is_either_refused_or_plain_json(features):
    try:
        found = checked({"features": features})
    except UnreadableAoiError:
        return
    assert json.loads(json.dumps(found, allow_nan=False)) == found
