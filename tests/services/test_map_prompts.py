import math

import numpy as np
import pytest
from affine import Affine
from pyproj import Transformer
from rasterio.crs import CRS

from errors import InputError
from raster import scene
from services.map_prompts import MapPrompt, from_json, from_options, merged, place
from tests.scenes import UTM33, ground, transform, write

SHAPE = (200, 300)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    return scene.open(write(tmp_path_factory.mktemp("s") / "s.tif", ground(SHAPE), gsd_m=0.5))


def lonlat(x, y):
    """Longitude and latitude of a place in pixels of the scene."""
    to_lonlat = Transformer.from_crs(UTM33.to_wkt(), "EPSG:4326", always_xy=True)
    return to_lonlat.transform(*(transform(0.5) @ (x, y)))


def test_points_in_degrees_land_on_their_pixels(opened):
    prompt = MapPrompt(inside=(lonlat(40.5, 30.25),), outside=(lonlat(10, 190),), text="shed")
    placed = place(prompt, opened).prompt
    assert placed.inside[0] == pytest.approx((40.5, 30.25), abs=1e-3)
    assert placed.outside[0] == pytest.approx((10, 190), abs=1e-3)
    assert placed.text == "shed"


def test_a_box_in_degrees_is_turned_into_the_box_around_it(opened):
    west, south = lonlat(50, 80)
    east, north = lonlat(120, 20)
    left, top, right, bottom = place(MapPrompt(box=(west, south, east, north)), opened).prompt.box
    assert (left, top, right, bottom) == pytest.approx((50, 20, 120, 80), abs=1.5)
    assert left <= 50.01
    assert bottom >= 79.99


def test_another_crs_is_taken_at_its_word(opened):
    mercator = Transformer.from_crs(UTM33.to_wkt(), "EPSG:3857", always_xy=True)
    point = mercator.transform(*(transform(0.5) @ (100, 50)))
    placed = place(MapPrompt(inside=(point,), crs="EPSG:3857"), opened)
    assert placed.prompt.inside[0] == pytest.approx((100, 50), abs=1e-2)
    assert placed.findings == ()


def test_an_outline_keeps_its_corners(opened):
    corners = ((20, 20), (60, 22), (58, 70))
    placed = place(MapPrompt(polygon=tuple(lonlat(*corner) for corner in corners)), opened)
    np.testing.assert_allclose(placed.prompt.polygon, corners, atol=1e-3)


def test_without_a_crs_degrees_are_degrees(opened):
    placed = place(MapPrompt(inside=(lonlat(5, 6),), crs=""), opened)
    assert placed.prompt.inside[0] == pytest.approx((5, 6), abs=1e-3)
    assert placed.findings == ()


def test_without_a_crs_numbers_that_are_no_degrees_are_the_scenes_own_and_that_is_said(opened):
    placed = place(MapPrompt(inside=(transform(0.5) @ (7, 8),), crs=""), opened)
    assert placed.prompt.inside[0] == pytest.approx((7, 8))
    (finding,) = placed.findings
    assert finding.code == "crs_guessed"
    assert "EPSG:32633" in finding.message


@pytest.mark.parametrize("place_px", [(-0.01, 5), (5, -0.01), (300.01, 5), (5, 200.01)])
def test_a_point_just_outside_the_scene_is_refused_with_the_scenes_bounds(opened, place_px):
    with pytest.raises(InputError, match=r"lies outside the scene 's\.tif'") as caught:
        place(MapPrompt(inside=(transform(0.5) @ place_px,), crs="EPSG:32633"), opened)
    assert "EPSG:32633" in caught.value.hint
    assert "5400000" in caught.value.hint


def test_a_point_beside_the_thing_may_lie_outside_the_scene(opened):
    prompt = MapPrompt(
        inside=(transform(0.5) @ (5, 5),), outside=(transform(0.5) @ (-50, 5),), crs="EPSG:32633"
    )
    assert place(prompt, opened).prompt.outside == ((-50.0, 5.0),)


@pytest.mark.parametrize("prompt", [
    MapPrompt(box=(0.0, 0.0, 0.001, 0.001)),
    MapPrompt(polygon=((0.0, 0.0), (0.001, 0.0), (0.0, 0.001))),
    MapPrompt(inside=((10.0, 89.9),)),
])  # fmt: skip
def test_what_lies_elsewhere_on_the_earth_or_nowhere_is_refused(opened, prompt):
    with pytest.raises(InputError, match="outside the scene"):
        place(prompt, opened)


@pytest.mark.parametrize(("prompt", "words"), [
    (MapPrompt(), "points at nothing"),
    (MapPrompt(text="shed"), "points at nothing"),
    (MapPrompt(polygon=((15.0, 48.7), (15.1, 48.7))), "points at nothing"),
    (MapPrompt(outside=((15.0, 48.7),)), "only says where the thing is not"),
    (MapPrompt(box=(15.1, 48.7, 15.0, 48.8)), "has no area"),
    (MapPrompt(box=(15.0, 48.7, 15.0, 48.8)), "has no area"),
    (MapPrompt(inside=((math.nan, 48.7),)), "not a number"),
    (MapPrompt(box=(15.0, 48.0, math.inf, 49.0)), "not a number"),
    (MapPrompt(((15.0, 48.7),), outside=((-math.inf, 1.0),)), "not a number"),
])  # fmt: skip
def test_a_prompt_that_says_too_little_is_refused(opened, prompt, words):
    with pytest.raises(InputError, match=words) as caught:
        place(prompt, opened)
    assert caught.value.hint


@pytest.mark.parametrize("crs", ["EPSG:999999", "nonsense", "EPSG:", "+proj=none", "EPSG:4326\x00"])
def test_an_unknown_crs_is_refused_in_clean_words(opened, crs):
    with pytest.raises(InputError, match="There is no CRS") as caught:
        place(MapPrompt(inside=((1.0, 2.0),), crs=crs), opened)
    assert "\x00" not in caught.value.message


def test_a_scene_across_the_antimeridian_is_pointed_at_from_both_sides(tmp_path):
    degrees = 0.5 / 111_320
    west = 180 - 100 * degrees
    at = Affine(degrees, 0, west, 0, -degrees, 10)
    across = scene.open(write(tmp_path / "d.tif", ground(SHAPE), crs=CRS.from_epsg(4326), at=at))
    east_of_it = -180 + 50 * degrees, 10 - 20 * degrees
    placed = place(MapPrompt(inside=(east_of_it,)), across)
    assert placed.prompt.inside[0] == pytest.approx((150, 20), abs=1e-3)


def test_prompts_of_one_thing_refine_it_and_others_stand_alone():
    first, second, third = merged([
        MapPrompt(inside=((1, 1),), thing="a", box=(0, 0, 5, 5)),
        MapPrompt(inside=((9, 9),)),
        MapPrompt(inside=((2, 2),), outside=((4, 4),), thing="a"),
        MapPrompt(inside=((9, 9),)),
    ])  # fmt: skip
    assert first.inside == ((1, 1), (2, 2))
    assert first.outside == ((4, 4),)
    assert first.box == (0, 0, 5, 5)
    assert second == third == MapPrompt(inside=((9, 9),))


def test_one_thing_in_two_crss_is_refused():
    with pytest.raises(InputError, match="EPSG:3857"):
        merged([MapPrompt(((1, 1),), thing="a"), MapPrompt(((1, 1),), thing="a", crs="EPSG:3857")])


def test_json_and_back_changes_nothing():
    prompt = MapPrompt(
        ((1.0, 2.0),), ((3.0, 4.0),), (0.0, 0.0, 5.0, 5.0), ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)),
        "shed", "EPSG:3857", "a",
    )  # fmt: skip
    assert from_json(prompt.to_json()) == prompt


@pytest.mark.parametrize("values", [
    {"inside": [[1, 2, 3]]}, {"inside": "11"}, {"inside": [[math.nan, 1]]},
    {"inside": [[1, 2]] * 501}, {"box": [1, 2, 3]}, {"box": [1, 2, 3, math.inf]},
    {"polygon": [[0, 0]] * 5001}, {"text": "x" * 201}, {"crs": "x" * 41}, {"strange": 1},
    {"thing": {"a": 1}},
])  # fmt: skip
def test_a_request_that_is_no_prompt_is_refused(values):
    with pytest.raises(InputError, match="unusable") as caught:
        from_json(values)
    assert caught.value.hint


def test_options_ask_for_one_thing_each_or_for_one_of_all():
    points, boxes = ((1.0, 1.0), (2.0, 2.0)), ((0.0, 0.0, 4.0, 4.0),)
    several = from_options(points, boxes, (), is_one_thing=False, crs="", text="")
    assert [(one.inside, one.box) for one in several] == [
        ((points[0],), None), ((points[1],), None), ((), boxes[0]),
    ]  # fmt: skip
    (one,) = from_options(points, boxes, ((9.0, 9.0),), is_one_thing=True, crs="", text="shed")
    assert one == MapPrompt(points, ((9.0, 9.0),), boxes[0], text="shed", crs="")


def test_options_that_leave_open_what_is_meant_are_refused():
    points = ((1.0, 1.0), (2.0, 2.0))
    with pytest.raises(InputError, match="not clear which thing"):
        from_options(points, (), ((9.0, 9.0),), is_one_thing=False, crs="", text="")
    with pytest.raises(InputError, match="cannot have 2 boxes"):
        from_options((), ((0.0, 0.0, 1.0, 1.0),) * 2, (), is_one_thing=True, crs="", text="")
    (alone,) = from_options((), (), ((9.0, 9.0),), is_one_thing=False, crs="", text="")
    assert alone.outside == ((9.0, 9.0),)
