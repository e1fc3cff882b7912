"""GeoPackages from outside, opened to be read and for a while only.

A GeoPackage is an SQLite file, whose views and triggers are somebody's code. Knows no features.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

MAX_STEPS = 50_000_000
"""Of SQLite's machine, in all: a hostile view may not run for long."""
MAX_TABLES = 100
STRIDE = 10_000
FEATURE_TABLES = (
    "SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id, s.definition "
    "FROM gpkg_geometry_columns g JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write, follow a link, call functions from a schema or run for long.

    Raises:
        sqlite3.Error: it is no SQLite file or, while it is used, damaged or too much work.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        strides = iter(range(MAX_STEPS // STRIDE))
        database.execute("PRAGMA trusted_schema = OFF")
        database.set_progress_handler(lambda: next(strides, -1) == -1, STRIDE)
        yield database


def feature_tables(database: sqlite3.Connection) -> list[tuple[str, str, str, int, str]]:
    """Table, geometry column, and organization, code and definition of the CRS, by table."""
    return database.execute(FEATURE_TABLES).fetchmany(MAX_TABLES)


def quoted(identifier: str) -> str:
    """A name of a table or column as it may stand in a query."""
    doubled = str(identifier).replace('"', '""')
    return f'"{doubled}"'
