from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.color import deltaE_ciede2000, rgb2lab

from errors import UnsuitableSceneError
from inference.detectors import index_difference
from inference.detectors.base import Sample
from raster.align import PairBand, PairBlock

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
GUARD = index_difference.CARD.fixed_threshold
SHAPE = (60, 64)
SIX = ("blue", "green", "red", "nir", "swir1", "swir2")
# Surface reflectance in DN of 1e-4, after the USGS spectral library's usual shapes.
GROUND = {
    "forest": (250, 450, 350, 3200, 1500, 700),
    "crop": (400, 800, 500, 4500, 2200, 1100),
    "soil": (900, 1300, 1900, 2600, 3300, 2900),
    "town": (1400, 1600, 1800, 2000, 2600, 2500),
    "water": (700, 600, 400, 200, 100, 60),
    "char": (250, 330, 330, 900, 1700, 2000),
}
LEGEND = {entry.code: entry.name for entry in index_difference.CARD.classes}


def _bands(roles):
    return tuple(PairBand(role, role, (i + 1,), (i + 1,)) for i, role in enumerate(roles))


def _sample(pre, post, bands, valid=None, sensor="optical"):
    pre, post = np.asarray(pre, np.float32), np.asarray(post, np.float32)
    valid = np.ones(pre.shape[1:], bool) if valid is None else valid
    return Sample((PairBlock(pre * valid, post * valid, valid, valid),), bands, 10.0, sensor)


def _predict(sample):
    return index_difference.predict(index_difference.fit(sample), sample.blocks[0])


def _place(change=None, seed=0):
    """Six bands of stripes of the stable kinds of ground, and one changed square."""
    kinds = ["forest", "crop", "soil", "town", "water"]
    cover = np.repeat(np.arange(5), 12) % 5
    spectra = np.array([GROUND[kind] for kind in kinds], float)[cover]
    image = np.repeat(np.moveaxis(spectra, -1, 0)[:, :, None], SHAPE[1], axis=2)
    rng = np.random.default_rng(seed)
    image *= 1 + 0.1 * rng.normal(size=(1, *SHAPE))
    if change:
        image[:, 10:26, 20:40] = np.array(GROUND[change], float)[:, None, None]
    return np.rint(image)


def _classes(pre, post, roles=SIX, *, where=np.s_[13:23, 23:37]):
    """Names of the classes flagged inside the changed square, and the flagged share outside."""
    keep = [SIX.index(role) for role in roles]
    found = _predict(_sample(pre[keep], post[keep], _bands(roles)))
    flagged = found.score >= GUARD
    names = [LEGEND[code] for code in found.code[where][flagged[where]].tolist()]
    outside = flagged.copy()
    outside[8:28, 18:42] = False
    return names, outside.mean()


@pytest.mark.parametrize(
    ("was", "became", "expected"),
    [
        ("forest", "soil", "vegetation_loss"),
        ("soil", "crop", "vegetation_gain"),
        ("soil", "water", "water_gain"),
        ("crop", "water", "water_gain"),
        ("water", "soil", "water_loss"),
        ("forest", "char", "burn"),
        ("char", "forest", "regrowth"),
        ("crop", "town", "vegetation_loss"),
    ],
)
def test_each_change_of_ground_gets_its_class(was, became, expected):
    names, outside = _classes(_place(was), _place(became))
    assert len(names) > 130
    assert set(names) == {expected}
    assert outside == 0


def test_without_swir_a_burn_is_vegetation_loss():
    names, _outside = _classes(_place("forest"), _place("char"), ("green", "red", "nir"))
    assert set(names) == {"vegetation_loss"}


def test_only_swir1_and_nir_tell_new_bare_ground():
    names, _outside = _classes(_place("crop"), _place("town"), ("nir", "swir1"))
    assert set(names) == {"built_up_gain"}


def test_mud_in_a_river_is_not_lost_water():
    pre, post = _place("water"), _place("water")
    post[:, 10:26, 20:40] = np.array([1300, 1560, 1700, 1040, 200, 100])[:, None, None]
    names, _outside = _classes(pre, post, ("blue", "green", "red", "nir"))
    assert "water_loss" not in names


def test_a_ploughed_field_in_uncalibrated_aerial_values_is_not_new_water():
    """Values of a crop and of bare ground as an aerial camera gave them, its NDWI above zero."""
    pre, post = _place("crop"), _place("crop")
    post[:, 10:26, 20:40] = np.array([3600, 3900, 3700, 3200, 3300, 3000])[:, None, None]
    names, _outside = _classes(pre, post, ("green", "red", "nir"))
    assert set(names) == {"vegetation_loss"}


@given(gain=st.floats(0.7, 1.4), offset=st.sampled_from([0, 100, 1000]))
@settings(max_examples=12)
def test_a_gain_and_an_offset_on_one_date_change_no_class(gain, offset):
    names, outside = _classes(_place("forest"), gain * _place("soil") + offset)
    assert set(names) == {"vegetation_loss"}
    assert len(names) > 130
    assert outside < 0.01


def test_a_step_of_the_index_itself_scores_one_half():
    """dNBR of 0.27 by hand: from 0.50 to 0.23."""
    pre, post = np.full((1, 30, 30), 0.5), np.full((1, 30, 30), 0.5)
    post[:, :, 15:] = 0.23
    found = _predict(_sample(pre, post, (PairBand("NBR", "index", (1,), (1,)),)))
    assert found.score[15, 25] == pytest.approx(0.5, abs=1e-4)
    assert LEGEND[found.code[15, 25]] == "burn"
    assert found.score[15, 5] == 0


def test_ndvi_by_hand_gives_the_score():
    """0.2 / (0.2 + step) with the two NDVI worked out from the table of spectra."""
    forest, soil = GROUND["forest"], GROUND["soil"]
    fall = (forest[3] - forest[2]) / (forest[3] + forest[2])
    fall -= (soil[3] - soil[2]) / (soil[3] + soil[2])
    keep = [2, 3]
    pre, post = _place("forest")[keep], _place("soil")[keep]
    found = _predict(_sample(pre, post, _bands(("red", "nir"))))
    assert found.score[18, 30] == pytest.approx(fall / (0.2 + fall), abs=0.01)


def test_a_scene_that_burned_nearly_whole_is_still_burned_by_its_nbr():
    rng = np.random.default_rng(0)
    pre = rng.normal(0.45, 0.05, (1, *SHAPE))
    found = _predict(_sample(pre, pre - 0.6, (PairBand("nbr", "index", (1,), (1,)),)))
    assert (found.score >= GUARD).all()
    assert {LEGEND[code] for code in np.unique(found.code)} == {"burn"}


@pytest.mark.parametrize(
    ("name", "rise", "fall"),
    [
        ("NDVI", "vegetation_gain", "vegetation_loss"),
        ("mean MNDWI", "water_gain", "water_loss"),
        ("nbr_2024", "regrowth", "burn"),
        ("NDBI", "built_up_gain", "built_up_loss"),
        ("band 1", "index_increase", "index_decrease"),
    ],
)
def test_a_file_that_holds_an_index_uses_its_name(name, rise, fall):
    low, high = np.full((1, 9, 9), -0.3), np.full((1, 9, 9), 0.5)
    bands = (PairBand(name, "index", (1,), (1,)),)
    for pre, post, expected in ((low, high, rise), (high, low, fall)):
        found = _predict(_sample(pre, post, bands))
        assert (found.score >= GUARD).all()
        assert {LEGEND[code] for code in found.code.ravel()} == {expected}


@pytest.mark.parametrize(
    ("roles", "sensor"), [(("red", "green", "blue"), "optical"), (("vv", "vh"), "sar")]
)
def test_bands_without_an_index_are_refused_with_a_remedy(roles, sensor):
    image = np.ones((len(roles), 9, 9))
    with pytest.raises(UnsuitableSceneError, match="No spectral index") as caught:
        index_difference.fit(_sample(image, image, _bands(roles), sensor=sensor))
    assert "band descriptions" in caught.value.hint


def test_a_real_fire_is_burn_and_nodata_stays_out():
    folder = DATA / "pairs" / "la_fires_2025"
    if not folder.is_dir():
        pytest.skip(f"the real fire pair is not here: {folder}")
    dates = []
    for name in ("pre_nbr-2024-12-18.tif", "post_nbr-2025-03-08.tif"):
        with rasterio.open(folder / name) as dataset:
            dates.append(dataset.read())
    valid = (dates[0][0] != 0) & (dates[1][0] != 0)
    found = _predict(_sample(*dates, (PairBand("NBR", "index", (1,), (1,)),), valid))
    np.testing.assert_array_equal(np.isnan(found.score), ~valid)
    burned = (np.nan_to_num(found.score) >= GUARD) & (found.code == index_difference.BURN.code)
    plain = valid & (dates[0][0] - dates[1][0] >= 0.27)
    assert burned.sum() == pytest.approx(plain.sum(), rel=0.03)
    assert (burned == plain)[valid].mean() > 0.95


# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "usual": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def seen(colors, matrix):
    """CIELAB of `#rrggbb` colours as an eye of that kind sees them."""
    rgb = np.array([list(bytes.fromhex(color[1:])) for color in colors]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    mixed = np.clip(linear @ np.transpose(matrix), 0, 1)
    back = np.where(mixed <= 0.0031308, 12.92 * mixed, 1.055 * mixed ** (1 / 2.4) - 0.055)
    return rgb2lab(back)


@pytest.mark.parametrize("matrix", VISION.values(), ids=VISION)
def test_no_two_classes_look_alike_to_any_eye(matrix):
    given = ("index_increase", "index_decrease")
    classes = [entry for entry in index_difference.CARD.classes if entry.name not in given]
    lab = seen([entry.color for entry in classes], matrix)
    apart = deltaE_ciede2000(lab[:, None], lab[None]) + 99 * np.eye(len(classes))
    one, other = np.unravel_index(apart.argmin(), apart.shape)
    # Below, areas that do not touch are mixed up: the former set had pairs 3 apart.
    assert apart.min() >= 15, (classes[one].label, classes[other].label)


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (("nir", "red"), {"vegetation_loss", "vegetation_gain"}),
        (("nir", "swir2"), {"burn", "regrowth"}),
        (("green", "nir"), {"water_gain", "water_loss"}),
        (("index",), {"index_increase", "index_decrease"}),
    ],
)
def test_only_classes_that_the_bands_can_show_are_assessed(roles, expected):
    image = np.random.default_rng(3).uniform(0.1, 0.4, (len(roles), 40, 40))
    params = index_difference.fit(_sample(image, image, _bands(roles)))
    assert {entry.name for entry in index_difference.assessable(params)} == expected


def test_a_scene_with_all_bands_is_assessed_for_every_named_change():
    roles = ("green", "red", "nir", "swir1", "swir2")
    image = np.random.default_rng(3).uniform(0.1, 0.4, (len(roles), 40, 40))
    told = index_difference.assessable(index_difference.fit(_sample(image, image, _bands(roles))))
    given = {index_difference.INDEX_INCREASE, index_difference.INDEX_DECREASE}
    assert set(told) == set(index_difference.CARD.classes) - given
