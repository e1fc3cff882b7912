"""Numbers out of facts: right units, nothing counted twice, and refusals in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.fact_maker import FactMaker, Subject
from analysis.facts import Fact, fact_id
from analysis.inquiry.arithmetic import ArithmeticRefused, calculate, convert
from analysis.inquiry.case import Measured

SHARED = Fact("", "", 0, "", "any", "any", "aoi", "", 9.0, 8.0, (), None, ("seasons",), ("a",), "r")
MAKE = FactMaker(SHARED)
SIZES = st.floats(1e-3, 1e9)


def fact(name, value, unit, region="aoi", *, change_class="any", case="r", items=()):
    made = MAKE(name, (value, unit), Subject(change_class, "any", region), "Measured.")
    return Measured(made, items, case)


def area(value, region="aoi", **options):
    return fact("changed_area", value, options.pop("unit", "m2"), region, **options)


def refused(*arguments):
    with pytest.raises(ArithmeticRefused) as told:
        calculate(*arguments, MAKE)
    assert str(told.value).endswith(".")
    return str(told.value)


def test_a_sum_of_parts_keeps_its_unit_and_names_what_was_added():
    total = calculate(
        "sum", [area(10.0, "north", items=(1,)), area(5.0, "east", items=(2, 1))], MAKE
    )
    assert (total.fact.value, total.fact.unit, total.fact.region) == (15.0, "m2", "aoi")
    assert total.fact.method == "Sum of changed area in “north”, changed area in “east”."
    assert total.items == (1, 2)
    assert total.fact.id == fact_id(total.fact)
    assert total.fact.cautions == ("seasons",)


def test_a_sum_of_counts_stays_a_whole_number():
    total = calculate("sum", [fact("a", 3, "1"), fact("b", 4, "1")], MAKE)
    assert total.fact.value == 7
    assert isinstance(total.fact.value, int)


def test_units_of_one_kind_are_brought_together():
    less = calculate("difference", [area(2.0, unit="ha"), area(5000.0, unit="m2")], MAKE)
    assert (less.fact.value, less.fact.unit) == (15_000.0, "m2")


def test_units_of_different_kinds_are_refused():
    assert "m and m2" in refused("sum", [area(1.0), fact("length", 1.0, "m")])
    assert "cannot be combined" in refused("ratio", [area(1.0), fact("n", 2, "1")])


def test_words_are_no_numbers():
    assert "no number" in refused("sum", [fact("main_location", "north", ""), area(1.0)])


@pytest.mark.parametrize("operation", ["ratio", "percent_of"])
def test_nothing_is_divided_by_zero(operation):
    assert "zero" in refused(operation, [area(1.0), fact("other", 0.0, "m2")])


def test_a_change_from_zero_has_no_percentage():
    assert "zero" in refused("percent_change", [fact("a", 0, "1"), fact("b", 3, "1")])


def test_percentages_say_which_way():
    change = calculate("percent_change", [fact("a", 8, "1"), fact("b", 10, "1")], MAKE)
    share = calculate("percent_of", [fact("a", 8, "1"), fact("b", 10, "1")], MAKE)
    assert (change.fact.value, change.fact.unit) == (25.0, "%")
    assert (share.fact.value, share.fact.unit) == (80.0, "%")
    assert change.fact.method == "B less a, divided by a, in percent."


def test_a_length_times_a_length_is_an_area():
    product = calculate("product_area", [fact("a", 3.0, "km"), fact("b", 2.0, "m")], MAKE)
    assert (product.fact.value, product.fact.unit) == (6000.0, "m2")
    many = calculate("product_area", [fact("n", 3, "1"), area(2.0)], MAKE)
    assert (many.fact.value, many.fact.unit) == (6.0, "m2")
    assert "length times" in refused("product_area", [area(1.0), area(2.0, "north")])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aoi", "north"), ("north", "north"), ("northern half", "north"), ("my field", "my field"),
        ("northern half", "western half"), ("aoi", "my field"), ("my field", "north"),
        ("northern half", "my field"),
    ],
)  # fmt: skip
def test_what_may_share_ground_is_not_summed(one, other):
    assert "twice" in refused("sum", [area(1.0, one), area(2.0, other)])


@pytest.mark.parametrize(
    ("one", "other"),
    [("north", "south"), ("northern half", "southern half"), ("my field", "your field")],
)
def test_what_need_not_share_ground_is_summed(one, other):
    total = calculate("sum", [area(1.0, one), area(2.0, other)], MAKE).fact
    assert total.value == 3.0
    assert ("counts twice" in total.method) == (one == "my field")


def test_classes_are_summed_but_not_with_all_of_them():
    loss, gain = area(1.0, change_class="loss"), area(2.0, change_class="gain")
    assert calculate("sum", [loss, gain], MAKE).fact.value == 3.0
    assert "twice" in refused("sum", [loss, area(3.0)])


def test_facts_of_different_results_say_so_and_point_to_no_object():
    both = [fact("a", 1, "1", items=(1,)), fact("b", 2, "1", case="other", items=(5,))]
    total = calculate("sum", both, MAKE)
    assert total.fact.method.endswith("The facts come from different results.")
    assert (total.items, total.case) == ((), "")


def test_two_facts_are_needed():
    assert "two" in refused("difference", [area(1.0)])
    assert "two" in refused("sum", [])
    assert "exactly two" in refused("ratio", [area(1.0), area(2.0), area(3.0)])


@given(SIZES, st.sampled_from(["m2", "ha", "km2"]), st.sampled_from(["m2", "ha", "km2"]))
def test_there_and_back_between_units_is_the_same(value, unit, other):
    start = area(value, unit=unit)
    back = convert(convert(start, other), unit)
    assert back.fact.value == pytest.approx(value, rel=1e-7)
    assert back.fact.unit == unit


def test_units_are_what_they_are_called():
    assert convert(area(25_000.0), "ha").fact.value == 2.5
    assert convert(area(25_000.0), "km2").fact.value == 0.025
    assert convert(fact("d", 1500.0, "m"), "km").fact.value == 1.5
    assert convert(fact("ratio", 0.25, "1"), "%").fact.value == 25.0


def test_a_converted_fact_is_a_new_one_that_says_so():
    start = area(25_000.0, items=(3,))
    other = convert(start, "ha")
    assert other.fact.id == fact_id(other.fact) != start.fact.id
    assert other.fact.method == "Measured. Given in ha."
    assert (other.items, other.case) == (start.items, start.case)
    assert convert(start, "auto") is start
    assert convert(start, "m2") is start


def test_an_area_is_no_length():
    with pytest.raises(ArithmeticRefused, match="A value in m2 cannot be given in km"):
        convert(area(1.0), "km")
    with pytest.raises(ArithmeticRefused):
        convert(area(1.0), "acres")


@given(st.lists(SIZES, min_size=2, max_size=9))
def test_a_sum_is_that_of_its_numbers(values):
    regions = ["north", "south", "east", "west", "centre", "north-west", "north-east",
               "south-west", "south-east"]  # fmt: skip
    parts = [area(value, region) for value, region in zip(values, regions, strict=False)]
    assert calculate("sum", parts, MAKE).fact.value == pytest.approx(sum(values), rel=1e-7)
