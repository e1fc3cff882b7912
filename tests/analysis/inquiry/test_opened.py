"""Opened results: names are told apart, far layers left out, objects lie where facts say."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from analysis.inquiry.case import AOI, HALVES
from analysis.inquiry.opened import distinct
from analysis.inquiry.places import called
from analysis.inquiry.unanswerable import Unanswerable
from analysis.regions import REGIONS
from tests.inquiry_cases import DEGREES, compared, counted, layer, lonlat_of, pixels
from tests.ledgers import ABSENT, lonlat, rectangle

FIELD = lonlat_of(pixels(DEGREES, 5, 5, 20, 20), DEGREES)


@given(st.lists(st.text(max_size=12), max_size=12))
def test_names_are_told_apart_and_none_is_empty(names):
    found = distinct(names, "area", ["north"])
    assert len({one.casefold() for one in found}) == len(names)
    assert all(one and one.casefold() != "north" and one.isprintable() for one in found)


def test_a_second_of_a_name_gets_a_number():
    assert distinct(["Mitte", "mitte", "", ""], "area") == ("Mitte", "mitte (2)", "area",
                                                           "area (2)")  # fmt: skip


def test_an_area_called_like_a_part_is_called_an_area():
    assert distinct(["North", "North"], "area", ["north"]) == ("North (area)", "North (area) (2)")


def test_every_case_has_its_parts_halves_and_areas(make_mask):
    case = compared(make_mask(np.zeros(DEGREES.shape), grid=DEGREES), areas=[("Field", FIELD)])
    assert [place.name for place in case.places] == [AOI, *REGIONS, *HALVES, "Field"]
    assert called(case, " field ").origin == "area"


def test_polygons_of_a_layer_are_places_and_lines_are_not(make_mask):
    mixed = layer(
        "mixed", [FIELD, shapely.LineString([(16.0, 48.0), (16.009, 47.994)])], ["a", "b"]
    )
    case = compared(make_mask(np.zeros(DEGREES.shape), grid=DEGREES), layers=[mixed])
    assert called(case, "mixed/a").shape.equals(FIELD)
    with pytest.raises(Unanswerable):
        called(case, "b")


def test_an_area_comes_before_a_feature_of_the_same_name(make_mask):
    both = {"areas": [("Field", FIELD)], "layers": [layer("parcels", [FIELD], ["Field"])]}
    case = compared(make_mask(np.zeros(DEGREES.shape), grid=DEGREES), **both)
    assert called(case, "Field").origin == "area"
    assert called(case, "parcels/Field").origin == "feature"


def test_layers_with_nothing_around_the_area_are_left_out(make_mask):
    near = layer("near", [shapely.Point(16.012, 47.997)])
    far = layer("far", [shapely.Point(17.0, 47.997)])
    case = compared(make_mask(np.zeros(DEGREES.shape), grid=DEGREES), layers=[near, far])
    assert [one.name for one in case.layers] == ["near"]


def test_objects_lie_in_the_part_that_facts_name(make_mask):
    """An L whose centroid and whose pixels' middle fall close to a border between parts."""
    codes = np.zeros((30, 30))
    codes[5:15, 8:12], codes[13:15, 8:20] = 1, 1
    case = compared(make_mask(codes))
    told = {fact.region for fact in case.facts if fact.name == "largest_object_area"}
    assert {case.items[0].part} == told


def test_the_items_of_a_count_are_its_entries_by_falling_area():
    case = counted([(10, 10, 10, 10)], [(10, 10, 10, 10), (200, 200, 30, 30)], looks={3: ABSENT})
    sizes = [one.area_m2 for one in case.items]
    assert sizes == sorted(sizes, reverse=True)
    assert [one.part for one in case.items] == ["centre", "north-west"]
    assert case.kinds[0].labels == "huts"


def test_a_merged_entry_holds_the_things_of_both_dates():
    case = counted([(100, 100, 26, 20), (131, 100, 30, 20), (166, 100, 24, 20)],
                   [(100, 100, 90, 20)])  # fmt: skip
    (item,) = case.items
    assert (item.state, item.things_pre, item.things_post) == ("merged", 3, 1)
    assert sorted(spot.role for spot in item.spots) == ["kept", "vanished", "vanished"]
    assert sum(spot.area_pre_m2 for spot in item.spots) == pytest.approx(item.area_pre_m2)
    assert lonlat(rectangle(100, 100, 90, 20)).contains(shapely.Point(item.lon, item.lat))
