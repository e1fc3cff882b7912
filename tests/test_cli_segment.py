"""`cli.py segment` within this process; `tests/e2e/test_cli_segment.py` runs it as one."""

import json
import logging

import numpy as np
import pytest
from click.testing import CliRunner

import cli
import settings
from tests.flood import beside_the_real_ones
from tests.scenes import transform, write

SHED = (100, 140, 50, 90)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    image = np.full((3, 200, 220), 90, np.float32)
    image += np.random.default_rng(2).normal(0, 4, image.shape).astype(np.float32)
    top, bottom, left, right = SHED
    image[:, top:bottom, left:right] = np.array([200, 60, 40])[:, None, None]
    return write(tmp_path_factory.mktemp("scene") / "scene.tif", image, gsd_m=0.5)


@pytest.fixture(autouse=True)
def _flood(tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    settings.load.cache_clear()
    with beside_the_real_ones(monkeypatch):
        yield
    settings.load.cache_clear()


@pytest.fixture(autouse=True)
def _quiet_logging():
    """The command sets the level of a library for its process, which here goes on."""
    level = logging.getLogger("rasterio").level
    yield
    logging.getLogger("rasterio").setLevel(level)


def run(*arguments):
    return CliRunner().invoke(cli.main, ["segment", *map(str, arguments)])


def own(x, y):
    return "{},{}".format(*(transform(0.5) @ (x, y)))


def area_m2(done):
    (thing,) = json.loads(done.stdout)["things"]
    return thing["area_m2"]


@pytest.mark.parametrize("crs", [(), ("--crs", "EPSG:32633")])
def test_coordinates_of_the_scene_are_understood_with_and_without_their_name(scene, tmp_path, crs):
    asked = ("--point", own(70, 120), *crs, "--segmenter", "flood", "--out", tmp_path / "out")
    done = run(scene, *asked, "--json")
    assert done.exit_code == 0, done.stderr
    assert area_m2(done) == pytest.approx(400, rel=0.02)
    codes = {finding["code"] for finding in json.loads(done.stdout)["findings"]}
    assert ("crs_guessed" in codes) == (not crs)


def test_everything_is_outlined_on_demand(scene, tmp_path):
    asked = ("--auto", "--segmenter", "flood", "--min-area-m2", "100", "--max-area-m2", "2000")
    done = run(scene, *asked, "--out", tmp_path / "out", "--json")
    assert done.exit_code == 0, done.stderr
    sizes = [thing["area_m2"] for thing in json.loads(done.stdout)["things"]]
    assert any(size == pytest.approx(400, rel=0.02) for size in sizes)


@pytest.mark.parametrize(("options", "words"), [
    ((), "Nothing was pointed at"),
    (("--point", "1,2,3"), "2 numbers"),
    (("--point", "north,east"), "2 numbers"),
    (("--point", "nan,1"), "2 numbers"),
    (("--box", "1,2,3"), "4 numbers"),
    (("--point", "10.5,20.5"), "outside the scene"),
    (("--point", "-71.06,42.36"), "outside the scene"),
    (("--point", "10.5,20.5", "--crs", "EPSG:1"), "no CRS"),
    (("--point", "10.5,20.5", "--auto"), "cannot be combined"),
    (("--outside", "15,48.7"), "where the thing is not"),
    (("--point", own(70, 120), "--segmenter", "magic"), "no segmenter 'magic'"),
    (("--point", own(70, 120), "--text", "roof"), "text prompt"),
    (("--point", own(70, 120), "--max-area-m2", "0"), "--max-area-m2"),
    (("--auto", "--aoi", __file__), "area of interest"),
])  # fmt: skip
def test_wrong_input_is_one_sentence_with_status_two_and_leaves_nothing(
    scene, tmp_path, options, words
):
    segmenter = () if "--segmenter" in options else ("--segmenter", "flood")
    done = run(scene, *options, *segmenter, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_no_raster_is_refused(tmp_path):
    (tmp_path / "cat.tif").write_bytes(b"meow")
    done = run(tmp_path / "cat.tif", "--auto", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "try:" in done.stderr


def test_many_things_are_listed_up_to_twenty(scene, tmp_path):
    points = [part for n in range(25) for part in ("--point", own(60 + n, 120))]
    done = run(scene, *points, "--segmenter", "flood", "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert done.stdout.count("Thing ") == 20
    assert "and 5 more" in done.stdout


def test_all_points_can_describe_one_thing(scene, tmp_path):
    points = ("--point", own(60, 120), "--point", own(80, 110), "--outside", own(5, 5))
    done = run(scene, *points, "--segmenter", "flood", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "not clear which thing" in done.stderr
    asked = (*points, "--one-thing", "--segmenter", "flood", "--out", tmp_path / "out", "--json")
    assert area_m2(run(scene, *asked)) == pytest.approx(400, rel=0.02)
