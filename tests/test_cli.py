"""Arguments that the door itself turns away; `tests/e2e/test_cli.py` runs it as a process."""

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner

import cli
import settings
from tests.scenes import ground, with_houses, write_pair

HOUSES = [(30, 40, 14, 20), (90, 120, 18, 12)]


@pytest.fixture
def files(tmp_path):
    for name in ("pre.tif", "post.tif"):
        (tmp_path / name).write_bytes(b"not opened")
    return str(tmp_path / "pre.tif"), str(tmp_path / "post.tif")


def run(*arguments):
    return CliRunner().invoke(cli.main, [*arguments])


def test_a_python_without_the_packages_is_told_what_to_do():
    # -S leaves out the folder that packages are installed in.
    done = subprocess.run(
        [sys.executable, "-S", "cli.py", "detectors"],
        cwd=Path(cli.__file__).parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "not installed for this Python" in done.stderr
    assert "make setup" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("option", ["--threshold", "--min-area-m2"])
@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "-1", "much"])
def test_a_number_that_is_none_is_a_usage_error(files, option, value):
    done = run("compare", *files, option, value)
    assert done.exit_code == 2
    assert f"Invalid value for '{option}'" in done.output


@pytest.mark.parametrize("value", ["0", "nan", "inf"])
def test_a_ground_size_is_positive(tmp_path, value):
    done = run("evaluate", "--detector", "cva", "--data", str(tmp_path), "--gsd-m", value)
    assert done.exit_code == 2
    assert "Invalid value for '--gsd-m'" in done.output


def test_an_evaluation_set_is_a_folder(files):
    done = run("evaluate", "--detector", "cva", "--data", files[0])
    assert done.exit_code == 2
    assert "is a file" in done.output


def test_an_evaluation_says_which_detector_ran_on_each_pair(tmp_path):
    folder = tmp_path / "grey"
    write_pair(folder, ground((64, 64), bands=1), ground((64, 64), bands=1, seed=1))
    done = run("evaluate", "--detector", "auto", "--data", str(tmp_path))
    assert [line.split()[-1] for line in done.stdout.splitlines()] == ["cva", "auto"]


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_an_evaluation_goes_on_past_a_pair_that_fails_and_says_so(tmp_path, as_json):
    image = ground((64, 64))
    write_pair(tmp_path / "good", image, image)
    write_pair(tmp_path / "cut", image, image)
    (tmp_path / "cut" / "post.tif").write_bytes(b"II*")
    done = run("evaluate", "--detector", "cva", "--data", str(tmp_path), *as_json)
    assert done.exit_code == 2
    assert done.stderr.startswith("error: Pair 'cut' is in no figure: ")
    assert "good" in done.stdout
    assert "Traceback" not in done.output


def test_a_wrong_setting_is_one_sentence_with_a_remedy(tmp_path, monkeypatch):
    pair = write_pair(tmp_path, ground((64, 64)), ground((64, 64)))
    monkeypatch.setenv("GROUNDSHIFT_THREADS", "many")
    settings.load.cache_clear()
    done = run("preflight", *map(str, pair))
    settings.load.cache_clear()
    assert done.exit_code == 2
    assert "GROUNDSHIFT_THREADS" in done.output
    assert "try: Correct or unset" in done.output
    assert "Traceback" not in done.output


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    image = ground((160, 180))
    return write_pair(tmp_path_factory.mktemp("pair"), image, with_houses(image, HOUSES))


BAD_CALLS = {
    "no such detector": ("compare", "{pre}", "{post}", "--detector", "cvaa"),
    "no such file": ("compare", "{pre}", "nowhere.tif"),
    "a text file": ("compare", "{pre}", "{text}"),
    "a truncated file": ("compare", "{pre}", "{cut}"),
    "a picture without georeference": ("compare", "{png}", "{png}"),
    "a VRT behind a tif name": ("compare", "{pre}", "{vrt}"),
    "an aoi that is no vector file": ("compare", "{pre}", "{post}", "--aoi", "{text}"),
    "a threshold above one": ("compare", "{pre}", "{post}", "--threshold", "7"),
    "an output folder in use": ("compare", "{pre}", "{post}", "--out", "{used}"),
    "an output folder below a file": ("compare", "{pre}", "{post}", "--out", "{text}/out"),
    "no pairs": ("evaluate", "--detector", "cva", "--data", "{used}"),
    "no record": ("replay", "{text}"),
    "indices without infrared": ("compare", "{pre}", "{post}", "--detector", "index_difference"),
}


@pytest.mark.parametrize("call", BAD_CALLS.values(), ids=BAD_CALLS)
def test_bad_input_gets_a_sentence_and_status_two_and_leaves_nothing(
    pair, tmp_path, monkeypatch, call
):
    files = {name: tmp_path / f"{name}.tif" for name in ("text", "cut", "vrt")}
    files |= {"png": tmp_path / "plain.png", "used": tmp_path / "used"}
    files |= {"pre": pair[0], "post": pair[1]}
    files["text"].write_text("not a raster", encoding="utf-8")
    content = pair[1].read_bytes()
    files["cut"].write_bytes(content[: len(content) // 2])
    files["vrt"].write_text(f'<VRTDataset rasterXSize="1"><!-- {pair[0]} --></VRTDataset>', "utf-8")
    cv2.imwrite(str(files["png"]), np.zeros((40, 40, 3), np.uint8))
    files["used"].mkdir()
    (files["used"] / "notes.txt").write_text("mine", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    done = run(*(part.format(**files) for part in call))
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output
    assert "rror: " in done.stderr
    assert done.stdout == ""
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
