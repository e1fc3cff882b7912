"""Real pictures are read band by band; the part kept for judging is never learned from."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

from inference.training.multispectral import observed
from inference.training.multispectral.places import BANDS


def write(path: Path, values: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    profile = {"driver": "GTiff", "count": len(values), "height": values.shape[1],
               "width": values.shape[2], "dtype": values.dtype,
               "transform": Affine(1e-4, 0, 10, 0, -1e-4, 50)}  # fmt: skip
    with rasterio.open(path, "w", **profile) as file:
        file.write(values)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    numbers = np.arange(1, 14, dtype=np.int16)[:, None, None]
    satellite = numbers * 100 + np.arange(512, dtype=np.int16)
    write(tmp_path / observed.SENTINEL2, np.broadcast_to(satellite, (13, 512, 512)).copy())
    for year in range(3):
        naip = np.stack([np.full((40, 60), 10 * (band + 1) + year, np.uint8) for band in range(4)])
        write(tmp_path / observed.SERIES / f"{2010 + year}.tif", naip)
    return tmp_path


def test_the_six_bands_are_picked_and_scaled(data: Path) -> None:
    place = observed.sentinel2(data, is_validation=False)
    found = place.dates[0, :, 0, 0].astype(float) * 10_000
    np.testing.assert_allclose(found, [200, 300, 400, 800, 1200, 1300], rtol=1e-3)
    assert np.array_equal(place.dates[0], place.dates[1])


def test_what_is_kept_for_judging_is_no_part_of_what_is_learned_from(data: Path) -> None:
    learned, kept = (observed.sentinel2(data, is_validation=flag) for flag in (False, True))
    assert learned.shape[1] + kept.shape[1] == 512
    values = [set(np.unique(place.dates[0, 0])) for place in (learned, kept)]
    assert not values[0] & values[1]
    assert 0.05 < learned.built.mean() < 0.3
    assert 0.03 < kept.built.mean() < 0.3


def test_settlements_lie_where_they_were_outlined(data: Path) -> None:
    learned = observed.sentinel2(data, is_validation=False)
    assert learned.built[165, 230] == 1  # the middle of a village
    assert learned.built[230, 130] == 0  # fields


def test_every_two_dates_of_the_wetland_make_a_place_of_four_bands(data: Path) -> None:
    found = observed.wetland(data)
    assert len(found) == 3
    assert found[0].shape == (20, 30)
    assert found[0].held == (True, True, True, True, False, False)
    blue, green, red, nir, *rest = found[0].dates[0, :, 0, 0].astype(float) * observed.NAIP_SCALE
    np.testing.assert_allclose([blue, green, red, nir], [30, 20, 10, 40], rtol=1e-3)
    assert rest == [0, 0]
    assert not any(place.built.any() for place in found)
    assert BANDS[:4] == ("blue", "green", "red", "nir")


def test_missing_pictures_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"s2\.tif"):
        observed.sentinel2(tmp_path, is_validation=False)
    with pytest.raises(FileNotFoundError, match="naip_wetland"):
        observed.wetland(tmp_path)
