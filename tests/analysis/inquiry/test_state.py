"""What limits a result is told by facts, the run's own where it has them."""

import numpy as np
import pytest

from analysis.inquiry import state
from analysis.inquiry.case import Which
from analysis.inquiry.unanswerable import Unanswerable
from raster.findings import Finding
from raster.mask import Observed
from tests.inquiry_cases import CHANGED, DEGREES, LOSS, compared, counted, value
from tests.ledgers import NOT_SEEN

SEASONS = Finding("season_gap", "caution", "The seasons differ.", "", 85.0, "d")
CLOUDS = Finding("cloud_bright_share", "caution", "Bright areas.", "", 12.0, "%")
INFO = Finding("gsd_note", "info", "Nothing to do.")


def test_the_run_says_itself_that_direction_was_not_assessed(make_mask):
    case = compared(make_mask(np.eye(9), legend=(CHANGED,)))
    (fact,) = state.assessed(case, Which(state="appeared"))
    assert fact.fact in case.facts
    assert (fact.fact.name, value(fact)) == ("not_assessed", "direction")
    assert state.assessed(case, Which()) == ()


def test_a_state_the_method_does_not_tell_is_said(make_mask):
    case = compared(make_mask(np.eye(9), legend=(LOSS,)))
    (fact,) = state.assessed(case, Which(state="moved"))
    assert (value(fact), fact.fact.region) == ("moved", "aoi")


def test_a_part_without_data_is_said_to_be_so(make_mask):
    codes, observed = np.zeros(DEGREES.shape), np.zeros(DEGREES.shape, np.uint8)
    codes[:20, :30], observed[:20, :30] = 255, Observed.POST_NODATA
    case = compared(make_mask(codes, observed=observed, grid=DEGREES))
    (fact,) = state.assessed(case, Which(place="north-west"))
    assert (value(fact), fact.fact.region) == ("change", "north-west")
    assert fact.fact in case.facts
    assert state.assessed(case, Which(place="northern half")) == ()


def test_what_is_unknown_is_another_matter_than_what_was_not_assessed(make_mask):
    case = compared(make_mask(np.eye(9)))
    with pytest.raises(Unanswerable) as refused:
        state.assessed(case, Which("people"))
    assert refused.value.reason == "unknown_class"


def test_cautions_are_facts_with_their_number_where_its_unit_can_be_shown(make_mask):
    case = compared(make_mask(np.eye(9)), findings=(SEASONS, CLOUDS, INFO))
    told = {one.fact.name: (value(one), one.fact.unit) for one in state.cautions(case)}
    assert told == {
        "caution_season_gap": ("season_gap", ""),
        "caution_cloud_bright_share": (12.0, "%"),
    }


def test_excluded_ground_is_told_of_the_whole_and_of_a_place(make_mask):
    codes, observed = np.zeros(DEGREES.shape), np.zeros(DEGREES.shape, np.uint8)
    codes[:10], observed[:10] = 255, Observed.POST_NODATA
    case = compared(make_mask(codes, observed=observed, grid=DEGREES))
    whole = {one.fact.name: one for one in state.exclusions(case)}
    assert all(one.fact in case.facts for one in whole.values())
    half = {one.fact.name: value(one) for one in state.exclusions(case, "northern half")}
    assert half["excluded_area_post_nodata"] == pytest.approx(value(whole["excluded_area"]))
    (none,) = state.exclusions(case, "south")
    assert value(none) == 0


def test_dates_shift_and_method_are_those_of_the_run(make_mask):
    case = counted([(10, 10)], [])
    assert [value(one) for one in state.dates(case)] == ["2020-05-01", "not known"]
    assert {one.fact.name for one in state.method(case)} == {"counter", "smallest_mapped_area"}
    assert value(state.smallest(case)[0]) == 20.0
    assert state.shift(case) == ()
    other = compared(make_mask(np.eye(9)))
    assert {one.fact.name for one in state.method(other)} == {
        "detector", "detector_threshold", "smallest_mapped_area",
    }  # fmt: skip


def test_a_count_says_how_many_corrections_were_made_in_new_facts_too():
    from analysis.edits import Edit
    from analysis.inquiry import measure

    edits = [Edit("reject", (2,), ("pre",), (), "Ada", "2026-01-02T03:04:05+00:00")]
    case = counted([(10, 10), (100, 100)], [], edits=edits)
    asked = measure.count(case, Which(date="pre", place="northern half"))
    assert value(asked) == 1
    assert asked.fact.method.endswith("; edited by hand: 1 edit.")


def test_what_nobody_could_see_is_counted_apart():
    from analysis.inquiry import between

    case = counted([(10, 10)], [], looks={1: NOT_SEEN})
    told = {one.fact.name: value(one) for one in between.transitions(case)}
    assert told["objects_not_assessed"] == 1
    assert told["objects_vanished"] == 0
