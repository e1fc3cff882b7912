"""Words of degree: each value has exactly one, and the ranges are those that are printed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import InputError
from wording import caption, degrees

ANY_VALUE = st.floats(0, 1e9, allow_nan=False)


@pytest.mark.parametrize("scale", degrees.SCALES, ids=lambda scale: scale.name)
@given(value=ANY_VALUE)
def test_every_value_lies_in_the_range_of_its_word_and_of_no_other(scale, value):
    found = scale.of(value)
    assert found.least <= value < found.below
    assert sum(one.least <= value < one.below for one in scale.degrees) == 1


@pytest.mark.parametrize("scale", degrees.SCALES, ids=lambda scale: scale.name)
@given(values=st.tuples(ANY_VALUE, ANY_VALUE))
def test_more_never_has_a_smaller_word(scale, values):
    low, high = (scale.degrees.index(scale.of(value)) for value in sorted(values))
    assert low <= high


@pytest.mark.parametrize(
    ("scale", "value", "word"),
    [
        (degrees.SHARE, 0, "none"), (degrees.SHARE, 1e-9, "hardly_any"),
        (degrees.SHARE, 1, "little"),
        (degrees.SHARE, 49.99, "part"), (degrees.SHARE, 50, "most"), (degrees.SHARE, 100, "all"),
        (degrees.COUNT, 1, "few"), (degrees.COUNT, 5, "few"), (degrees.COUNT, 6, "some"),
        (degrees.COUNT, 21, "many"), (degrees.DENSITY, 999.9, "loose"),
        (degrees.DENSITY, 1000, "dense"),
    ],
)  # fmt: skip
def test_words_change_where_the_report_says(scale, value, word):
    assert scale.of(value).key == word


def test_most_means_the_same_in_captions():
    (most,) = (one for one in degrees.SHARE.degrees if one.key == "most")
    assert most.least == caption.MOST_PCT


@pytest.mark.parametrize("value", [-1, math.nan, math.inf])
def test_what_is_no_amount_has_no_word(value):
    with pytest.raises(InputError):
        degrees.COUNT.of(value)
