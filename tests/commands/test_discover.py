"""Commands are found by looking at the folder; the help needs nothing heavy."""

import subprocess
import sys
from pathlib import Path

import cli
import commands

ROOT = Path(__file__).parents[2]
SHARED = {"door", "options", "show"}
HEAVY = ("numpy", "rasterio", "torch", "pydantic_ai", "geopandas")


def test_every_file_is_a_command_or_shared_by_them():
    files = {path.stem for path in (ROOT / "commands").glob("[a-z]*.py")}
    found = {command.name.replace("-", "_") for command in commands.discover()}
    assert found == files - SHARED
    assert {command.name for command in commands.discover()} == set(cli.main.commands)


def test_the_help_of_every_command_loads_nothing_heavy():
    code = f"import cli, sys; sys.exit(any(name in sys.modules for name in {HEAVY!r}))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
