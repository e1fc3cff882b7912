import math
from datetime import date

import numpy as np
import pytest

from analysis.count_facts import NAMES, CountOrigin, derive
from analysis.ledger import match
from analysis.tally import Tally, of_observed
from raster.area import PixelAreas
from raster.findings import Finding
from raster.mask import Observed
from tests.ledgers import GRID, NOT_SEEN, PRESENT, found

CAUTION = Finding("season_gap", "caution", "The seasons differ.")
ORIGIN = CountOrigin("building", "buildings", "run1", ("aa",), (CAUTION,), date(2020, 5, 1), None,
                     20.0)  # fmt: skip


def observed(pre_nodata_rows=0):
    codes = np.full(GRID.shape, Observed.YES, np.uint8)
    codes[:pre_nodata_rows] = Observed.PRE_NODATA
    return of_observed(codes, PixelAreas(GRID))


def facts(scene, *, tally=None, origin=ORIGIN):
    made = derive(match(scene), tally or observed(), origin, area=GRID)
    assert len({one.id for one in made}) == len(made)
    return {(one.name, one.region): one for one in made}


def values(made):
    return {name: one.value for (name, region), one in made.items() if region == "aoi"}


# 400 m by 400 m: thirds are 133 m.
SCENE = found(
    pre=[(10, 10), (200, 200), (300, 10)],
    post=[(10, 10), (200, 200, 14, 14), (20, 350), (40, 350), (200, 350)],
    looks={3: NOT_SEEN, 8: PRESENT},
)


def test_numbers_areas_and_densities_follow_from_the_ledger():
    made = values(facts(SCENE))
    expected = {
        "objects_pre": 3, "objects_post": 5, "objects_appeared": 2, "objects_vanished": 0,
        "objects_kept": 3, "objects_change": 2, "objects_grown": 1, "objects_shrunk": 0,
        "objects_second_look": 1, "objects_not_assessed_pre": 1, "objects_not_assessed_post": 0,
    }  # fmt: skip
    assert {name: made[name] for name in expected} == expected
    assert made["objects_area_pre"] == pytest.approx(300, rel=2e-3)
    assert made["objects_area_appeared"] == pytest.approx(200, rel=2e-3)
    assert made["mean_object_area_post"] == pytest.approx((4 * 100 + 196) / 5, rel=2e-3)
    assert made["object_density_post"] == pytest.approx(5 / 0.16, rel=2e-3)
    assert made["valid_area"] == pytest.approx(160_000, rel=2e-3)


def test_changes_are_counted_by_the_part_of_the_area_they_lie_in():
    made = facts(SCENE)
    parts = {region: one.value for (name, region), one in made.items()
             if name == "objects_appeared" and region != "aoi"}  # fmt: skip
    assert len(parts) == 9
    assert parts["south-west"] == 2
    assert sum(parts.values()) == 2


def test_facts_carry_class_state_cautions_inputs_and_a_method():
    made = facts(SCENE)["objects_appeared", "aoi"]
    assert (made.change_class, made.state, made.unit) == ("building", "appeared", "1")
    assert (made.cautions, made.inputs, made.run) == (("season_gap",), ("aa",), "run1")
    assert made.method == NAMES["objects_appeared"]
    assert all(method.endswith(".") for method in NAMES.values())


def test_corrections_are_told_in_the_method_and_counted():
    plain, edited = facts(SCENE), facts(SCENE, origin=CountOrigin(**vars(ORIGIN) | {"edits": 3}))
    assert edited["objects_pre", "aoi"].method.endswith("; edited by hand: 3 edits.")
    assert edited["edits_by_hand", "aoi"].value == 3
    assert ("edits_by_hand", "aoi") not in plain
    once = facts(SCENE, origin=CountOrigin(**vars(ORIGIN) | {"edits": 1}))
    assert once["objects_pre", "aoi"].method.endswith("; edited by hand: 1 edit.")


def test_where_nothing_was_seen_at_both_dates_nothing_is_counted():
    made = facts(found(), tally=observed(pre_nodata_rows=GRID.height))
    assert ("objects_pre", "aoi") not in made
    assert made["not_assessed", "aoi"].value == "change"
    assert made["excluded_area_pre_nodata", "aoi"].value == pytest.approx(160_000, rel=2e-3)


def test_an_empty_count_has_zeros_and_no_means():
    made = values(facts(found()))
    assert (made["objects_pre"], made["objects_change"], made["objects_area_post"]) == (0, 0, 0.0)
    assert "mean_object_area_pre" not in made


def test_parts_without_valid_ground_have_no_fact_unless_something_is_there():
    made = facts(SCENE, tally=observed(pre_nodata_rows=GRID.height // 2))
    assert ("objects_vanished", "north") not in made
    assert ("objects_vanished", "south") in made


def test_a_tally_of_observation_codes_adds_up_and_survives_json():
    tally = observed(pre_nodata_rows=100)
    areas = PixelAreas(GRID).window(GRID.window)
    assert tally.valid_m2 == pytest.approx(areas[100:].sum(), rel=1e-9)
    assert tally.excluded_m2["pre nodata"] == pytest.approx(areas[:100].sum(), rel=1e-9)
    again = Tally.from_json(tally.as_json())
    np.testing.assert_array_equal(again.table, tally.table)
    assert math.isclose(sum(again.valid_by_region().values()), tally.valid_m2, rel_tol=1e-12)


def test_ground_outside_the_aoi_is_neither_valid_nor_excluded():
    codes = np.full(GRID.shape, Observed.OUTSIDE_AOI, np.uint8)
    codes[:10, :10] = Observed.YES
    tally = of_observed(codes, PixelAreas(GRID))
    assert tally.aoi_m2 == tally.valid_m2 == pytest.approx(25, rel=2e-3)
