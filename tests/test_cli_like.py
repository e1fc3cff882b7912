"""`compare --like` from the door to the files, and back by `replay`; with a small network."""

import json

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from click.testing import CliRunner

import cli
from inference.detectors import zero_shot_sam
from raster.grid import lonlat_transformer
from tests.inference.kept_sam import small_zero_shot
from tests.scenes import UTM33, ground, transform, with_houses, write_pair

SHAPE = (96, 96)
HOUSE = (30, 30, 30, 30)
# Random features lie near each other: nothing would reach the threshold of the method.
LOW = ("--threshold", "0.02")


@pytest.fixture
def kept(tmp_path, monkeypatch):
    with small_zero_shot(tmp_path, monkeypatch) as folder:
        yield folder


@pytest.fixture
def pair(tmp_path):
    pre = np.rint(ground(SHAPE))
    pre[:, 80:, :10] = 0
    post = with_houses(pre, [HOUSE])
    return tuple(map(str, write_pair(tmp_path, pre, post, gsd_m=0.5, nodata=0)))


def lonlat(row, col):
    x, y = transform(0.5) @ (col + 0.5, row + 0.5)
    return "{:.7f},{:.7f}".format(*lonlat_transformer(UTM33).transform(x, y))


def run(*arguments):
    return CliRunner().invoke(cli.main, [*map(str, arguments)])


def test_changes_like_one_are_recorded_looked_up_and_made_again(kept, pair, tmp_path, monkeypatch):
    every = run("compare", *pair, "--detector", "zero_shot_sam", *LOW, "--out", tmp_path / "every")
    assert every.exit_code == 0, every.output

    # From here on the network may not be asked any more.
    monkeypatch.setattr(zero_shot_sam, "_look", None)
    done = run("compare", *pair, "--like", lonlat(45, 45), *LOW, "--out", tmp_path / "like")
    assert done.exit_code == 0, done.output
    assert "Detector: zero_shot_sam (it looks for changes like those" in done.output
    assert "Only changes of things like the one at the place pointed at" in done.output

    record = json.loads((tmp_path / "like" / "run.json").read_text(encoding="utf-8"))
    (point,) = record["parameters"]["like"]
    assert point == pytest.approx([float(one) for one in lonlat(45, 45).split(",")])
    assert record["findings"][0]["code"] == "like_examples"
    caption = (tmp_path / "like" / "caption.txt").read_text(encoding="utf-8")
    assert "only changes like those pointed at were looked for" in caption

    masks = [read(tmp_path / name / "score.tif") for name in ("every", "like")]
    assert masks[1][45, 45] > 0
    assert (np.nan_to_num(masks[1]) <= np.nan_to_num(masks[0])).all()
    objects = gpd.read_file(tmp_path / "like" / "changes.gpkg", layer="changes")
    assert len(objects)

    again = run("replay", tmp_path / "like", "--out", tmp_path / "again")
    assert again.exit_code == 0, again.output
    assert "Identical: yes" in again.output


def read(path):
    with rasterio.open(path) as dataset:
        return dataset.read(1)


BAD = {
    "outside the scenes": (("--like", "0,0"), "lies outside the area that is compared"),
    "latitude first": (("--like", "48.7,200"), "is no longitude and latitude in degrees"),
    "where nothing was observed": (("--like", lonlat(90, 4)), "Nothing was observed at"),
    "where nothing changed": (("--like", lonlat(10, 90)), "Nothing changed at"),
    "no numbers": (("--like", "here"), "'here' is not LON,LAT"),
    "too many": (("--like", lonlat(45, 45)) * 21, "21 places were pointed at; the most are 20."),
    "another detector": (
        ("--like", lonlat(45, 45), "--detector", "cva"),
        "The detector 'cva' cannot look for changes like one pointed at.",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_wrong_place_gets_one_sentence_and_leaves_nothing(kept, pair, tmp_path, what):
    arguments, sentence = BAD[what]
    done = run("compare", *pair, *arguments, *LOW, "--out", tmp_path / "out")
    assert done.exit_code == 2, done.output
    assert sentence in done.output
    assert done.output.count("error:") + done.output.count("Error:") == 1
    assert "Traceback" not in done.output
    assert not (tmp_path / "out").exists()


def test_a_place_outside_the_area_of_interest_is_told(kept, pair, tmp_path):
    west, north = map(float, lonlat(2, 2).split(","))
    east, south = map(float, lonlat(40, 40).split(","))
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    area = tmp_path / "area.geojson"
    area.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    done = run("compare", *pair, "--like", lonlat(50, 50), "--aoi", area, *LOW)
    assert done.exit_code == 2, done.output
    assert "lies outside the area that is compared" in done.output


def test_without_the_weights_the_remedy_is_told(kept, pair, tmp_path):
    (kept / "sam_vit_b.pth").unlink()
    done = run("compare", *pair, "--like", lonlat(45, 45), "--out", tmp_path / "out")
    assert done.exit_code == 2, done.output
    assert "sam_vit_b" in done.output
    assert "Traceback" not in done.output
