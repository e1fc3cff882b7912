"""Decoys are never labelled buildings, repeat with their seed and leave what stands alone."""

import itertools

import numpy as np
import pytest

from inference.training.decoys import with_decoys
from simulation.pair import PairSpec, tell
from simulation.places import Kind
from simulation.plan import BUILDING_KINDS, Building, Plan
from simulation.things import see

SPEC = PairSpec(3, "suburb", (128, 128), 0.5)


def plan_of(kind: Kind = "suburb", seed: int = 3) -> Plan:
    return tell(PairSpec(seed, kind, (200, 200), 0.5)).plan


def altered(plan: Plan, seed: int) -> Plan:
    return with_decoys(np.random.default_rng(seed), plan)


def homes(plan: Plan) -> dict[int, Building]:
    return {one.seed: one for one in plan.buildings if one.kind in BUILDING_KINDS}


@pytest.mark.parametrize("kind", ["suburb", "town", "industry", "farmland", "forest", "delta"])
def test_every_kind_of_place_takes_decoys(kind: Kind) -> None:
    plan = plan_of(kind)
    after = altered(plan, 1)
    assert len(after.areas) >= len(plan.areas)
    assert len(after.trees.xy) >= len(plan.trees.xy)


def test_what_lies_flat_is_painted_over_the_ground_and_nothing_of_that_is_lost() -> None:
    plan = plan_of()
    after = altered(plan, 2)
    assert after.areas[: len(plan.areas)] == plan.areas
    assert len(after.areas) > len(plan.areas)


def test_only_rows_of_houses_add_or_remove_buildings() -> None:
    plan = plan_of("town")
    before = set(homes(plan))
    number_with_rows = 0
    for seed in range(24):
        after = set(homes(altered(plan, seed)))
        if after - before:
            number_with_rows += 1
            assert len(after - before) >= 3
        else:
            assert after == before
    assert 1 <= number_with_rows <= 14


def test_houses_of_a_row_touch_and_do_not_overlap() -> None:
    plan = plan_of("town")
    for seed in range(24):
        row = [
            one for number, one in homes(altered(plan, seed)).items() if number not in homes(plan)
        ]
        if row:
            pairs = list(itertools.pairwise(row))
            touching = [one.outline.distance(other.outline) < 0.1 for one, other in pairs]
            assert sum(touching) >= 2
            assert max(one.outline.intersection(other.outline).area for one, other in pairs) < 1.0
            return
    pytest.fail("no place got a row")


def test_lorries_and_containers_stand_clear_of_what_was_there() -> None:
    plan = plan_of("industry")
    old = {one.seed for one in plan.buildings}
    after = altered(plan, 5).buildings
    new = [one for one in after if one.seed not in old and one.kind not in BUILDING_KINDS]
    assert new
    assert {one.kind for one in new} <= {"vehicle", "containers"}
    there = [one.outline for one in plan.buildings]
    assert not any(one.outline.intersects(other) for one in new for other in there)


def test_some_roofs_get_the_colour_of_the_ground() -> None:
    plan = plan_of("town")
    materials = {one.material for seed in range(12) for one in homes(altered(plan, seed)).values()}
    assert materials & {"asphalt", "gravel", "red_soil", "concrete"}


def test_equal_seeds_give_equal_places_and_pictures() -> None:
    one, two, other = (
        see(SPEC, altered=lambda plan, seed=seed: altered(plan, seed)) for seed in (1, 1, 2)
    )
    assert np.array_equal(one.picture, two.picture)
    assert np.array_equal(one.labels, two.labels)
    assert not np.array_equal(one.picture, other.picture)
