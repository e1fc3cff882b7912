import json

import cv2
import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box, mapping

from errors import OutsideSceneError, UnreadableRasterError
from services.look import look
from tests.scenes import ground, transform, write, write_pair


def shape(png):
    return cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR).shape


def aoi_file(path, polygon):
    frame = gpd.GeoSeries([polygon], crs=32633).to_crs(4326)
    path.write_text(json.dumps(mapping(frame.iloc[0])), encoding="utf-8")
    return path


def test_look_shows_both_dates_and_says_how_to_compare_them(houses):
    seen = look(*houses, aoi=None)
    assert seen.verdict == "go"
    assert shape(seen.shown.pre_png) == shape(seen.shown.post_png) == (300, 320, 3)
    assert seen.shown.dates_words == "1 June 2023 to 3 June 2024"
    assert seen.shown.size_words == "320 m by 300 m, 1.00 m per pixel"
    assert seen.advice.detector == "cva"
    assert seen.advice.min_area_m2 == 16
    assert "radar" in seen.advice.unsuitable["log_ratio"]
    assert "cva" not in seen.advice.unsuitable


def test_without_an_area_no_outline_is_drawn(houses):
    shown = look(*houses, aoi=None).shown
    assert shown.post_png == shown.backdrop_png


def test_area_is_outlined_and_the_pictures_show_its_surroundings_only(houses, tmp_path):
    west, north = transform() @ (40, 40)
    area = aoi_file(tmp_path / "aoi.geojson", box(west, north - 100, west + 120, north))
    shown = look(*houses, aoi=area).shown
    rows, cols, _bands = shape(shown.pre_png)
    assert rows == pytest.approx(100, abs=3)
    assert cols == pytest.approx(120, abs=3)
    assert shown.post_png != shown.backdrop_png


def test_scenes_of_two_places_are_refused_without_pictures(tmp_path):
    pre = write(tmp_path / "pre.tif", ground())
    post = write(tmp_path / "post.tif", ground(), at=transform(east_m=50_000))
    seen = look(pre, post, aoi=None)
    assert seen.verdict == "refuse"
    assert seen.shown is None
    assert seen.advice is None


def test_unknown_dates_are_called_unknown(tmp_path):
    pre, post = (write(tmp_path / f"{name}.tif", ground()) for name in ("a", "b"))
    assert look(pre, post, aoi=None).shown.dates_words == "dates not known"


def test_detector_for_more_bands_is_said_not_to_suit(tmp_path):
    seen = look(*write_pair(tmp_path, ground(bands=1), ground(bands=1, seed=1)), aoi=None)
    assert "at least 2 bands" in seen.advice.unsuitable["irmad"]


def test_file_that_is_no_raster_and_area_elsewhere_are_errors(houses, tmp_path):
    text = tmp_path / "text.tif"
    text.write_text("no raster", encoding="utf-8")
    with pytest.raises(UnreadableRasterError):
        look(text, houses[1], aoi=None)
    away = tmp_path / "away.geojson"
    away.write_text(json.dumps(mapping(box(0, 0, 1, 1))), encoding="utf-8")
    with pytest.raises(OutsideSceneError):
        look(*houses, aoi=away)
