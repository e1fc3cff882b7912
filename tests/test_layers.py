"""What import-linter cannot see: single files, flat scripts and names that may not exist."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "agent",
    "analysis",
    "commands",
    "exports",
    "inference",
    "raster",
    "services",
    "simulation",
    "web",
    "wording",
    "workspace",
)
PROJECT = {*PACKAGES, "app", "cli", "errors", "pages", "progress", "settings"}

# Leaf file -> what it may import beside the standard library.
LEAVES = {
    "errors.py": frozenset(),
    "progress.py": frozenset({"errors"}),
    "settings.py": frozenset({"errors", "pydantic", "pydantic_settings"}),
}

# Library -> the places (files, or folders ending in a slash) that may import it.
HOMES = {
    "streamlit": ("app.py", "pages/", "web/login_cookie.py"),
    "starlette": ("app.py", "web/"),
    "leafmap": ("services/basemaps.py",),
    "rio_tiler": ("services/map_tiles.py",),
    "httpx": ("services/outbound.py",),
    "httpx2": ("services/endpoint_client.py",),
    "folium": ("pages/", "exports/map.py", "services/basemaps.py"),
    "pydantic_ai": ("agent/",),
    "openai": ("agent/",),
    "anthropic": ("agent/",),
    "torch": ("inference/",),
    "openvino": ("inference/",),
    "segment_anything": ("inference/",),
    "dask": ("services/batch.py",),
    "distributed": ("services/batch.py",),
}

# Doors and pages hand over; pixels, tables and models stay behind the services.
NOT_IN_DOORS = frozenset({"cv2", "geopandas", "rasterio", "scipy", "shapely", "skimage", "torch"})

DRAWERS = frozenset({"common", "helper", "helpers", "manager", "misc", "util", "utils"})


def _sources(*tops: str) -> list[Path]:
    """Python files of the product, or of some of its top-level places, that exist."""
    tops = tops or (*PACKAGES, "app.py", "cli.py", "pages", *LEAVES)
    found = []
    for top in tops:
        path = ROOT / top
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path] * path.is_file()
    return found


def _imported(code: str) -> set[str]:
    """Top-level names of every import in a text, those inside functions included."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def _strangers(file_name: str, code: str) -> set[str]:
    """Libraries imported by a file (path from the root) that are not at home in it."""
    return {
        library
        for library in _imported(code) & HOMES.keys()
        if not any(
            file_name.startswith(home) if home.endswith("/") else file_name == home
            for home in HOMES[library]
        )
    }


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("name", LEAVES)
def test_a_leaf_knows_nothing_of_the_rest(name):
    beyond = _imported(_read(ROOT / name)) - set(sys.stdlib_module_names)
    assert beyond <= LEAVES[name]


@pytest.mark.parametrize("path", _sources(), ids=_ids)
def test_a_library_is_imported_only_where_it_is_at_home(path):
    assert not _strangers(_ids(path), _read(path))


@pytest.mark.parametrize("path", _sources("app.py", "cli.py", "commands", "pages", "web"), ids=_ids)
def test_doors_and_pages_do_no_pixel_work(path):
    assert not _imported(_read(path)) & NOT_IN_DOORS


@pytest.mark.parametrize("path", _sources(*PACKAGES), ids=_ids)
def test_packages_do_not_import_the_doors(path):
    assert not _imported(_read(path)) & {"app", "cli", "pages"}


@pytest.mark.parametrize("path", _sources("raster", "simulation"), ids=_ids)
def test_the_lowest_layer_imports_nothing_of_the_project_but_leaves_and_itself(path):
    own = {path.relative_to(ROOT).parts[0], "raster", "errors", "progress", "settings"}
    assert (_imported(_read(path)) & PROJECT) <= own


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert not [_ids(path) for path in _sources() if path.stem in DRAWERS]


def test_test_folders_are_no_packages():
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_the_guard_sees_imports_inside_functions_and_from_imports():
    code = "def draw():\n    from folium.plugins import Draw\n    import torch.nn\n"
    assert _imported(code) == {"folium", "torch"}
    assert _strangers("analysis/objects.py", code) == {"folium", "torch"}
    assert _strangers("exports/map.py", code) == {"torch"}
    assert _strangers("inference/detectors/new.py", code) == {"folium"}
