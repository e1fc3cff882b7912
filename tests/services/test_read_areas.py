import json

import pytest
import shapely
from shapely.geometry import box, mapping, shape

from errors import AoiError
from services.read_areas import MAX_AREAS, read_areas, read_upload


def geojson(*shapes):
    features = [
        {"type": "Feature", "properties": {"name": "<b>x</b>"}, "geometry": mapping(one)}
        for one in shapes
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def squares(count):
    return [box(number, 0, number + 0.5, 0.5) for number in range(count)]


def names(areas):
    return [one["properties"]["name"] for one in areas.collection["features"]]


def test_separate_polygons_are_areas_of_their_own_numbered_after_the_file():
    areas = read_upload("fields.geojson", geojson(*squares(3)))
    assert names(areas) == ["fields 1", "fields 2", "fields 3"]
    ids = [one["properties"]["id"] for one in areas.collection["features"]]
    assert len(set(ids)) == 3


def test_overlapping_polygons_are_one_area_called_as_the_file():
    areas = read_upload("fields.geojson", geojson(box(0, 0, 2, 1), box(1, 0, 3, 1)))
    assert names(areas) == ["fields"]
    (feature,) = areas.collection["features"]
    assert shape(feature["geometry"]).equals(box(0, 0, 3, 1))


def test_no_ground_is_lost_however_many_areas_there_are():
    for count in (MAX_AREAS, MAX_AREAS + 1):
        areas = read_upload("many.geojson", geojson(*squares(count)))
        assert len(names(areas)) == (count if count <= MAX_AREAS else 1)
        union = shapely.union_all([shape(one["geometry"]) for one in areas.collection["features"]])
        assert union.area == pytest.approx(0.25 * count)


def test_properties_of_the_file_are_dropped_and_the_rest_is_plain_json():
    areas = read_upload("fields.geojson", geojson(*squares(2)))
    text = json.dumps(areas.collection)
    assert "<b>" not in text
    assert json.loads(text) == areas.collection
    assert {key for one in areas.collection["features"] for key in one["properties"]} == {
        "id",
        "name",
    }


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.geojson", "C:\\x\\y.geojson", ".geojson.geojson", "a\u202eb\n.GEOJSON",
     "x" * 500 + ".geojson", "%2e%2e.geojson"],
)  # fmt: skip
def test_any_name_is_only_a_name(name):
    for title in names(read_upload(name, geojson(*squares(1)))):
        assert title.isprintable()
        assert 0 < len(title) <= 60
        assert "/" not in title


def test_file_that_crossed_itself_is_repaired_and_told():
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    areas = read_upload("bow.geojson", geojson(bow))
    assert [finding.severity for finding in areas.findings] == ["caution"]
    assert len(names(areas)) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("aoi.geojson", b"{"),
        ("aoi.geojson", b""),
        ("aoi", b"{}"),
        ("aoi.exe", b"MZ"),
        ("aoi.zip", b"PK"),
        ("aoi.geojson", geojson()),
        ("aoi.geojson", geojson(shapely.Point(0, 0))),
    ],
)
def test_what_is_no_area_is_refused_with_a_remedy(name, content):
    with pytest.raises(AoiError) as refused:
        read_upload(name, content)
    assert refused.value.hint


def test_a_file_on_the_disk_may_be_given_another_name(tmp_path):
    path = tmp_path / "aoi.geojson"
    path.write_bytes(geojson(*squares(1)))
    assert names(read_areas(path)) == ["aoi"]
    assert names(read_areas(path, name="Area of interest")) == ["Area of interest"]
