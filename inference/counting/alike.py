"""Finds what looks like the things a user boxed: compared with every place, turned and scaled.

Needs no weights and no training. Knows nothing of dates, CRS or files.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from errors import InputError
from inference.counters.base import Example, Ground, Sighting, Wanted
from inference.counting import calibration, silhouette
from inference.counting.channels import Cells, cells
from inference.counting.exemplar import (
    SCALES,
    Ordinary,
    Pose,
    Subject,
    Template,
    cell_px,
    compare,
    likeness,
    ordinary,
    posed,
    side_cells,
    templates,
)
from progress import Watcher
from raster.findings import Finding
from raster.instances import Instance, cut
from raster.tiling import count, spread, tiles

MOST_EXAMPLES = 24
TILE_CELLS = 256
SAMPLE_CELLS, SAMPLE_BLOCKS = 48, 16
LEAST_RESPONSE = 0.1
"""Places to which every template responds less are not compared with any."""
MOST_FINDS = 20_000
LEAST_FREE = 0.5
"""A find of which others have more than the rest of this share is one of them."""
APART = 1.3
"""A find whose middle lies within another one, or this many halves of it, is that one."""


@dataclass(frozen=True)
class Find:
    """A place that looks like an example.

    Attributes:
        score: how like, 1 for the example itself; below the likeness asked for it is no find.
        xy: middle, in pixels of the working grid.
        pose: of the example it looks like.
    """

    score: float
    xy: tuple[float, float]
    pose: Pose


@dataclass(frozen=True)
class Search:
    """What is looked for, and against which ground.

    Attributes:
        subjects: the examples.
        cell: side of a cell in pixels.
        ground: how the image usually looks.
        chosen: the templates.
        chance: likeness that ordinary ground reaches.
    """

    subjects: tuple[Subject, ...]
    cell: float
    ground: Ordinary
    chosen: tuple[Template, ...]
    chance: float

    def least(self, similarity: float, places: list[Find]) -> float:
        """The likeness from which a place is a find; `places` are sorted, the likest first."""
        scores = [place.score for place in places]
        alike = calibration.kind_likeness(self.chance, scores, len(self.subjects))
        return calibration.Scale(self.chance, alike).least(similarity)


def find_alike(ground: Ground, wanted: Wanted, watcher: Watcher) -> Sighting:
    """All things like the examples, whole and once.

    Raises:
        InputError: no example, or too many.
        CancelledError: the watcher asked to stop.
    """
    search = _prepare(ground, wanted)
    places = [find for part in _found(search, ground, watcher.part(0.0, 0.8)) for find in part]
    places.sort(key=_rank)
    least = search.least(wanted.similarity, places)
    support = _painted(places, ground.grid.shape, search, least)
    finds = [place for place in places if place.score >= least]
    chosen = _apart(finds[:MOST_FINDS], search.subjects)
    things = _outlined(chosen, search, ground, wanted, watcher.part(0.8, 1.0))
    return Sighting(tuple(things), support, _too_many(len(finds)))


def subject_of(example: Example) -> Subject:
    """An example with its outline, found by its colours inside the box."""
    picture = np.ascontiguousarray(example.chip.image.transpose(1, 2, 0))
    mask = silhouette.in_box(picture, example.inner)
    rows, cols = np.nonzero(mask)
    centre = (float(cols.min() + cols.max() + 1) / 2, float(rows.min() + rows.max() + 1) / 2)
    length_px = float(max(np.ptp(rows), np.ptp(cols)) + 1)
    return Subject(picture.astype(np.float32), mask, centre, length_px)


def _prepare(ground: Ground, wanted: Wanted) -> Search:
    if not 0 < len(wanted.examples) <= MOST_EXAMPLES:
        msg = f"There are {len(wanted.examples)} examples; between 1 and {MOST_EXAMPLES} are used."
        raise InputError(msg, hint="Box a few things that look different from one another.")
    subjects = tuple(subject_of(example) for example in wanted.examples)
    cell = cell_px(subjects)
    side = side_cells(subjects, cell)
    lattice = _lattice(ground, cell)
    # A block gives whole patches even where the lattice is smaller than one.
    block = max(SAMPLE_CELLS, 2 * side)
    blocks = [
        cells(ground.read, cell, *_ranges(window, 0)) for window in _sample_windows(lattice, block)
    ]
    usual = ordinary(blocks, side)
    chosen = templates(subjects, usual, cell)
    chance = calibration.ground_likeness(blocks, usual, chosen)
    return Search(subjects, cell, usual, chosen, chance)


def _sample_windows(lattice: tuple[int, int], block: int) -> Iterator[Window]:
    """Blocks spread over the lattice, each at least as large as a block, if need be beyond it."""
    for window in spread(lattice, block_px=block, max_blocks=SAMPLE_BLOCKS):
        yield Window(
            window.col_off, window.row_off, max(window.width, block), max(window.height, block)
        )


def _lattice(ground: Ground, cell: float) -> tuple[int, int]:
    return math.ceil(ground.grid.height / cell), math.ceil(ground.grid.width / cell)


def _ranges(window: Window, margin: int) -> tuple[range, range]:
    top, left = int(window.row_off), int(window.col_off)
    bottom, right = top + int(window.height), left + int(window.width)
    return range(top - margin, bottom + margin), range(left - margin, right + margin)


def _found(search: Search, ground: Ground, watcher: Watcher) -> Iterator[list[Find]]:
    """Places that look more like an example than the places beside them, tile by tile."""
    lattice = _lattice(ground, search.cell)
    margin = search.ground.side // 2 + 1
    total = count(lattice, core_px=TILE_CELLS)
    for done, tile in enumerate(tiles(lattice, core_px=TILE_CELLS, halo_px=0), start=1):
        block = cells(ground.read, search.cell, *_ranges(tile.core, margin))
        yield _finds(block, tile.core, search)
        watcher.step(done / total, "Looking for things like the examples")


def _finds(block: Cells, core: Window, search: Search) -> list[Find]:
    """The finds of a tile, seen with half a template and a cell around it."""
    responses = compare(block, search.ground, search.chosen)
    strongest = responses.max(axis=0)
    half = search.ground.side // 2
    is_peak = strongest >= cv2.dilate(strongest, np.ones((3, 3), np.uint8))
    is_peak &= (strongest >= LEAST_RESPONSE) & block.valid[half:-half, half:-half]
    # The cells around the core are only there to be compared with.
    corners = np.argwhere(is_peak[1:-1, 1:-1]) + 1
    numbers = responses.argmax(axis=0)[corners[:, 0], corners[:, 1]]
    chosen = [search.chosen[number] for number in numbers]
    scores = likeness(block, search.ground, chosen, corners)
    middles = (corners[:, ::-1] - 0.5 + [core.col_off, core.row_off]) * search.cell
    return [
        Find(float(score), (float(x), float(y)), template.pose)
        for score, (x, y), template in zip(scores, middles, chosen, strict=True)
    ]


def _painted(
    places: list[Find], shape: tuple[int, int], search: Search, least: float
) -> NDArray[np.uint8]:
    """The support of all places, finds or not: their likeness over the size of the thing."""
    support = np.zeros(shape, np.uint8)
    for place in reversed(places):
        subject = search.subjects[place.pose.subject]
        radius = max(place.pose.scale * math.sqrt(np.count_nonzero(subject.mask) / math.pi), 1.0)
        # A place at the threshold gives a half, as with every counter.
        level = round(255 * min(max(place.score, 0.0) / (2 * least), 1.0))
        cv2.circle(support, (int(place.xy[0]), int(place.xy[1])), round(radius), level, cv2.FILLED)
    return support


def _rank(found: Find) -> tuple[float, float, float]:
    return -found.score, found.xy[1], found.xy[0]


def _apart(finds: Iterable[Find], subjects: tuple[Subject, ...]) -> list[Find]:
    """The best of sorted finds, none of which is another one seen again."""
    chosen: list[Find] = []
    near: dict[tuple[int, int], list[Find]] = {}
    bin_px = max(subject.length_px for subject in subjects) * SCALES[-1]
    for found in finds:
        column, row = int(found.xy[0] // bin_px), int(found.xy[1] // bin_px)
        around = [
            other
            for down in (-1, 0, 1)
            for across in (-1, 0, 1)
            for other in near.get((column + across, row + down), ())
        ]
        if not any(_is_same(found, other, subjects) for other in around):
            chosen.append(found)
            near.setdefault((column, row), []).append(found)
    return chosen


def _is_same(found: Find, other: Find, subjects: tuple[Subject, ...]) -> bool:
    """Whether the middle of a find lies well within another one, in the directions of that."""
    subject, pose = subjects[other.pose.subject], other.pose
    dx, dy = found.xy[0] - other.xy[0], found.xy[1] - other.xy[1]
    cos, sin = math.cos(pose.angle_rad) / pose.scale, math.sin(pose.angle_rad) / pose.scale
    along, across = subject.reach(dx * cos + dy * sin, -dx * sin + dy * cos)
    return along < APART and across < APART


def _outlined(
    chosen: list[Find], search: Search, ground: Ground, wanted: Wanted, watcher: Watcher
) -> Iterator[Instance]:
    """The things at the finds, outlined by their colours; none overlaps another."""
    taken = np.zeros(ground.grid.shape, np.bool_)
    pixel_m2 = ground.grid.gsd_m**2
    for done, found in enumerate(chosen):
        watcher.step(done / len(chosen), "Drawing outlines")
        thing = _outline(found, search.subjects[found.pose.subject], ground, taken)
        if thing is None:
            continue
        if wanted.min_area_m2 <= thing.pixels * pixel_m2 <= wanted.max_area_m2:
            taken[thing.window.toslices()] |= thing.mask
            yield thing


def _outline(
    found: Find, subject: Subject, ground: Ground, taken: NDArray[np.bool_]
) -> Instance | None:
    """The thing at a find, less what others have; None if they have most of it."""
    side = 2 * math.ceil(subject.length_px * found.pose.scale) + 9
    top, left = round(found.xy[1] - side / 2), round(found.xy[0] - side / 2)
    expected = posed(subject.mask.astype(np.float32), subject, found.pose, step_px=1.0, side=side)
    chip = ground.read(Window(left, top, side, side))
    picture = np.ascontiguousarray(chip.image.transpose(1, 2, 0))
    mask = silhouette.near(picture, expected > 0.5) & chip.valid
    whole = np.count_nonzero(mask)
    rows = slice(max(-top, 0), min(side, taken.shape[0] - top))
    cols = slice(max(-left, 0), min(side, taken.shape[1] - left))
    others = np.ones(mask.shape, np.bool_)
    others[rows, cols] = taken[
        top + rows.start : top + rows.stop, left + cols.start : left + cols.stop
    ]
    free = silhouette.largest(mask & ~others)
    if np.count_nonzero(free) < max(LEAST_FREE * whole, 1):
        return None
    return cut(free, min(found.score, 1.0), top=top, left=left)


def _too_many(finds: int) -> tuple[Finding, ...]:
    if finds <= MOST_FINDS:
        return ()
    message = f"{finds:,} places look like the examples; the {MOST_FINDS:,} likest were kept."
    remedy = "Ask for more similarity, or choose a smaller area."
    return (Finding("count_too_many", "caution", message, remedy, float(finds), "1"),)
