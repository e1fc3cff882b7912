from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raster import dates


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("20150926.tif", date(2015, 9, 26)),
        ("pre_tci-2024-12-18.tif", date(2024, 12, 18)),
        ("S2A_MSIL2A_20240103T105421_N0510_R051_T31UDQ_20240103T144523.tif", date(2024, 1, 3)),
        ("LT51200382000124BJC00.tif", date(2000, 5, 3)),
        ("lt51200382002193bjc00_nanjing", date(2002, 7, 12)),
        ("LC08_L1TP_120038_20200504_20200820_02_T1.tif", date(2020, 5, 4)),
        ("m_4607601_ne_14_060_20200831.tif", date(2020, 8, 31)),
        ("20240103_105421_61_2489_3B.tif", date(2024, 1, 3)),
        ("L71119038_03820030206_MTL.txt", date(2003, 2, 6)),
    ],
)
def test_dates_are_found_in_the_names_of_real_products(name: str, expected: date) -> None:
    assert dates.from_names([name]) == (expected, "file name")


@pytest.mark.parametrize("name", ["1990.tif", "2003tm", "201404_13SED190110.tif", "20241399.tif"])
def test_no_date_is_invented_from_less_than_a_day(name: str) -> None:
    assert dates.from_names([name]) is None


@pytest.mark.parametrize(
    ("name", "year"), [("1990.tif", 1990), ("2003tm", 2003), ("a_2000px", None)]
)
def test_a_lone_year_is_reported_as_a_year(name: str, year: int | None) -> None:
    assert dates.year_in(name) == year


@given(st.dates(date(1972, 1, 1), date(2025, 12, 31)))
def test_every_written_date_comes_back(day: date) -> None:
    assert dates.from_tags({"TIFFTAG_DATETIME": day.strftime("%Y:%m:%d 10:43:43")}) == (
        day,
        "tag TIFFTAG_DATETIME",
    )
    assert dates.from_names([f"x_{day:%Y%m%d}_y"]) == (day, "file name")
    assert dates.from_names([f"LC5120038{day:%Y%j}BJC00"]) == (day, "file name")


def test_product_tags_win_over_the_time_of_writing() -> None:
    tags = {"TIFFTAG_DATETIME": "2022:01:01 00:00:00", "ACQUISITION_DATE": "2021-06-07"}
    assert dates.from_tags(tags) == (date(2021, 6, 7), "tag ACQUISITION_DATE")
    assert dates.from_tags({"AcquisitionDate": "45324.5553"}) == (
        date(2024, 2, 2),
        "tag AcquisitionDate",
    )
