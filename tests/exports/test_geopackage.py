from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from errors import ExportError
from exports import geopackage, vectors


def test_objects_come_back_in_the_crs_of_the_grid(result, tmp_path):
    geopackage.write(result, tmp_path / "c.gpkg")
    found = gpd.read_file(tmp_path / "c.gpkg", layer="changes")
    assert found.crs.to_epsg() == 32633
    columns = ["id", "area_m2", "score"]
    pd.testing.assert_frame_equal(found[columns], pd.DataFrame(result.objects[columns]))
    assert found["votes"].eq(1).all()
    assert found.geometry.geom_equals(result.objects.geometry).all()


def test_votes_of_several_methods_are_whole_numbers_beside_their_names(result, tmp_path):
    count = len(result.objects)
    votes = {"votes": pd.array([2] * count, "Int64"), "seen_by": ["cva, irmad"] * count}
    geopackage.write(replace(result, objects=result.objects.assign(**votes)), tmp_path / "c.gpkg")
    found = gpd.read_file(tmp_path / "c.gpkg", layer="changes")
    assert found["votes"].dtype.kind == "i"
    assert found["votes"].eq(2).all()
    assert found["seen_by"].eq("cva, irmad").all()


def test_no_change_still_gives_the_layer_with_its_columns(build, tmp_path):
    geopackage.write(build(has_change=False), tmp_path / "c.gpkg")
    info = pyogrio.read_info(tmp_path / "c.gpkg", layer="changes")
    assert info["features"] == 0
    assert list(info["fields"]) == list(vectors.COLUMNS)


def test_a_place_that_cannot_be_written_is_an_export_error(result, tmp_path):
    with pytest.raises(ExportError, match="could not be written"):
        geopackage.write(result, tmp_path / "missing" / "c.gpkg")
