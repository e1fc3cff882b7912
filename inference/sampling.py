"""A bounded, evenly spread sample of a pair for the scene-level parameters of a detector.

Knows nothing of what a detector does with it.
"""

from inference.detectors.base import Sample
from raster.align import AlignedPair, open_pair
from raster.tiling import spread

BLOCK_PX = 256
MAX_BLOCKS = 16


def take(pair: AlignedPair, *, device: str = "cpu") -> Sample:
    """At most 16 blocks of 256 x 256 pixels at full resolution; a small pair is taken whole."""
    windows = spread(pair.grid.shape, block_px=BLOCK_PX, max_blocks=MAX_BLOCKS)
    with open_pair(pair) as reader:
        blocks = tuple(reader.read(window) for window in windows)
    is_assumed = pair.pre.is_size_assumed or pair.post.is_size_assumed
    gsd_m = None if is_assumed else pair.grid.gsd_m
    return Sample(blocks, pair.bands, gsd_m, pair.pre.sensor, device)
