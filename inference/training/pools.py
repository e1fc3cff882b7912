"""Pools of pictures with every thing in them labelled: written once, then read by the fit.

A shard is a folder of three arrays. Training never renders: both would fight for the same cores.
Knows nothing of prompts or networks.
"""

import logging
import math
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.features import rasterize
from shapely import affinity

from inference.training.decoys import with_decoys
from inference.training.oam import Place, places
from simulation.nuisances import sample
from simulation.pair import PairSpec
from simulation.places import Kind
from simulation.plan import Plan
from simulation.sensors import SensorName
from simulation.things import Seen, ThingKind, see

log = logging.getLogger(__name__)

CHIP_PX = 512
SHARD = 64
"""Chips a shard: 84 MB."""
UNSEEN = 65_535
"""Label of a pixel that was not observed."""
MOST_THINGS = 4096
"""Things a chip can label; crowns of a wood beyond that stay unlabelled."""
SMALLEST_PX = 6
KINDS: tuple[ThingKind, ...] = get_args(ThingKind)
SHARES: dict[Kind, float] = {
    "suburb": 0.25, "town": 0.27, "industry": 0.17, "farmland": 0.13, "forest": 0.06,
    "harbour": 0.08, "delta": 0.04,
}  # fmt: skip
GSD_M = (0.2, 1.0)
PORT_GSD_M = (0.5, 1.0)
"""Ships are longer than a finer chip."""
DECOYED_GSD_M = (0.22, 0.7)
DECOYED_BUILT_UP = 0.85
BUILT_UP: tuple[Kind, ...] = ("suburb", "town", "industry")
FIRST_DECOYED = 5_000_000
"""Seeds of places with decoys begin here."""
OAM_GSD_M = (0.17, 0.6)
HELD_OUT = 10_000_000
"""Seeds from here on are for judging only."""


@dataclass(frozen=True)
class Sample:
    """One chip.

    Attributes:
        image: (3, row, col) uint8, not stretched.
        labels: (row, col) uint16: 0 nothing, 1.. things, `UNSEEN`.
        kinds: (MOST_THINGS,) uint8: place of each label's kind in `KINDS`, plus one.
        is_real: whether only buildings are labelled.
    """

    image: NDArray[np.uint8]
    labels: NDArray[np.uint16]
    kinds: NDArray[np.uint8]
    is_real: bool


@dataclass(frozen=True)
class Pool:
    """All chips of some shards, read from disk when asked for."""

    shards: tuple[Path, ...]

    @classmethod
    def open(cls, folder: Path, *prefixes: str) -> "Pool":
        """The shards whose names begin so; there may be none."""
        shards = (p for prefix in prefixes for p in folder.glob(f"{prefix}-*"))
        return cls(tuple(sorted(p for p in shards if p.suffix != ".part")))

    def __len__(self) -> int:
        """Chips in all."""
        return SHARD * len(self.shards)

    def __getitem__(self, index: int) -> Sample:
        """One chip."""
        shard = self.shards[index // SHARD]
        arrays = [np.load(shard / f"{n}.npy", mmap_mode="r") for n in ("images", "labels", "kinds")]
        image, labels, kinds = (np.array(array[index % SHARD]) for array in arrays)
        return Sample(image, labels, kinds, shard.name.startswith("oam"))


def simulated_spec(seed: int) -> PairSpec:
    """A random place, ground size, sensor and everyday nuisances; a pure function of the seed."""
    rng = np.random.default_rng([seed, 77])
    kind = tuple(SHARES)[int(rng.choice(len(SHARES), p=list(SHARES.values())))]
    finest, coarsest = PORT_GSD_M if kind in {"harbour", "delta"} else GSD_M
    gsd_m = float(np.exp(rng.uniform(math.log(finest), math.log(coarsest))))
    sensor: SensorName = "rgb" if rng.random() < 0.8 else "multispectral4"
    nuisances = sample(rng, is_radar=False, strength=float(rng.choice([0.0, 0.6, 1.0, 1.5])))
    return PairSpec(seed, kind, (CHIP_PX, CHIP_PX), gsd_m, sensor, (), nuisances)


def simulated(seed: int) -> Sample:
    """The chip of a seed."""
    return chip_of(simulated_spec(seed))


def decoyed(seed: int) -> Sample:
    """The chip of a seed with decoys, mostly built up, at ground sizes that counting works at."""
    rng = np.random.default_rng([seed, 80])
    spec = simulated_spec(seed)
    if rng.random() < DECOYED_BUILT_UP:
        kind = BUILT_UP[int(rng.integers(len(BUILT_UP)))]
        gsd_m = float(np.exp(rng.uniform(*np.log(DECOYED_GSD_M))))
        spec = replace(spec, kind=kind, gsd_m=gsd_m)
    return chip_of(spec, partial(with_decoys, rng))


def chip_of(spec: PairSpec, altered: Callable[[Plan], Plan] | None = None) -> Sample:
    """The earlier date of a spec as a chip, of an altered place if asked for."""
    seen = see(spec, altered=altered)
    labels, kinds = _compact(seen)
    return Sample(as_rgb(seen), labels, kinds, is_real=False)


def as_rgb(seen: Seen) -> NDArray[np.uint8]:
    """Red, green and blue (3, row, col) in 8 bits; wider types are scaled to what they hold."""
    if seen.picture.dtype == np.uint8:
        return np.asarray(seen.picture[:3], np.uint8)
    rgb = seen.picture[[2, 1, 0]].astype(np.float32)
    low, high = np.percentile(rgb[:, seen.valid], [0.1, 99.9])
    return np.asarray(np.clip((rgb - low) / (high - low) * 255, 0, 255), np.uint8)


def _compact(seen: Seen) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Labels in 16 bits without specks, and the kind of each."""
    kinds = np.zeros(MOST_THINGS, np.uint8)
    number = np.zeros(len(seen.things) + 1, np.uint16)
    kept = [thing for thing in seen.things if thing.pixels >= SMALLEST_PX][: MOST_THINGS - 1]
    for new, thing in enumerate(kept, 1):
        number[thing.id], kinds[new] = new, KINDS.index(thing.kind) + 1
    labels = number[seen.labels]
    labels[~seen.valid] = UNSEEN
    return labels, kinds


def real(seed: int, grounds: tuple[Place, ...]) -> Sample:
    """A chip somewhere on a place, turned, at a random ground size."""
    rng = np.random.default_rng([seed, 78])
    share = np.array([place.valid.sum() for place in grounds], float)
    place = grounds[int(rng.choice(len(grounds), p=share / share.sum()))]
    finest, coarsest = OAM_GSD_M
    gsd_m = float(np.exp(rng.uniform(math.log(finest), math.log(coarsest))))
    rows, cols = place.valid.shape
    centre = (float(rng.uniform(0.15, 0.85)) * cols, float(rng.uniform(0.15, 0.85)) * rows)
    turn_rad = float(rng.uniform(0, 2 * math.pi))
    return look(place, gsd_m, centre, turn_rad, shape=(CHIP_PX, CHIP_PX))


def look(
    place: Place,
    gsd_m: float,
    centre: tuple[float, float],
    turn_rad: float = 0.0,
    *,
    shape: tuple[int, int],
) -> Sample:
    """A place around a pixel of it, at a ground size."""
    scale = place.gsd_m / gsd_m
    cos, sin = scale * math.cos(turn_rad), scale * math.sin(turn_rad)
    x, y = centre
    move = (shape[1] / 2 - cos * x + sin * y, shape[0] / 2 - sin * x - cos * y)
    image, valid = _resampled(place, scale, (cos, sin, *move), shape)
    outlines = [affinity.affine_transform(b, [cos, -sin, sin, cos, *move]) for b in place.buildings]
    burnt = [(outline, i) for i, outline in enumerate(outlines, 1)]
    labels = rasterize(burnt, out_shape=shape, fill=0, dtype="uint16")
    labels[~valid] = UNSEEN
    kinds = np.zeros(MOST_THINGS, np.uint8)
    kinds[1 : len(outlines) + 1] = KINDS.index("building") + 1
    return Sample(image, labels, kinds, is_real=True)


def _resampled(
    place: Place, scale: float, turn: tuple[float, float, float, float], shape: tuple[int, int]
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Pixels and validity after blurring away what the new ground size cannot show."""
    cos, sin, dx, dy = turn
    # Half a pixel: OpenCV counts from the middle of the first pixel.
    shift = (dx + (cos - sin - 1) / 2, dy + (sin + cos - 1) / 2)
    matrix = np.array([[cos, -sin, shift[0]], [sin, cos, shift[1]]])
    picture = place.picture.transpose(1, 2, 0)
    if scale < 0.8:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.4 / scale), np.uint8)
    size = (shape[1], shape[0])
    grey = (128.0, 128.0, 128.0)
    warped = cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_LINEAR, borderValue=grey)
    seen = cv2.warpAffine(place.valid.astype(np.uint8), matrix, size, flags=cv2.INTER_NEAREST)
    return np.ascontiguousarray(np.asarray(warped).transpose(2, 0, 1)), np.asarray(seen) > 0


def make(
    folder: Path, *, simulated_shards: int, decoyed_shards: int, real_shards: int, oam: Path | None
) -> None:
    """Write the shards that are not there yet, on all cores.

    Raises:
        FileNotFoundError: `oam` lacks one of its sets.
    """
    folder.mkdir(parents=True, exist_ok=True)
    jobs: list[tuple[str, Callable[[int], Sample], int]] = [
        *((f"sim-{i:04d}", simulated, SHARD * i) for i in range(simulated_shards)),
        *((f"decoy-{i:04d}", decoyed, FIRST_DECOYED + SHARD * i) for i in range(decoyed_shards)),
    ]
    if oam is not None:
        grounds = tuple(place for place in places(oam) if not place.is_validation)
        jobs += [(f"oam-{i:04d}", partial(real, grounds=grounds), SHARD * i)
                 for i in range(real_shards)]  # fmt: skip
    todo = [job for job in jobs if not (folder / job[0]).exists()]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as workers:
        for done, _none in enumerate(workers.map(partial(_write, folder), todo), 1):
            log.info("pool: %d of %d shards written", done, len(todo))


def _write(folder: Path, job: tuple[str, Callable[[int], Sample], int]) -> None:
    """One shard, whole or not at all."""
    cv2.setNumThreads(1)
    name, maker, first = job
    part = folder / f"{name}.part"
    part.mkdir(exist_ok=True)
    for array, values in _arrays(maker(first + i) for i in range(SHARD)):
        np.save(part / f"{array}.npy", values)
    part.rename(folder / name)


def _arrays(samples: Iterator[Sample]) -> Iterator[tuple[str, NDArray[np.generic]]]:
    chips = list(samples)
    yield "images", np.stack([chip.image for chip in chips])
    yield "labels", np.stack([chip.labels for chip in chips])
    yield "kinds", np.stack([chip.kinds for chip in chips])
