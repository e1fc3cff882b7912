import math

import numpy as np
import pytest
import rasterio.warp
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS

from raster import peaks
from raster.peaks import Peaks
from raster.web_tile import WebTile, place_of
from tests.scenes import ORIGIN, UTM33, write


def _as_they_are(values):
    return values.astype(np.uint8)


def _at(path, z, x, y, crs=UTM33):
    """Ranks and inside of the tile at a place in a CRS."""
    lon, lat = rasterio.warp.transform(crs, "EPSG:4326", [x], [y])
    tile = WebTile(*place_of(lon[0], lat[0], z))
    opened = Peaks(path, _as_they_are)
    try:
        return tile, *opened.read(tile.grid)
    finally:
        opened.close()


@settings(max_examples=20)
@given(st.integers(0, 699), st.integers(0, 799), st.integers(8, 18))
def test_a_single_pixel_is_seen_at_every_zoom(tmp_path_factory, row, col, z):
    image = np.ones((1, 700, 800))
    image[0, row, col] = 9
    path = write(tmp_path_factory.mktemp("peaks") / "a.tif", image)
    tile, ranks, _inside = _at(path, z, ORIGIN[0] + col + 0.5, ORIGIN[1] - row - 0.5)
    found = np.argwhere(ranks == 9)
    assert len(found)
    # Where it is drawn is where it lies, to the size of what it is drawn with.
    at_x, at_y = rasterio.warp.transform(
        UTM33, "EPSG:3857", [ORIGIN[0] + col + 0.5], [ORIGIN[1] - row - 0.5]
    )
    at_col, at_row = ~tile.grid.transform @ (at_x[0], at_y[0])
    reach_px = 2 + 1 / (156543.034 / 2**z * math.cos(math.radians(48.75)))
    assert np.abs(found - (at_row, at_col)).min(axis=0).max() <= reach_px


def test_a_single_pixel_survives_in_a_raster_kept_in_memory_in_part(tmp_path, monkeypatch):
    monkeypatch.setattr(peaks, "KEPT_PX", 10_000)
    image = np.ones((1, 700, 800))
    image[0, 333, 444] = 9
    path = write(tmp_path / "a.tif", image)
    for z in range(9, 19):
        _tile, ranks, _inside = _at(path, z, ORIGIN[0] + 444.5, ORIGIN[1] - 333.5)
        assert (ranks == 9).any(), z


def test_nothing_is_drawn_larger_than_it_is_where_pixels_are_large(tmp_path):
    image = np.ones((1, 300, 300))
    image[0, 100:120, 100:120] = 9
    path = write(tmp_path / "a.tif", image)
    _tile, ranks, inside = _at(path, 19, ORIGIN[0] + 110, ORIGIN[1] - 110)
    assert inside.any()
    m_per_px = 156543.034 / 2**19 * math.cos(math.radians(48.73))
    area_m2 = (ranks == 9).sum() * m_per_px**2
    assert area_m2 <= 400 * 1.02


def test_the_highest_of_several_wins_and_not_the_commonest(tmp_path):
    image = np.full((1, 512, 512), 3)
    image[0, 250:254, 250:254] = 7
    image[0, 251, 251] = 8
    path = write(tmp_path / "a.tif", image)
    _tile, ranks, _inside = _at(path, 10, ORIGIN[0] + 256, ORIGIN[1] - 256)
    assert ranks.max() == 8


def test_ground_beside_the_raster_is_outside(tmp_path):
    path = write(tmp_path / "a.tif", np.full((1, 256, 256), 5))
    tile, ranks, inside = _at(path, 15, ORIGIN[0] + 128, ORIGIN[1] - 128)
    m_per_px = 156543.034 / 2**15 * math.cos(math.radians(48.75))
    assert inside.sum() == pytest.approx((256 / m_per_px) ** 2, rel=0.05)
    assert (ranks[inside] == 5).all()
    assert tile.grid.shape == inside.shape


def test_a_tile_far_away_is_outside_altogether(tmp_path):
    path = write(tmp_path / "a.tif", np.full((1, 64, 64), 5))
    _tile, ranks, inside = _at(path, 12, ORIGIN[0] + 300_000, ORIGIN[1])
    assert not inside.any()
    assert not ranks.any()


@pytest.mark.parametrize("left", [179.0, -181.0])
@pytest.mark.parametrize("lon", [179.5, -179.5])
def test_both_sides_of_the_date_line_are_drawn(tmp_path, left, lon):
    image = np.full((1, 200, 400), 4)
    image[:, :, 200:] = 6
    path = write(
        tmp_path / "a.tif", image, at=Affine(0.005, 0, left, 0, -0.005, 1),
        crs=CRS.from_epsg(4326),
    )  # fmt: skip
    _tile, ranks, inside = _at(path, 8, lon, 0.5, crs="EPSG:4326")
    assert inside.sum() > 5000
    assert np.median(ranks[inside]) == (4 if lon > 0 else 6)


def test_a_rewritten_file_is_not_shown_from_memory(tmp_path):
    path = write(tmp_path / "a.tif", np.full((1, 128, 128), 5))
    middle = ORIGIN[0] + 64, ORIGIN[1] - 64
    assert _at(path, 14, *middle)[1].max() == 5
    write(tmp_path / "b.tif", np.full((1, 128, 128), 6)).replace(path)
    assert _at(path, 14, *middle)[1].max() == 6


def test_only_the_window_of_a_tile_is_read_where_the_copy_in_memory_is_too_coarse(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(peaks, "KEPT_PX", 4_096)
    path = write(tmp_path / "a.tif", np.full((1, 1024, 1024), 5), tiled=True)
    lon, lat = rasterio.warp.transform(UTM33, "EPSG:4326", [ORIGIN[0] + 512], [ORIGIN[1] - 512])
    read = []

    def rank(values):
        read.append(values.size)
        return values

    opened = Peaks(path, rank)
    opened.read(WebTile(*place_of(lon[0], lat[0], 12)).grid)
    assert sum(read) == 1024 * 1024
    read.clear()
    ranks, _inside = opened.read(WebTile(*place_of(lon[0], lat[0], 18)).grid)
    opened.close()
    assert ranks.max() == 5
    assert 0 < sum(read) < 200_000


def test_blocks_give_their_maximum_cut_ones_too():
    values = np.arange(35, dtype=np.uint8).reshape(5, 7)
    found = peaks._blocks_max(values, 3)
    expected = [
        [values[top : top + 3, left : left + 3].max() for left in (0, 3, 6)] for top in (0, 3)
    ]
    assert found.tolist() == expected


def test_few_copies_are_kept_in_memory(tmp_path):
    for number in range(peaks.KEPT_COPIES + 3):
        path = write(tmp_path / f"{number}.tif", np.full((1, 128, 128), 5))
        assert _at(path, 14, ORIGIN[0] + 64, ORIGIN[1] - 64)[1].max() == 5
    assert len(peaks._copies) == peaks.KEPT_COPIES
    assert {key[0].name for key in peaks._copies} >= {"10.tif", "9.tif"}
