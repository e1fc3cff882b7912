"""Shards are whole, repeatable and keep every thing's kind; real places are cut where they lie."""

from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import box

from inference.training import pools
from inference.training.oam import Place
from inference.training.pools import CHIP_PX, KINDS, SHARD, UNSEEN, Pool, look, simulated_spec
from simulation.nuisances import Look, Nuisances
from simulation.pair import PairSpec
from simulation.things import see


def place(name: str = "set9-1-1") -> Place:
    """200 x 300 pixels of 0.2 m with one bright building of 40 x 20."""
    picture = np.full((3, 200, 300), 60, np.uint8)
    picture[:, 90:110, 130:170] = 200
    valid = np.ones((200, 300), bool)
    return Place(name, frozenset({(1, 1)}), picture, valid, (box(130, 90, 170, 110),), 0.2)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chips of 64 pixels, two a shard."""
    monkeypatch.setattr(pools, "CHIP_PX", 64)
    monkeypatch.setattr(pools, "SHARD", 2)


def test_labels_of_a_chip_keep_their_kinds(small: None) -> None:
    seen = see(simulated_spec(3))
    chip = pools.simulated(3)
    large = [thing for thing in seen.things if thing.pixels >= pools.SMALLEST_PX]
    assert chip.kinds.astype(bool).sum() == len(large)
    for new, thing in enumerate(large, 1):
        assert KINDS[chip.kinds[new] - 1] == thing.kind
        assert (chip.labels == new).sum() == thing.pixels


def test_what_a_camera_did_not_see_is_marked() -> None:
    spec = PairSpec(1, "suburb", (64, 64), 0.5, nuisances=Nuisances(pre=Look(nodata_share=0.4)))
    seen = see(spec)
    labels, _kinds = pools._compact(seen)
    assert np.array_equal(labels == UNSEEN, ~seen.valid)


def test_wider_numbers_become_red_green_blue_in_eight_bits() -> None:
    seen = see(PairSpec(2, "suburb", (64, 64), 0.5, "multispectral4"))
    rgb = pools.as_rgb(seen)
    assert rgb.dtype == np.uint8
    assert rgb.max() > 200
    red = seen.picture[2].astype(float).ravel()
    assert np.corrcoef(red, rgb[0].ravel())[0, 1] > 0.99


def test_seeds_for_judging_are_never_in_a_pool() -> None:
    assert pools.HELD_OUT > 10_000 * SHARD


def test_a_place_is_shown_at_the_wanted_ground_size() -> None:
    chip = look(place(), 0.4, (150.0, 100.0), shape=(128, 160))
    rows, cols = np.nonzero(chip.labels == 1)
    assert (rows.max() - rows.min() + 1, cols.max() - cols.min() + 1) == (10, 20)
    assert (rows.mean() + 0.5, cols.mean() + 0.5) == (64, 80)
    assert (chip.labels == UNSEEN)[0, 0]
    assert (chip.image[:, 0, 0] == 128).all()


@pytest.mark.parametrize("turn", [0.0, 0.7, 2.0])
def test_a_turned_place_stays_under_its_labels(turn: float) -> None:
    chip = look(place(), 0.25, (140.0, 95.0), turn, shape=(160, 160))
    bright = chip.image[0] > 130
    roof = chip.labels == 1
    assert (bright & roof).sum() / (bright | roof).sum() > 0.93


def test_shards_are_written_once_and_read_back(
    small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools._write(tmp_path, ("sim-0000", pools.simulated, 4))
    pool = Pool.open(tmp_path, "sim")
    assert len(pool) == 2
    assert np.array_equal(pool[1].image, pools.simulated(5).image)
    assert np.array_equal(pool[1].labels, pools.simulated(5).labels)
    assert not pool[1].is_real
    # Nothing is left to do, so that nothing is started.
    monkeypatch.setattr(pools, "ProcessPoolExecutor", None)
    (tmp_path / "sim-0001.part").mkdir()
    assert len(Pool.open(tmp_path, "sim")) == 2


def test_a_shard_that_broke_off_is_not_read(small: None, tmp_path: Path) -> None:
    def broken(seed: int) -> pools.Sample:
        message = f"no {seed}"
        raise ValueError(message)

    with pytest.raises(ValueError, match="no 4"):
        pools._write(tmp_path, ("sim-0000", broken, 4))
    assert len(Pool.open(tmp_path, "sim")) == 0


def test_real_chips_come_from_the_given_places_only(small: None) -> None:
    chip = pools.real(7, (place(),))
    assert chip.is_real
    assert chip.image.shape == (3, 64, 64)
    assert set(np.unique(chip.labels)) <= {0, 1, UNSEEN}


def test_ground_sizes_stay_in_the_range_of_the_card() -> None:
    sizes = [simulated_spec(seed).gsd_m for seed in range(300)]
    assert min(sizes) >= 0.2
    assert max(sizes) <= 1.0
    assert CHIP_PX == 512
