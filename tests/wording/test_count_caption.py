"""What a count says, sentence by sentence; every number in it is a fact's."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.count_facts import CountOrigin, derive
from analysis.ledger import match
from analysis.tally import of_observed
from raster.area import PixelAreas
from raster.findings import Finding
from raster.mask import Observed
from tests.ledgers import GRID, NOT_SEEN, PRESENT, found
from wording import count_caption
from wording.slots import numbers_in

ORIGIN = CountOrigin("building", "buildings", "run1", ("aa",), (), None, None, 20.0)
SEEN = of_observed(np.zeros(GRID.shape, np.uint8), PixelAreas(GRID))


def said(scene, *, tally=SEEN, is_movable=False, **changes):
    ledger = match(scene, is_movable=is_movable)
    made = derive(ledger, tally, replace(ORIGIN, **changes), area=GRID)
    caption = count_caption.write(made, thing="building", things="buildings")
    facts = {one.id: one for one in made}
    outside, end = "", 0
    for start, stop, fact_id in caption.citations:
        assert fact_id in facts
        outside += caption.text[end:start]
        end = stop
    assert numbers_in(outside + caption.text[end:]) == ()
    return caption.text


ROW = [(20.0 * at, 10.0) for at in range(12)]


def test_unchanged_is_said_plainly():
    assert said(found(ROW, ROW)) == (
        "12 buildings stood at both dates; none appeared and none vanished."
    )


def test_a_single_thing_is_singular_and_dates_are_named_where_they_are_known():
    days = {"pre_on": date(2020, 5, 1), "post_on": date(2022, 5, 3)}
    assert said(found(ROW[:1], ROW[:1]), **days) == (
        "1 building stood both on 2020-05-01 and on 2022-05-03; none appeared and none vanished."
    )


def test_changes_are_told_with_what_stayed_and_where():
    assert said(found(ROW, [*ROW[1:], (380, 380), (360, 380), (10, 380)])) == (
        "12 buildings stood at the earlier date and 14 at the later date: 3 appeared, 1 vanished "
        "and 11 stood at both dates. Most of what appeared (2) lies in the south-east of the area "
        "of interest. What vanished lay in the north-west of the area of interest."
    )


def test_growth_splits_and_mergers_are_told():
    text = said(
        found(
            [(0, 0), (100, 0, 20, 10), (200, 0, 9, 10), (210, 0, 9, 10), (300, 0)],
            [(0, 0, 20, 10), (100, 0, 9, 10), (110, 0, 9, 10), (200, 0, 19, 10), (300, 0, 7, 7)],
        )
    )
    assert "Of those at both dates 1 grew and 1 shrank." in text
    assert "Among those that appeared, 1 came about by splitting." in text
    assert "Among those that vanished, 1 became part of another." in text


def test_things_that_moved_are_told():
    assert "Of those at both dates 1 moved." in said(found([(0, 0)], [(30, 0)]), is_movable=True)


def test_nothing_found_is_said_with_the_ground_and_the_smallest_thing():
    assert said(found()) == (
        "No buildings were found at either date in the 16.0 ha that could be assessed. "
        "Anything smaller than 20.0 m² is not counted."
    )


def test_nothing_seen_is_not_told_as_nothing_there():
    tally = of_observed(np.full(GRID.shape, Observed.BOTH_NODATA, np.uint8), PixelAreas(GRID))
    text = said(found(), tally=tally)
    assert text.startswith("Nothing could be counted")
    assert "Left out: 16.0 ha without data at both dates." in text


def test_what_was_recognised_later_or_not_assessed_is_told_with_cautions_and_corrections():
    scene = found([(0, 0), (40, 0)], [(80, 0)], looks={1: PRESENT, 2: NOT_SEEN, 3: NOT_SEEN})
    caution = Finding("season_gap", "caution", "The seasons differ.")
    text = said(scene, findings=(caution,), edits=2)
    assert "Of those at both dates, 1 had been missed at either" in text
    assert "Not counted: 1 building of the earlier date" in text
    assert "Not counted: 1 building of the later date" in text
    assert "Corrections by hand are included: 2." in text
    assert text.endswith("Read with care: the seasons differ.")


@settings(max_examples=25)
@given(
    pre=st.lists(st.sampled_from(ROW), unique=True),
    post=st.lists(st.sampled_from(ROW), unique=True),
)
def test_no_number_stands_outside_a_fact_whatever_happened(pre, post):
    assert said(found(pre, post))


@pytest.mark.parametrize("thing", ["building", "stone hut"])
def test_things_are_called_by_their_name(thing):
    made = derive(match(found(ROW, ROW)), SEEN, replace(ORIGIN, thing=thing), area=GRID)
    caption = count_caption.write(made, thing=thing, things=f"{thing}s")
    assert caption.text.startswith(f"12 {thing}s stood")
