"""A bounded sample of the pixels of a pair, spread evenly over its grid.

Statistics of a pair come from here, so that a large scene costs no more than a small one. Knows
nothing of what the values mean.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from progress import Watcher
from raster.align import UNWATCHED, AlignedPair, open_pair
from raster.aoi import Aoi, AoiRaster
from raster.tiling import spread

BLOCK_PX = 256
MAX_BLOCKS = 16
# At most this many pixels are kept, so that 13 bands of two dates stay below 30 MB.
MAX_PIXELS = 262_144


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
        aoi: pixels outside it are left out; None takes all.
        watcher: told after every block.
    """
    windows = spread(pair.grid.shape, block_px=BLOCK_PX, max_blocks=MAX_BLOCKS)
    area_px = sum(int(window.width * window.height) for window in windows)
    step = max(int(np.ceil(np.sqrt(area_px / MAX_PIXELS))), 1)
    raster = None if aoi is None or aoi.is_whole_overlap else AoiRaster(aoi, pair.grid)
    parts = []
    with open_pair(pair) as reader:
        for done, window in enumerate(windows):
            watcher.step(done / len(windows), "sampling the pixels of both dates")
            block = reader.read(window)
            thinned = np.zeros(block.pre_valid.shape, dtype=np.bool_)
            thinned[::step, ::step] = True
            if raster is not None:
                thinned &= raster.inside(window)
            parts.append(
                (
                    block.pre[:, thinned],
                    block.post[:, thinned],
                    block.pre_valid[thinned],
                    block.post_valid[thinned],
                )
            )
    pre, post, pre_valid, post_valid = zip(*parts, strict=True)
    return PairSample(
        np.concatenate(pre, axis=1),
        np.concatenate(post, axis=1),
        np.concatenate(pre_valid),
        np.concatenate(post_valid),
    )
