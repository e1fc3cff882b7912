"""Chips know their buildings, and places kept for judging are never learned from."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin
from shapely.geometry import box

from inference.training.change import sources
from inference.training.change.sources import (
    CHIP_PX,
    GSD_M,
    grounds,
    overgrown,
    photographed,
    rendered,
    series,
    unbuilt,
    woods,
)
from inference.training.oam import Place


def place(name: str = "set1-1-1", side: int = 1400) -> Place:
    """Grey roofs of 15 m on green ground, 0.15 m a pixel."""
    picture = np.zeros((3, side, side), np.uint8)
    picture[:] = np.array([60, 110, 50])[:, None, None]
    outlines = []
    for x in range(100, side - 200, 250):
        for y in range(100, side - 200, 250):
            picture[:, y : y + 100, x : x + 100] = 180
            outlines.append(box(x, y, x + 100, y + 100))
    valid = np.ones((side, side), bool)
    return Place(name, frozenset(), picture, valid, tuple(outlines), 0.15)


def write(path: Path, side: int, value: int) -> None:
    bands = np.full((4, side, side), value, np.uint8)
    with rasterio.open(path, "w", driver="GTiff", height=side, width=side, count=4, dtype="uint8",
                       transform=from_origin(0, side, 1, 1), crs="EPSG:32633") as file:  # fmt: skip
        file.write(bands)


@pytest.mark.parametrize("seed", range(3))
def test_roofs_of_a_photographed_chip_are_labelled_where_they_are_seen(seed: int) -> None:
    chip = photographed(seed, [place()])
    assert chip.image.shape == (CHIP_PX, CHIP_PX, 3)
    assert GSD_M[0] <= chip.gsd_m <= GSD_M[1]
    assert chip.is_real
    roofs = (chip.buildings > 0) & chip.seen
    assert roofs.any()
    assert np.median(chip.image[roofs]) == 180
    red, green = chip.image[..., 0].astype(int), chip.image[..., 1].astype(int)
    assert (green - red)[~roofs & chip.seen].mean() > 20


def test_a_rendered_chip_is_a_pure_function_of_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "CHIP_PX", 128)
    monkeypatch.setattr(sources, "TWO_DATES", 1.0)
    one, again = rendered(4), rendered(4)
    assert np.array_equal(one.image, again.image)
    assert one.later is not None
    assert one.later.shape == one.image.shape == (128, 128, 3)
    assert one.sun is not None


def test_overgrown_outlines_are_not_labelled_at_all() -> None:
    image = np.full((40, 40, 3), 180, np.uint8)
    image[:20] = (70, 120, 60)
    numbers = np.zeros((40, 40), np.uint16)
    numbers[4:12, 4:12], numbers[24:32, 4:12] = 3, 7
    assert np.array_equal(overgrown(image, numbers), numbers == 3)


def test_leaning_places_get_their_outlines_moved_and_validation_is_kept_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leaning, kept = place("set5-631784-528088"), place("set2-619212-523272")
    monkeypatch.setattr(sources, "places", lambda _folder, _sets: (leaning, kept))
    learned = grounds(Path("anywhere"), is_validation=False)
    judged = grounds(Path("anywhere"), is_validation=True)
    assert [one.name for one in learned] == [leaning.name]
    assert [one.name for one in judged] == [kept.name]
    dx, dy = sources.LEANING_PX[leaning.name]
    west, north, *_rest = leaning.buildings[0].bounds
    assert learned[0].buildings[0].bounds[:2] == (west + dx, north + dy)
    assert judged[0].buildings[0].bounds == kept.buildings[0].bounds


def test_series_are_cut_to_one_shape_and_woods_stand_alone(tmp_path: Path) -> None:
    write(tmp_path / "a.tif", 40, 10)
    write(tmp_path / "b.tif", 39, 20)
    dates = series(tmp_path)
    assert [picture.shape for picture in dates] == [(39, 39, 3)] * 2
    assert [int(picture.mean()) for picture in dates] == [10, 20]
    assert [len(one) for one in woods(tmp_path)] == [1, 1]


@pytest.mark.parametrize("read", [series, woods])
def test_a_folder_without_pictures_is_named(read: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=rf"no GeoTIFF .* in {tmp_path}: name the folder"):
        read(tmp_path)


def test_unbuilt_ground_has_no_building_at_either_date() -> None:
    dates = [np.full((300, 300, 3), value, np.uint8) for value in (50, 90)]
    chips = [unbuilt(seed, [dates]) for seed in range(16)]
    assert not any(chip.buildings.any() for chip in chips)
    assert {int(chip.image.mean()) for chip in chips} == {50, 90}
    assert all(chip.later is not None and chip.later.shape == chip.image.shape for chip in chips)
