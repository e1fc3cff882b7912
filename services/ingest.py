"""Makes a raster ready for the map: checks, facts, reduced copies and a thumbnail.

The originals are never changed. Knows nothing of users, uploads or jobs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from numpy.typing import NDArray

from errors import ExportError, UnreadableRasterError
from progress import Watcher
from raster import outline, overviews, reading, scene, stretch
from raster.bands import Band
from raster.native import Bools, Floats
from raster.scene import Scene
from raster.text import clean
from services import provenance, scene_facts
from services.scene_facts import SHARES, Prepared, SceneFacts

__all__ = ["PYRAMID", "THUMBNAIL", "SceneFacts", "ingest"]

PYRAMID = "pyramid.tif"
THUMBNAIL = "thumbnail.png"
SAMPLE_PX = 1024
THUMBNAIL_PX = 320
# Samples (bands x pixels) of the decimated look at a scene: 64 MB of float32.
MAX_SAMPLES = 16_000_000


@dataclass(frozen=True)
class _Sample:
    """A decimated scene: values (band, row, col) and observed pixels (row, col)."""

    values: Floats
    seen: Bools


def ingest(source: Path, folder: Path, *, watcher: Watcher) -> SceneFacts:
    """The facts of a scene, once all that a map needs lies in `folder`.

    Writes `scene.json` and `thumbnail.png`, and `pyramid.tif` where the original has no reduced
    copies, consists of tiles, or is slow to read piece by piece. Everything appears whole; an
    earlier preparation in the folder is replaced. Cost: reads every byte once, and every pixel
    once if copies are needed.

    Args:
        source: raster file, or folder of tiles of one sensor; only read.
        folder: where to write; it is made if it does not exist.
        watcher: told of progress, asked whether to stop.

    Raises:
        RasterError: the source cannot be used; the reason and a remedy are in the error.
        CancelledError: the watcher asked to stop; the folder is as it was.
        ExportError: the folder cannot be written, or the disk is full.
    """
    watcher.step(0.0, "Checking the file")
    opened = scene.open(source)
    with _beside(folder) as scratch:
        facts = _prepare(opened, source, scratch, watcher)
        with _writing(folder):
            _publish(scratch, folder, Prepared(facts, opened.paths, _bounds(opened)))
    return facts


def _prepare(opened: Scene, source: Path, scratch: Path, watcher: Watcher) -> SceneFacts:
    """The facts, once all pictures lie in `scratch`."""
    step, shown = overviews.needed_step(opened), opened
    if step:
        shown = overviews.build(
            opened, scratch / PYRAMID, step=step, watcher=watcher.part(0.02, 0.8)
        )
    watcher.step(0.8, "Measuring brightness")
    sample = _sampled(shown)
    with _writing(scratch.parent):
        (scratch / THUMBNAIL).write_bytes(_thumbnail(opened, sample))
    watcher.step(0.9, "Computing the checksum")
    facts = _facts(opened, source, step, sample)
    watcher.step(1.0, "Ready")
    return facts


def _facts(opened: Scene, source: Path, step: int, sample: _Sample) -> SceneFacts:
    grid, place = opened.grid, outline.of(opened.grid)
    sha256, size_bytes = _identity(source)
    return SceneFacts(
        name=opened.name,
        crs=_crs_words(opened),
        width=grid.width,
        height=grid.height,
        gsd_m=grid.gsd_m,
        bands=tuple(_band_words(band) for band in opened.bands),
        band_indexes=tuple(band.index for band in opened.bands),
        dtype=opened.dtype,
        sensor=opened.sensor,
        acquired_on=opened.acquired_on.isoformat() if opened.acquired_on else None,
        bounds_wgs84=place.bounds,
        footprint=place.geometry,
        sha256=sha256,
        size_bytes=size_bytes,
        files=tuple(path.name for path in opened.paths),
        has_pyramid=step > 0,
        pyramid_step=step,
        quantiles=_quantiles(sample),
        offset_dn=opened.offset_dn or 0.0,
        nodata_share=float(1 - sample.seen.mean()),
        remarks=tuple(finding.message for finding in opened.findings),
    )


def _identity(source: Path) -> tuple[str, int]:
    """SHA-256 and size of the originals.

    Raises:
        UnreadableRasterError: they were deleted while they were read.
    """
    try:
        return provenance.path_sha256(source), provenance.size_bytes(source)
    except OSError as error:
        msg = f"{clean(source.name)!r} is not there any more."
        raise UnreadableRasterError(msg, hint="Add it again.") from error


def _band_words(band: Band) -> str:
    """The role, which two dates have in common; an index goes by its own name."""
    return band.name if band.role in {None, "index"} else str(band.role)


def _crs_words(opened: Scene) -> str:
    code = opened.grid.crs.to_epsg()
    return f"EPSG:{code}" if code else opened.grid.crs.to_wkt()


def _bounds(opened: Scene) -> tuple[scene_facts.Bounds, ...]:
    """Where each original lies, in the order of the files."""
    return tuple(outline.of(grid).bounds for grid in opened.tile_grids or (opened.grid,))


def _sampled(shown: Scene) -> _Sample:
    side_px = int(min(SAMPLE_PX, (MAX_SAMPLES / len(shown.bands)) ** 0.5))
    return _Sample(*reading.preview(shown, max_px=side_px))


def _quantiles(sample: _Sample) -> tuple[tuple[float, ...], ...]:
    observed = sample.values[:, sample.seen]
    if not observed.size:
        return tuple((0.0,) * len(SHARES) for _band in sample.values)
    found = np.quantile(observed, SHARES, axis=1).T
    return tuple(tuple(float(f"{value:.6g}") for value in row) for row in found)


def _thumbnail(opened: Scene, sample: _Sample) -> bytes:
    """A small PNG with its own stretch, clear where nothing was observed."""
    observed = sample.values[:, sample.seen]
    look = stretch.joint(observed, observed[:, :0], opened.bands, opened.sensor)
    picture: NDArray[np.uint8] = np.dstack(
        [look.apply(sample.values, sample.seen)[:, :, ::-1], sample.seen.astype(np.uint8) * 255]
    )
    by = max(*sample.seen.shape, THUMBNAIL_PX) / THUMBNAIL_PX
    size = (max(round(picture.shape[1] / by), 1), max(round(picture.shape[0] / by), 1))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".png", small)[1].tobytes()


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A scratch folder on the same disk, so that what is in it can appear by a rename."""
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        scratch = TemporaryDirectory(prefix=".ingest-", dir=folder, ignore_cleanup_errors=True)
    with scratch as path:
        yield Path(path)


def _publish(scratch: Path, folder: Path, prepared: Prepared) -> None:
    """Move the finished files in; `scene.json`, which makes the scene usable, comes last."""
    for name in (scene_facts.FILE_NAME, PYRAMID):
        (folder / name).unlink(missing_ok=True)
    for path in scratch.iterdir():
        path.replace(folder / path.name)
    scene_facts.save(prepared, folder)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turn what a full or closed disk raises into an error of ours.

    Raises:
        ExportError: naming the folder.
    """
    try:
        yield
    except OSError as error:
        msg = f"The prepared scene could not be written to {clean(str(folder))!r}."
        hint = "Check that the folder can be written and that the disk is not full."
        raise ExportError(msg, hint=hint) from error
