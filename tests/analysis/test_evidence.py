from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis import tally
from analysis.evidence import Evidence, Origin, derive
from raster import components as regions
from raster.align import ResidualShift
from raster.area import PixelAreas
from raster.findings import Finding
from raster.mask import ChangeClass, Observed

ORIGIN = Origin(
    run="r1",
    inputs=("aa", "bb"),
    findings=(Finding("gsd_ratio", "caution", "."), Finding("no_overviews", "info", ".")),
    pre_on=date(2024, 5, 1),
    post_on=None,
    shift=ResidualShift(0.3, 0.4, 10.0, 0.9, 12, False, 0.2, 0.2),
    detector="cva",
    threshold=0.42,
    min_area_m2=400.0,
)  # fmt: skip
BINARY = (ChangeClass(1, "changed", "changed", "changed", "#d7301f"),)


def facts_of(mask, origin=ORIGIN):
    areas = PixelAreas(mask.grid)
    found = regions.label(mask.codes, mask.scores, areas)
    return derive(Evidence(mask.grid, mask.legend, tally.measure(mask, areas), found), origin)


def value(facts, name, change_class="any", region="aoi", unit=None):
    (found,) = [
        fact.value
        for fact in facts
        if (fact.name, fact.change_class, fact.region) == (name, change_class, region)
        and unit in {None, fact.unit}
    ]
    return found


@pytest.fixture
def corner(make_mask):
    """One object of 9 pixels in the north-west and one of 1 pixel in the south-east."""
    codes = np.zeros((30, 30), np.uint8)
    codes[1:4, 1:4] = 1
    codes[28, 28] = 2
    observed = np.zeros((30, 30), np.uint8)
    observed[:, 20] = Observed.PRE_NODATA
    codes[:, 20] = 255
    return make_mask(codes, observed=observed)


def test_areas_counts_and_shares_of_a_known_scene(corner):
    facts = facts_of(corner)
    pixel = 100 / 0.9996**2
    assert value(facts, "changed_area") == pytest.approx(10 * pixel, rel=1e-6)
    assert value(facts, "changed_area", "vegetation_loss") == pytest.approx(9 * pixel, rel=1e-6)
    assert value(facts, "changed_share") == pytest.approx(100 * 10 / 870, rel=1e-6)
    assert value(facts, "object_count") == 2
    assert value(facts, "object_count", "new_building") == 1
    assert value(facts, "mean_object_area") == pytest.approx(5 * pixel, rel=1e-6)
    assert value(facts, "unchanged_area") == pytest.approx(860 * pixel, rel=1e-6)
    assert value(facts, "valid_share") == pytest.approx(100 * 29 / 30, rel=1e-6)
    assert value(facts, "excluded_area_pre_nodata") == pytest.approx(30 * pixel, rel=1e-6)


def test_places_of_the_change_and_of_the_largest_objects(corner):
    facts = facts_of(corner)
    assert value(facts, "main_location") == "north-west"
    assert value(facts, "change_centre") == "north-west"
    assert value(facts, "share_of_change", region="north-west") == pytest.approx(90, rel=1e-6)
    assert value(facts, "changed_area", region="centre") == 0
    assert value(facts, "largest_object_area", region="north-west") > 800
    assert value(facts, "largest_object_area_2", region="south-east") < 110
    assert value(facts, "largest_object_area", "new_building", "south-east") < 110


def test_settings_dates_and_shift_are_facts(corner):
    facts = facts_of(corner)
    assert value(facts, "pre_acquired_on") == "2024-05-01"
    assert value(facts, "post_acquired_on") == "not known"
    assert value(facts, "residual_shift", unit="px") == pytest.approx(0.5)
    assert value(facts, "residual_shift", unit="m") == pytest.approx(5)
    assert value(facts, "smallest_mapped_area") == 400
    assert value(facts, "detector_threshold") == 0.42


def test_every_fact_carries_its_areas_cautions_inputs_and_run(corner):
    for fact in facts_of(corner):
        assert fact.cautions == ("gsd_ratio",)
        assert fact.inputs == ("aa", "bb")
        assert fact.run == "r1"
        assert fact.aoi_area_m2 == pytest.approx(
            fact.valid_area_m2 + sum(part.area_m2 for part in fact.excluded), rel=1e-8
        )


def test_the_smallest_mapped_area_is_never_below_a_pixel(make_mask):
    origin = replace(ORIGIN, min_area_m2=0.0)
    smallest = value(facts_of(make_mask(np.zeros((40, 40))), origin), "smallest_mapped_area")
    assert smallest == pytest.approx(100 / 0.9996**2, rel=1e-5)


def test_no_change_is_said_as_zero(make_mask):
    facts = facts_of(make_mask(np.zeros((9, 9))))
    assert value(facts, "changed_area") == 0
    assert value(facts, "object_count", "vegetation_loss") == 0
    assert value(facts, "changed_area", region="north") == 0
    assert not [fact for fact in facts if fact.name == "main_location"]


def test_nothing_valid_is_not_assessed_rather_than_zero(make_mask):
    observed = np.full((9, 9), Observed.BOTH_NODATA, np.uint8)
    facts = facts_of(make_mask(np.full((9, 9), 255), observed=observed))
    assert not [fact for fact in facts if fact.name.startswith("changed")]
    assert value(facts, "not_assessed") == "change"


def test_a_part_without_valid_ground_is_not_assessed_rather_than_unchanged(make_mask):
    observed = np.zeros((30, 30), np.uint8)
    observed[:12, :12] = Observed.OUTSIDE_AOI
    facts = facts_of(make_mask(np.where(observed > 0, 255, 0), observed=observed))
    assert value(facts, "not_assessed", region="north-west") == "change"
    assert not [f for f in facts if f.name == "changed_area" and f.region == "north-west"]


def test_a_binary_detector_assesses_neither_direction_nor_kind(make_mask, corner):
    binary = facts_of(make_mask(np.eye(9), legend=BINARY))
    assert {f.value for f in binary if f.name == "not_assessed"} == {"direction", "kind"}
    assert not [fact for fact in facts_of(corner) if fact.name == "not_assessed"]


@settings(max_examples=20)
@given(codes=arrays(np.uint8, (12, 12), elements=st.sampled_from([0, 0, 1, 2])))
def test_parts_and_classes_of_the_facts_add_up_and_ids_are_unique(make_mask, codes):
    facts = facts_of(make_mask(codes))
    total = value(facts, "changed_area")
    areas = [fact for fact in facts if fact.name == "changed_area"]
    parts = [fact.value for fact in areas if fact.region != "aoi" and fact.change_class == "any"]
    classes = [fact.value for fact in areas if fact.region == "aoi" and fact.change_class != "any"]
    assert sum(parts) == pytest.approx(total, rel=1e-8)
    assert sum(classes) == pytest.approx(total, rel=1e-8)
    assert total + value(facts, "unchanged_area") == pytest.approx(facts[0].valid_area_m2, rel=1e-8)
    assert len({fact.id for fact in facts}) == len(facts)


def test_two_runs_on_the_same_ground_have_facts_with_the_same_ids(corner):
    other = replace(ORIGIN, run="r2")
    assert [f.id for f in facts_of(corner)] == [f.id for f in facts_of(corner, other)]
