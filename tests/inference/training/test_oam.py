"""Tiles become places, outlines lie on them, and no ground is both learned from and judged on."""

import json
import math
from pathlib import Path

import cv2
import numpy as np
import pytest

from inference.training import oam
from inference.training.oam import clusters, gsd_of, mercator_px, places

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "buildings_oam"


def lonlat(x: float, y: float) -> tuple[float, float]:
    """Where a pixel of the world at the zoom lies; the textbook inverse."""
    world = 256 * 2**20
    return x / world * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / world))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of two tiles side by side and one far away; a building on the first."""
    images = tmp_path / "set2" / "image"
    images.mkdir(parents=True)
    for number, x in enumerate((619_000, 619_001, 619_100)):
        tile = np.full((256, 256, 3), (10, 20, 30 + number), np.uint8)
        cv2.imwrite(str(images / f"OAM-{x}-523000-20.png"), tile)
    cv2.imwrite(str(images / "OAM-1238000-1046000-21.png"), np.zeros((256, 256, 3), np.uint8))
    corner = (256 * 619_000, 256 * 523_000)
    ring = [
        lonlat(corner[0] + x, corner[1] + y) for x, y in ((40, 30), (90, 30), (90, 70), (40, 70))
    ]
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    feature = {"type": "Feature", "properties": {}, "geometry": shape}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (tmp_path / "set2" / "labels.geojson").write_text(text, encoding="utf-8")
    return tmp_path


def test_tiles_that_touch_are_one_place_with_its_buildings(folder: Path) -> None:
    near, far = places(folder, ("set2",))
    assert near.name == "set2-619000-523000"
    assert near.picture.shape == (3, 256, 512)
    assert near.picture[:, 0, 0].tolist() == [30, 20, 10]
    assert near.picture[:, 0, 300].tolist() == [31, 20, 10]
    assert near.buildings[0].bounds == pytest.approx((40, 30, 90, 70), abs=0.01)
    assert far.buildings == ()


def test_a_missing_set_is_named(folder: Path) -> None:
    with pytest.raises(FileNotFoundError, match="set3"):
        places(folder, ("set3",))


def test_groups_keep_apart_what_lies_more_than_two_tiles_away() -> None:
    groups = clusters(frozenset({(0, 0), (2, 1), (5, 1), (4, 3), (9, 9)}))
    assert groups == [frozenset({(0, 0), (2, 1), (4, 3), (5, 1)}), frozenset({(9, 9)})]


def test_ground_sizes_are_those_of_web_mercator() -> None:
    assert gsd_of(2**19) == pytest.approx(0.1493, abs=1e-4)
    x, y = mercator_px(np.array([[32.59, 0.34]]))[0]
    assert lonlat(x, y) == pytest.approx((32.59, 0.34), abs=1e-9)


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the labelled tiles are not at {SHARED}")
def test_no_tile_is_both_learned_from_and_judged_on() -> None:
    found = places(SHARED)
    kept = [place for place in found if place.is_validation]
    assert {place.name for place in kept} == oam.VALIDATION
    for place in kept:
        for other in found:
            if not other.is_validation:
                gaps = [max(abs(x - u), abs(y - v)) for x, y in place.tiles for u, v in other.tiles]
                assert min(gaps) > oam.GAP_TILES
