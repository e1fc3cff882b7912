"""`cli.py count`: what it prints, its exit status, and arguments it turns away."""

import json

import pytest
from click.testing import CliRunner

import cli
from tests.counting import NEW, TRUTH, add_bright_counter, box_lonlat, polygon_lonlat, write_huts


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return write_huts(tmp_path_factory.mktemp("huts"))


@pytest.fixture(autouse=True)
def bright(monkeypatch):
    add_bright_counter(monkeypatch)


def run(files, *arguments):
    return CliRunner().invoke(cli.main, ["count", *map(str, files), *map(str, arguments)])


def test_json_is_one_object_whose_numbers_close(files, tmp_path):
    done = run(files, "--class", "hut", "--json", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert {"class", *TRUTH, "facts"} <= told.keys()
    assert {key: told[key] for key in TRUTH} == TRUTH
    assert told["pre"] + told["appeared"] - told["vanished"] == told["post"]
    assert {fact["class"] for fact in told["facts"] if fact["name"] == "objects_pre"} == {"hut"}


def test_words_name_the_counter_the_caption_and_the_folder(files, tmp_path):
    done = run(files, "--counter", "bright", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "Counter: Bright things" in done.stdout
    assert "3 appeared, 2 vanished and 12 stood at both dates" in done.stdout
    assert f"Results: {tmp_path / 'out'}" in done.stdout
    assert "The dates lie on each other" in done.stderr


def test_area_sizes_and_examples_are_options(files, tmp_path):
    area = tmp_path / "aoi.geojson"
    area.write_text(json.dumps(polygon_lonlat(190, 190, 90, 90)), encoding="utf-8")
    example = ",".join(map(str, box_lonlat(*NEW[0])))
    done = run(files, "--aoi", area, "--class", "shed", "--example", example, "--on", "post",
               "--similarity", 0.9, "--min-area-m2", 100, "--max-area-m2", 900, "--json",
               "--out", tmp_path / "out")  # fmt: skip
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["class"], told["counter"]) == ("shed", "like_this")


BAD = {
    "an unknown class": ("--class", "unicorn"),
    "an unknown counter": ("--counter", "brigt"),
    "an example of three numbers": ("--class", "x", "--example", "1,2,3"),
    "an example of words": ("--class", "x", "--example", "a,b,c,d"),
    "an example of no number": ("--class", "x", "--example", "nan,0,1,1"),
    "an example elsewhere": ("--class", "x", "--example", "1,2,3,4"),
    "a date that is none": ("--counter", "bright", "--on", "tomorrow"),
    "a similarity above one": ("--counter", "bright", "--similarity", "2"),
    "a size that is no number": ("--counter", "bright", "--min-area-m2", "nan"),
    "sizes the wrong way round": ("--counter", "bright", "--min-area-m2", "9",
                                  "--max-area-m2", "3"),
    "an area that is none": ("--counter", "bright", "--aoi", __file__),
}  # fmt: skip


@pytest.mark.parametrize("arguments", BAD.values(), ids=BAD)
def test_bad_input_gets_a_sentence_and_status_two_and_leaves_nothing(
    files, tmp_path, monkeypatch, arguments
):
    monkeypatch.chdir(tmp_path)
    done = run(files, *arguments)
    assert done.exit_code == 2, done.output
    assert "rror: " in done.stderr
    assert "Traceback" not in done.output
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_refused_pair_has_status_three(files, tmp_path):
    from tests.scenes import ground, transform, write

    far = write(tmp_path / "far.tif", ground(), at=transform(east_m=90_000))
    done = run((files[0], far), "--counter", "bright", "--json", "--out", tmp_path / "out")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["verdict"] == "refuse"
    assert not (tmp_path / "out").exists()
