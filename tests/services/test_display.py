import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.display import composites, style_of
from services.scene_facts import SHARES, SceneFacts

RGB = ("red", "green", "blue")


def _facts(
    bands=RGB, *, low=0.0, high=100.0, sensor="optical", indexes=None, values=None, offset=0.0
):
    """Facts of a scene whose bands are spread evenly from low to high."""
    even = tuple(low + (high - low) * share for share in SHARES)
    if values is not None:
        even = tuple(float(value) for value in np.quantile(values, SHARES))
    return SceneFacts(
        name="a", crs="EPSG:32633", width=10, height=10, gsd_m=1.0, bands=tuple(bands),
        band_indexes=indexes or tuple(range(1, len(bands) + 1)), dtype="uint8", sensor=sensor,
        acquired_on=None, bounds_wgs84=(0, 0, 1, 1), footprint={}, sha256="", size_bytes=1,
        files=("a",), has_pyramid=False, pyramid_step=0, quantiles=(even,) * len(bands),
        offset_dn=offset,
    )  # fmt: skip


def _names(pre, post):
    return [way.name for way in composites(pre, post)]


def test_true_colour_comes_first():
    assert _names(_facts(), _facts()) == ["true_colour", "grey", "grey_1", "grey_2"]


def test_near_infrared_adds_false_colour_and_indices():
    four = _facts((*RGB, "nir"))
    assert _names(four, four)[:4] == ["true_colour", "false_colour", "ndvi", "ndwi"]


def test_short_wave_infrared_adds_the_burn_index():
    bands = (*RGB, "nir", "swir1", "swir2")
    found = _names(_facts(bands), _facts(bands))
    assert found[:6] == ["true_colour", "false_colour", "swir", "ndvi", "ndwi", "nbr"]


def test_only_what_both_dates_have_is_offered():
    assert _names(_facts((*RGB, "nir")), _facts()) == ["true_colour", "grey", "grey_1", "grey_2"]
    assert _names(_facts(("pan",)), _facts()) == ["grey"]


def test_three_unnamed_bands_are_shown_in_their_order():
    found = composites(_facts(("band 1", "band 2", "band 3")), _facts(("x", "y", "z")))
    assert [(way.name, way.pre_bands, way.post_bands) for way in found] == [
        ("bands", (1, 2, 3), (1, 2, 3)),
        ("grey", (1,), (1,)),
    ]


def test_each_date_is_read_from_its_own_bands():
    pre, post = _facts(RGB), _facts(("blue", "green", "red"), indexes=(2, 3, 5))
    way = composites(pre, post)[0]
    assert (way.pre_bands, way.post_bands) == ((1, 2, 3), (5, 3, 2))


def test_radar_is_shown_in_decibels():
    pre = _facts(("vv", "vh"), sensor="sar", low=0.001, high=10.0)
    found = composites(pre, pre)
    assert [(way.name, way.is_db) for way in found] == [("sar_db", True), ("sar_db_1", True)]
    style, _post = style_of(found[0], pre, pre)
    expected = 10 * np.log10(np.quantile([0.001, 10.0], [0.02, 0.98]))
    assert (style["low"][0], style["high"][0]) == pytest.approx(expected, abs=0.01)


def test_radar_that_is_in_decibels_already_is_not_taken_to_them_again():
    pre = _facts(("vv",), sensor="sar", low=-25.0, high=2.0)
    (way,) = composites(pre, pre)
    assert (way.is_db, way.title) == (False, "Radar VV")
    assert style_of(way, pre, pre)[0]["low"] == [pytest.approx(-24.46)]


def test_polarisations_that_do_not_match_are_compared_by_their_first():
    way = composites(_facts(("vv",), sensor="sar"), _facts(("hh",), sensor="sar"))[0]
    assert (way.pre_bands, way.post_bands) == ((1,), (1,))


@given(
    st.tuples(st.floats(0, 500), st.floats(100, 4000)),
    st.tuples(st.floats(0, 500), st.floats(100, 4000)),
)
def test_both_dates_are_drawn_with_one_stretch(one, other):
    pre, post = (_facts(low=low, high=low + span) for low, span in (one, other))
    before, after = style_of(composites(pre, post)[0], pre, post)
    if before["is_shared"]:
        assert (before["low"], before["high"]) == (after["low"], after["high"])
    assert all(low < high for low, high in zip(before["low"], before["high"], strict=True))


def test_the_shared_stretch_is_that_of_both_dates_together():
    rng = np.random.default_rng(5)
    one, other = rng.normal(100, 10, 20_000), rng.gamma(4, 30, 20_000)
    pre, post = _facts(values=one), _facts(values=other)
    style, _post = style_of(composites(pre, post)[0], pre, post)
    low, high = np.percentile(np.concatenate([one, other]), [2, 98])
    assert style["low"][0] == pytest.approx(low, abs=2)
    assert style["high"][0] == pytest.approx(high, rel=0.03)


def test_bytes_beside_reflectances_each_keep_their_own():
    pre, post = _facts(high=255.0), _facts(high=10_000.0)
    before, after = style_of(composites(pre, post)[0], pre, post)
    assert not before["is_shared"]
    assert before["high"][0] == pytest.approx(249.9)
    assert after["high"][0] == pytest.approx(9800)


def test_a_constant_band_can_be_drawn():
    flat = _facts(low=7.0, high=7.0)
    before, after = style_of(composites(flat, flat)[0], flat, flat)
    assert before["low"][0] < before["high"][0]
    assert before == after


def test_a_constant_date_leaves_the_other_its_stretch():
    before, after = style_of(composites(_facts(), _facts())[0], _facts(low=7.0, high=7.0), _facts())
    assert after["high"][0] - after["low"][0] > 90
    assert before["low"][0] < before["high"][0]


def test_an_index_has_a_fixed_scale_and_knows_the_offset_of_its_product():
    pre, post = _facts((*RGB, "nir"), offset=-1000.0), _facts((*RGB, "nir"))
    way = next(way for way in composites(pre, post) if way.name == "ndvi")
    before, after = style_of(way, pre, post)
    assert (way.pre_bands, way.show) == ((4, 1), "index")
    assert (before["offset"], after["offset"]) == (-1000.0, 0.0)
    assert (before["low"], before["high"]) == (after["low"], after["high"])


@pytest.mark.parametrize("bands", [RGB, (*RGB, "nir", "swir2"), ("pan",), ("x", "y", "z")])
def test_styles_are_plain_json_and_short(bands):
    pre = _facts(bands)
    for way in composites(pre, pre):
        for style in style_of(way, pre, pre):
            assert json.loads(json.dumps(style, allow_nan=False)) == style
            assert len(json.dumps(style)) < 300


def test_names_tell_composites_apart():
    found = _names(_facts(("x", "y", "z", "x", "nir")), _facts(("x", "z", "nir", "y")))
    assert len(found) == len(set(found))


def test_composites_are_values():
    way = composites(_facts(), _facts())[0]
    assert way == dataclasses.replace(way)
