import numpy as np
import pytest

from inference.segmentation import region_tree, region_walk
from tests.inference.segmentation.test_region_tree import blotches


@pytest.fixture
def halves():
    """The tree of a picture whose right half is brighter, mottled everywhere."""
    image = np.clip(np.random.default_rng(2).normal(90, 4, (3, 60, 80)), 0, 255)
    image[:, :, 40:] += 60
    return region_tree.grow(image.astype(np.uint8), np.ones((60, 80), bool))


def seeded(ground, *pixels):
    """(groups,) the groups under some pixels."""
    found = np.zeros(ground.groups, bool)
    found[[ground.group[row, col] for row, col in pixels]] = True
    return found


def test_a_walk_divides_along_the_edge(halves):
    ground = region_walk.patch(halves, (0, 0, 80, 60))
    inside = region_walk.divide(ground, seeded(ground, (30, 60)), seeded(ground, (30, 15)))
    mask = inside[ground.group]
    assert mask[:, 42:].mean() > 0.98
    assert mask[:, :38].mean() < 0.02


def test_what_is_sure_stays_sure(halves):
    ground = region_walk.patch(halves, (0, 0, 80, 60))
    sure, never = seeded(ground, (30, 60), (5, 5)), seeded(ground, (30, 15), (50, 75))
    inside = region_walk.divide(ground, sure, never)
    assert inside[sure].all()
    assert not inside[never & ~sure].any()


def test_without_a_sure_place_nothing_is_inside(halves):
    ground = region_walk.patch(halves, (0, 0, 80, 60))
    nothing = np.zeros(ground.groups, bool)
    assert not region_walk.divide(ground, nothing, seeded(ground, (30, 15))).any()


def test_ground_cut_off_from_every_sure_place_is_outside():
    valid = np.ones((40, 60), bool)
    valid[:, 28:32] = False
    tree = region_tree.grow(blotches(4, (40, 60)), valid)
    ground = region_walk.patch(tree, (0, 0, 60, 40))
    nothing = np.zeros(ground.groups, bool)
    inside = region_walk.divide(ground, seeded(ground, (20, 10)), nothing)
    mask = np.append(inside, False)[ground.group]
    assert mask[:, :28].all()
    assert not mask[:, 28:].any()


def test_shares_are_parts_of_what_is_seen_of_a_group(halves):
    ground = region_walk.patch(halves, (10, 10, 50, 40))
    everything = np.ones(ground.group.shape, bool)
    assert ground.share(everything) == pytest.approx(1)
    left = everything.copy()
    left[:, 20:] = False
    sizes = np.bincount(ground.group.ravel())
    assert (ground.share(left) * sizes).sum() == pytest.approx(left.sum())


def test_a_large_patch_is_walked_in_fewer_groups_that_hold_every_region(halves, monkeypatch):
    monkeypatch.setattr(region_walk, "MOST_GROUPS", 40)
    ground = region_walk.patch(halves, (0, 0, 80, 60))
    assert ground.groups < 120 < halves.regions
    assert (ground.number[:-1] >= 0).all()
    inside = region_walk.divide(ground, seeded(ground, (30, 60)), seeded(ground, (30, 15)))
    assert inside[ground.group][:, 42:].mean() > 0.95
