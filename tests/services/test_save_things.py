import json

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from pyproj import Transformer

from services import save_things
from services.save_things import NamedThing
from tests import scenes

BACK = Transformer.from_crs(scenes.UTM33, "EPSG:4326", always_xy=True)


@pytest.fixture
def scene(tmp_path):
    pre, _post = scenes.write_pair(tmp_path, scenes.ground((80, 90)), scenes.ground((80, 90)))
    return pre


def square(number, top, left, side, **about):
    """A square of whole pixels of one metre."""
    corners = [(top, left), (top, left + side), (top + side, left + side), (top + side, left)]
    ring = [list(BACK.transform(*(scenes.transform() @ (col, row)))) for row, col in corners]
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    given = {"name": f"Thing {number}", "label": "", "score": 0.5, "segmenter": "graph"} | about
    return NamedThing(number, geometry=geometry, **given)


THINGS = [
    square(3, 10, 20, 8, name="Mühle", label="building", score=0.75),
    square(7, 40, 50, 4),
]


def test_outlines_keep_their_names_in_degrees(tmp_path):
    content = json.loads(save_things.geojson(THINGS))
    first, second = content["features"]
    assert first["properties"] == {
        "id": 3, "name": "Mühle", "class": "building", "area_m2": pytest.approx(64, rel=2e-3),
        "score": 0.75, "segmenter": "graph",
    }  # fmt: skip
    assert (second["id"], second["properties"]["class"]) == (7, "")
    assert second["geometry"] == THINGS[1].geometry


def test_the_geopackage_lies_in_the_crs_of_the_scene(scene, tmp_path):
    path = tmp_path / "back.gpkg"
    path.write_bytes(save_things.geopackage(THINGS, scene))
    table = gpd.read_file(path, layer="things")
    assert table.crs == scenes.UTM33
    assert list(table["name"]) == ["Mühle", "Thing 7"]
    assert table.geometry.area.to_numpy() == pytest.approx([64, 16], abs=0.01)
    expected = scenes.transform() @ (20, 10)
    west, _south, _east, north = table.geometry[0].bounds
    assert (west, north) == pytest.approx(expected, abs=0.01)


def test_the_mask_holds_the_numbers_where_the_things_are(scene, tmp_path):
    path = tmp_path / "back.tif"
    path.write_bytes(save_things.ids_mask(THINGS, scene))
    with rasterio.open(path) as mask:
        ids = mask.read(1)
        corner = ~scenes.transform() @ (mask.transform.c, mask.transform.f)
    assert np.unique(ids).tolist() == [0, 3, 7]
    assert (ids == 3).sum() == 64
    assert corner == pytest.approx((20, 10), abs=1e-6)


def test_labels_are_in_pixels_of_the_scene_with_a_category_per_class(scene):
    content = json.loads(save_things.coco(THINGS, scene))
    (image,) = content["images"]
    assert (image["width"], image["height"]) == (90, 80)
    named = {one["id"]: one["name"] for one in content["categories"]}
    assert [named[one["category_id"]] for one in content["annotations"]] == ["building", "thing"]
    first = content["annotations"][0]
    assert first["bbox"] == pytest.approx([20, 10, 8, 8], abs=0.05)
    assert first["score"] == 0.75


def test_a_thing_outside_the_scene_is_in_the_lists_and_not_in_the_mask(scene, tmp_path):
    far = square(9, 300, 300, 5)
    path = tmp_path / "back.tif"
    path.write_bytes(save_things.ids_mask([*THINGS, far], scene))
    with rasterio.open(path) as mask:
        assert np.unique(mask.read(1)).tolist() == [0, 3, 7]
    assert len(json.loads(save_things.geojson([*THINGS, far]))["features"]) == 3
