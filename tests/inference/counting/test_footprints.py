import cv2
import numpy as np
import pytest
import torch

from errors import CancelledError
from inference.counters.base import Wanted
from inference.counting import footprints
from inference.counting.footprints import Dense, instances, raised
from inference.networks.clicknet import ClickNet, ready
from progress import Watcher
from tests.pictures import ground_of, picture
from tests.scenes import ground

WANTED = Wanted(4.0, 1e6)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def net():
    """A network that learned nothing but answers everywhere."""
    torch.manual_seed(3)
    return ready(ClickNet())


@pytest.fixture(scope="module")
def seen():
    valid = np.ones((300, 330), bool)
    valid[250:, 300:] = False
    return picture(ground((300, 330)), valid=valid)


class Bright(ClickNet):
    """A network that takes the bright for buildings."""

    def encode(self, image):
        return {"image": image}

    def dense(self, features):
        level = features["image"].mean(1, keepdim=True)
        inside = (level - 0.8) * 60
        return torch.cat([inside, torch.full_like(inside, -20.0), torch.zeros_like(inside)], 1)


def houses(shape, boxes):
    image = np.full((3, *shape), 90.0)
    for top, left, height, width in boxes:
        image[:, top : top + height, left : left + width] = 250
    return picture(image)


def find(seen, *, net=None, wanted=WANTED):
    return footprints.find_footprints(net or Bright(), ground_of(seen), wanted, Watcher())


def test_small_tiles_and_one_tile_give_the_same_scores(net, seen, monkeypatch):
    whole = footprints.scan(net, ground_of(seen), Watcher())
    monkeypatch.setattr(footprints, "CORE_PX", 192)
    tiled = footprints.scan(net, ground_of(seen), Watcher())
    for one, other in ((whole.footprint, tiled.footprint), (whole.relief, tiled.relief)):
        assert np.abs(one.astype(int) - other).max() <= 1
    assert whole.footprint.std() > 0


def test_what_was_not_observed_is_no_building(net, seen):
    dense = footprints.scan(net, ground_of(seen), Watcher())
    assert not dense.footprint[250:, 300:].any()
    assert not dense.relief[250:, 300:].any()
    assert dense.footprint[:250, :300].any()


def test_a_building_across_tiles_and_one_larger_than_a_tile_are_whole_and_once(monkeypatch):
    monkeypatch.setattr(footprints, "CORE_PX", 64)
    boxes = ((50, 50, 30, 30), (120, 20, 40, 200), (200, 100, 10, 10))
    found = find(houses((260, 260), boxes)).instances
    assert sorted((one.top, one.left, *one.mask.shape) for one in found) == sorted(boxes)
    assert all(one.mask.all() for one in found)


def test_sizes_in_square_metres_are_kept():
    boxes = ((50, 50, 30, 30), (120, 20, 40, 200), (200, 100, 10, 10))
    seen = houses((260, 260), boxes)
    assert {one.top for one in find(seen, wanted=Wanted(26, 1e6)).instances} == {50, 120}
    assert {one.top for one in find(seen, wanted=Wanted(1, 230)).instances} == {50, 200}


def test_support_is_the_score_of_the_footprint():
    support = find(houses((100, 100), ((20, 20, 30, 30),))).support
    assert support[25:45, 25:45].min() > 250
    assert support[60:, 60:].max() < 5


def dense(footprint, depth):
    footprint, depth = footprint.astype(np.float32), depth.astype(np.float32)
    relief = raised(footprint, np.zeros_like(footprint), depth)
    return Dense(
        np.rint(footprint * 255).astype(np.uint8), np.rint(relief * 255).astype(np.uint8), ()
    )


def test_touching_buildings_with_a_valley_between_them_are_two():
    footprint = np.zeros((60, 100))
    footprint[10:50, 10:50] = footprint[10:50, 50:90] = 0.95
    halves = [np.pad(np.ones((38, 38), np.uint8), 1)] * 2
    depth = np.zeros_like(footprint)
    summits = [cv2.distanceTransform(one, cv2.DIST_L2, 5) / 19 for one in halves]
    depth[10:50, 10:90] = np.hstack(summits)
    found = instances(dense(footprint, depth), 0.5, WANTED)
    assert len(found) == 2
    assert sum(one.pixels for one in found) == 3200
    assert min(one.pixels for one in found) > 1200
    alone = instances(dense(footprint, np.ones_like(depth)), 0.5, WANTED)
    assert [one.pixels for one in alone] == [3200]


def test_faint_patches_are_no_buildings_but_faint_parts_of_buildings_belong_to_them():
    footprint = np.zeros((60, 100))
    footprint[10:30, 10:30] = 0.55
    footprint[10:30, 50:70], footprint[10:30, 70:74] = 0.9, 0.55
    found = instances(dense(footprint, np.ones_like(footprint)), 0.5, WANTED)
    assert [(one.left, one.mask.shape) for one in found] == [(50, (20, 24))]
    assert found[0].score == pytest.approx((0.9 * 20 + 0.55 * 4) / 24, abs=0.01)


def test_relief_is_above_a_half_exactly_where_the_footprint_is():
    rng = np.random.default_rng(0)
    inside, border, depth = rng.random((3, 40, 50), np.float32)
    relief = raised(inside, border, depth)
    assert np.array_equal(relief > 0.5, inside > 0.5)
    assert np.array_equal(np.rint(relief * 255) > 127.5, inside > 0.5)


class TestSmallCards:
    @pytest.fixture
    def net(self, monkeypatch):
        """A network on a pretended card, whose memory holds no tile."""
        net = Bright()
        told = []

        def encode(image):
            told.append(image.shape[2])
            if len(told) <= net.failures:
                raise torch.OutOfMemoryError
            return {"image": image}

        monkeypatch.setattr(net, "encode", encode)
        net.told = told
        return net

    def test_smaller_tiles_are_tried_first(self, net):
        net.failures = 1
        found = find(houses((100, 100), ((20, 20, 30, 30),)), net=net)
        assert len(found.instances) == 1
        assert found.notes == ()

    def test_then_the_processor_takes_over_and_this_is_said(self, net):
        net.failures = 3
        found = find(houses((100, 100), ((20, 20, 30, 30),)), net=net)
        assert len(found.instances) == 1
        assert [note.code for note in found.notes] == ["count_on_cpu"]


def test_a_scan_can_be_cancelled(net, seen):
    with pytest.raises(CancelledError):
        footprints.scan(net, ground_of(seen), Watcher(is_cancelled=lambda: True))
