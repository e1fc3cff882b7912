from pathlib import Path

import pytest
from affine import Affine
from rasterio.crs import CRS

from errors import RasterError
from raster.grid import Grid
from raster.pairing import common_bands
from raster.scene import Band, Scene

GRID = Grid(CRS.from_epsg(32633), Affine(10, 0, 500_000, 0, -10, 5_400_000), 50, 50)


def scene(*bands, sensor="optical"):
    """Bands are given as role, (role, wavelength in nm), or None for an untagged one."""
    made = []
    for index, band in enumerate(bands, start=1):
        role, wavelength_nm = band if isinstance(band, tuple) else (band, None)
        made.append(Band(index, role or f"band {index}", role, wavelength_nm))
    return Scene("s", (Path("s.tif"),), "GTiff", GRID, tuple(made), "uint8", None, sensor)


def matched(pre, post):
    bands, _findings = common_bands(pre, post)
    return [(band.role, band.pre_indexes, band.post_indexes) for band in bands]


def codes(pre, post):
    _bands, findings = common_bands(pre, post)
    return [(finding.code, finding.severity) for finding in findings]


def test_roles_are_matched_whatever_the_order():
    pre, post = scene("red", "green", "blue", "nir"), scene("blue", "green", "red", "nir")
    assert matched(pre, post) == [
        ("red", (1,), (3,)), ("green", (2,), (2,)), ("blue", (3,), (1,)), ("nir", (4,), (4,)),
    ]  # fmt: skip
    assert codes(pre, post) == []


def test_bands_one_date_lacks_are_left_out_and_named():
    pre, post = scene("red", "green", "blue"), scene("red", "green", "blue", "nir")
    assert len(matched(pre, post)) == 3
    assert codes(pre, post) == [("band_mismatch", "caution")]
    assert "nir" in common_bands(pre, post)[1][0].message


def test_several_bands_of_one_role_are_matched_by_wavelength():
    pre = scene(("rededge", 705.0), ("rededge", 783.0))
    post = scene(("rededge", 783.0), ("rededge", 705.0))
    assert matched(pre, post) == [("rededge", (1,), (2,)), ("rededge", (2,), (1,))]


def test_wavelength_matches_where_a_role_is_missing():
    pre, post = scene((None, 665.0), (None, 842.0)), scene((None, 840.0), (None, 655.0))
    assert matched(pre, post) == [(None, (1,), (2,)), (None, (2,), (1,))]


def test_untagged_bands_are_matched_by_order_and_this_is_said():
    assert matched(scene(None, None, None), scene(None, None, None))[2] == (None, (3,), (3,))
    assert codes(scene(None, None), scene(None, None)) == [("bands_by_order", "info")]


def test_tagged_and_untagged_bands_of_one_count_are_matched_by_order():
    bands = matched(scene("red", "green", "blue"), scene(None, None, None))
    assert bands[0] == ("red", (1,), (1,))


def test_different_roles_are_never_matched():
    with pytest.raises(RasterError, match="red and post has nir"):
        common_bands(scene("red"), scene("nir"))
    with pytest.raises(RasterError, match="index"):
        common_bands(scene("index"), scene("red", "green", "blue"))


@pytest.mark.parametrize("colours", [("blue", "green", "red"), (None, None, None)])
@pytest.mark.parametrize("lone", ["pan", None])
def test_one_grey_band_meets_the_mean_of_three_colours(colours, lone):
    assert matched(scene(lone), scene(*colours)) == [("pan", (1,), (1, 2, 3))]
    assert matched(scene(*colours), scene(lone)) == [("pan", (1, 2, 3), (1,))]
    assert codes(scene(lone), scene(*colours)) == [("band_mismatch", "caution")]


def test_near_infrared_stays_out_of_the_mean_of_colours():
    assert matched(scene("pan"), scene("nir", "red", "green", "blue")) == [("pan", (1,), (2, 3, 4))]


def test_a_red_band_alone_meets_red_and_not_the_mean():
    assert matched(scene("red"), scene("blue", "green", "red")) == [("red", (1,), (3,))]


def test_radar_is_not_compared_with_an_optical_image():
    with pytest.raises(RasterError, match="optical and post is radar"):
        common_bands(scene(None), scene("vv", sensor="sar"))


def test_left_over_untagged_bands_are_not_guessed_beside_tagged_ones():
    pre, post = scene("red", None, None), scene("red", None)
    assert matched(pre, post) == [("red", (1,), (1,))]
    assert codes(pre, post) == [("band_mismatch", "caution")]


def test_a_name_that_is_a_sentence_gives_way_to_the_role():
    long = Band(1, "Resize (TM Meta (Band 1):L5120038) (0.485 Micrometers)", "blue")
    pre = Scene("s", (Path("s.tif"),), "GTiff", GRID, (long,), "uint8", None, "optical")
    assert common_bands(pre, scene("blue"))[0][0].name == "blue"
