"""Open two scenes and say whether they may be compared."""

from pathlib import Path

from progress import Watcher
from raster import aoi as aois
from raster import scene
from raster.preflight import Preflight, inspect


def preflight(pre: Path, post: Path, *, aoi: Path | None, watcher: Watcher) -> Preflight:
    """Findings and a verdict for two files or folders of tiles.

    Raises:
        RasterError: a file cannot be used at all.
        AoiError: the AOI cannot be used.
    """
    area = aois.read(aoi) if aoi is not None else None
    watcher.step(0.0, "Opening the scenes")
    return inspect(scene.open(pre), scene.open(post), aoi=area, watcher=watcher)
