import json

import pytest
from shapely.geometry import box, mapping

from errors import OutsideSceneError, UnreadableRasterError
from inference import registry
from services.look import look
from tests.scenes import ground, transform, write, write_pair


def test_look_says_how_to_compare_the_dates(houses):
    seen = look(*houses, aoi=None)
    assert seen.verdict == "go"
    assert seen.size_words == "320 m by 300 m, 1.00 m per pixel"
    assert seen.advice.detector in registry.names()
    assert seen.advice.detector not in seen.advice.unsuitable
    assert seen.advice.why
    assert (seen.advice.smallest_m2["cva"], seen.advice.smallest_m2["changenet"]) == (16, 20)
    assert "radar" in seen.advice.unsuitable["log_ratio"]
    assert "cva" not in seen.advice.unsuitable
    assert "no spectral index can be formed" in seen.advice.unsuitable["index_difference"]


def test_scenes_of_two_places_are_refused_without_advice(tmp_path):
    pre = write(tmp_path / "pre.tif", ground())
    post = write(tmp_path / "post.tif", ground(), at=transform(east_m=50_000))
    seen = look(pre, post, aoi=None)
    assert seen.verdict == "refuse"
    assert not seen.size_words
    assert seen.advice is None


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
