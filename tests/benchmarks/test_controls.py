import numpy as np
import pytest
import rasterio

from analysis.accuracy import is_flagged
from benchmarks.accuracy import controls
from benchmarks.accuracy.checks import check, repeated
from raster.mask import ChangeClass
from simulation.events import Event
from simulation.pair import PairSpec

APPEARED = ChangeClass(1, "new", "new", "appeared", "#d7301f")
GONE = ChangeClass(2, "gone", "gone", "vanished", "#2c7fb8")
CHANGED = ChangeClass(3, "changed", "changed", "changed", "#fdae33")
LEGEND = (APPEARED, GONE, CHANGED)


@pytest.mark.parametrize(
    ("there", "back", "is_right"),
    [(0, 0, True), (1, 2, True), (2, 1, True), (3, 3, True), (1, 1, False), (2, 2, False),
     (1, 0, False), (0, 2, False), (3, 1, False), (255, 255, True), (255, 0, False)],
)  # fmt: skip
def test_swapped_dates_must_say_the_opposite(there, back, is_right):
    codes = np.array([[there]], np.uint8), np.array([[back]], np.uint8)
    assert controls.exchanged(*codes, LEGEND, LEGEND)[0, 0] == is_right


def test_a_darker_copy_keeps_nodata_and_invents_none():
    pixels = np.array([[[0, 1, 100, 255]]], np.uint8)
    # 0.8 times the value and 3 % of 255, rounded; 0 is nodata.
    assert controls.darker(pixels).tolist() == [[[0, 8, 88, 212]]]


def test_a_darker_radar_picture_is_scaled_alone():
    pixels = np.array([[[1.0, 0.25]]], np.float32)
    assert controls.darker(pixels).tolist() == [[[pytest.approx(0.8), pytest.approx(0.2)]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small rendered control pair."""
    made = tmp_path_factory.mktemp("control")
    events = (Event("building_appears", 3),)
    controls.write_control(made, PairSpec(3, shape=(128, 160), gsd_m=1.0, events=events))
    return made


def test_a_control_pair_differs_where_it_must_and_only_there(folder):
    read = {}
    for name in ("pre", "post", "same", "darker", "label"):
        with rasterio.open(folder / f"{name}.tif") as dataset:
            read[name] = dataset.read()
    assert np.array_equal(read["pre"], read["same"])
    assert np.array_equal(read["darker"], controls.darker(read["pre"]))
    assert not np.array_equal(read["pre"], read["post"])
    assert 0 < read["label"].sum() < read["label"].size


def test_a_symmetric_detector_flags_alike_both_ways_and_nothing_between_copies(folder):
    found = controls.swap("cva", folder / "pre.tif", folder / "post.tif")
    assert found.score_gap <= 1e-3
    assert found.flagged_px > 0
    assert found.wrong_px == 0
    assert controls.flagged_px("cva", folder / "pre.tif", folder / "same.tif") == 0


def test_a_detector_that_looks_one_way_is_caught(folder, monkeypatch):
    there = controls._look("cva", folder / "pre.tif", folder / "post.tif")
    blind = controls._Looked(np.zeros_like(there.codes), there.scores * 0, there.legend)
    answers = iter((there, blind))
    monkeypatch.setattr(controls, "_look", lambda *_all: next(answers))
    found = controls.swap("cva", folder / "pre.tif", folder / "post.tif")
    assert found.wrong_px == found.flagged_px == int(is_flagged(there.codes).sum())
    assert found.score_gap > 0.1


def test_a_control_pair_is_repeated_side_by_side(folder):
    pre, post = repeated(folder, 2)
    with rasterio.open(pre) as large, rasterio.open(folder / "pre.tif") as small:
        assert large.shape == (256, 320)
        assert np.array_equal(large.read()[:, 128:, 160:], small.read())
    assert repeated(folder, 2) == (pre, post)


def test_seams_of_a_detector_with_enough_halo_are_invisible(folder):
    differing, size = controls.seam_px("cva", *repeated(folder, 3))
    assert (differing, size) == (0, 384 * 480)


def test_every_check_of_a_detector_is_made(folder):
    found = check("log_ratio", (folder,))
    assert (found.pairs, found.identical_px, found.seam_px) == (1, 0, 0)
    assert found.seam_of_px == 256 * 320
    assert found.flagged_px > 0
    assert found.mpix_per_s > 0
    assert found.mpix_per_cpu_s > 0
    assert found.parameters is None


def test_a_detector_that_accepts_no_control_pair_has_no_checks(folder):
    assert check("index_difference", (folder,)) is None
