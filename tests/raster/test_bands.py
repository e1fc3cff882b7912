import pytest

from raster.bands import Band, BandLabel, describe, sensor_of


def labels(*descriptions: str, colors: tuple[str, ...] = ()) -> list[BandLabel]:
    colors = colors or ("undefined",) * len(descriptions)
    return [
        BandLabel(number, text, color, {})
        for number, (text, color) in enumerate(zip(descriptions, colors, strict=True), start=1)
    ]


def roles(*descriptions: str, dtype: str = "uint16", hints: str = "") -> list[str | None]:
    return [band.role for band in describe(labels(*descriptions), dtype=dtype, hints=hints)]


def test_sentinel2_bands_are_known_by_their_ids() -> None:
    assert roles("B02", "B03", "B04", "B08") == ["blue", "green", "red", "nir"]
    names = ["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B8A", "B9", "B10", "B11", "B12"]
    found = dict(zip(names, roles(*names), strict=True))
    assert found["B4"] == "red"
    assert found["B8"] == "nir"
    assert found["B8A"] is None
    assert found["B11"] == "swir1"


def test_the_same_band_id_means_another_colour_on_another_mission() -> None:
    assert roles("SR_B4", "SR_B5", hints="LC08_L2SP") == ["red", "nir"]
    assert roles("SR_B4", "SR_B5", hints="LT05_L2SP") == ["nir", "swir1"]
    assert roles("B4", "B5") == [None, None]


def test_wavelengths_win_and_their_unit_is_read() -> None:
    micrometres = BandLabel(1, "Band 1 (0.485 Micrometers)", "undefined", {})
    tagged = BandLabel(2, "x", "undefined", {"wavelength": "842", "wavelength_units": "Nanometers"})
    blue, nir = describe([micrometres, tagged], dtype="uint8", hints="")
    assert (blue.role, blue.wavelength_nm) == ("blue", pytest.approx(485))
    assert (nir.role, nir.wavelength_nm) == ("nir", 842)


def test_words_and_colours_name_bands() -> None:
    assert roles("Red", "near infrared", "red edge", "SWIR 2", "VV") == [
        "red", "nir", "rededge", "swir2", "vv",
    ]  # fmt: skip
    colored = describe(
        labels("", "", "", colors=("blue", "green", "red")), dtype="uint16", hints=""
    )
    assert [band.role for band in colored] == ["blue", "green", "red"]


def test_untagged_bytes_follow_custom_and_untagged_words_do_not() -> None:
    assert roles("", "", "", dtype="uint8") == ["red", "green", "blue"]
    assert roles("", "", "", "", dtype="uint8") == ["red", "green", "blue", "nir"]
    assert roles("", "", "", "", dtype="uint16") == [None] * 4
    assert roles("", "", "", "", dtype="uint8", hints="1990.tif landsat_river") == [None] * 4
    assert roles("", dtype="float32", hints="pre_nbr-2024.tif") == ["index"]


def test_no_two_bands_have_one_role() -> None:
    found = [role for role in roles("red", "red", "NIR", "nir2") if role]
    assert len(found) == len(set(found)) == 2


def test_hostile_names_are_cleaned() -> None:
    band = describe(labels("a\x00\u202eb" + "c" * 500), dtype="uint8", hints="")[0]
    assert band.name.startswith("abc")
    assert len(band.name) == 120


def test_radar_needs_a_polarisation_or_a_name_that_the_bands_allow() -> None:
    grey, rgb = [Band(1, "band 1")], [Band(1, "r", "red"), Band(2, "g"), Band(3, "b")]
    assert sensor_of([Band(1, "VV", "vv")], "", is_grey=False) == "sar"
    assert sensor_of(grey, "S1A_IW_GRDH.tif", is_grey=False) == "sar"
    assert sensor_of(grey, "sarajevo.tif", is_grey=False) == "optical"
    assert sensor_of(rgb, "sar_classic", is_grey=False) == "optical"
    assert sensor_of(rgb, "pre.png sar_classic", is_grey=True) == "sar"


def test_a_file_named_after_an_index_says_which() -> None:
    (band,) = describe(labels(""), dtype="float32", hints="pre_nbr-2024.tif ndvi_series")
    assert (band.role, band.name) == ("index", "NBR")
