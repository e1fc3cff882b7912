"""Views keep pictures and labels together and describe buildings as the network is to see them."""

import numpy as np
import pytest

from inference.training.augment import photographed, targets, view
from inference.training.pools import KINDS, MOST_THINGS, UNSEEN, Sample


def table(*kinds: str) -> np.ndarray:
    made = np.zeros(MOST_THINGS, np.uint8)
    made[1 : len(kinds) + 1] = [KINDS.index(kind) + 1 for kind in kinds]
    return made


def sample() -> Sample:
    """A bright block on dark ground in the corner of a chip, labelled 1."""
    labels = np.zeros((96, 96), np.uint16)
    labels[10:50, 20:44] = 1
    image = np.where(labels == 1, 220, 40).astype(np.uint8)
    noise = np.random.default_rng(0).integers(0, 20, (3, 96, 96)).astype(np.uint8)
    return Sample(image[None] + noise, labels, table("building"), is_real=False)


def test_turned_and_mirrored_labels_stay_on_their_picture() -> None:
    seen = 0
    for seed in range(24):
        shown = view(np.random.default_rng(seed), sample(), 64)
        block, ground = shown.labels == 1, shown.labels == 0
        if block.sum() > 200 and ground.sum() > 200:
            seen += 1
            grey = shown.image.mean(0)
            assert grey[block].mean() > grey[ground].mean() + 0.1
    assert seen > 10


def test_a_view_is_a_pure_function_of_its_seed() -> None:
    one, other = (view(np.random.default_rng(4), sample(), 64) for _i in range(2))
    assert np.array_equal(one.image, other.image)
    assert np.array_equal(one.labels, other.labels)


def test_pictures_are_eight_bit_shares_and_grey_where_not_observed() -> None:
    image = np.random.default_rng(1).integers(0, 255, (3, 32, 32)).astype(np.uint8)
    seen = np.ones((32, 32), bool)
    seen[:, :9] = False
    for seed in range(20):
        shown = photographed(np.random.default_rng(seed), image, seen)
        assert shown.dtype == np.float32
        assert shown.min() >= 0
        assert shown.max() <= 1
        assert np.allclose(shown[:, ~seen], 128 / 255)


def test_touching_buildings_share_a_border_and_have_a_summit_each() -> None:
    labels = np.zeros((40, 60), np.uint16)
    labels[10:30, 10:30], labels[10:30, 30:50] = 1, 2
    building, border, depth = targets(labels, table("building", "building"))
    assert np.array_equal(building > 0, labels > 0)
    assert border[12:28, 29:31].all()
    assert not border[12:28, 14:26].any()
    assert depth[labels == 1].max() == depth[labels == 2].max() == 1
    assert depth[20, 29] < 0.25
    assert depth[labels == 0].max() == 0


def test_a_narrow_gap_is_border_but_open_ground_is_not() -> None:
    labels = np.zeros((40, 60), np.uint16)
    labels[10:30, 10:28], labels[10:30, 31:50] = 1, 2
    border = targets(labels, table("building", "building"))[1]
    assert border[20, 29] == 1
    assert border[5, 29] == 0
    assert border[20, 4] == 0


def test_only_buildings_and_tanks_are_buildings() -> None:
    labels = np.zeros((20, 60), np.uint16)
    labels[5:15, 5:15], labels[5:15, 25:35], labels[5:15, 45:55] = 1, 2, 3
    building = targets(labels, table("vehicle", "tank", "building"))[0]
    assert [building[10, x] for x in (10, 30, 50)] == [0, 1, 1]


def test_what_was_not_observed_is_no_building() -> None:
    labels = np.full((20, 20), UNSEEN, np.uint16)
    assert not targets(labels, table("building")).any()


@pytest.mark.parametrize("seed", range(3))
def test_labels_of_a_view_are_those_of_the_chip(seed: int) -> None:
    shown = view(np.random.default_rng(seed), sample(), 64)
    assert set(np.unique(shown.labels)) <= {0, 1, UNSEEN}
    assert shown.dense.shape == (3, 64, 64)
