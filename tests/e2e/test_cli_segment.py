"""`cli.py segment` as a user meets it: a process with a status, stdout and stderr."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer

from tests.e2e.test_cli import cli
from tests.scenes import UTM33, transform, write

FILES = {
    "mask.tif", "things.gpkg", "things.geojson", "labels.coco.json", "statistics.csv",
    "facts.json", "run.json",
}  # fmt: skip
SHED = (100, 140, 50, 90)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    image = np.full((3, 200, 220), 90, np.float32)
    image += np.random.default_rng(2).normal(0, 4, image.shape).astype(np.float32)
    top, bottom, left, right = SHED
    image[:, top:bottom, left:right] = np.array([200, 60, 40])[:, None, None]
    return write(tmp_path_factory.mktemp("scene") / "scene.tif", image, gsd_m=0.5)


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


def lonlat(x, y):
    to_lonlat = Transformer.from_crs(UTM33.to_wkt(), "EPSG:4326", always_xy=True)
    return "{:.8f},{:.8f}".format(*to_lonlat.transform(*(transform(0.5) @ (x, y))))


def area_m2(done):
    (thing,) = json.loads(done.stdout)["things"]
    return thing["area_m2"]


def test_a_point_becomes_a_folder_of_results(scene, tmp_path):
    out = tmp_path / "out"
    asked = ("--point", lonlat(70, 120), "--segmenter", "graph", "--out", out)
    done = cli("segment", scene, *asked, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert Path(found["out"]) == out
    assert {path.name for path in out.iterdir()} == FILES
    assert found["segmenter"] == "graph"
    assert area_m2(done) == pytest.approx(400, rel=0.1)
    assert {fact["name"] for fact in found["facts"]} >= {"thing_count", "covered_area"}


def test_the_default_is_chosen_with_a_reason(scene, tmp_path):
    done = cli("segment", scene, "--box", box(48, 98, 92, 142), "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    kept = json.loads((tmp_path / "out" / "run.json").read_text())
    assert f"Segmenter: {kept['segmenter']['name']} ({kept['segmenter']['why']})" in done.stdout
    assert "Thing 1:" in done.stdout
    assert f"Results: {tmp_path / 'out'}" in done.stdout


def box(left, top, right, bottom):
    to_lonlat = Transformer.from_crs(UTM33.to_wkt(), "EPSG:4326", always_xy=True)
    west, south = to_lonlat.transform(*(transform(0.5) @ (left, bottom)))
    east, north = to_lonlat.transform(*(transform(0.5) @ (right, top)))
    return f"{west:.8f},{south:.8f},{east:.8f},{north:.8f}"


def test_wrong_input_is_one_sentence_with_status_two(scene, tmp_path):
    done = cli("segment", scene, "--point", "-71.06,42.36", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "outside the scene" in done.stderr
    assert "try: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_help_says_what_coordinates_are_in_and_loads_nothing_heavy():
    done = cli("segment", "--help")
    assert done.returncode == 0
    assert "WGS 84" in done.stdout
    code = (
        "import sys, cli; from click.testing import CliRunner;"
        "CliRunner().invoke(cli.main, ['segment', '--help']);"
        "print(sorted({'torch', 'rasterio', 'cv2'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert found.stdout.strip() == "[]"
