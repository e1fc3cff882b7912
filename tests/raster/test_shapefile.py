"""Shapes and attributes of Shapefiles that another program wrote, and damaged ones."""

import geopandas as gpd
import pyogrio
import pytest
import shapely

from raster import shapefile

SQUARE = shapely.box(0, 0, 10, 10)
HOLED = SQUARE.difference(shapely.box(2, 2, 4, 4))
TWO = shapely.MultiPolygon([shapely.box(20, 0, 30, 10), shapely.box(40, 0, 50, 10)])
LINES = shapely.MultiLineString([[(0, 0), (1, 1)], [(5, 5), (6, 6), (7, 5)]])
POINTS = shapely.MultiPoint([(0, 0), (3, 4)])


def written(folder, shapes, **columns):
    path = folder / "layer.shp"
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:32633")
    pyogrio.write_dataframe(table, path)
    return shapefile.beside(path)


@pytest.mark.parametrize(
    "shapes", [[SQUARE, HOLED, TWO], [LINES], [POINTS], [shapely.Point(1, 2)]],
    ids=["polygons", "lines", "multipoint", "point"],
)  # fmt: skip
def test_shapes_are_read_as_they_were_written(tmp_path, shapes):
    parts = written(tmp_path, shapes, name=[f"n{at}" for at in range(len(shapes))])
    found = list(shapefile.rows(parts))
    assert [about["name"] for _shape, about in found] == [f"n{at}" for at in range(len(shapes))]
    for (shape, _about), wanted in zip(found, shapes, strict=True):
        assert shape.equals(wanted)
    assert b"UTM" in parts.prj


def test_a_record_without_a_shape_keeps_the_others_in_step(tmp_path):
    found = list(shapefile.rows(written(tmp_path, [SQUARE, None, TWO], name=["a", "b", "c"])))
    assert [(shape is None, about["name"]) for shape, about in found] == [
        (False, "a"), (True, "b"), (False, "c"),
    ]  # fmt: skip


def test_a_table_that_is_missing_leaves_shapes_without_attributes(tmp_path):
    parts = written(tmp_path, [SQUARE], name=["a"])
    (row,) = shapefile.rows(shapefile.Parts(parts.shp, b"", parts.prj))
    assert row[0].equals(SQUARE)
    assert row[1] == {}


@pytest.mark.parametrize("cut", [101, 109, 130])
def test_a_file_cut_short_is_damaged_or_empty(tmp_path, cut):
    parts = written(tmp_path, [SQUARE], name=["a"])
    whole = shapefile.Parts(parts.shp[:cut])
    if cut < 112:
        assert list(shapefile.rows(whole)) == []
    else:
        with pytest.raises(ValueError, match="truncated"):
            list(shapefile.rows(whole))


def test_what_is_no_shapefile_is_told():
    with pytest.raises(ValueError, match="not a Shapefile"):
        list(shapefile.rows(shapefile.Parts(b"\x00" * 200)))
