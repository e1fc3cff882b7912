"""Which attribute names the features of a layer; formats are tested where layers are read."""

import pytest

from errors import UnreadableAoiError
from raster.named_features import READERS, load, name_key
from raster.vectors import READERS as AREA_READERS


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["id", "Name", "kind"], "Name"),
        (["TITLE", "id"], "TITLE"),
        (["STREET_NAME", "fid"], "STREET_NAME"),
        (["fid", "osm_id"], "fid"),
        (["osm_id", "height"], "osm_id"),
        (["height"], None),
        ([], None),
    ],
)
def test_an_attribute_called_so_comes_first_then_one_that_says_so_then_an_id(keys, expected):
    assert name_key(keys) == expected


def test_layers_come_in_the_formats_of_areas():
    assert READERS.keys() == AREA_READERS.keys()


def test_messages_speak_of_the_layer(tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(b"no database at all")
    with pytest.raises(UnreadableAoiError) as told:
        load(path)
    assert told.value.message == "The layer 'x.gpkg' is not a GeoPackage."
