from datetime import date

import pytest

from exports.page import numbers


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (12345.678, "m2", "12,345.68 m²"), (6.27891, "%", "6.279 %"), (1200, "1", "1,200"),
        (-0.25, "px", "\u22120.25 px"), ("north-east", "", "north-east"), (0.0, "m2", "0.00 m²"),
    ],
)  # fmt: skip
def test_exact_values_carry_their_unit(value, unit, text):
    assert numbers.exact(value, unit) == text


def test_text_keeps_its_hyphens():
    assert numbers.exact("2021-06-03", "") == "2021-06-03"


@pytest.mark.parametrize(
    ("size_bytes", "text"), [(900, "0.9 kB"), (5_184_000, "5.2 MB"), (3.2e9, "3.2 GB")]
)
def test_sizes_are_decimal(size_bytes, text):
    assert numbers.size(size_bytes) == text


def test_days_are_written_without_ambiguity():
    assert numbers.day(date(2021, 6, 3)) == "3 Jun 2021"
    assert numbers.day(None) == "date unknown"
