"""The command line as a user meets it: a process with a status, stdout and stderr."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.scenes import ground, transform, with_houses, write, write_pair

ROOT = Path(__file__).resolve().parents[2]
HOUSES = [(60, 80, 14, 20), (150, 200, 18, 12)]


def cli(*arguments, cwd=None, **environment):
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cwd or ROOT,
        env=os.environ | environment,
        check=False,
    )


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    image = ground()
    folder = tmp_path_factory.mktemp("pair")
    return write_pair(folder, image, with_houses(image, HOUSES))


@pytest.fixture(scope="module")
def compared(pair, tmp_path_factory):
    """A finished process of `compare --json` and its result folder."""
    folder = tmp_path_factory.mktemp("compared") / "out"
    return cli("compare", *pair, "--out", folder, "--json"), folder


def test_compare_prints_one_json_object(compared):
    done, folder = compared
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert Path(found["out"]) == folder
    assert found["verdict"] in {"go", "warn"}
    assert found["caption"] == (folder / "caption.txt").read_text("utf-8").strip()


def test_compare_without_out_writes_a_new_folder_each_time(pair, tmp_path):
    for _each in range(2):
        done = cli("compare", *pair, GROUNDSHIFT_RESULTS_DIR=str(tmp_path / "results"))
        assert done.returncode == 0, done.stderr
    folders = list((tmp_path / "results").iterdir())
    assert len(folders) == 2
    assert all((folder / "run.json").is_file() for folder in folders)


def test_replay_says_identical_and_notices_a_changed_input(compared, tmp_path):
    record = compared[1] / "run.json"
    again = cli("replay", record, "--out", tmp_path / "two", "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["identical"] is True
    changed = json.loads(record.read_text(encoding="utf-8"))
    changed["inputs"][0]["sha256"] = "0" * 64
    (tmp_path / "changed.json").write_text(json.dumps(changed), encoding="utf-8")
    refused = cli("replay", tmp_path / "changed.json", "--out", tmp_path / "four")
    assert refused.returncode == 2
    assert "missing or has changed" in refused.stderr


def test_preflight_prints_the_promised_keys(pair):
    done = cli("preflight", *pair, "--json")
    assert done.returncode == 0
    assert set(json.loads(done.stdout)) == {
        "verdict", "findings", "shift_px", "shift_m", "overlap_pct", "gsd_ratio", "valid_pct",
    }  # fmt: skip


def test_refused_pair_exits_with_three_and_leaves_nothing(pair, tmp_path):
    far = write(tmp_path / "far.tif", ground(), at=transform(east_m=90_000))
    for command in ("preflight", "compare"):
        done = cli(command, pair[0], far, cwd=tmp_path)
        assert done.returncode == 3
        assert "do not share ground" in done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["far.tif"]


def test_detectors_lists_every_detector():
    rows = json.loads(cli("detectors", "--json").stdout)["detectors"]
    assert {"cva", "irmad", "index_difference", "log_ratio", "structure"} <= {
        row["name"] for row in rows
    }
    assert all({"bands", "gsd_m", "available", "reason"} <= set(row) for row in rows)


def test_evaluate_pools_over_pixels(tmp_path):
    image = ground()
    truth = with_houses(np.zeros((1, 300, 320)), HOUSES) > 0
    for name in ("a", "b"):
        write_pair(tmp_path / "set" / name, image, with_houses(image, HOUSES))
        write(tmp_path / "set" / name / "label.tif", truth * 255)
    done = cli("evaluate", "--detector", "cva", "--data", tmp_path / "set", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["pairs"] == 2
    assert found["recall"] > 0.8
    assert found["per_pair"][0]["f1"] == pytest.approx(found["f1"])


@pytest.mark.parametrize("detector", ["cvaa", "cva"])
def test_bad_input_gets_one_clear_sentence_and_status_two(pair, tmp_path, detector):
    """One that the door refuses and one that the libraries do; `tests/test_cli.py` has more."""
    cut = tmp_path / "cut.tif"
    content = pair[1].read_bytes()
    cut.write_bytes(content[: len(content) // 2])
    done = cli("compare", pair[0], cut, "--detector", detector, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["cut.tif"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_run_leaves_nothing(pair, tmp_path, how):
    command = [sys.executable, str(ROOT / "cli.py"), "compare", *map(str, pair)]
    child = subprocess.Popen(
        [*command, "--out", str(tmp_path / "here" / "out")],
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts background jobs with Ctrl-C ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("here/.groundshift-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    child.send_signal(how)
    _out, complaint = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "nothing was written" in complaint
    assert not (tmp_path / "here").exists()


def test_help_answers_without_heavy_imports():
    code = "import sys, cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"numpy", "rasterio", "geopandas", "cv2", "streamlit", "pydantic"}
