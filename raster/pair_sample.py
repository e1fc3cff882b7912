"""A bounded sample of the pixels of a pair, spread evenly over its grid.

Statistics of a pair come from here, so that a large scene costs no more than a small one. Knows
nothing of what the values mean.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from progress import Watcher
from raster.align import UNWATCHED, AlignedPair, open_pair
from raster.aoi import Aoi, AoiRaster
from raster.tiling import spread, tiles

BLOCK_PX = 256
MAX_BLOCKS = 16
# At most this many pixels are kept, so that 13 bands of two dates stay below 30 MB.
MAX_PIXELS = 262_144
# Fewer than this inside the AOI say little about it, so its own windows are looked up.
FEW_PIXELS = 4096


@dataclass(frozen=True)
class PairSample:
    """Pixels of both dates inside the AOI.

    Attributes:
        pre: (band, n) float32 in the units of the pre file, 0 where not observed.
        post: likewise for post.
        pre_valid: (n,) bool: observed at the pre date.
        post_valid: (n,) bool: observed at the post date.
    """

    pre: NDArray[np.float32]
    post: NDArray[np.float32]
    pre_valid: NDArray[np.bool_]
    post_valid: NDArray[np.bool_]

    @property
    def valid(self) -> NDArray[np.bool_]:
        """(n,) bool: observed at both dates."""
        return self.pre_valid & self.post_valid

    @property
    def valid_share(self) -> float:
        """Share (0..1) of the sample that is observed at both dates; 0 without pixels."""
        return float(self.valid.mean()) if self.valid.size else 0.0

    @property
    def both(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Values (band, n) of pre and post where both are observed."""
        return self.pre[:, self.valid], self.post[:, self.valid]


def draw(pair: AlignedPair, aoi: Aoi | None, *, watcher: Watcher = UNWATCHED) -> PairSample:
    """A sample of at most 16 blocks of 256 px, thinned to at most about 262,000 pixels.

    Args:
        pair: what to sample, cropped to the AOI's window.
        aoi: pixels outside it are left out, and a narrow one is looked for; None takes all.
        watcher: told after every block.
    """
    raster = None if aoi is None or aoi.is_whole_overlap else AoiRaster(aoi, pair.grid)
    windows = spread(pair.grid.shape, block_px=BLOCK_PX, max_blocks=MAX_BLOCKS)
    chosen = _thinned(windows, raster)
    if raster is not None and sum(int(mask.sum()) for _window, mask in chosen) < FEW_PIXELS:
        chosen = _thinned(_windows_touching(raster, pair.grid.shape), raster)
    return _read(pair, chosen, watcher)


Chosen = list[tuple[Window, NDArray[np.bool_]]]


def _thinned(windows: list[Window], raster: AoiRaster | None) -> Chosen:
    """Windows with the pixels to keep of each: every n-th row and column inside the AOI."""
    area_px = sum(int(window.width * window.height) for window in windows)
    step = max(int(np.ceil(np.sqrt(area_px / MAX_PIXELS))), 1)
    chosen: Chosen = []
    for window in windows:
        keep = np.zeros((int(window.height), int(window.width)), dtype=np.bool_)
        keep[::step, ::step] = True
        if raster is not None:
            inside = raster.inside(window)
            # A narrow AOI may fall between the rows and columns kept.
            keep = inside & keep if inside.sum() > FEW_PIXELS else inside
        chosen.append((window, keep))
    return chosen


def _windows_touching(raster: AoiRaster, shape: tuple[int, int]) -> list[Window]:
    """At most 16 windows that hold AOI pixels, evenly picked from all that do."""
    cores = [tile.core for tile in tiles(shape, core_px=BLOCK_PX, halo_px=0)]
    touching = [core for core in cores if raster.inside(core).any()]
    picks = np.linspace(0, len(touching) - 1, min(len(touching), MAX_BLOCKS)).round().astype(int)
    return [touching[pick] for pick in picks]


def _read(pair: AlignedPair, chosen: Chosen, watcher: Watcher) -> PairSample:
    pre = [np.zeros((len(pair.bands), 0), np.float32)]
    post, pre_valid, post_valid = list(pre), [np.zeros(0, np.bool_)], [np.zeros(0, np.bool_)]
    with open_pair(pair) as reader:
        for done, (window, keep) in enumerate(chosen):
            watcher.step(done / len(chosen), "sampling the pixels of both dates")
            if not keep.any():
                continue
            block = reader.read(window)
            pre.append(block.pre[:, keep])
            post.append(block.post[:, keep])
            pre_valid.append(block.pre_valid[keep])
            post_valid.append(block.post_valid[keep])
    return PairSample(
        np.concatenate(pre, axis=1),
        np.concatenate(post, axis=1),
        np.concatenate(pre_valid),
        np.concatenate(post_valid),
    )
