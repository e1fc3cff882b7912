import shutil

import cv2
import numpy as np
import pytest
import rasterio

from progress import Watcher
from services.compare import CompareRequest, compare
from services.cutouts import MOST_ITEMS, SIDE_PX, cutouts
from services.open_case import open_case
from tests.agent import cases
from tests.scenes import ground, write

PLOT = (120, 140, 40, 30)
"""Top, left, rows and columns of green plants that came, in pixels."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A pair of four bands; in one plot the near infrared rises and the red falls."""
    top, left, rows, cols = PLOT
    pre = ground(bands=4)
    post = pre.copy()
    post[3, top : top + rows, left : left + cols] = 240
    post[0, top : top + rows, left : left + cols] = 30
    place = tmp_path_factory.mktemp("plots")
    paths = [
        write(place / f"{name}.tif", image, date=day, photometric="MINISBLACK", alpha="NO")
        for name, image, day in (("pre", pre, "2023-06-01"), ("post", post, "2024-06-03"))
    ]
    for path in paths:
        with rasterio.open(path, "r+") as out:
            for number, name in enumerate(("red", "green", "blue", "nir"), 1):
                out.set_band_description(number, name)
    request = CompareRequest(*paths, detector="cva")
    return compare(request, out_dir=place / "out", watcher=Watcher()).folder


@pytest.fixture(scope="module")
def case(folder):
    return open_case(folder)


def shown(picture):
    return cv2.imdecode(np.frombuffer(picture.png, np.uint8), cv2.IMREAD_COLOR)


@pytest.fixture
def plot(case, folder):
    """The pictures of the plot by what they show."""
    (cutout,) = cutouts(case, folder, [case.items[0].id])
    assert cutout.item == case.items[0].id
    return {picture.words: shown(picture) for picture in cutout.pictures}


def test_both_dates_their_indices_and_the_mask_are_shown(plot):
    words = list(plot)
    assert words[0] == "earlier date, true colour"
    assert words[1] == "later date, true colour"
    assert words[-1] == "mask: white where the thing lies"
    indices = [one for one in words if "vegetation index" in one]
    assert [one.partition(",")[0] for one in indices] == ["earlier date", "later date"]
    assert len({picture.shape for picture in plot.values()}) == 1
    assert not any(char.isdigit() for one in words for char in one)


def test_the_mask_lies_where_the_pictures_differ(plot):
    pre, post, *_, mask = plot.values()
    differs = np.abs(pre.astype(int) - post.astype(int)).max(axis=2) > 40
    inside = mask[:, :, 0] > 128
    assert 0.1 < inside.mean() < 0.6
    assert (differs & inside).sum() > 0.9 * differs.sum()


def test_plants_are_white_in_the_vegetation_index(plot):
    before, after = (picture for words, picture in plot.items() if "vegetation" in words)
    inside = list(plot.values())[-1][:, :, 0] > 128
    assert after[inside].mean() > before[inside].mean() + 50


def test_only_things_of_the_result_are_shown_and_only_a_few(case, folder):
    assert cutouts(case, folder, [10**6]) == ()
    every = [item.id for item in case.items]
    assert len(cutouts(case, folder, every)) == min(len(every), MOST_ITEMS)


def test_without_the_same_scenes_there_are_no_pictures(case, folder, tmp_path):
    moved = folder.parent / "post.tif"
    shutil.copy(moved, tmp_path / "kept.tif")
    try:
        moved.write_bytes(b"x" * moved.stat().st_size)
        assert cutouts(case, folder, [case.items[0].id]) == ()
    finally:
        shutil.copy(tmp_path / "kept.tif", moved)


def pictures_of(scene):
    desk = cases.desk(scene)
    (case,) = desk.cases
    found = cutouts(case, desk.folders[case.id], [item.id for item in case.items])
    return [picture for cutout in found for picture in cutout.pictures]


def test_a_ready_made_index_is_told_as_what_it_is():
    words = {picture.words for picture in pictures_of("fields_index")}
    assert "earlier date, vegetation index in grey: white is dense green plants, black is bare" in {
        one[:82] for one in words
    }
    assert not any("one band" in one for one in words)


def test_ground_without_data_is_told_for_the_date_that_lacks_it():
    lacking = [one for one in pictures_of("partly_cloudy") if "without data" in one.words]
    assert lacking
    assert all(one.words.startswith("later date") for one in lacking)
    greys = [(shown(one) == 128).all(axis=2).mean() for one in lacking]
    assert max(greys) > 0.05


def test_small_cutouts_are_enlarged_by_whole_pixels():
    for picture in pictures_of("fields_index"):
        pixels = shown(picture)
        side = max(pixels.shape[:2])
        assert SIDE_PX // 2 < side <= SIDE_PX
