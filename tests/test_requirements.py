"""The lists of packages: everything imported is listed, everything listed is used and pinned."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = (
    "agent",
    "analysis",
    "commands",
    "exports",
    "inference",
    "pages",
    "raster",
    "services",
    "simulation",
    "web",
    "wording",
    "workspace",
)
FILES = ("app.py", "cli.py", "errors.py", "progress.py", "settings.py")
OWN = {*PRODUCT, "app", "cli", "errors", "progress", "settings"}

# Listed though no file need import them: geopandas works through them, so their versions matter.
# Uvicorn is a command of its own; Streamlit's login works through authlib; pydantic-evals imports
# the other without asking for it; one file imports OpenVINO by name, so that it can keep it quiet.
ENGINES = {"pandas", "pyogrio", "uvicorn", "authlib", "opentelemetry-sdk", "openvino"}
COMPONENTS = "-e ./pages/_ui/components"


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pins(file_name: str) -> dict[str, str]:
    """Distribution -> exact version; fails on a line that pins nothing."""
    pins = {}
    for line in (ROOT / file_name).read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if not text or text.startswith("-r ") or text == COMPONENTS:
            continue
        name, separator, exact = text.partition("==")
        assert separator, f"{file_name}: {text!r} is not pinned with =="
        pins[_normal(name.partition("[")[0])] = exact
    return pins


def _imported() -> set[str]:
    """Distributions that the product's files import, from inside functions too."""
    paths = [ROOT / name for name in FILES if (ROOT / name).is_file()]
    for folder in PRODUCT:
        paths += (ROOT / folder).rglob("*.py")
    modules = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    known = packages_distributions()
    modules.discard("groundshift_components")
    return {
        _normal(known.get(name, [name])[0]) for name in modules - OWN - set(sys.stdlib_module_names)
    }


def test_every_package_that_is_imported_is_listed():
    assert _imported() <= _pins("requirements.txt").keys()


def test_our_own_components_are_installed_in_place():
    """A change of the built files is then enough; a copy would go stale."""
    import groundshift_components

    assert COMPONENTS in (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert (ROOT / "pages" / "_ui" / "components").resolve() in Path(
        groundshift_components.__file__
    ).resolve().parents


def test_every_package_that_is_listed_is_imported():
    assert _pins("requirements.txt").keys() - ENGINES <= _imported()


@pytest.mark.parametrize(
    "name", sorted(_pins("requirements.txt").keys() | _pins("requirements-dev.txt").keys())
)
def test_what_is_installed_is_what_is_listed(name):
    pins = _pins("requirements-dev.txt") | _pins("requirements.txt")
    assert version(name).partition("+")[0] == pins[name]


def test_the_project_asks_for_the_python_that_make_setup_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"
    assert "sys.version_info < (3, 11)" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_version_in_results_is_that_of_the_project():
    from services.provenance import VERSION

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
