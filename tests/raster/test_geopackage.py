"""GeoPackages from outside are read, and neither written to nor obeyed for long."""

import sqlite3

import pytest

from raster import geopackage

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "of a user.gpkg"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE places (name TEXT)")
    database.execute(f"CREATE VIEW endless AS {ENDLESS}")
    database.commit()
    database.close()
    return path


def test_nothing_can_be_written(path):
    before = path.read_bytes()
    with geopackage.opened(path) as database, pytest.raises(sqlite3.Error, match="readonly"):
        database.execute("INSERT INTO places VALUES ('here')")
    assert path.read_bytes() == before


def test_a_view_without_end_is_broken_off(path, monkeypatch):
    monkeypatch.setattr(geopackage, "MAX_STEPS", 1_000_000)
    with geopackage.opened(path) as database, pytest.raises(sqlite3.Error, match="interrupted"):
        database.execute("SELECT * FROM endless").fetchall()


def test_a_file_that_does_not_exist_is_not_made(tmp_path):
    with pytest.raises(sqlite3.Error), geopackage.opened(tmp_path / "none.gpkg"):
        pass
    assert not list(tmp_path.iterdir())


def test_a_name_cannot_leave_its_quotes():
    assert geopackage.quoted('a" FROM secrets --') == '"a"" FROM secrets --"'
