"""Finds the export modules of this package: a module that names its file is an export.

Adding a format is adding one file beside this one. Knows nothing of what an export writes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from analysis.result import ComparisonResult


class Export(Protocol):
    """The module of one export.

    Attributes:
        NAME: what `discover` calls it.
        FILE_NAME: the file it writes into a result folder.
        SUFFIX: suffix of that file, with the dot.
        MEDIA_TYPE: for downloads.
    """

    NAME: str
    FILE_NAME: str
    SUFFIX: str
    MEDIA_TYPE: str

    def write(self, result: ComparisonResult, path: Path) -> None:
        """Write the file; heavy packages are imported here, not with the module."""


@cache
def discover() -> Mapping[str, Export]:
    """Every export by name, in the order of the names."""
    package = importlib.import_module(__package__ or "exports")
    modules = (
        importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
        if not found.ispkg
    )
    exports = [cast("Export", module) for module in modules if hasattr(module, "FILE_NAME")]
    return MappingProxyType({export.NAME: export for export in exports})


def names() -> tuple[str, ...]:
    """Names of the exports."""
    return tuple(discover())
