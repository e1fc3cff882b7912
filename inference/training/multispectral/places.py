"""Places as a satellite with pixels of about 10 m sees them, and what is built there.

A place is a pure function of its seed. Knows nothing of changes, files or networks.
"""

import math
from dataclasses import dataclass, replace
from typing import get_args

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.features import rasterize

from simulation import pair
from simulation.events import Story
from simulation.light import Sun
from simulation.nuisances import Look, Nuisances
from simulation.pair import PairSpec
from simulation.places import Kind
from simulation.plan import Date
from simulation.spectra import Season

Rng = np.random.Generator
Floats = NDArray[np.float32]
Shares = NDArray[np.float32]

BANDS = ("blue", "green", "red", "nir", "swir1", "swir2")
GSD_M = (8.0, 20.0)
BUILT_UP: tuple[Kind, ...] = ("suburb", "town", "industry")
OPEN: tuple[Kind, ...] = ("farmland", "forest", "delta", "harbour")
BUILT_UP_PX, OPEN_PX = 128, 320
PAVED = frozenset({"asphalt", "old_asphalt", "concrete", "gravel", "paint", "urban", "village"})
"""Materials of the ground that count as built-up."""
FINE = 3
"""What is built is counted in this many parts of a pixel along each side."""
SEASONS: tuple[Season, ...] = get_args(Season)


@dataclass(frozen=True)
class Place:
    """Some ground at two dates between which nothing was built.

    Attributes:
        dates: (2, band, row, col) reflectance in the order of `BANDS`, in half precision.
        built: (row, col) share of a pixel under buildings and paving, 0..1.
        held: which bands were measured; the others hold 0.
        gsd_m: ground size of a pixel.
    """

    dates: NDArray[np.float16]
    built: NDArray[np.float16]
    held: tuple[bool, ...]
    gsd_m: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, cols = self.built.shape
        return rows, cols


def rendered(seed: int, kinds: tuple[Kind, ...]) -> Place:
    """A simulated place of one of some kinds, at two dates with a season and a sun each."""
    rng = np.random.default_rng([seed, 91])
    kind = kinds[int(rng.integers(len(kinds)))]
    side = BUILT_UP_PX if kind in BUILT_UP else OPEN_PX
    looks = Nuisances(_look(rng), _look(rng), distractors=float(rng.uniform(0, 1.5)))
    spec = PairSpec(seed, kind, (side, side), ground_size(rng), "multispectral6", nuisances=looks)
    story = pair.tell(spec)
    noise = pair.textures(spec, story.plan)
    dates = [pair.take(spec, story.plan, noise, date).values for date in get_args(Date)]
    built = _built(spec, story).astype(np.float16)
    return Place(np.stack(dates).astype(np.float16), built, (True,) * len(BANDS), spec.gsd_m)


def ground_size(rng: Rng) -> float:
    """A ground size of the range, in metres; every second one is that of Sentinel-2."""
    if rng.random() < 0.5:
        return 10.0
    finest, coarsest = GSD_M
    return float(np.exp(rng.uniform(math.log(finest), math.log(coarsest))))


def _look(rng: Rng) -> Look:
    season = SEASONS[int(rng.choice(len(SEASONS), p=[0.4, 0.2, 0.15, 0.25]))]
    turn, climb = rng.normal(0, 20), rng.normal(0, 12)
    return Look(season, Sun(150 + turn, float(np.clip(48 + climb, 20, 70))))


def _built(spec: PairSpec, story: Story) -> Shares:
    """Share (row, col) of a pixel under buildings and paving that stand at both dates."""
    fine = replace(spec, gsd_m=spec.gsd_m / FINE)
    shapes = [
        (pair.to_pixels(area.polygon, story, fine.gsd_m), int(area.material in PAVED))
        for area in story.plan.areas
        if area.presence.pre and area.presence.post
    ]
    shapes += [
        (pair.to_pixels(building.outline, story, fine.gsd_m), 1)
        for building in story.plan.buildings
        if building.kind not in {"vehicle", "ship"}
    ]
    shape = (FINE * spec.shape[0], FINE * spec.shape[1])
    drawn = [(outline, code) for outline, code in shapes if not outline.is_empty]
    if not drawn:
        return np.zeros(spec.shape, np.float32)
    burnt = rasterize(drawn, out_shape=shape, fill=0, dtype="uint8").astype(np.float32)
    return np.asarray(cv2.resize(burnt, spec.shape[::-1], interpolation=cv2.INTER_AREA), np.float32)
