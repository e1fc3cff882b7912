"""Pairs rendered from simulated places in which things happen, with their own truth.

Knows nothing of files or networks.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from rasterio.features import rasterize

from inference.training import pools
from inference.training.change.chips import Numbers, Picture, Rng
from inference.training.change.pairs import SIZE_PX, Pair
from inference.training.change.sources import ground_size
from simulation.events import Event, EventKind
from simulation.pair import SimulatedPair, render
from simulation.sensors import Pixels

SIDES = 2
"""A rendered place gives this many pairs along each side."""
BUILT: dict[EventKind, tuple[float, int]] = {
    "building_appears": (0.75, 24), "building_vanishes": (0.4, 12), "building_grows": (0.15, 3),
    "building_damaged": (0.25, 30),
}  # fmt: skip
OTHER: dict[EventKind, tuple[float, int]] = {
    "road_appears": (0.15, 1), "clearing": (0.2, 3), "flood": (0.08, 1), "burn": (0.06, 1),
    "ship_appears": (0.3, 3), "ship_vanishes": (0.2, 2), "containers_appear": (0.2, 4),
    "containers_vanish": (0.2, 4),
}  # fmt: skip
"""How likely an event is in a pair, and how often it happens at most; what is no building is not
labelled."""
CLASSES = frozenset({"building_new", "building_gone", "building_extended", "building_damaged"})
CALM = 0.2
"""Share of pairs in which nothing is built or lost."""


def story(seed: int) -> Iterator[Pair]:
    """The pairs of a place; a pure function of the seed."""
    rng = np.random.default_rng([seed, 85])
    side = SIDES * SIZE_PX
    spec = pools.simulated_spec(seed)
    nuisances = replace(spec.nuisances, shift_px=(0.0, 0.0), warp_px=0.0)
    spec = replace(spec, shape=(side, side), gsd_m=ground_size(rng), events=_events(rng),
                   nuisances=nuisances)  # fmt: skip
    whole = _pair(render(spec))
    for row in range(0, side, SIZE_PX):
        for col in range(0, side, SIZE_PX):
            yield _part(whole, np.s_[row : row + SIZE_PX, col : col + SIZE_PX])


def _events(rng: Rng) -> tuple[Event, ...]:
    kinds = OTHER if rng.random() < CALM else BUILT | OTHER
    return tuple(
        Event(kind, int(rng.integers(1, most + 1)))
        for kind, (likely, most) in kinds.items()
        if rng.random() < likely
    )


def _pair(made: SimulatedPair) -> Pair:
    """A rendered pair in the terms of training."""
    seen = made.pre_valid & made.post_valid & ~made.cloud
    pre, post = _numbers(made, is_later=False), _numbers(made, is_later=True)
    codes = [entry.code for entry in made.legend if entry.name in CLASSES]
    changed = np.isin(made.truth, codes)
    # Damage is seen at the later date; what stands at the earlier date only is gone.
    gone = changed & (pre > 0) & (made.buildings_post == 0)
    return Pair(_picture(made.pre), _picture(made.post), pre, post,
                gone, changed & ~gone, seen, made.gsd_m)  # fmt: skip


def _numbers(made: SimulatedPair, *, is_later: bool) -> Numbers:
    """The number of the building that stands at each pixel of a date."""
    mask = made.buildings_post if is_later else made.buildings_pre
    shapes = [
        (entry.polygon, entry.id)
        for entry in made.objects
        if entry.class_name in CLASSES | {"building"}
        and (entry.in_post if is_later else entry.in_pre)
    ]
    if not shapes:
        return np.zeros(mask.shape, np.uint16)
    burnt = rasterize(shapes, out_shape=mask.shape, fill=0, dtype="uint16")
    return np.where(mask > 0, burnt, 0).astype(np.uint16)


def _picture(values: Pixels) -> Picture:
    """Red, green and blue in 8 bits, as they were stored or scaled to what they hold."""
    if values.dtype == np.uint8:
        return np.ascontiguousarray(values[:3].transpose(1, 2, 0))
    rgb = values[[2, 1, 0]].astype(np.float32)
    low, high = np.percentile(rgb, [0.1, 99.9])
    levels = np.clip((rgb - low) / max(high - low, 1) * 255, 0, 255)
    return np.ascontiguousarray(levels.astype(np.uint8).transpose(1, 2, 0))


def _part(pair: Pair, window: tuple[slice, slice]) -> Pair:
    return Pair(pair.pre[window], pair.post[window], pair.buildings_pre[window],
                pair.buildings_post[window], pair.gone[window], pair.came[window],
                pair.seen[window], pair.gsd_m)  # fmt: skip
