import json
import zipfile

import geopandas as gpd
import pytest
import shapely

from errors import AoiError, InputError, LimitError, NotFoundError
from tests.workspace import steps
from tests.workspace.steps import ANN, BOB
from workspace import layers, projects, storage

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")

RIVER = shapely.LineString([(15.0, 48.70), (15.05, 48.75), (15.1, 48.80)])
DISTRICTS = {
    "Nord": shapely.box(15.0, 48.75, 15.1, 48.8),
    "Süd": shapely.box(15, 48.7, 15.1, 48.75),
}


@pytest.fixture
def project(tmp_path):
    return steps.project(tmp_path).id


def geojson(shapes):
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for name, shape in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def geopackage(folder, shapes):
    path = folder / "made.gpkg"
    table = gpd.GeoDataFrame({"name": list(shapes)}, geometry=list(shapes.values()), crs=4326)
    table.to_crs(32633).to_file(path, driver="GPKG")
    return path.read_bytes()


def test_a_file_becomes_a_layer_with_names_and_shapes_in_degrees(project, tmp_path):
    kept = layers.add(ANN, project, "districts.gpkg", geopackage(tmp_path, DISTRICTS))
    assert (kept.name, kept.features) == ("districts", 2)
    assert layers.listed(ANN, project) == (kept,)
    (layer,) = layers.opened(ANN, project)
    assert set(layer.features) == {"Nord", "Süd"}
    shapes = dict(zip(layer.features, layer.shapes, strict=True))
    for name, shape in DISTRICTS.items():
        assert shapes[name].symmetric_difference(shape).area < 1e-3 * shape.area


def test_lines_are_kept_and_handed_to_the_map_as_they_are(project):
    kept = layers.add(ANN, project, "river.geojson", geojson({"Elbe": RIVER}))
    (feature,) = layers.collection(ANN, project, kept.id)["features"]
    assert feature["properties"] == {"name": "Elbe"}
    drawn = shapely.geometry.shape(feature["geometry"])
    assert drawn.equals_exact(RIVER, 1e-6)


def test_names_differ_within_a_project(project):
    given = [
        layers.add(ANN, project, name, geojson({"Elbe": RIVER})).name
        for name in ("river.geojson", "river.geojson", "C:\\maps\\river.geojson")
    ]
    assert given == ["river", "river 2", "river 3"]
    assert [layer.name for layer in layers.opened(ANN, project)] == given


def test_a_name_from_outside_is_never_a_path_nor_a_control_sequence(project, tmp_path):
    kept = layers.add(ANN, project, "../../etc/\x1b[31mpass\x00wd.geojson", geojson({"a": RIVER}))
    assert "/" not in kept.name
    assert not [char for char in kept.name if ord(char) < 32]
    assert not list(tmp_path.rglob("*pass*"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("layer.exe", b"MZ"),
        ("layer", b"{}"),
        ("layer.geojson", b"no json"),
        ("layer.gpkg", b"SQLite format 3\x00 and nothing"),
        ("layer.geojson", b'{"type": "FeatureCollection", "features": []}'),
    ],
)
def test_what_is_no_vector_file_is_refused_with_a_remedy_and_nothing_is_kept(
    project, name, content
):
    with pytest.raises(AoiError) as refused:
        layers.add(ANN, project, name, content)
    assert refused.value.hint
    assert layers.listed(ANN, project) == ()


def test_a_zip_that_leads_outside_is_refused(project, tmp_path):
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.shp", b"x")
    with pytest.raises(AoiError):
        layers.add(ANN, project, "evil.zip", path.read_bytes())
    assert not list(tmp_path.rglob("evil.shp"))


def test_too_many_layers_and_too_large_ones_are_refused(project, limits, monkeypatch):
    monkeypatch.setattr(layers, "MAX_LAYERS", 1)
    layers.add(ANN, project, "river.geojson", geojson({"Elbe": RIVER}))
    with pytest.raises(LimitError, match="at most 1"):
        layers.add(ANN, project, "other.geojson", geojson({"Elbe": RIVER}))
    monkeypatch.setattr(layers, "MAX_LAYERS", 9)
    limits(max_aoi_bytes=120)
    with pytest.raises((AoiError, InputError)):
        layers.add(ANN, project, "other.geojson", geojson(DISTRICTS))
    assert [one.name for one in layers.listed(ANN, project)] == ["river"]


def test_layers_fill_their_owners_storage_until_they_are_removed(project):
    before = storage.usage_bytes(ANN)
    kept = layers.add(ANN, project, "river.geojson", geojson({"Elbe": RIVER}))
    assert storage.usage_bytes(ANN) > before
    assert storage.usage_bytes(BOB) == 0
    layers.remove(ANN, project, kept.id)
    assert storage.usage_bytes(ANN) == before


def test_nobody_else_sees_or_changes_them_and_they_go_with_the_project(project):
    kept = layers.add(ANN, project, "river.geojson", geojson({"Elbe": RIVER}))
    for attempt in (
        lambda: layers.listed(BOB, project),
        lambda: layers.opened(BOB, project),
        lambda: layers.collection(BOB, project, kept.id),
        lambda: layers.add(BOB, project, "river.geojson", geojson({"Elbe": RIVER})),
        lambda: layers.remove(BOB, project, kept.id),
        lambda: layers.remove(ANN, project, "f" * 32),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    projects.delete(ANN, project)
    assert storage.usage_bytes(ANN) == steps_usage()


def steps_usage():
    """What the scenes alone fill."""
    from workspace import scenes

    return sum(scene.size_bytes for scene in scenes.listed(ANN))
