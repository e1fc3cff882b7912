"""The bundled scenes open, are small, and agree with the catalogue and with their own truth."""

import json
import tomllib
from pathlib import Path

import cv2
import geopandas as gpd
import numpy as np
import pytest
import rasterio
from rasterio.enums import Resampling
from rasterio.features import rasterize
from rasterio.vrt import WarpedVRT

FOLDER = Path(__file__).resolve().parents[2] / "sample_scenes"
CATALOG = FOLDER / "catalog.toml"
SCENES = tomllib.loads(CATALOG.read_text(encoding="utf-8"))["scene"]
FILES = ("pre", "post", "aoi", "truth", "truth_objects", "expected")
BANDS = {"rgb": 3, "multispectral6": 6, "sar": 2}

each_scene = pytest.mark.parametrize("scene", SCENES, ids=[scene["id"] for scene in SCENES])


def test_the_three_places_are_there() -> None:
    assert [scene["id"] for scene in SCENES] == ["suburb", "delta", "harbour"]
    assert sum(path.stat().st_size for path in FOLDER.rglob("*")) < 25_000_000


@each_scene
def test_files_exist_and_are_below_4_mb(scene: dict) -> None:
    for key in FILES:
        assert 0 < (FOLDER / scene[key]).stat().st_size < 4_000_000


@each_scene
def test_imagery_carries_what_a_real_product_carries(scene: dict) -> None:
    for key in ("pre", "post"):
        with rasterio.open(FOLDER / scene[key]) as dataset:
            assert dataset.count == BANDS[scene["sensor"]]
            assert dataset.crs is not None
            assert dataset.nodata == 0
            assert all(dataset.descriptions)
            assert dataset.profile["tiled"]
            assert dataset.overviews(1)
            assert dataset.tags()["TIFFTAG_DATETIME"][:2] == "20"
            pixels = dataset.read()
            assert (pixels != 0).mean() > 0.95
            assert pixels.std() > 0


@each_scene
def test_post_was_taken_after_pre(scene: dict) -> None:
    dates = []
    for key in ("pre", "post"):
        with rasterio.open(FOLDER / scene[key]) as dataset:
            dates.append(dataset.tags()["TIFFTAG_DATETIME"])
    assert dates[0] < dates[1]


@each_scene
def test_truth_raster_is_the_truth_vector_on_the_grid_of_pre(scene: dict) -> None:
    objects = gpd.read_file(FOLDER / scene["truth_objects"], layer="objects")
    with (
        rasterio.open(FOLDER / scene["pre"]) as pre,
        rasterio.open(FOLDER / scene["truth"]) as file,
    ):
        truth = file.read(1)
        assert file.transform == pre.transform
        assert file.shape == pre.shape
        assert file.crs == pre.crs == objects.crs
        assert file.colormap(1)[1][3] == 255
        burnt = rasterize(objects.geometry, file.shape, transform=file.transform)
    assert list(objects.columns) == ["id", "class", "state", "area_m2", "geometry"]
    assert (burnt.astype(bool) != truth.astype(bool)).sum() <= 2


@each_scene
def test_expected_areas_are_the_truth_inside_the_aoi(scene: dict) -> None:
    expected = json.loads((FOLDER / scene["expected"]).read_text(encoding="utf-8"))
    objects = gpd.read_file(FOLDER / scene["truth_objects"], layer="objects")
    aoi = gpd.read_file(FOLDER / scene["aoi"]).to_crs(objects.crs)
    inside = objects.clip(aoi)
    # Independent route: planar areas on the UTM grid, whose scale is within 0.1 % here.
    planar = float(inside.area.sum())
    assert expected["truth_changed_area_m2"] == pytest.approx(planar, rel=0.002)
    assert expected["objects"] == len(inside)
    assert expected["truth_changed_area_m2"] > 0.7 * float(objects.area.sum())
    total = sum(entry["area_m2"] for entry in expected["classes"].values())
    assert total == pytest.approx(expected["truth_changed_area_m2"], abs=1)


def test_suburb_dates_share_neither_crs_nor_ground_size_nor_extent() -> None:
    scene = SCENES[0]
    with (
        rasterio.open(FOLDER / scene["pre"]) as pre,
        rasterio.open(FOLDER / scene["post"]) as post,
    ):
        assert pre.crs.to_epsg() == 32633
        assert post.crs.to_epsg() == 3857
        assert pre.res == (0.5, 0.5)
        assert post.shape != pre.shape


def test_suburb_post_lies_where_its_recorded_shift_says() -> None:
    expected = json.loads((FOLDER / SCENES[0]["expected"]).read_text(encoding="utf-8"))
    assert np.hypot(*expected["shift_m"]) / 0.6 == pytest.approx(1.7, abs=0.02)


def test_suburb_imagery_is_displaced_by_the_recorded_shift() -> None:
    """Phase correlation of edges, by OpenCV, on the grid of pre."""
    expected = json.loads((FOLDER / SCENES[0]["expected"]).read_text(encoding="utf-8"))
    with (
        rasterio.open(FOLDER / SCENES[0]["pre"]) as pre,
        rasterio.open(FOLDER / SCENES[0]["post"]) as post,
        WarpedVRT(post, crs=pre.crs, transform=pre.transform, width=1000, height=1000,
                  resampling=Resampling.cubic) as warped,
    ):  # fmt: skip
        pictures = [file.read(2)[120:840, 60:780].astype(np.float32) for file in (pre, warped)]
    edges = [np.hypot(cv2.Sobel(p, -1, 1, 0), cv2.Sobel(p, -1, 0, 1)) for p in pictures]
    (dx, dy), _strength = cv2.phaseCorrelate(
        *edges, cv2.createHanningWindow((720, 720), cv2.CV_32F)
    )
    assert (dx * 0.5, dy * 0.5) == pytest.approx(expected["shift_m"], abs=0.2)
