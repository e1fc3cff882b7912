import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.segmentation import region_tree
from inference.segmentation.region_tree import CALM, RegionTree


def blotches(seed, shape=(48, 60)):
    """A smooth random colour picture."""
    noise = np.random.default_rng(seed).uniform(0, 255, (3, *shape)).astype(np.float32)
    smooth = np.stack([cv2.GaussianBlur(band, (0, 0), 2.5) for band in noise])
    return np.clip((smooth - 127) * 5 + 127, 0, 255).astype(np.uint8)


def grown(image, valid=None):
    return region_tree.grow(image, np.ones(image.shape[1:], bool) if valid is None else valid)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_what_the_tree_says_of_a_union_is_true_of_its_pixels(seed):
    rng = np.random.default_rng(seed)
    valid = rng.random((48, 60)) > 0.02
    tree = grown(blotches(seed), valid)
    assert ((tree.labels >= 0) == valid).all()
    for node in rng.integers(0, len(tree.parent), 12):
        mask = np.append(tree.holds(int(node)), False)[tree.labels]
        rows, cols = np.nonzero(mask)
        assert tree.pixels[node] == mask.sum()
        assert tree.leaves[node] == len(np.unique(tree.labels[mask]))
        assert tuple(tree.box[node]) == (cols.min(), rows.min(), cols.max() + 1, rows.max() + 1)
        assert cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)[0] == 2
        assert tree.border_px[node] == sides(mask, valid)


def sides(mask, valid):
    """Pixel sides between a mask and observed pixels outside it."""
    across = (mask[:, 1:] != mask[:, :-1]) & valid[:, 1:] & valid[:, :-1]
    down = (mask[1:] != mask[:-1]) & valid[1:] & valid[:-1]
    return across.sum() + down.sum()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_every_region_comes_to_one_root_through_ever_greater_differences(seed):
    tree = grown(blotches(seed))
    assert np.count_nonzero(tree.parent < 0) == 1
    for region in range(0, tree.regions, 7):
        path = tree.path(region)
        assert path == sorted(path)
        assert (np.diff(tree.difference[path]) >= 0).all()
        assert tree.pixels[path[-1]] == tree.labels.size
        assert all(tree.holds(node)[region] for node in path)


def test_colours_are_means_of_the_union():
    image = np.zeros((3, 20, 30), np.uint8)
    image[:, :, 15:] = 255
    tree = grown(image)
    root = int(np.flatnonzero(tree.parent < 0)[0])
    assert tree.colour[root] == pytest.approx([50, 0, 0], abs=0.1)


def test_a_sharp_square_is_a_union_of_its_own():
    image = np.clip(np.random.default_rng(1).normal(90, 3, (3, 60, 60)), 0, 255).astype(np.uint8)
    image[:, 20:40, 15:45] += 100
    truth = np.zeros((60, 60), bool)
    truth[20:40, 15:45] = True
    tree = grown(image)
    overlaps = []
    for node in tree.path(int(tree.labels[30, 30])):
        mask = np.append(tree.holds(node), False)[tree.labels]
        overlaps.append((mask & truth).sum() / (mask | truth).sum())
    assert max(overlaps) > 0.95
    best = tree.path(int(tree.labels[30, 30]))[int(np.argmax(overlaps))]
    assert tree.edge[best] > np.log(5 + CALM)


def test_ground_parted_by_nodata_has_a_root_on_each_side():
    valid = np.ones((40, 40), bool)
    valid[18:22] = False
    tree = grown(blotches(3, (40, 40)), valid)
    roots = np.flatnonzero(tree.parent < 0)
    assert [tree.pixels[root] for root in roots] == [18 * 40, 18 * 40]


def test_a_picture_of_one_colour_is_one_region_and_one_without_pixels_has_none():
    plain = np.full((3, 16, 16), 90, np.uint8)
    assert grown(plain).regions == 1
    assert grown(plain, np.zeros((16, 16), bool)).regions == 0


def test_a_tree_survives_being_taken_apart():
    tree = grown(blotches(5))
    again = RegionTree.from_arrays(tree.arrays())
    assert again.path(3) == tree.path(3)
    assert all(type(array) is np.ndarray for array in tree.arrays().values())


def test_the_same_picture_gives_the_same_tree():
    one, two = grown(blotches(6)).arrays(), grown(blotches(6)).arrays()
    for name, array in one.items():
        np.testing.assert_array_equal(array, two[name])
