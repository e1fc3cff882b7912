"""What the benchmark of networks makes of what it measured."""

import numpy as np
import pytest

from benchmarks import networks
from benchmarks.networks import FIRST, Tally, measured, pictures, table

SIDE = 64


def test_every_way_runs_in_turn_and_the_first_round_does_not_count() -> None:
    asked = []

    def way(name):
        def run(pre, post):
            asked.append((name, pre.shape, post.shape))
            return (pre[0].astype(np.float32) - post[0],)

        return run

    tallies = measured({"a": (3, way("a")), "b": (6, way("b"))}, side=SIDE, rounds=2)
    assert (
        asked
        == [("a", (3, SIDE, SIDE), (3, SIDE, SIDE)), ("b", (6, SIDE, SIDE), (6, SIDE, SIDE))] * 3
    )
    for tally in tallies.values():
        assert len(tally.wall_s) == len(tally.cpu_s) == 2
        assert tally.changed is not None


def test_the_pictures_differ_in_part_and_are_the_same_each_time() -> None:
    pre, post = pictures(3, SIDE)
    assert pre.shape == post.shape == (3, SIDE, SIDE)
    assert pre.dtype == np.uint8
    assert 0.05 < (np.abs(pre.astype(int) - post) > 40).mean() < 0.6
    assert np.array_equal(pre, pictures(3, SIDE)[0])


def test_the_table_says_speed_ratio_and_how_far_masks_are() -> None:
    mask = np.zeros((100, 100), bool)
    other = mask.copy()
    other[0, 0] = True
    tallies = {
        FIRST: Tally([4.0, 2.0], [4.0, 3.0], mask),
        "net, PyTorch float32": Tally([1.0], [2.0], mask),
        "net, OpenVINO bfloat16": Tally([0.5], [0.8], other),
    }
    head, _line, *rows = table(tallies, side=1000)
    assert head.startswith("| 1000 x 1000 px |")
    assert rows[0] == f"| {FIRST} | 0.50 | 1.0 | 0.33 | - |"
    assert rows[1] == "| net, PyTorch float32 | 1.00 | 2.0 | 0.50 | - |"
    assert rows[2] == "| net, OpenVINO bfloat16 | 2.00 | 4.0 | 1.25 | 0.010% |"


@pytest.mark.slow
def test_the_shipped_networks_are_among_the_ways() -> None:
    found = networks.ways()
    assert FIRST in found
    for name, bands in networks.SHIPPED.items():
        mine = {key: way for key, way in found.items() if key.startswith(f"{name},")}
        assert len(mine) >= 4
        for taken, way in mine.values():
            assert taken == bands
            assert way(*pictures(bands, 64))[0].shape == (64, 64)
