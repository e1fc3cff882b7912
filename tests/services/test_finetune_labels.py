import json
import sqlite3

import geopandas as gpd
import pytest
import shapely

from errors import EmptyAoiError, InputError, UnreadableAoiError
from services import finetune_labels
from tests import tuning
from tests.scenes import UTM33


def layer(path, name, states, decisions=None, *, classes=None, driver="GPKG"):
    """A layer of houses beside each other with what is said of them."""
    about = {"state": states}
    about |= {} if decisions is None else {"decision": decisions}
    about |= {} if classes is None else {"class": classes}
    shapes = [tuning.outline((10, 30 * place, 10, 20)) for place in range(len(states))]
    frame = gpd.GeoDataFrame(about, geometry=shapes, crs=UTM33.to_wkt())
    frame.to_file(path, layer=name, driver=driver)


def test_outlines_without_attributes_are_ground_that_changed(tmp_path):
    path = tmp_path / "drawn.geojson"
    frame = gpd.GeoDataFrame(geometry=[tuning.outline(tuning.NEW[0])], crs=UTM33.to_wkt())
    frame.to_crs(4326).to_file(path, driver="GeoJSON")
    (shape,) = finetune_labels.read(path).shapes
    assert shape.state == "changed"
    assert not shape.is_building


@pytest.mark.parametrize(("driver", "suffix"), [("GPKG", "gpkg"), ("GeoJSON", "geojson")])
def test_state_and_class_are_read_whatever_the_format(tmp_path, driver, suffix):
    path = tmp_path / f"labels.{suffix}"
    layer(path, "labels", ["New", "Demolished", "unchanged", "moved"],
          classes=["House", "road", "lake", None], driver=driver)  # fmt: skip
    shapes = finetune_labels.read(path).shapes
    assert [one.state for one in shapes] == ["appeared", "vanished", "unchanged", "changed"]
    assert [one.is_building for one in shapes] == [True, False, False, False]


def test_of_a_reviewed_count_only_what_was_decided_is_known(tmp_path):
    path = tmp_path / "ledger.gpkg"
    layer(path, "ledger", ["appeared", "vanished", "kept", "appeared"],
          ["accepted", "none", "redrawn", "none"], classes=["building"] * 4)  # fmt: skip
    layer(path, "pre", ["kept", "vanished"])
    layer(path, "rejected", ["appeared"], ["rejected"])
    found = finetune_labels.read(path)
    assert [one.state for one in found.shapes] == ["appeared", "standing", "unchanged"]
    assert [one.value for one in found.findings if one.code == "labels_undecided"] == [2]


def test_a_count_nobody_reviewed_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "ledger.gpkg"
    layer(path, "ledger", ["appeared", "vanished"], ["none", "none"])
    with pytest.raises(EmptyAoiError, match="Nobody has decided") as refused:
        finetune_labels.read(path)
    assert "page Count" in refused.value.hint


def test_words_nobody_knows_are_left_out_and_told(tmp_path):
    path = tmp_path / "labels.gpkg"
    layer(path, "labels", ["appeared", "sold to a neighbour"])
    found = finetune_labels.read(path)
    assert len(found.shapes) == 1
    assert [one.code for one in found.findings] == ["labels_unusable"]


def test_a_file_of_unknown_words_alone_is_refused_with_those_that_are_known(tmp_path):
    path = tmp_path / "labels.gpkg"
    layer(path, "labels", ["sold", "sold"])
    with pytest.raises(EmptyAoiError, match="'sold', which is no known state") as refused:
        finetune_labels.read(path)
    assert "appeared, vanished" in refused.value.hint


def test_outlines_that_cross_themselves_are_repaired_and_told(tmp_path):
    west, south, east, north = tuning.outline(tuning.NEW[0]).bounds
    crossed = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    path = tmp_path / "labels.gpkg"
    shapes = [crossed, tuning.outline(tuning.NEW[1])]
    gpd.GeoDataFrame(geometry=shapes, crs=UTM33.to_wkt()).to_file(path, driver="GPKG")
    found = finetune_labels.read(path)
    assert all(one.polygon.is_valid for one in found.shapes)
    assert [(one.code, one.value) for one in found.findings] == [("labels_repaired", 1)]


def test_labels_without_an_area_are_refused(tmp_path):
    path = tmp_path / "points.geojson"
    gpd.GeoDataFrame(geometry=[shapely.Point(15, 48)], crs=4326).to_file(path, driver="GeoJSON")
    with pytest.raises(EmptyAoiError, match="no outline with an area"):
        finetune_labels.read(path)


def test_labels_of_unchanged_ground_alone_are_refused(tmp_path):
    path = tmp_path / "labels.gpkg"
    layer(path, "labels", ["unchanged", "kept"])
    with pytest.raises(InputError, match="None of the labels"):
        finetune_labels.require_some([finetune_labels.read(path)])


@pytest.mark.parametrize("content", [b"", b"not a file", b'{"type": "FeatureCollection"}'])
def test_damaged_files_are_refused_in_the_words_of_labels(tmp_path, content):
    path = tmp_path / "labels.geojson"
    path.write_bytes(content)
    with pytest.raises(UnreadableAoiError, match="The label file"):
        finetune_labels.read(path)


def test_a_column_named_to_break_a_query_is_only_a_column(tmp_path):
    path = tmp_path / "labels.gpkg"
    layer(path, 'x"; DROP TABLE gpkg_contents; --', ["appeared"])
    assert len(finetune_labels.read(path).shapes) == 1
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*) FROM gpkg_contents").fetchone() == (1,)


def test_more_corners_than_the_limit_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(finetune_labels, "MAX_SHAPES", 3)
    with pytest.raises(UnreadableAoiError, match="36 outlines"):
        finetune_labels.read(tuning.write_labels(tmp_path / "labels.gpkg"))


def test_an_upload_means_the_same_as_its_file(tmp_path):
    path = tmp_path / "labels.gpkg"
    layer(path, "labels", ["appeared", "kept", "changed"], classes=["house", "house", "road"])
    sent = finetune_labels.read_upload("..\\..\\My labels.GPKG", path.read_bytes())
    again = tmp_path / "again.geojson"
    again.write_text(json.dumps(finetune_labels.to_geojson(sent)), encoding="utf-8")
    one, other = finetune_labels.read(path).shapes, finetune_labels.read(again).shapes
    assert [(a.state, a.is_building) for a in one] == [(b.state, b.is_building) for b in other]
    west, south, east, north = other[0].polygon.bounds
    assert 14.9 < west < east < 15.1
    assert 48.7 < south < north < 48.8


def test_of_an_upload_its_own_name_is_told_and_what_was_left_out(tmp_path):
    with pytest.raises(UnreadableAoiError, match=r"'Roofs_2024.gpkg' is not a GeoPackage"):
        finetune_labels.read_upload("C:\\My\\Roofs 2024.GPKG", b"hello")
    path = tmp_path / "labels.gpkg"
    layer(path, "labels", ["appeared", "sold"])
    sent = finetune_labels.read_upload("labels.gpkg", path.read_bytes())
    assert [one.code for one in sent.findings] == ["labels_unusable"]
