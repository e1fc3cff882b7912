"""Adds the counters of the page tests to a server that is started with this folder on its path.

The server and its workers are processes of their own, which no fixture can reach otherwise.
"""

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from pathlib import Path

COUNTERS = Path(__file__).resolve().parents[2] / "pages" / "extra_counters"


class ExtraCounters(MetaPathFinder):
    """Finds the package of counters with one more folder to look in."""

    def find_spec(self, fullname, path, target=None):
        if fullname != "inference.counters":
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(str(COUNTERS))
        return spec


sys.meta_path.insert(0, ExtraCounters())
