"""Small places with known ground: fields of noise, and towns that are brighter in every band."""

import numpy as np

from inference.training.multispectral.places import BANDS, Place
from inference.training.multispectral.scenes import Bank

SIDE = 64
TOWN = np.s_[24:40, 20:44]


def place(seed: int = 0, *, held: int = 6, towns: bool = True) -> Place:
    """Dark fields at two dates, and a bright town on `TOWN`."""
    rng = np.random.default_rng(seed)
    dates = rng.uniform(0.05, 0.15, (2, len(BANDS), SIDE, SIDE))
    built = np.zeros((SIDE, SIDE), np.float16)
    if towns:
        built[TOWN] = 1
        dates[:, :, built > 0] += 0.3
    flags = tuple(number < held for number in range(len(BANDS)))
    return Place(dates.astype(np.float16), built, flags, 10.0)


def town(seed: int = 1) -> Place:
    """Built up everywhere, and bright."""
    rng = np.random.default_rng(seed)
    dates = rng.uniform(0.4, 0.5, (2, len(BANDS), SIDE, SIDE)).astype(np.float16)
    return Place(dates, np.ones((SIDE, SIDE), np.float16), (True,) * len(BANDS), 10.0)


def bank() -> Bank:
    """Two places outside towns and one town."""
    return Bank((place(1), place(2, towns=False)), (town(),))
