"""What is built on a canvas: quarters of other places, single halls, roads, building sites.

Everything built is labelled; what is green within it is not labelled at all. Knows nothing of
seasons or sensors.
"""

from collections.abc import Callable, Sequence

import numpy as np

from inference.training.multispectral.canvas import Canvas, Floats, Mask, built_up, view
from inference.training.multispectral.places import SEASONS, Place, Rng
from inference.training.multispectral.shapes import Spot, beside, blob, block, somewhere, strip
from inference.training.multispectral.weather import ROLES
from simulation.spectra import signature
from simulation.terrain import fractal_noise

Builder = Callable[[Rng, Canvas, int, Sequence[Place]], None]

ROOFS = ("tile_red", "tile_brown", "shingle", "dark_shingle", "metal", "rusty_metal", "white_roof",
         "blue_metal", "green_metal", "membrane", "concrete")  # fmt: skip
YARDS = ("asphalt", "old_asphalt", "concrete", "gravel")
DUG = ("soil", "red_soil", "sand", "gravel", "cleared", "concrete", "rock")
QUIET = 0.28
"""Share of pairs in which nothing is built."""
CLEARED = 0.2
"""Share of what is built whose ground lies bare at the other date."""
BOTH_WAYS = 0.12
NEAR_PX = 10


def develop(rng: Rng, canvas: Canvas, towns: Sequence[Place]) -> None:
    """Build at one date, or now and then at both, what is not there at the other."""
    if rng.random() < QUIET:
        return
    count = int(rng.integers(1, 5) if rng.random() < 0.55 else rng.integers(5, 20))
    fuller = int(rng.integers(2))
    is_both_ways = rng.random() < BOTH_WAYS
    for _part in range(count):
        date = 1 - fuller if is_both_ways and rng.random() < 0.4 else fuller
        builder = BUILDERS[int(rng.choice(len(BUILDERS), p=SHARES))]
        builder(rng, canvas, date, towns)


def settle(rng: Rng, canvas: Canvas, towns: Sequence[Place]) -> None:
    """Quarters that stand at both dates."""
    for _quarter in range(int(rng.integers(0, 4))):
        centre = _site(rng, canvas)
        where = _plot(rng, canvas, centre, float(np.exp(rng.uniform(np.log(10), np.log(150)))))
        town = towns[int(rng.integers(len(towns)))]
        dates, share = view(rng, town, canvas.shape[0], target=centre)
        for date, pixels in enumerate(dates):
            canvas.put(date, where, pixels, built_up(share))


def quarter(rng: Rng, canvas: Canvas, date: int, towns: Sequence[Place]) -> None:
    """Part of a town."""
    centre = _site(rng, canvas)
    where = _plot(rng, canvas, centre, float(np.exp(rng.uniform(np.log(5), np.log(70)))))
    town = towns[int(rng.integers(len(towns)))]
    dates, share = view(rng, town, canvas.shape[0], target=centre, dates=1)
    _raise(rng, canvas, date, where, dates[0], built_up(share))


def hall(rng: Rng, canvas: Canvas, date: int, _towns: Sequence[Place]) -> None:
    """One to four large buildings side by side, perhaps on a paved yard."""
    centre = _site(rng, canvas)
    size = float(np.exp(rng.uniform(np.log(1.5), np.log(14))))
    pixels = _surface(rng, YARDS, canvas.shape)
    where = block(rng, canvas.shape, centre, size * 1.8) if rng.random() < 0.5 else None
    where = np.zeros(canvas.shape, bool) if where is None else where
    for _hall in range(int(rng.integers(1, 5))):
        away = rng.normal(0, 0.6 * size, 2)
        spot = (centre[0] + float(away[0]), centre[1] + float(away[1]))
        roof = block(rng, canvas.shape, spot, size * float(rng.uniform(0.6, 1.2)))
        pixels = np.where(roof, _surface(rng, ROOFS, canvas.shape), pixels)
        where |= roof
    _raise(rng, canvas, date, where, pixels, np.ones(canvas.shape, bool))


def road(rng: Rng, canvas: Canvas, date: int, _towns: Sequence[Place]) -> None:
    """A road through what was there."""
    where = strip(rng, canvas.shape, _site(rng, canvas), float(rng.uniform(4, 25)))
    pixels = _surface(rng, YARDS, canvas.shape)
    _raise(rng, canvas, date, where, pixels, np.ones(canvas.shape, bool))


def works(rng: Rng, canvas: Canvas, date: int, towns: Sequence[Place]) -> None:
    """A building site or a quarry: bare ground of several kinds, some of it built on already."""
    size = float(np.exp(rng.uniform(np.log(5), np.log(45))))
    where = _plot(rng, canvas, _site(rng, canvas), size)
    mix = fractal_noise(rng, canvas.shape, scale_px=float(rng.uniform(3, 15)), octaves=3)
    share = np.clip(0.5 + mix, 0, 1)
    pixels = share * _surface(rng, DUG, canvas.shape)
    pixels += (1 - share) * _surface(rng, DUG, canvas.shape)
    _raise(rng, canvas, date, where, pixels, np.ones(canvas.shape, bool))
    if rng.random() < 0.7:
        hall(rng, canvas, date, towns)


BUILDERS: tuple[Builder, ...] = (quarter, hall, road, works)
SHARES = (0.42, 0.33, 0.1, 0.15)


def _plot(rng: Rng, canvas: Canvas, centre: Spot, size_px: float) -> Mask:
    draw = block if rng.random() < 0.6 else blob
    return draw(rng, canvas.shape, centre, size_px)


def _site(rng: Rng, canvas: Canvas) -> Spot:
    """Beside what stands, most of the time; else within it or anywhere."""
    choice = rng.random()
    if choice < 0.5:
        return somewhere(rng, beside(canvas.stands, NEAR_PX))
    return somewhere(rng, canvas.stands if choice < 0.65 else ~canvas.stands)


def _surface(rng: Rng, names: tuple[str, ...], shape: tuple[int, int]) -> Floats:
    """Reflectance (band, row, col) of one of some materials, grainy."""
    own = signature(str(rng.choice(names)), ROLES, SEASONS[0])
    own = own * np.exp(rng.normal(0, 0.2) + rng.normal(0, 0.08, len(own)))
    grain = 1 + np.float32(rng.uniform(0.02, 0.2)) * rng.standard_normal(shape, np.float32)
    return np.asarray(own.astype(np.float32)[:, None, None] * grain, np.float32)


def _raise(rng: Rng, canvas: Canvas, date: int, where: Mask, pixels: Floats, built: Mask) -> None:
    """Build at one date; the ground may lie bare at the other, where nothing stood."""
    if rng.random() < CLEARED:
        bare = where & ~canvas.built[1 - date]
        nothing = np.zeros(canvas.shape, bool)
        canvas.put(1 - date, bare, _surface(rng, DUG, canvas.shape), nothing)
    canvas.put(date, where, pixels, built)
    canvas.changed |= where & built
    canvas.seen &= ~(where & ~built)
