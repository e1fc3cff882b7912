"""Labels in pixels, read back by the rules of the COCO format."""

import json

import numpy as np
import pytest
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis.extra.numpy import arrays
from rasterio.crs import CRS
from rasterio.features import rasterize

from analysis import polygons
from exports import coco
from raster.grid import Grid
from raster.instances import cut

UTM33 = CRS.from_epsg(32633)
GRID = Grid(UTM33, Affine(0.5, 0, 500_000, 0, -0.5, 5_400_000), 40, 50)
TURNED = Grid(UTM33, Affine(0.4, 0.3, 500_000, 0.3, -0.4, 5_400_000), 40, 50)


def document(shapes, grid=GRID):
    labels = tuple(coco.Label(one, 0.5, {"id": 7, "source": "model"}) for one in shapes)
    image = coco.LabelledImage("a.tif", grid, labels, {"date": "pre"})
    return coco.document([image], category="hut", info={"run": "r"})


def decoded(annotation, shape):
    """The pixels of an annotation, by the format's own rules."""
    found = annotation["segmentation"]
    if isinstance(found, list):
        ring = np.array(found[0]).reshape(-1, 2)
        return rasterize([shapely.Polygon(ring)], out_shape=shape)
    counts = found["counts"]
    values = np.repeat(np.arange(len(counts)) % 2, counts)
    assert found["size"] == list(shape)
    return values.reshape(shape, order="F")


@settings(max_examples=60)
@given(mask=arrays(np.bool_, (12, 9)))
def test_every_shape_with_holes_and_parts_decodes_to_its_pixels(mask):
    instance = cut(mask, 1.0, top=20, left=30)
    if instance is None:
        return
    shapes = polygons.of_instances([instance], GRID, tolerance_m=0)
    (annotation,) = document(shapes)["annotations"]
    expected = np.zeros(GRID.shape, bool)
    expected[20:32, 30:39] = mask
    np.testing.assert_array_equal(decoded(annotation, GRID.shape) > 0, expected)
    assert annotation["area"] == pytest.approx(mask.sum())


def test_a_plain_outline_is_a_polygon_with_its_box_area_and_origin():
    made = document([shapely.box(500_005, 5_399_985, 500_010, 5_399_995)])
    (annotation,) = made["annotations"]
    assert sorted(zip(*[iter(annotation["segmentation"][0])] * 2, strict=True)) == [
        (10, 10), (10, 30), (20, 10), (20, 30),
    ]  # fmt: skip
    assert annotation["bbox"] == [10, 10, 10, 20]
    assert (annotation["area"], annotation["iscrowd"], annotation["image_id"]) == (200, 0, 1)
    assert (annotation["id"], annotation["thing"], annotation["source"]) == (1, 7, "model")
    (image,) = made["images"]
    assert (image["width"], image["height"], image["file_name"]) == (50, 40, "a.tif")
    assert made["categories"] == [{"id": 1, "name": "hut", "supercategory": ""}]


def test_pixels_of_a_turned_grid_are_found():
    (column, row) = (20.0, 10.0)
    corners = [(column, row), (column + 8, row), (column + 8, row + 4), (column, row + 4)]
    shape = shapely.Polygon([TURNED.transform @ one for one in corners])
    (annotation,) = document([shape], TURNED)["annotations"]
    assert annotation["bbox"] == pytest.approx([20, 10, 8, 4])


def test_a_thing_beyond_the_edge_is_cut_in_run_lengths_only():
    hollow = shapely.box(499_990, 5_399_990, 500_010, 5_400_010).difference(
        shapely.box(499_999, 5_399_999, 500_001, 5_400_001)
    )
    (annotation,) = document([hollow])["annotations"]
    pixels = decoded(annotation, GRID.shape)
    assert pixels[:20, :20].sum() == 400 - 4
    assert annotation["bbox"][0] == -20
    outside = shapely.box(400_000, 0, 400_010, 10).difference(shapely.box(400_001, 1, 400_002, 2))
    (annotation,) = document([outside])["annotations"]
    assert annotation["segmentation"]["counts"] == [2000]


def test_several_images_number_their_things_on(tmp_path):
    box = shapely.box(500_005, 5_399_985, 500_010, 5_399_995)
    images = [coco.LabelledImage(name, GRID, (coco.Label(box, 1.0),)) for name in ("a", "b")]
    coco.write(images, tmp_path / "labels.json", category="hut", info={})
    made = json.loads((tmp_path / "labels.json").read_text("utf-8"))
    assert [(one["id"], one["image_id"]) for one in made["annotations"]] == [(1, 1), (2, 2)]
    assert document([])["annotations"] == []
