import pytest

from raster.offsets import declared_dn

NAME = "S2A_MSIL2A_20240103T105421_N{}_R051_T31UDQ.tif"


@pytest.mark.parametrize(
    ("tags", "name", "expected"),
    [
        ({"BOA_ADD_OFFSET": "-1000"}, "x.tif", -1000.0),
        ({"RADIO_ADD_OFFSET_1": "-1000"}, "x.tif", -1000.0),
        ({"PROCESSING_BASELINE": "05.10"}, "x.tif", -1000.0),
        ({"PROCESSING_BASELINE": "03.01"}, "x.tif", 0.0),
        ({}, NAME.format("0400"), -1000.0),
        ({}, NAME.format("0301"), 0.0),
        ({}, "x.tif", None),
    ],
)
def test_the_offset_is_what_the_product_declares(
    tags: dict[str, str], name: str, expected: float | None
) -> None:
    assert declared_dn(tags, name) == expected
