"""Tools that measure, on huts whose number, places and changes are known."""

import pytest

from agent.tools import registry
from tests.agent.tools.desks import HOSTILE_AREA
from tests.counting import TRUTH


def ask(desk, name, **arguments):
    return registry.call(registry.discover()[name], desk, arguments)


def value(told, name=None):
    facts = [one.fact for one in told.facts if name in {None, one.fact.name}]
    return facts[0].value


@pytest.mark.parametrize("state", ["appeared", "vanished", "kept"])
def test_things_are_counted_by_what_became_of_them(desk, state):
    told = ask(desk, "count_objects", subject="hut", state=state)
    assert value(told) == TRUTH[state]
    assert told.facts[0].case == desk.cases[0].id
    assert told.facts[-1].fact.name == "valid_area"


@pytest.mark.parametrize("date", ["pre", "post"])
def test_things_of_a_date_are_counted(desk, date):
    assert value(ask(desk, "count_objects", subject="hut", date=date)) == TRUTH[date]


def test_areas_sum_to_the_whole(desk):
    there = [
        value(ask(desk, "count_objects", subject="hut", state="appeared", place=place))
        for place in ("Yard West", "Yard East")
    ]
    assert sum(there) == TRUTH["appeared"]
    assert there == [1, 2]


def test_a_size_limit_leaves_the_smaller_ones_out(desk):
    told = ask(desk, "count_objects", subject="hut", state="appeared", min_area_m2=300)
    assert value(told) == 1


def test_both_dates_stand_side_by_side(desk):
    told = ask(desk, "compare_dates", subject="hut")
    assert [one.fact.value for one in told.facts[:3]] == [14, 15, 1]


def test_places_are_compared_and_ranked(desk):
    told = ask(
        desk, "compare_places", subject="hut", state="appeared", places=["Yard West", "Yard East"]
    )
    values = [one.fact.value for one in told.facts]
    assert values[:2] == [1, 2]
    assert abs(values[2]) == 1
    wanted = {"subject": "hut", "state": "appeared", "among": "districts"}
    most, least = (ask(desk, "rank_places", **wanted, least=least) for least in (False, True))
    assert [one.fact.value for one in most.facts[:2]] == [2, 1]
    assert [one.fact.value for one in least.facts[:2]] == [1, 2]
    assert "Ostend" in most.facts[0].fact.region


def test_more_places_are_compared_by_falling_value(desk):
    told = ask(
        desk, "compare_places", subject="hut", state="appeared",
        places=["north", "south", "Yard East"],
    )  # fmt: skip
    assert [one.fact.value for one in told.facts[:3]] == [2, 1, 0]


@pytest.mark.parametrize(("among", "number"), [("parts", 9), ("halves", 4), ("areas", 3)])
def test_places_of_every_kind_are_ranked(desk, among, number):
    told = ask(desk, "rank_places", subject="hut", state="appeared", among=among)
    values = [one.fact.value for one in told.facts[:-1]]
    assert len(values) == number
    assert values == sorted(values, reverse=True)


def test_areas_that_nobody_drew_cannot_be_ranked(desk):
    from dataclasses import replace

    case = desk.cases[0]
    bare = replace(case, places=tuple(one for one in case.places if one.origin != "area"))
    told = ask(replace(desk, cases=(bare,)), "rank_places", among="areas")
    assert (told.refusal.reason, told.refusal.about) == ("unknown_place", "areas")


def test_a_place_outside_the_area_is_refused_and_no_zero(desk):
    from dataclasses import replace

    import shapely

    from analysis.inquiry.case import Place

    far = Place("Far", "area", "", shapely.box(20, 40, 20.01, 40.01))
    case = replace(desk.cases[0], places=(*desk.cases[0].places, far))
    away = replace(desk, cases=(case,))
    for name, where in (
        ("count_objects", {"place": "Far"}),
        ("compare_places", {"places": ["Far", "north"]}),
    ):
        told = ask(away, name, subject="hut", **where)
        assert (told.refusal.reason, told.refusal.about, told.facts) == ("outside_area", "Far", ())


def test_a_limit_below_what_was_mapped_is_no_zero(desk):
    told = ask(desk, "count_objects", subject="hut", max_area_m2=1)
    assert (told.refusal.reason, told.facts) == ("below_minimum_size", ())


def test_one_place_twice_cannot_be_compared(desk):
    told = ask(desk, "compare_places", places=["north", "North"])
    assert told.refusal.reason == "ambiguous"


def test_ranks_among_what_is_not_there_are_refused(desk):
    assert ask(desk, "rank_places", among="parishes").refusal.reason == "unknown_place"


def test_the_second_largest_is_the_second_of_the_largest(desk):
    listed = ask(desk, "find_largest", subject="hut", k=3)
    second = ask(desk, "find_largest", subject="hut", rank=2)
    areas = [one.fact.value for one in listed.facts if one.items][:3]
    assert areas == sorted(areas, reverse=True)
    assert second.facts[0].items == listed.facts[1].items


def test_a_rank_beyond_the_last_tells_how_many_there_are(desk):
    told = ask(desk, "find_largest", subject="hut", state="appeared", rank=9)
    assert (told.facts[0].fact.name, value(told)) == ("objects_appeared", TRUTH["appeared"])


def test_units_are_those_asked_for(desk):
    in_m2 = ask(desk, "measure_area", subject="changed")
    in_ha = ask(desk, "measure_area", subject="changed", unit="ha")
    in_pct = ask(desk, "measure_area", subject="changed", unit="%")
    share = ask(desk, "measure_share", subject="changed")
    assert in_ha.facts[0].fact.unit == "ha"
    assert in_ha.facts[0].fact.value == pytest.approx(value(in_m2) / 1e4)
    assert in_pct.facts[0].fact.id == share.facts[0].fact.id


def test_the_same_number_is_the_same_fact_as_in_the_report(desk):
    known = {fact.id for case in desk.cases for fact in case.facts}
    for name, wanted in (
        ("measure_area", {"subject": "changed"}),
        ("count_objects", {"subject": "hut", "state": "appeared"}),
        ("count_objects", {"subject": "hut", "state": "appeared", "place": "south"}),
        ("compare_dates", {"subject": "hut"}),
    ):
        assert ask(desk, name, **wanted).facts[0].fact.id in known


def test_an_area_is_no_length(desk):
    told = ask(desk, "measure_area", subject="changed", unit="km")
    assert told.refusal.reason == "unsupported"
    assert told.facts == ()


def test_a_direction_the_detector_cannot_tell_is_not_assessed_and_no_zero(desk):
    comparison = desk.cases[1].id
    names = ("detect_change", "measure_area", "count_objects", "locate_change")
    asked = [(name, {"state": "increase"}) for name in names] + [("compare_dates", {})]
    for name, wanted in asked:
        told = ask(desk, name, result=comparison, **wanted)
        assert (told.refusal.reason, told.refusal.about) == ("not_assessed", "direction")
        assert told.facts
        assert all(one.fact.name == "not_assessed" for one in told.facts)


def test_whether_something_changed_has_an_area_or_numbers(desk):
    names = [one.fact.name for one in ask(desk, "detect_change", subject="changed").facts]
    assert names[:3] == ["changed_area", "changed_share", "object_count"]
    counted = ask(desk, "detect_change", subject="hut", state="vanished")
    assert value(counted) == TRUTH["vanished"]
    assert ask(desk, "detect_change", subject="hut").facts[0].fact.value == TRUTH["pre"]


def test_density_average_share_and_place_are_told_of_the_things(desk):
    density = ask(desk, "measure_density", subject="hut", date="post")
    assert density.facts[0].fact.unit == "1/km2"
    assert value(density) == pytest.approx(15 / (300 * 320 / 1e6), rel=2e-3)
    mean = ask(desk, "average_size", subject="hut", date="post")
    assert 250 < value(mean) < 320
    share = ask(desk, "measure_share", subject="hut", state="appeared", of="objects")
    assert share.facts[0].fact.unit == "%"
    assert ask(desk, "locate_change", subject="changed").facts


def test_nearness_to_a_layer_counts_and_measures(desk):
    near = ask(
        desk, "relate_to_layer", subject="hut", state="appeared", layer="rivers", distance_m=500
    )
    assert value(near) == TRUTH["appeared"]
    within = ask(desk, "relate_to_layer", subject="hut", state="appeared", layer="districts")
    assert value(within) == TRUTH["appeared"]
    outside = ask(
        desk, "count_objects", subject="hut", state="appeared", layer="districts",
        relation="outside",
    )  # fmt: skip
    assert value(outside) == 0


def test_the_nearest_thing_has_a_distance_even_where_none_is_near(desk):
    told = ask(
        desk, "relate_to_layer", subject="hut", state="appeared", layer="rivers", distance_m=1
    )
    assert value(told) == 0
    distance = told.facts[1].fact
    assert (distance.unit, len(told.facts[1].items)) == ("m", 1)
    # The nearest new hut begins 50 pixels of a metre right of the line at column 150.
    assert distance.value == pytest.approx(50, abs=1.5)


def test_a_layer_of_lines_has_no_places_to_rank(desk):
    told = ask(desk, "rank_places", among="rivers")
    assert (told.refusal.reason, told.refusal.alternative) == ("unsupported", "relate_to_layer")


def test_a_layer_that_is_not_there_is_refused_with_the_nearest(desk):
    told = ask(desk, "relate_to_layer", layer="distrikts")
    assert told.refusal.reason == "unknown_place"
    assert told.refusal.nearest[0] == "districts"


def test_features_with_change_are_counted(desk):
    told = ask(desk, "count_touched_features", layer="districts", subject="hut", state="appeared")
    assert value(told) == 2


def test_states_are_listed_as_a_table(desk):
    told = ask(desk, "list_transitions", subject="hut")
    states = {one.fact.state: one.fact.value for one in told.facts}
    assert (states["appeared"], states["vanished"]) == (TRUTH["appeared"], TRUTH["vanished"])
    only = ask(desk, "list_transitions", subject="hut", state="vanished")
    assert {one.fact.state for one in only.facts} == {"vanished", "any"}


def test_huts_have_no_length(desk):
    assert ask(desk, "measure_length", subject="hut").refusal is not None


def test_hostile_places_can_be_asked_about(desk):
    told = ask(desk, "count_objects", subject="hut", state="appeared", place=HOSTILE_AREA)
    assert value(told) == 2
