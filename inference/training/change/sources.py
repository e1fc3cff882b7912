"""Chips of rendered places, of open aerial pictures with outlines, and of ground without buildings.

A chip is a pure function of its seed. Knows nothing of changes.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import rasterio
from numpy.typing import NDArray
from shapely import affinity

from inference.training import pools
from inference.training.change.chips import Chip, Mask, Numbers, Picture, Rng
from inference.training.decoys import with_decoys
from inference.training.oam import Place, places
from simulation.plan import Plan
from simulation.things import Seen, see

CHIP_PX = 544
GSD_M = (0.28, 2.0)
SETS = ("set1", "set2", "set3", "set4", "set5")
LEANING_PX = {"set5-631784-528088": (-8.0, -14.0)}
"""How far roofs of a place lie from their outlines: the shift at which outlines follow edges."""
LEAST_SEEN = 0.6
"""Share of a real chip that lies on the place."""
FINE_M = 0.35
"""Real places are shown at this ground size whatever their rim."""
GREENEST = 0.06
"""Excess green of a roof in parts of its brightness; plants lie above."""
DECOYED = 0.5
TWO_DATES = 0.6
"""Share of rendered chips with another sun and season as well."""


def rendered(seed: int) -> Chip:
    """A chip of a simulated place, half of them with decoys."""
    rng = np.random.default_rng([seed, 81])
    spec = replace(pools.simulated_spec(seed), shape=(CHIP_PX, CHIP_PX), gsd_m=ground_size(rng))
    altered = _decoys(seed) if rng.random() < DECOYED else None
    seen = see(spec, altered=altered)
    later = see(spec, "post", altered=altered) if rng.random() < TWO_DATES else None
    dx, dy = spec.nuisances.pre.sun.shadow_offset(1.0)
    return Chip(
        _picture(seen),
        None if later is None else _picture(later),
        _numbered(seen, "building", "tank"),
        _numbered(seen, "tree"),
        seen.valid if later is None else seen.valid & later.valid,
        spec.gsd_m,
        (dx, dy),
        is_real=False,
    )


def _decoys(seed: int) -> Callable[[Plan], Plan]:
    return lambda plan: with_decoys(np.random.default_rng([seed, 84]), plan)


def _picture(seen: Seen) -> Picture:
    return np.ascontiguousarray(pools.as_rgb(seen).transpose(1, 2, 0))


def ground_size(rng: Rng, coarsest_m: float = GSD_M[1]) -> float:
    """A ground size of the range, in metres: the finer, the likelier."""
    return float(np.exp(rng.uniform(math.log(GSD_M[0]), math.log(coarsest_m))))


def _numbered(seen: Seen, *kinds: str) -> NDArray[np.uint16]:
    """Labels of things of some kinds, in 16 bits."""
    number = np.zeros(len(seen.things) + 1, np.uint16)
    found = [thing.id for thing in seen.things if thing.kind in kinds]
    number[found] = np.arange(1, len(found) + 1)
    return number[seen.labels]


def grounds(oam: Path, *, is_validation: bool) -> tuple[Place, ...]:
    """The places of all sets to learn from, or those kept for judging, outlines on their roofs."""
    found = (place for place in places(oam, SETS) if place.is_validation == is_validation)
    return tuple(map(_upright, found))


def _upright(place: Place) -> Place:
    dx, dy = LEANING_PX.get(place.name, (0.0, 0.0))
    shapes = tuple(affinity.translate(outline, dx, dy) for outline in place.buildings)
    return replace(place, buildings=shapes)


def photographed(seed: int, grounds: Sequence[Place]) -> Chip:
    """A chip of a real place, turned; larger places more often."""
    rng = np.random.default_rng([seed, 82])
    share = np.array([place.valid.sum() for place in grounds], float) ** 0.7
    place = grounds[int(rng.choice(len(grounds), p=share / share.sum()))]
    coarsest_m = GSD_M[1]
    while True:
        gsd_m = ground_size(rng, coarsest_m)
        seen = _view(rng, place, gsd_m)
        if (seen.labels != pools.UNSEEN).mean() >= LEAST_SEEN or coarsest_m < FINE_M:
            return _chip(seen, gsd_m)
        coarsest_m *= 0.9


def _view(rng: Rng, place: Place, gsd_m: float) -> pools.Sample:
    """Somewhere on a place, in any direction."""
    rows, cols = place.valid.shape
    half = np.array([cols, rows]) / 2
    reach = np.maximum(half - CHIP_PX / 2 * gsd_m / place.gsd_m, 0.1 * half)
    x, y = half + rng.uniform(-1, 1, 2) * reach
    turn_rad = float(rng.integers(4) * math.pi / 2 + rng.normal(0, 0.4))
    return pools.look(place, gsd_m, (float(x), float(y)), turn_rad, shape=(CHIP_PX, CHIP_PX))


def _chip(sample: pools.Sample, gsd_m: float) -> Chip:
    seen = sample.labels != pools.UNSEEN
    labels = np.where(seen, sample.labels, 0).astype(np.uint16)
    image = np.ascontiguousarray(sample.image.transpose(1, 2, 0))
    ruins = overgrown(image, labels)
    labels[ruins] = 0
    nothing = np.zeros_like(labels)
    return Chip(image, None, labels, nothing, seen & ~ruins, gsd_m, None, is_real=True)


def overgrown(image: Picture, buildings: Numbers) -> Mask:
    """Buildings (row, col) on which plants show: ruins, foundations, or a wrong outline.

    Nobody knows what to call them: they are not labelled at all.
    """
    red, green, blue = (image[..., band].ravel().astype(float) for band in range(3))
    excess = np.bincount(buildings.ravel(), 2 * green - red - blue)
    is_green = excess > GREENEST * np.bincount(buildings.ravel(), red + green + blue)
    is_green[0] = False
    return np.asarray(is_green[buildings], bool)


def unbuilt(seed: int, pictures: Sequence[Sequence[Picture]]) -> Chip:
    """A chip of ground without buildings, at two of its dates, larger or smaller than it was.

    The ground size is invented: what matters is that nothing was built.
    """
    rng = np.random.default_rng([seed, 83])
    dates = pictures[int(rng.integers(len(pictures)))]
    one, other = (dates[int(i)] for i in rng.integers(len(dates), size=2))
    side = min(CHIP_PX, *one.shape[:2]) * float(rng.uniform(0.5, 1.0))
    top, left = (int(rng.integers(size - int(side) + 1)) for size in one.shape[:2])
    part = np.s_[top : top + int(side), left : left + int(side)]
    size = (CHIP_PX, CHIP_PX)
    image, later = (cv2.resize(p[part], size, interpolation=cv2.INTER_CUBIC) for p in (one, other))
    nothing = np.zeros(size, np.uint16)
    return Chip(
        np.asarray(image, np.uint8),
        np.asarray(later, np.uint8),
        nothing,
        nothing,
        np.ones(size, bool),
        ground_size(rng),
        None,
        is_real=True,
    )


def series(folder: Path) -> list[Picture]:
    """All dates of a folder of GeoTIFFs of one place as pictures (row, col, 3) of one shape.

    Raises:
        FileNotFoundError: the folder holds no GeoTIFF.
    """
    found = [_rgb(path) for path in _geotiffs(folder)]
    rows, cols = (min(picture.shape[axis] for picture in found) for axis in range(2))
    return [picture[:rows, :cols] for picture in found]


def woods(folder: Path) -> list[list[Picture]]:
    """Every GeoTIFF of a folder as a place of one date.

    Raises:
        FileNotFoundError: the folder holds no GeoTIFF.
    """
    return [[_rgb(path)] for path in _geotiffs(folder)]


def _geotiffs(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.tif"))
    if not found:
        message = f"There is no GeoTIFF (*.tif) in {folder}: name the folder that holds them."
        raise FileNotFoundError(message)
    return found


def _rgb(path: Path) -> Picture:
    with rasterio.open(path) as file:
        return np.ascontiguousarray(file.read([1, 2, 3]).transpose(1, 2, 0))
