"""Questions about comparisons: pixels add up, own facts are returned, nothing untold is zero."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inquiry import between, measure, ranks
from analysis.inquiry.case import HALVES, Near, Which
from analysis.inquiry.unanswerable import Unanswerable
from analysis.regions import REGIONS
from raster.mask import Observed
from tests.inquiry_cases import (
    CHANGED,
    DEGREES,
    GAIN,
    LOSS,
    WATER,
    compared,
    layer,
    lonlat_of,
    pixels,
    value,
)

LEGEND = (LOSS, GAIN, WATER)


def spread(seed=3, *, shape=DEGREES.shape):
    """Codes with some squares of each class all over."""
    rng = np.random.default_rng(seed)
    codes = np.zeros(shape, np.uint8)
    for _ in range(40):
        top, left = rng.integers(0, shape[0] - 6), rng.integers(0, shape[1] - 6)
        codes[top : top + rng.integers(1, 6), left : left + rng.integers(1, 6)] = rng.integers(1, 4)
    return codes


@pytest.fixture
def fields(make_mask):
    return compared(make_mask(spread(), grid=DEGREES, legend=LEGEND))


@pytest.fixture
def plain(make_mask):
    """What a detector gives that tells only that something changed."""
    codes = (spread() > 0).astype(np.uint8)
    return compared(make_mask(codes, grid=DEGREES, legend=(CHANGED,)))


def refusal(call, *arguments, **options):
    with pytest.raises(Unanswerable) as refused:
        call(*arguments, **options)
    return refused.value.reason, refused.value.about


def test_every_fact_of_the_run_is_returned_as_it_is(fields):
    own = {(one.name, one.change_class, one.region): one for one in fields.facts}
    for name in ("any", "vegetation_loss", "vegetation_gain", "water_gain"):
        which = Which(name)
        assert measure.area(fields, which).fact is own["changed_area", name, "aoi"]
        assert measure.count(fields, which).fact is own["object_count", name, "aoi"]
        assert measure.share(fields, which, of="valid").fact is own["changed_share", name, "aoi"]
        for statistic in ("mean", "median"):
            fact = own[f"{statistic}_object_area", name, "aoi"]
            assert measure.average(fields, which, statistic).fact is fact
        for part in REGIONS:
            fact = own["changed_area", name, part]
            assert measure.area(fields, Which(name, place=part)).fact is fact
        (largest,) = ranks.largest(fields, which, k=1)
        assert largest.fact in fields.facts
    for part in REGIONS:
        if ("share_of_change", "any", part) in own:
            fact = own["share_of_change", "any", part]
            assert measure.share(fields, Which(place=part), of="change").fact is fact
    assert all(one.fact in fields.facts for one in ranks.largest(fields, Which(), k=5))
    assert measure.valid_area(fields, "aoi").fact is own["valid_area", "any", "aoi"]
    assert measure.aoi_area(fields, "aoi").fact is own["aoi_area", "any", "aoi"]
    main, share, centre, *_corners = ranks.location(fields, Which())
    assert main.fact is own["main_location", "any", "aoi"]
    assert share.fact is own["share_of_change", "any", value(main)]
    assert centre.fact is own["change_centre", "any", "aoi"]


@settings(max_examples=10)
@given(seed=st.integers(0, 1000))
def test_counts_and_areas_of_places_sum_to_the_whole(make_mask, seed):
    case = compared(make_mask(spread(seed), grid=DEGREES, legend=LEGEND))
    for group in (REGIONS, HALVES[:2], HALVES[2:]):
        for name in ("any", "water_gain"):
            for ask in (measure.area, measure.count):
                parts = sum(value(ask(case, Which(name, place=place))) for place in group)
                assert parts == pytest.approx(value(ask(case, Which(name))), rel=1e-7)
    classes = [measure.area(case, Which(one.name)) for one in case.kinds]
    assert sum(map(value, classes)) == pytest.approx(value(measure.area(case, Which())), rel=1e-7)


def test_a_state_means_the_class_that_has_it(fields):
    for state, name in (("decrease", LOSS.name), ("increase", GAIN.name), ("appeared", WATER.name)):
        assert measure.area(fields, Which(state=state)) == measure.area(fields, Which(name))
        assert measure.area(fields, Which(name, state)) == measure.area(fields, Which(name))
    assert measure.area(fields, Which("changed", "changed")) == measure.area(fields, Which())


def test_several_classes_of_one_state_are_summed(make_mask):
    both = (LOSS, GAIN.__class__(2, "index_decrease", "index decrease", "decrease", "#123456"))
    codes = np.minimum(spread(), 2)
    case = compared(make_mask(codes, grid=DEGREES, legend=both))
    fact = measure.area(case, Which(state="decrease")).fact
    assert (fact.change_class, fact.state) == ("any", "decrease")
    assert fact.value == pytest.approx(value(measure.area(case, Which())), rel=1e-8)


def test_a_direction_that_was_not_assessed_is_never_zero(plain):
    for state in ("appeared", "vanished", "increase", "decrease", "grown"):
        assert refusal(measure.count, plain, Which(state=state)) == ("not_assessed", "direction")
        assert refusal(measure.area, plain, Which("changed", state)) == (
            "not_assessed",
            "direction",
        )
    assert refusal(between.before_after, plain, Which()) == ("not_assessed", "direction")


def test_a_state_no_class_has_is_not_assessed(fields):
    assert refusal(measure.count, fields, Which(state="vanished")) == ("not_assessed", "vanished")
    asked = Which("vegetation_loss", "increase")
    with pytest.raises(Unanswerable) as refused:
        measure.area(fields, asked)
    assert refused.value.nearest == ("vegetation_gain",)


def test_what_stood_at_one_date_is_not_told_by_a_comparison(fields):
    assert refusal(measure.area, fields, Which(date="pre")) == ("not_assessed", "pre")


def test_a_class_the_run_does_not_know_is_named_with_those_it_does(fields):
    with pytest.raises(Unanswerable) as refused:
        measure.area(fields, Which("vegetation_lost"))
    assert (refused.value.reason, refused.value.about) == ("unknown_class", "vegetation_lost")
    assert refused.value.nearest[0] == "vegetation_loss"
    assert set(refused.value.nearest) == {"vegetation_loss", "vegetation_gain", "water_gain"}


def test_a_hostile_class_or_place_is_cleaned_and_cut(fields):
    for which in (Which("x\x00\u202e" * 80), Which(place="y\x1b" * 200)):
        _reason, about = refusal(measure.count, fields, which)
        assert len(about) <= 60
        assert about.isprintable()


def test_labels_and_capitals_name_classes_and_places_too(fields):
    assert measure.area(fields, Which("New Water", place="NORTH")) == measure.area(
        fields, Which("water_gain", place="north")
    )


def test_an_unknown_place_is_answered_with_the_nearest_names(fields):
    with pytest.raises(Unanswerable) as refused:
        measure.count(fields, Which(place="nort-west"))
    assert (refused.value.reason, refused.value.nearest[0]) == ("unknown_place", "north-west")


def test_a_place_outside_the_area_and_one_without_data_are_told_apart(make_mask):
    codes, observed = spread(), np.zeros(DEGREES.shape, np.uint8)
    codes[:20, :30], observed[:20, :30] = 255, Observed.OUTSIDE_AOI
    codes[40:, 60:], observed[40:, 60:] = 255, Observed.POST_NODATA
    case = compared(make_mask(codes, observed=observed, grid=DEGREES, legend=LEGEND))
    for ask in (measure.count, measure.area, measure.density):
        assert refusal(ask, case, Which(place="north-west")) == ("outside_area", "north-west")
        assert refusal(ask, case, Which(place="south-east")) == ("not_assessed", "south-east")
    ranked = ranks.parts_ranked(case, Which(), quantity="area")
    assert {one.fact.region for one in ranked} == {*REGIONS} - {"north-west", "south-east"}
    assert value(measure.aoi_area(case, "south-east")) > 0


def test_nothing_seen_at_all_is_not_zero_change(make_mask):
    codes = np.full(DEGREES.shape, 255, np.uint8)
    observed = np.full(DEGREES.shape, Observed.PRE_NODATA, np.uint8)
    case = compared(make_mask(codes, observed=observed, grid=DEGREES, legend=LEGEND))
    assert refusal(measure.area, case, Which()) == ("not_assessed", "aoi")
    assert refusal(measure.count, case, Which(place="north")) == ("not_assessed", "north")


def test_an_unchanged_pair_is_zero_and_says_so(make_mask):
    case = compared(make_mask(np.zeros(DEGREES.shape, np.uint8), grid=DEGREES, legend=LEGEND))
    assert value(measure.area(case, Which("water_gain", place="northern half"))) == 0
    assert value(measure.count(case, Which())) == 0
    assert value(measure.share(case, Which("water_gain"), of="change")) == 0
    (nothing,) = ranks.location(case, Which())
    assert (nothing.fact.name, value(nothing)) == ("changed_area", 0)
    (none,) = ranks.largest(case, Which(), k=3)
    assert (none.fact.name, value(none)) == ("object_count", 0)
    assert value(measure.average(case, Which(), "mean")) == 0


def test_objects_below_the_smallest_mapped_are_refused(make_mask):
    mask = make_mask(spread(), grid=DEGREES, legend=LEGEND)
    case = compared(mask, min_area_m2=400.0)
    asked = Which(max_area_m2=399.0)
    assert refusal(measure.count, case, asked) == ("below_minimum_size", "399 m2")
    assert value(measure.count(case, Which(max_area_m2=400.0))) >= 0


def test_a_limit_of_size_counts_whole_objects(make_mask):
    codes = np.zeros(DEGREES.shape, np.uint8)
    codes[5:7, 5:7], codes[20:26, 20:26], codes[40, 80] = 1, 1, 2
    case = compared(make_mask(codes, grid=DEGREES, legend=LEGEND))
    pixel_m2 = value(measure.area(case, Which("vegetation_gain")))
    large = Which(min_area_m2=10 * pixel_m2)
    assert value(measure.count(case, large)) == 1
    assert value(measure.area(case, large)) == pytest.approx(36 * pixel_m2, rel=1e-3)
    assert value(measure.share(case, large, of="objects")) == pytest.approx(100 / 3)
    assert value(measure.share(case, large, of="change")) == pytest.approx(100 * 36 / 41, rel=1e-3)


def test_shares_of_parts_and_of_classes_sum_to_a_hundred(fields):
    for name in ("any", "vegetation_loss"):
        parts = [measure.share(fields, Which(name, place=one), of="change") for one in REGIONS]
        assert sum(map(value, parts)) == pytest.approx(100, rel=1e-7)
    classes = [measure.share(fields, Which(one.name), of="change") for one in fields.kinds]
    assert sum(map(value, classes)) == pytest.approx(100, rel=1e-7)


def test_a_density_is_objects_for_each_square_kilometre_of_the_place(fields):
    for place in ("aoi", "north", "western half"):
        number = value(measure.count(fields, Which(place=place)))
        km2 = value(measure.valid_area(fields, place)) / 1e6
        density = measure.density(fields, Which(place=place))
        assert (density.fact.unit, value(density)) == ("1/km2", pytest.approx(number / km2))


def test_the_objects_behind_an_area_reach_into_the_place(make_mask):
    codes = np.zeros(DEGREES.shape, np.uint8)
    codes[18:24, 40:44], codes[50:52, 80:82], codes[2:4, 10:80] = 1, 1, 2
    field = lonlat_of(pixels(DEGREES, 20, 42, 10, 10), DEGREES)
    case = compared(make_mask(codes, grid=DEGREES, legend=LEGEND), areas=[("field", field)])
    bar, block, dot = 1, 2, 3
    for place, behind in (("north", (bar, block)), ("centre", (block,)), ("south-east", (dot,)),
                          ("field", (block,)), ("northern half", (bar, block)),
                          ("eastern half", (bar, dot)), ("aoi", (bar, block, dot))):  # fmt: skip
        assert measure.area(case, Which(place=place)).items == behind, place
    assert measure.count(case, Which(place="north")).items == (bar,)


def test_gain_loss_and_net_of_what_becomes_more_or_less(fields):
    gain, loss, net, water = between.before_after(fields, Which(), quantity="area")
    assert (gain.fact.change_class, loss.fact.change_class) == (GAIN.name, LOSS.name)
    assert value(net) == pytest.approx(value(gain) - value(loss), rel=1e-8)
    assert water.fact.change_class == WATER.name
    only = between.before_after(fields, Which("vegetation_loss"), quantity="area")
    assert only == (gain, loss, net)


def test_the_area_of_every_class_is_told(fields):
    found = between.transitions(fields)
    assert [one.fact.change_class for one in found] == [one.name for one in fields.kinds]


def test_places_are_ranked_by_falling_value(fields):
    ranked = ranks.parts_ranked(fields, Which("vegetation_loss"), quantity="area")
    values = [value(one) for one in ranked]
    assert values == sorted(values, reverse=True)
    assert len(ranked) == 9
    least = ranks.parts_ranked(fields, Which("vegetation_loss"), quantity="area", k=2, least=True)
    assert [value(one) for one in least] == sorted(values)[:2]
    halves = ranks.parts_ranked(fields, Which(), quantity="count", places=HALVES[:2])
    assert {one.fact.region for one in halves} == set(HALVES[:2])


def test_all_polygons_of_a_layer_are_ranked_by_its_name(make_mask):
    shapes = [lonlat_of(pixels(DEGREES, 0, 30 * at, 60, 30), DEGREES) for at in range(3)]
    district = layer("districts", shapes, ["A", "B", "north"])
    case = compared(make_mask(spread(), grid=DEGREES, legend=LEGEND), layers=[district])
    ranked = ranks.parts_ranked(case, Which(), quantity="area", places=["Districts"])
    assert {one.fact.region for one in ranked} == {"A", "B", "north"}
    assert sum(map(value, ranked)) == pytest.approx(value(measure.area(case, Which())), rel=1e-6)
    by_number = ranks.parts_ranked(case, Which(), quantity="count", places=["districts"])
    assert sum(map(value, by_number)) == value(measure.count(case, Which()))
    (most,) = ranks.parts_ranked(case, Which(), quantity="count", places=["districts"], k=1)
    assert most == by_number[0]
    assert value(measure.count(case, Which(place="districts/north"))) in map(value, by_number)


def test_where_a_class_lies_is_told_from_its_pixels(make_mask):
    codes = np.zeros(DEGREES.shape, np.uint8)
    codes[2:12, 70:85], codes[50:55, 5:10], codes[30, 45] = 1, 2, 1
    case = compared(make_mask(codes, grid=DEGREES, legend=LEGEND))
    main, share, centre, *corners = ranks.location(case, Which("vegetation_loss"))
    assert (value(main), value(centre)) == ("north-east", "north-east")
    assert value(share) == pytest.approx(100 * 150 / 151, rel=1e-3)
    assert [one.fact.name for one in corners] == ["bound_west", "bound_south", "bound_east",
                                                  "bound_north"]  # fmt: skip
    west, south, east, north = (value(one) for one in corners)
    assert (west, north) == (pytest.approx(16.0045), pytest.approx(47.9998))
    assert (east, south) == (pytest.approx(16.0085), pytest.approx(47.9969))
    half = ranks.location(case, Which(place="southern half"))
    assert value(half[0]) == "south-west"


def test_the_second_largest_of_a_part_lies_there(fields):
    found = ranks.largest(fields, Which(place="centre"), k=2)
    assert {one.fact.region for one in found} == {"centre"}
    objects = [one for one in fields.items if one.part == "centre"]
    assert [one.items[0] for one in found] == [one.id for one in objects[:2]]


def test_growth_is_not_told_by_a_comparison(fields):
    assert refusal(ranks.largest, fields, Which(), k=1, by="growth") == ("not_assessed", "growth")


def test_the_surest_object_is_named_by_its_area(fields):
    (surest,) = ranks.largest(fields, Which(), k=1, by="score")
    assert surest.fact.name == "most_certain_object_area"


def test_an_object_has_a_position_inside_it(fields):
    item = fields.items[0]
    lon, lat = ranks.position(fields, item.id)
    assert (lon.fact.unit, lat.fact.unit) == ("deg", "deg")
    assert item.shape.contains(shapely.Point(value(lon), value(lat)))
    assert refusal(ranks.position, fields, 10_000)[0] == "unsupported"


def test_lengths_are_not_told_by_a_comparison(fields):
    assert refusal(measure.length, fields, Which()) == ("not_assessed", "length")


def test_an_area_can_be_given_in_hectares(fields):
    own = measure.area(fields, Which())
    hectares = measure.area(fields, Which(), unit="ha")
    assert (hectares.fact.unit, value(hectares)) == ("ha", pytest.approx(value(own) / 1e4))
    assert hectares.items == own.items


def test_near_with_an_unknown_layer_names_those_there_are(make_mask):
    river = layer("river", [shapely.LineString([(16.0, 48.0), (16.009, 47.994)])])
    case = compared(make_mask(spread(), grid=DEGREES, legend=LEGEND), layers=[river])
    with pytest.raises(Unanswerable) as refused:
        measure.count(case, Which(near=Near("rivers", "near", 10.0)))
    assert (refused.value.reason, refused.value.nearest) == ("unknown_place", ("river",))
