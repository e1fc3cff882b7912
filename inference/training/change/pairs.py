"""Pairs of dates with true labels, made of chips: the recipe of what changes and what does not.

Single-picture supervision (label = either building but not both) is the idea of ChangeStar (Zheng
et al. 2021, "Change is everywhere"). Knows nothing of files or networks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from inference.training.change.chips import Chip, Mask, Numbers, Picture, Rng, cut, guessed_sun
from inference.training.change.damage import strike
from inference.training.change.distractors import scatter, shadows_elsewhere
from inference.training.change.ground import Ground, insert, remove
from inference.training.change.leaning import lean
from inference.training.change.roofs import Roof

SIZE_PX = 320
BOTH_WAYS = 0.12
"""Share of edited pairs in which some buildings come and others go."""
STRUCK = 0.17
LEANING = 0.3
OTHER_HOUR = 0.3
"""Share of dates on which roofs cast shadows to another side as well."""
UNTOUCHED = 0.12
"""Share of edited pairs in which no building comes or goes."""


@dataclass(frozen=True)
class Pair:
    """Two dates and the truth.

    Attributes:
        pre: (row, col, 3) uint8.
        post: likewise.
        buildings_pre: (row, col) number of the building that stands there, 0 none.
        buildings_post: likewise.
        gone: (row, col) where pre shows a building that changed.
        came: (row, col) where post shows what changed: a new building, or damage.
        seen: (row, col) where the labels hold.
        gsd_m: ground size of a pixel.
    """

    pre: Picture
    post: Picture
    buildings_pre: Numbers
    buildings_post: Numbers
    gone: Mask
    came: Mask
    seen: Mask
    gsd_m: float

    def swapped(self) -> "Pair":
        """The same with its dates exchanged."""
        return replace(
            self,
            pre=self.post,
            post=self.pre,
            buildings_pre=self.buildings_post,
            buildings_post=self.buildings_pre,
            gone=self.came,
            came=self.gone,
        )


def edited(rng: Rng, chip: Chip, roofs: Sequence[Roof]) -> Pair:
    """One ground twice: buildings taken away and set down, mostly in one direction of time."""
    sun = guessed_sun(rng, chip)
    emptier, fuller = (Ground.of(chip, sun, is_later=flag) for flag in _dates(rng))
    if rng.random() >= UNTOUCHED:
        if rng.random() < 0.5:
            _thin_out(rng, emptier)
        _build(rng, fuller, roofs)
        if rng.random() < BOTH_WAYS:
            _build(rng, emptier, roofs, most=3)
    damaged = strike(rng, emptier) if rng.random() < STRUCK else np.zeros(chip.seen.shape, bool)
    # Compared before roofs lean: a roof that only leans has not changed.
    came, gone = _differences(emptier, fuller, damaged)
    for ground in (emptier, fuller):
        _disturb(rng, ground, 2.5)
    pair = Pair(
        _levels(emptier), _levels(fuller), emptier.buildings, fuller.buildings,
        gone, came, chip.seen, chip.gsd_m,
    )  # fmt: skip
    return pair.swapped() if rng.random() < 0.5 else pair


def _disturb(rng: Rng, ground: Ground, distractors: float) -> None:
    """All that differs on this date and is no building."""
    if rng.random() < OTHER_HOUR:
        shadows_elsewhere(rng, ground)
    scatter(rng, ground, int(rng.poisson(distractors)))
    if rng.random() < LEANING:
        lean(rng, ground)


def _dates(rng: Rng) -> tuple[bool, bool]:
    """Which of two grounds is shown at the later date of a chip that has one."""
    first = bool(rng.random() < 0.5)
    return first, (not first if rng.random() < 0.75 else first)


def _differences(emptier: Ground, fuller: Ground, damaged: Mask) -> tuple[Mask, Mask]:
    """Where the fuller ground shows what the other has not, and the reverse."""
    return fuller.is_roof & ~emptier.is_roof, (emptier.is_roof & ~fuller.is_roof) | damaged


def _levels(ground: Ground) -> Picture:
    return np.clip(ground.image, 0, 255).astype(np.uint8)


def _thin_out(rng: Rng, ground: Ground) -> None:
    """Take some of the buildings away, or all."""
    numbers = np.unique(ground.buildings)
    numbers = numbers[numbers > 0]
    share = 1.0 if rng.random() < 0.25 else float(rng.uniform(0.1, 0.7))
    for number in numbers:
        if rng.random() < share:
            remove(rng, ground, int(number))


def _build(rng: Rng, ground: Ground, roofs: Sequence[Roof], most: int | None = None) -> None:
    """Set buildings down: none, a few or an estate, in a common direction."""
    count = _how_many(rng) if most is None else int(rng.integers(1, most + 1))
    angle = float(rng.uniform(0, 180))
    row, col = rng.uniform(0.15, 0.85, 2) * ground.buildings.shape
    near = (float(row), float(col)) if rng.random() < 0.6 else None
    for _building in range(count):
        roof = roofs[int(rng.integers(len(roofs)))]
        turn = angle + 90 * int(rng.integers(4)) + float(rng.normal(0, 4))
        insert(rng, ground, roof, angle_deg=turn, near=near)


def _how_many(rng: Rng) -> int:
    choice = rng.random()
    if choice < 0.1:
        return 0
    return int(rng.integers(1, 5) if choice < 0.65 else rng.integers(5, 22))


def either(first: Chip, second: Chip) -> Pair:
    """Two unlike crops as dates of one place: changed where only one has a building."""
    one, other = first.buildings > 0, second.buildings > 0
    return Pair(first.image, second.image, first.buildings, second.buildings,
                one & ~other, other & ~one, first.seen & second.seen, first.gsd_m)  # fmt: skip


def calm(rng: Rng, chip: Chip) -> Pair:
    """One ground twice with all that changes but buildings."""
    sun = guessed_sun(rng, chip)
    grounds = [Ground.of(chip, sun, is_later=flag) for flag in _dates(rng)]
    for ground in grounds:
        _disturb(rng, ground, 5.0)
    nothing = np.zeros(chip.seen.shape, bool)
    one, other = grounds
    return Pair(_levels(one), _levels(other), one.buildings, other.buildings,
                nothing, nothing, chip.seen, chip.gsd_m)  # fmt: skip


def cropped(rng: Rng, chips: Sequence[Chip]) -> Chip:
    """A part of one of the chips."""
    return cut(rng, chips[int(rng.integers(len(chips)))], SIZE_PX)
