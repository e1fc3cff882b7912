"""The browser files: built from these sources, loading from nowhere, found by Streamlit."""

import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "pages" / "_ui" / "components"
PACKAGE = FOLDER / "groundshift_components"
PARTS = ("map", "caption", "uploader", "watcher")
EVERY_PART = ("build.mjs", "package-lock.json", "source/leaflet-global.js", "source/shared")


def digest(content):
    return hashlib.sha256(content).hexdigest()


def sources_of(part):
    for place in (*EVERY_PART, f"source/{part}"):
        path = FOLDER / place
        yield from [path] if path.is_file() else (one for one in path.rglob("*") if one.is_file())


@pytest.mark.parametrize("part", PARTS)
def test_what_is_shipped_was_built_from_the_present_sources(part):
    lines = sorted(
        f"{path.relative_to(FOLDER).as_posix()} {digest(path.read_bytes())}"
        for path in sources_of(part)
    )
    first = (PACKAGE / "assets" / f"{part}.js").read_text(encoding="ascii").partition("\n")[0]
    assert digest("\n".join(lines).encode()) in first, "run `node build.mjs` in components/"


def test_the_lock_file_names_no_registry():
    lock = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]
    assert all("integrity" in entry for name, entry in lock["packages"].items() if name)


# Vocabularies, and projects in their own code; the browser test shows that none is asked.
MENTIONED = {"bugs.chromium.org", "bugzilla.mozilla.org", "geoman.io", "github.com"}
MENTIONED |= {"leafletjs.com", "www.w3.org"}


@pytest.mark.parametrize("part", PARTS)
def test_what_is_shipped_names_no_other_address(part):
    code = (PACKAGE / "assets" / f"{part}.js").read_text(encoding="ascii")
    assert set(re.findall(r"\w+://([\w.-]+)", code)) <= MENTIONED


def test_every_part_is_in_the_manifest_that_streamlit_reads():
    manifest = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))
    project = tomllib.loads((FOLDER / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    components = manifest["tool"]["streamlit"]["component"]["components"]
    assert {one["name"] for one in components} == set(PARTS)
    assert all((PACKAGE / one["asset_dir"]).is_dir() for one in components)
    for name in ("name", "version"):
        assert manifest["project"][name] == project[name]


def test_the_licences_of_everything_bundled_are_shipped():
    lock = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))
    text = (PACKAGE / "assets" / "licences.txt").read_text(encoding="utf-8")
    for path, entry in lock["packages"].items():
        if path and not entry.get("dev"):
            assert f"{path.rpartition('node_modules/')[2]} {entry['version']} (" in text
