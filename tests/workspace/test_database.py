import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

import settings
from errors import ExportError, InputError
from workspace import database

pytestmark = pytest.mark.usefixtures("limits")


def tables():
    rows = database.connect().execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {row["name"] for row in rows}


def test_the_first_use_makes_the_schema_in_a_folder_for_the_owner_of_the_process_only():
    assert {"scenes", "projects", "jobs", "uploads", "turns", "workers"} <= tables()
    assert settings.load().data_dir.stat().st_mode & 0o077 == 0


def test_readers_do_not_wait_for_a_writer():
    database.connect()
    with database.transaction() as writer, ThreadPoolExecutor(1) as pool:
        writer.execute("INSERT INTO turns VALUES ('compute', 'ann', 1)")
        seen = pool.submit(lambda: database.connect().execute("SELECT * FROM turns").fetchall())
        assert seen.result(timeout=5) == []


def test_a_change_that_fails_in_the_middle_leaves_nothing():
    def half():
        with database.transaction() as connection:
            connection.execute("INSERT INTO turns VALUES ('compute', 'ann', 1)")
            connection.execute("INSERT INTO turns VALUES ('compute', 'ann', 2)")

    with pytest.raises(sqlite3.IntegrityError):
        half()
    assert database.connect().execute("SELECT COUNT(*) FROM turns").fetchone()[0] == 0
    with database.transaction() as connection:
        connection.execute("INSERT INTO turns VALUES ('compute', 'ann', 3)")
    assert database.connect().execute("SELECT turn FROM turns").fetchone()[0] == 3


def test_many_threads_may_be_the_first_to_use_a_workspace():
    with ThreadPoolExecutor(8) as pool:
        found = [pool.submit(tables) for _ in range(16)]
        assert all("jobs" in one.result() for one in found)


def test_many_processes_may_be_the_first_to_use_a_workspace():
    code = (
        "from workspace.database import connect;"
        "print(connect().execute('PRAGMA user_version').fetchone()[0])"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    expected = str(len(database.MIGRATIONS))
    assert [process.communicate()[0].strip() for process in started] == [expected] * 4


def test_a_database_of_a_newer_version_is_refused_and_left_alone():
    database.connect().execute(f"PRAGMA user_version = {len(database.MIGRATIONS) + 1}")
    with ThreadPoolExecutor(1) as pool, pytest.raises(InputError, match="newer version"):
        pool.submit(database.connect).result()


def test_a_migration_that_fails_changes_nothing(monkeypatch):
    database.connect()
    broken = (*database.MIGRATIONS, "CREATE TABLE extra (a TEXT); CREATE TABLE scenes (a TEXT)")
    monkeypatch.setattr(database, "MIGRATIONS", broken)
    with ThreadPoolExecutor(1) as pool, pytest.raises(ExportError):
        pool.submit(database.connect).result()
    assert "extra" not in tables()
    assert database.connect().execute("PRAGMA user_version").fetchone()[0] == len(broken) - 1


def test_a_data_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path, limits):
    (tmp_path / "file").write_text("in the way")
    limits(data_dir=tmp_path / "file" / "data")
    with pytest.raises(ExportError, match="cannot be used"):
        database.connect()


def test_a_lock_that_never_ends_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(database, "BUSY_S", 0.01)

    def write():
        with database.transaction() as connection:
            connection.execute("DELETE FROM turns")

    with ThreadPoolExecutor(1) as pool, database.transaction():
        waiting = pool.submit(write)
        with pytest.raises(ExportError, match="locked"):
            waiting.result()


def test_what_is_no_json_or_too_large_is_not_kept():
    for content in ({"a": {1, 2}}, {"a": float("nan")}):
        with pytest.raises(InputError, match="not plain JSON"):
            database.json_text(content, limit_bytes=1000)
    with pytest.raises(InputError, match="limit is 10"):
        database.json_text({"text": "long enough"}, limit_bytes=10)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1 FROM jobs WHERE lane = 'compute' AND status = 'waiting'",
        "SELECT 1 FROM jobs WHERE status IN ('waiting', 'running')",
        "SELECT 1 FROM jobs WHERE owner = 'ann' ORDER BY place DESC",
        "SELECT 1 FROM jobs WHERE project = 'x'",
        "SELECT 1 FROM jobs WHERE kind = 'ingest' AND json_extract(params, '$.scene') = 'x'",
        "SELECT 1 FROM scenes WHERE owner = 'ann'",
        "SELECT 1 FROM projects WHERE owner = 'ann'",
    ],
)
def test_what_is_asked_all_the_time_reads_an_index_however_long_the_history(query):
    plan = [row["detail"] for row in database.connect().execute(f"EXPLAIN QUERY PLAN {query}")]
    assert all("SEARCH" in step and "INDEX" in step for step in plan), plan


ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=ZONES)


@given(TIMES, TIMES)
def test_times_sort_as_text_and_come_back_in_utc(one, other):
    texts = database.utc_text(one), database.utc_text(other)
    assert (texts[0] < texts[1]) == (one < other)
    assert database.time_of(texts[0]) == one
    assert database.time_of(texts[0]).tzinfo == UTC
