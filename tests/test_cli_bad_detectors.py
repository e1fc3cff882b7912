"""Pairs that do not suit a detector, and weights that are not what they should be, at the door.

Each gets one sentence with a remedy, and no result is left; what can be converted is converted by
rule and said so.
"""

import hashlib
import json
import pickle

import numpy as np
import pytest
import rasterio
import torch
from click.testing import CliRunner

import cli
import settings
from inference import segmenter_registry
from inference.detectors import tinycd_levir
from tests.inference import small_changenet
from tests.inference.adapters import networks
from tests.inference.weights_folder import entry, listing
from tests.scenes import ground, with_houses, write_pair

SHAPE = (96, 96)
HOUSES = [(30, 40, 24, 24)]
OWN_CARD = """
title = "Theirs"
licence = "MIT"
sha256 = "{sha256}"
gsd_m = [0.3, 0.8]
window_px = 64
margin_px = 8
[input]
layout = "two"
{more}
[output]
kind = "logits"
"""


def put(folder, content, more=""):
    """An operator's own network with a card; its name as a detector."""
    (folder / "own").mkdir()
    (folder / "own" / "theirs.onnx").write_bytes(content)
    card = OWN_CARD.format(sha256=hashlib.sha256(content).hexdigest(), more=more)
    (folder / "own" / "theirs.toml").write_text(card, "utf-8")
    return "own_theirs"


@pytest.fixture
def image():
    return np.rint(ground(SHAPE))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The operator's folder of weights; models of other tests are forgotten."""
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setenv("GROUNDSHIFT_WEIGHTS_DIR", str(kept))
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    settings.load.cache_clear()
    yield kept
    settings.load.cache_clear()
    segmenter_registry.forget()
    tinycd_levir._network.cache_clear()


def run(tmp_path, pair, detector, *more):
    arguments = ["compare", *map(str, pair), "--detector", detector, *more]
    return CliRunner().invoke(cli.main, [*arguments, "--out", str(tmp_path / "out")])


def refused(done, tmp_path, words):
    assert done.exit_code == 2, done.output
    assert words in done.output
    assert "try: " in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "out").exists()


def record(done, tmp_path):
    assert done.exit_code == 0, done.output
    return json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))


def test_pixels_far_too_large_for_a_network_are_refused(tmp_path, image, monkeypatch):
    small_changenet.install(tmp_path / "shipped", monkeypatch)
    pair = write_pair(tmp_path, image, image, gsd_m=10.0)
    refused(run(tmp_path, pair, "changenet"), tmp_path, "Pixels of 10 m are too large")


def test_sixteen_bits_are_converted_for_a_network_of_eight_and_said_so(
    tmp_path, image, monkeypatch
):
    small_changenet.install(tmp_path / "shipped", monkeypatch)
    pair = write_pair(tmp_path, image * 40, image * 40, gsd_m=0.5, dtype="uint16")
    told = record(run(tmp_path, pair, "changenet"), tmp_path)["findings"]
    assert "stretched" in {one["code"] for one in told}


def test_values_that_are_no_numbers_are_not_observed(tmp_path, image):
    pre = image.astype(np.float32)
    post = with_houses(pre, HOUSES)
    post[:, 10:20, 10:20] = np.nan
    post[1, 60:70, 10:20] = np.inf
    pair = write_pair(tmp_path, pre, post, gsd_m=0.5, dtype="float32")
    done = run(tmp_path, pair, "cva")
    record(done, tmp_path)
    with rasterio.open(tmp_path / "out" / "mask.tif") as dataset:
        codes = dataset.read(1)
    assert (codes[10:20, 10:20] == 255).all()
    assert (codes[60:70, 10:20] == 255).all()
    assert (codes[34:50, 44:60] == 1).all()
    assert (codes == 255).sum() == 200


def test_too_few_bands_for_a_network_of_an_operator_are_refused(tmp_path, image, folder):
    name = put(
        folder, networks.onnx(bands=4), 'bands = ["red", "green", "blue", "nir"]\nvalues = "file"'
    )
    pair = write_pair(tmp_path, image, with_houses(image, HOUSES), gsd_m=0.5)
    refused(run(tmp_path, pair, name), tmp_path, "nir")


def test_a_network_whose_inputs_are_not_those_of_its_card_is_refused(tmp_path, image, folder):
    name = put(folder, networks.onnx(names=("a", "b")), 'names = ["pre", "post"]')
    pair = write_pair(tmp_path, image, with_houses(image, HOUSES), gsd_m=0.5)
    refused(run(tmp_path, pair, name), tmp_path, "inputs")


class Harmful:
    """Unpickled, it would write a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("cut short", "are damaged: 1,119 of 2,239 bytes"),
        ("another file", "are damaged, or another file"),
        ("code", "is not a checkpoint of TinyCD"),
        ("of another network", "is not a checkpoint of TinyCD"),
    ],
)
def test_a_checkpoint_that_is_not_the_published_one_is_refused_and_never_run(
    tmp_path, image, folder, monkeypatch, harm, words
):
    whole = networks.torchscript(networks.Difference())
    mark = tmp_path / "ran"
    contents = {
        "cut short": whole[: len(whole) // 2],
        "another file": whole[:-1] + bytes([whole[-1] ^ 1]),
        "code": pickle.dumps(Harmful(mark), protocol=2),
        "of another network": numbers(tmp_path),
    }
    listed = contents[harm] if harm in {"code", "of another network"} else whole
    listing(tmp_path / "shipped", monkeypatch, entry("tinycd_levir", listed))
    (folder / "tinycd_levir.pth").write_bytes(contents[harm])
    pair = write_pair(tmp_path, image, with_houses(image, HOUSES), gsd_m=0.5)
    done = run(tmp_path, pair, "tinycd_levir")
    refused(done, tmp_path, words)
    assert not mark.exists()


def numbers(tmp_path):
    torch.save({"weight": torch.zeros(3)}, tmp_path / "numbers.pth")
    return (tmp_path / "numbers.pth").read_bytes()
