"""Building footprints of a whole picture: the network's dense answer, tile by tile, and its things.

Tiles overlap by the reach of the network and only their cores are kept, so that no tile leaves a
trace; things are found on the stitched raster. Knows nothing of dates or CRS.
"""

from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from rasterio.windows import Window

from inference.counters.base import Ground, Sighting, Wanted
from inference.counting.splitting import split
from inference.networks.clicknet import HALO_PX, STRIDE_PX, ClickNet
from progress import Watcher
from raster.findings import Finding
from raster.instances import Instance
from raster.tiling import count, tiles

CORE_PX = 768
LEAST_CORE_PX = 192
"""A graphics card too small for tiles of this size is too small for the network."""
FOUND = 0.5
SURE = 0.55
"""A building is drawn where its footprint is likelier than not, and believed where its mean score
is at least this: of 1,038 rendered ones, clean and under nuisances, counts were nearest to truth
between 0.5 and 0.6."""
NECK_RATIO = 0.65
"""Wings of a house are not houses: the depth of the network already parts those that touch."""
LEVELS = 255


ON_CPU = Finding(
    "count_on_cpu",
    "info",
    "The graphics card has too little memory for this counter; it ran on the CPU instead.",
)


@dataclass(frozen=True)
class Dense:
    """What the network says of every pixel of a working grid, 0..255.

    Attributes:
        footprint: (row, col) uint8, how likely it is a building; 0 where not observed.
        relief: (row, col) uint8, above a half exactly where `footprint` is, and the higher the
            farther from the outline of its own building, so that touching ones have a valley.
        notes: what the user must know.
    """

    footprint: NDArray[np.uint8]
    relief: NDArray[np.uint8]
    notes: tuple[Finding, ...]


def find_footprints(net: ClickNet, ground: Ground, wanted: Wanted, watcher: Watcher) -> Sighting:
    """All buildings, whole and once, with the footprint scores as support.

    Raises:
        CancelledError: the watcher asked to stop.
    """
    dense = scan(net, ground, watcher.part(0.0, 0.9))
    watcher.step(0.9, "Telling buildings apart")
    things = instances(dense, ground.grid.gsd_m, wanted)
    return Sighting(things, dense.footprint, dense.notes)


def instances(dense: Dense, gsd_m: float, wanted: Wanted) -> tuple[Instance, ...]:
    """The buildings of a dense answer, within the sizes wanted."""
    pixel_m2 = gsd_m**2
    least_px = max(round(wanted.min_area_m2 / pixel_m2), 1)
    relief = dense.relief.astype(np.float32) / np.float32(LEVELS)
    parts = split(relief, threshold=FOUND, min_area_px=least_px, neck_ratio=NECK_RATIO)
    found = (_scored(part, dense.footprint) for part in parts)
    return tuple(
        thing
        for thing in found
        if thing.score >= SURE
        and wanted.min_area_m2 <= thing.pixels * pixel_m2 <= wanted.max_area_m2
    )


def scan(net: ClickNet, ground: Ground, watcher: Watcher) -> Dense:
    """The network's dense answer for the whole grid.

    A graphics card that is too small gets smaller tiles, then the CPU takes over, and a note says
    so.

    Raises:
        CancelledError: the watcher asked to stop.
    """
    core_px = CORE_PX
    while core_px >= LEAST_CORE_PX:
        try:
            return _scanned(net, ground, core_px, watcher)
        except torch.OutOfMemoryError:
            core_px //= 2
    return replace(_scanned(net.to("cpu"), ground, CORE_PX, watcher), notes=(ON_CPU,))


def _scanned(net: ClickNet, ground: Ground, core_px: int, watcher: Watcher) -> Dense:
    shape = ground.grid.shape
    footprint, relief = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    total = count(shape, core_px=core_px)
    for done, tile in enumerate(tiles(shape, core_px=core_px, halo_px=0)):
        watcher.step(done / total, f"Looking for buildings, part {done + 1} of {total}")
        rows, cols = tile.core.toslices()
        footprint[rows, cols], relief[rows, cols] = _answer(net, ground, tile.core)
    return Dense(footprint, relief, ())


def _answer(
    net: ClickNet, ground: Ground, core: Window
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Footprint and relief of one tile, seen with its surroundings, beyond the grid too."""
    height, width = int(core.height), int(core.width)
    chip = ground.read(_outer(core))
    inner = np.s_[..., HALO_PX : HALO_PX + height, HALO_PX : HALO_PX + width]
    valid = chip.valid[inner]
    if not valid.any():
        nothing = np.zeros((height, width), np.uint8)
        return nothing, nothing
    interior, border, depth = _dense(net, chip.image)[inner]
    relief = raised(interior, border, depth)
    return _levels(interior * valid), _levels(relief * valid)


def _outer(core: Window) -> Window:
    """A tile with the reach of the network around it, in sides the network takes."""
    height, width = (
        -(-(int(side) + 2 * HALO_PX) // STRIDE_PX) * STRIDE_PX for side in (core.height, core.width)
    )
    return Window(core.col_off - HALO_PX, core.row_off - HALO_PX, width, height)


def _dense(net: ClickNet, image: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Footprint, border and depth (3, row, col), 0..1, of a picture."""
    device = next(net.parameters()).device
    with torch.inference_mode():
        picture = torch.from_numpy(image)[None].to(device).float() / 255
        picture = picture.contiguous(memory_format=torch.channels_last)
        answer = torch.sigmoid(net.dense(net.encode(picture))[0].float())
        return np.asarray(answer.cpu().numpy())


def raised(
    interior: NDArray[np.float32], border: NDArray[np.float32], depth: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Footprint whose part above a half is as high as it is deep inside its own building."""
    height = FOUND + (1 - FOUND) * depth * (1 - border)
    return np.where(interior > FOUND, np.maximum(height, FOUND + 1 / LEVELS), interior)


def _levels(shares: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.rint(shares * LEVELS).astype(np.uint8)


def _scored(part: Instance, footprint: NDArray[np.uint8]) -> Instance:
    """A part with its mean score."""
    inside = footprint[part.window.toslices()][part.mask]
    return replace(part, score=float(inside.mean()) / LEVELS)
