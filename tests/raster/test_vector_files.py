"""Whatever a parser trips over is one sentence that names the file and what it is for."""

import sqlite3
import zipfile
from xml.etree import ElementTree

import pytest
from rasterio.errors import CRSError
from shapely.errors import GEOSException

import settings
from errors import UnreadableAoiError
from raster.vector_files import Subject

PLOTS = Subject("The plots", "Convert them.", "Draw them again.")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plots.geojson"
    path.write_bytes(b"{}")
    return path


def raising(error):
    def reader(_path):
        raise error

    return {".geojson": reader}


def refused(path, readers):
    with pytest.raises(UnreadableAoiError) as caught:
        PLOTS.read(path, readers)
    assert caught.value.message.startswith(f"The plots {path.name!r} ")
    return caught.value


def test_the_reader_of_the_suffix_reads_whatever_its_case(file):
    upper = file.rename(file.with_suffix(".GEOJSON"))
    assert PLOTS.read(upper, {".geojson": lambda path: path.stat().st_size}) == 2


def test_another_format_is_refused_with_the_remedy(file):
    assert refused(file, {".gpkg": len}).hint == "Convert them."


def test_a_file_that_is_not_there_is_said(file):
    readers = {".geojson": lambda path: path.read_bytes()}
    assert "does not exist" in refused(file.with_name("none.geojson"), readers).message


def test_a_large_file_is_refused_before_it_is_read(file, monkeypatch):
    limits = settings.load()
    monkeypatch.setattr(settings, "load", lambda: limits.model_copy(update={"max_aoi_bytes": 1}))
    found = refused(file, raising(AssertionError("it was read")))
    assert "2 bytes" in found.message


@pytest.mark.parametrize(
    "error",
    [
        OSError(), ValueError(), KeyError(), IndexError(), TypeError(), AttributeError(),
        RecursionError(), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"), GEOSException(),
        sqlite3.DatabaseError(), zipfile.BadZipFile(), ElementTree.ParseError(), CRSError(),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_what_a_parser_trips_over_is_a_damaged_file(file, error):
    found = refused(file, raising(error))
    assert "is damaged" in found.message
    assert found.hint == "Draw them again."


def test_a_refusal_of_the_reader_stays_as_it_is(file):
    said = PLOTS.unreadable(file, "holds no layer", "Export it.")
    assert refused(file, raising(said)) is said


def test_a_name_from_outside_is_cleaned(file):
    odd = file.rename(file.with_name("a\x1b[31m\n.geojson"))
    assert "\x1b" not in PLOTS.unreadable(odd, "is odd", "").message
