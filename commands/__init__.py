"""Commands of the command line, one file each: parse, call a service, show.

A module with a command of its own name is one. Heavy imports happen inside the commands, so that
`--help` answers at once.
"""

import importlib
import pkgutil
from collections.abc import Iterator

import click


def discover() -> Iterator[click.Command]:
    """Every command, in alphabetical order of their files."""
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{__name__}.{info.name}")
        command = getattr(module, info.name, None)
        if isinstance(command, click.Command):
            yield command
