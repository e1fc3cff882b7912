"""Questions about counts: every place closes, dates swap, and the run's own facts are returned."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inquiry import between, measure, ranks
from analysis.inquiry.case import HALVES, Near, Which
from analysis.inquiry.unanswerable import Unanswerable
from analysis.regions import REGIONS
from tests.inquiry_cases import counted, layer, value
from tests.ledgers import ABSENT, NOT_SEEN, PRESENT, lonlat, rectangle

STATES = ("kept", "appeared", "vanished", "grown", "shrunk", "split", "merged", "moved")
FIELDS = [("left", lonlat(rectangle(0, 0, 190, 400))),
          ("right", lonlat(rectangle(190, 0, 210, 400)))]  # fmt: skip
SIDES = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from([12.0, 20.0, 34.0])),
    unique_by=lambda one: one[:2], max_size=12,
)  # fmt: skip


def boxes(cells):
    """Rectangles in cells of 50 m; some fill theirs, some half of it."""
    return [(50 * col + 5, 50 * row + 5, size, size) for row, col, size in cells]


def split_case(**options):
    """One long hut became three, one stayed, one went, one came; two fields side by side."""
    pre = [(100, 100, 90, 20), (300, 300, 20, 20), (20, 20, 20, 20)]
    post = [(100, 100, 26, 20), (131, 100, 30, 20), (166, 100, 24, 20), (300, 300, 20, 20),
            (350, 40, 22, 22)]  # fmt: skip
    return counted(pre, post, **options)


@settings(max_examples=12)
@given(pre=SIDES, post=SIDES)
def test_before_plus_appeared_less_vanished_is_after_in_every_place(pre, post):
    case = counted(boxes(pre), boxes(post), areas=FIELDS)

    def number(place, **which):
        return value(measure.count(case, Which(place=place, **which)))

    for place in ("aoi", *REGIONS, *HALVES, "left", "right"):
        before, after = number(place, date="pre"), number(place, date="post")
        appeared, vanished = number(place, state="appeared"), number(place, state="vanished")
        assert before + appeared - vanished == after
        assert before - vanished == number(place, state="kept")
    for group in (REGIONS, HALVES[:2], HALVES[2:], ("left", "right")):
        for which in ({"date": "pre"}, {"date": "post"}, {"state": "appeared"}, {"state": "kept"}):
            assert sum(number(place, **which) for place in group) == number("aoi", **which)


@settings(max_examples=25)
@given(pre=SIDES, post=SIDES)
def test_swapping_the_dates_swaps_what_appeared_and_what_vanished(pre, post):
    case, swapped = counted(boxes(pre), boxes(post)), counted(boxes(post), boxes(pre))
    for place in ("aoi", *REGIONS, *HALVES):
        for one, other in (("appeared", "vanished"), ("vanished", "appeared")):
            for measured in (measure.count, measure.area):
                forth = measured(case, Which(place=place, state=one))
                back = measured(swapped, Which(place=place, state=other))
                assert value(forth) == pytest.approx(value(back), rel=1e-9)


@settings(max_examples=15)
@given(pre=SIDES, post=SIDES)
def test_every_fact_of_the_run_is_returned_as_it_is(pre, post):
    case = counted(boxes(pre), boxes(post))
    own = {(one.name, one.region): one for one in case.facts}
    for date in ("pre", "post"):
        assert measure.count(case, Which(date=date)).fact is own[f"objects_{date}", "aoi"]
        assert measure.area(case, Which(date=date)).fact is own[f"objects_area_{date}", "aoi"]
        assert measure.density(case, Which(date=date)).fact is own[f"object_density_{date}", "aoi"]
    for state in STATES:
        assert measure.count(case, Which(state=state)).fact is own[f"objects_{state}", "aoi"]
    for part in REGIONS:
        for state in ("appeared", "vanished"):
            fact = measure.count(case, Which(state=state, place=part)).fact
            assert fact is own[f"objects_{state}", part]


@settings(max_examples=15)
@given(pre=SIDES, post=SIDES)
def test_the_things_behind_a_number_give_the_number_the_run_has(pre, post):
    """Counted anew from the things, e.g. for a limit of size that all things keep."""
    case = counted(boxes(pre), boxes(post))
    every = {"min_area_m2": 0.001}
    for which in (
        *({"state": state} for state in STATES), {"date": "pre"}, {"date": "post"}
    ):  # fmt: skip
        own = measure.count(case, Which(**which))
        again = measure.count(case, Which(**which, **every))
        assert (value(again), again.items) == (value(own), own.items)
        assert again.fact.id != own.fact.id
    for which in ({"date": "pre"}, {"date": "post"}, {"state": "appeared"}, {"state": "vanished"}):
        own, again = (measure.area(case, Which(**which, **more)) for more in ({}, every))
        assert value(again) == pytest.approx(value(own), rel=1e-8)


def test_a_split_hut_counts_as_one_kept_and_its_further_parts_as_appeared():
    case = split_case()
    numbers = {state: value(measure.count(case, Which(state=state))) for state in STATES}
    assert numbers == {"kept": 2, "appeared": 3, "vanished": 1, "grown": 0, "shrunk": 0,
                       "split": 1, "merged": 0, "moved": 0}  # fmt: skip
    changed = measure.count(case, Which(state="changed"))
    assert value(changed) == 4


def test_more_and_fewer_mean_what_came_and_what_went():
    case = split_case()
    for asked, meant in (("increase", "appeared"), ("decrease", "vanished")):
        assert measure.count(case, Which(state=asked)) == measure.count(case, Which(state=meant))


def test_a_thing_whose_place_was_not_seen_is_in_no_number():
    case = counted([(10, 10), (100, 100)], [], looks={1: NOT_SEEN, 2: ABSENT})
    assert value(measure.count(case, Which(date="pre"))) == 1
    assert value(measure.count(case, Which(state="vanished"))) == 1
    assert value(measure.count(case, Which(state="not assessed"))) == 1
    assert len(ranks.largest(case, Which(date="pre"), k=5)) == 1


def test_a_thing_known_by_a_second_look_stands_at_both_dates():
    case = counted([(10, 10)], [], looks={1: PRESENT})
    assert value(measure.count(case, Which(state="kept"))) == 1
    assert value(measure.count(case, Which(date="post"))) == 1


def test_without_state_or_date_the_things_of_the_later_date_are_meant():
    case = split_case()
    assert measure.count(case, Which()) == measure.count(case, Which(date="post"))


def test_a_limit_of_size_is_said_and_is_one_of_each_thing():
    case = split_case()
    measured = measure.count(case, Which(state="appeared", min_area_m2=480.5, max_area_m2=485))
    assert value(measured) == 1
    assert measured.fact.method.endswith("Only those of at least 480.5 m2 and of at most 485 m2.")
    assert value(measure.area(case, Which(state="appeared", min_area_m2=480.5))) == pytest.approx(
        sum(size for size in (26 * 20, 24 * 20 + 4) if size > 480.5), rel=0.05
    )


def test_things_below_the_smallest_that_was_counted_are_refused():
    with pytest.raises(Unanswerable) as refused:
        measure.count(split_case(), Which(max_area_m2=19.0))
    assert refused.value.reason == "below_minimum_size"


def test_both_dates_side_by_side_say_the_change_and_its_share():
    pre, post, net, relative = between.before_after(split_case(), Which())
    assert [value(one) for one in (pre, post, net)] == [3, 5, 2]
    assert net.fact.name == "objects_change"
    assert value(relative) == pytest.approx(200 / 3)
    assert len(net.items) == 3


def test_both_dates_of_an_area_say_their_difference():
    pre, post, net, _relative = between.before_after(split_case(), Which(), quantity="area")
    assert value(net) == pytest.approx(value(post) - value(pre), rel=1e-8)


def test_nothing_before_has_no_relative_change():
    assert len(between.before_after(counted([], [(10, 10)]), Which())) == 3


def test_two_places_are_told_apart_by_difference_and_ratio():
    case = counted([], [(10, 10), (40, 10), (350, 350)])
    one, other, less, ratio = between.difference(
        case, Which(state="appeared"), ("north-west", "south-east"), "count"
    )
    assert [value(measured) for measured in (one, other, less, ratio)] == [2, 1, 1, 2.0]
    assert less.fact.unit == "1"
    assert "“north-west” less value of “south-east”" in less.fact.method


def test_there_is_no_ratio_to_nothing():
    case = counted([], [(10, 10)])
    found = between.difference(case, Which(), ("north-west", "south-east"), "count")
    assert [one.fact.name for one in found][2:] == ["difference_in_count"]


def test_what_became_of_all_things_is_told_by_state():
    told = {one.fact.name: value(one) for one in between.transitions(split_case())}
    assert told["objects_kept"] == 2
    assert told["objects_split"] == 1
    assert told["objects_not_assessed"] == 0


def test_shares_by_number_are_of_the_date_the_things_belong_to():
    case = split_case()
    gone, new = (
        measure.share(case, Which(state=state), of="objects") for state in ("vanished", "appeared")
    )
    assert (value(gone), value(new)) == (pytest.approx(100 / 3), pytest.approx(60))
    assert (gone.fact.state, new.fact.state) == ("vanished", "appeared")
    assert value(measure.share(case, Which(place="south-west"), of="objects")) == 0
    assert value(measure.share(case, Which(place="north-west"), of="objects")) == pytest.approx(20)
    assert value(measure.share(case, Which(min_area_m2=500), of="objects")) == pytest.approx(40)


@pytest.mark.parametrize("of", ["change", "objects"])
def test_shares_of_parts_sum_to_a_hundred(of):
    case = split_case()
    which = {"state": "appeared"} if of == "change" else {"date": "post"}
    shares = [measure.share(case, Which(place=part, **which), of=of) for part in REGIONS]
    assert sum(value(one) for one in shares) == pytest.approx(100)


def test_the_share_of_the_ground_under_things():
    case = counted([], [(100, 100, 40, 40)])
    share = measure.share(case, Which(), of="valid")
    assert value(share) == pytest.approx(1.0, rel=0.01)
    assert "valid area" in share.fact.method


def test_lengths_are_told_of_long_things_only():
    long = counted([], [(10, 10, 100, 5), (10, 100, 60, 4)])
    assert value(measure.length(long, Which())) == pytest.approx(160, rel=0.01)
    with pytest.raises(Unanswerable) as refused:
        measure.length(split_case(), Which(date="pre", min_area_m2=300, max_area_m2=500))
    assert (refused.value.reason, refused.value.about) == ("not_assessed", "length")


def test_usual_sizes_and_that_there_are_none():
    case = counted([], [(10, 10, 10, 10), (40, 40, 20, 20), (100, 100, 30, 30)])
    assert value(measure.average(case, Which(), "median")) == pytest.approx(400, rel=0.01)
    assert value(measure.average(case, Which(), "mean")) == pytest.approx(1400 / 3, rel=0.01)
    assert value(measure.average(case, Which(), "smallest")) == pytest.approx(100, rel=0.01)
    assert measure.average(case, Which(), "largest") == ranks.largest(case, Which(), k=1)[0]
    none = measure.average(case, Which(state="vanished"), "mean")
    assert (none.fact.name, value(none)) == ("objects_vanished", 0)


def test_the_largest_things_are_named_in_order_with_their_places():
    case = counted([], [(10, 10, 10, 10), (190, 190, 20, 20), (350, 350, 30, 30)])
    found = ranks.largest(case, Which(), k=2)
    assert [one.fact.region for one in found] == ["south-east", "centre"]
    assert [one.fact.name for one in found] == ["largest_object_area", "largest_object_area_2"]
    assert len({one.items for one in found}) == 2
    (smallest,) = ranks.largest(case, Which(), k=1, smallest=True)
    assert (smallest.fact.name, smallest.fact.region) == ("smallest_object_area", "north-west")


def test_what_grew_most_is_told_of_counts():
    case = counted([(10, 10, 10, 10), (100, 100, 20, 20)], [(10, 10, 12, 12), (100, 100, 30, 30)])
    (most,) = ranks.largest(case, Which(), k=1, by="growth")
    assert value(most) == pytest.approx(500, rel=0.01)
    assert most.fact.name == "largest_object_growth"


def test_where_the_change_is_of_a_count_is_where_things_changed():
    case = counted([(200, 200)], [(200, 200), (10, 10), (20, 30), (350, 350)])
    main, share, centre, west, south, east, north = ranks.location(case, Which())
    assert value(main) == "north-west"
    assert value(share) == pytest.approx(200 / 3)
    assert len(main.items) == 2
    assert value(centre) in REGIONS
    corners = shapely.box(value(west), value(south), value(east), value(north))
    assert corners.buffer(1e-6).contains(lonlat(rectangle(10, 10)))
    assert not corners.contains(lonlat(rectangle(380, 380)))


def test_where_there_is_nothing_the_zero_says_so():
    (nothing,) = ranks.location(counted([(10, 10)], [(10, 10)]), Which(state="appeared"))
    assert (nothing.fact.name, value(nothing)) == ("objects_appeared", 0)


def test_things_near_a_line_of_a_place_are_counted():
    river = lonlat(shapely.LineString([(500_000 + 200, 5_400_000), (500_200, 5_399_600)]))
    case = counted([], [(150, 100), (185, 300), (300, 350)], layers=[layer("river", [river])])
    near = Near("river", "near", 20.0)
    measured = measure.count(case, Which(state="appeared", near=near))
    assert value(measured) == 1
    assert "at most 20 m from a feature of the layer “river”" in measured.fact.method
    assert value(measure.count(case, Which(state="appeared", place="south", near=near))) == 1
