"""How well a detector does on labelled pairs, pooled over pixels.

Runs the same engine as `compare`; knows nothing of objects or reports.
"""

import time
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.errors import NotGeoreferencedWarning
from rasterio.warp import reproject

import settings
from analysis import accuracy
from analysis.accuracy import Confusion
from errors import InputError
from inference.recommend import recommend
from inference.run import Options, Site, detect
from progress import Watcher
from raster import aoi as aois
from raster import gdal, scene
from raster.align import AlignedPair, align
from raster.grid import Grid
from raster.mask import NOT_OBSERVED, UNCHANGED
from raster.scene import Scene

SUFFIXES = (".tif", ".tiff", ".png", ".jpg", ".jpeg")


@dataclass(frozen=True)
class LabelledPair:
    """One folder of an evaluation set."""

    id: str
    pre: Path
    post: Path
    label: Path | None


@dataclass(frozen=True)
class _Scored:
    """One evaluated pair."""

    id: str
    detector: str
    counts: Confusion | None
    flagged_px: int
    valid_px: int
    threshold: float
    seconds: float

    @property
    def flagged_share(self) -> float:
        return self.flagged_px / max(self.valid_px, 1)

    def as_json(self) -> dict[str, Any]:
        """One entry of `per_pair`."""
        return {
            "id": self.id,
            "detector": self.detector,
            "threshold": self.threshold,
            **_measures(self.counts),
            "flagged_share": self.flagged_share,
            "seconds": round(self.seconds, 3),
            "mpix_per_s": round(self.valid_px / 1e6 / self.seconds, 3),
        }


def evaluate(detector: str, data: Path, *, gsd_m: float | None, watcher: Watcher) -> dict[str, Any]:
    """The `evaluate` object of the contract: measures pooled over pixels, and per pair.

    Raises:
        InputError: the folder holds no pair.
    """
    pairs = find_pairs(data)
    rows = []
    for done, pair in enumerate(pairs):
        watcher.step(done / len(pairs), f"Evaluating {pair.id}")
        rows.append(_score(pair, detector, gsd_m))
    counts = [row.counts for row in rows if row.counts is not None]
    valid_px, seconds = sum(row.valid_px for row in rows), sum(row.seconds for row in rows)
    return {
        "detector": detector,
        "pairs": len(rows),
        **_measures(sum(counts[1:], counts[0]) if counts else None),
        "flagged_share": sum(row.flagged_px for row in rows) / max(valid_px, 1),
        "seconds": round(seconds, 3),
        "mpix_per_s": round(valid_px / 1e6 / seconds, 3),
        "per_pair": [row.as_json() for row in rows],
    }


def find_pairs(data: Path) -> list[LabelledPair]:
    """The labelled pairs `<id>/{pre,post,label}.(tif|png|jpg)` of a folder, by name.

    Raises:
        InputError: there is none.
    """
    folders = [data, *sorted(path for path in data.iterdir() if path.is_dir())]
    found = [pair for folder in folders if (pair := _pair_in(folder)) is not None]
    if not found:
        msg = f"No pair was found in {str(data)!r}."
        raise InputError(msg, hint="Each pair is a folder with pre, post and label (.tif or .png).")
    return found


def _pair_in(folder: Path) -> LabelledPair | None:
    pre, post, label = (_named(folder, stem) for stem in ("pre", "post", "label"))
    if pre is None or post is None:
        return None
    return LabelledPair(folder.name, pre, post, label)


def _named(folder: Path, stem: str) -> Path | None:
    candidates: Iterable[Path] = (folder / f"{stem}{suffix}" for suffix in SUFFIXES)
    return next((path for path in candidates if path.is_file()), None)


def _score(item: LabelledPair, detector: str, gsd_m: float | None) -> _Scored:
    pre = _open(item.pre, gsd_m)
    pair = align(pre, _open(item.post, gsd_m))
    name = recommend(pair).name if detector == "auto" else detector
    site = Site(pair, pair.grid.window, aois.whole(pair.grid))
    options = Options(threads=settings.load().threads)
    started = time.perf_counter()
    with TemporaryDirectory(prefix="groundshift-") as workdir:
        found = detect(site, name, options, workdir=Path(workdir), watcher=Watcher())
        codes = found.classified.mask.codes(pair.grid.window)
    seconds = time.perf_counter() - started
    observed = codes != NOT_OBSERVED
    changed = observed & (codes != UNCHANGED)
    counts = None if item.label is None else _confusion(item.label, pre, pair, codes)
    return _Scored(
        item.id,
        name,
        counts,
        int(changed.sum()),
        int(observed.sum()),
        found.threshold.value,
        seconds,
    )


def _open(path: Path, gsd_m: float | None) -> Scene:
    """A georeferenced scene where the file is one, else a plain picture of the given GSD."""
    if path.suffix.lower() in {".tif", ".tiff"} and _has_crs(path):
        return scene.open(path)
    return scene.open_picture(path, gsd_m=gsd_m)


def _has_crs(path: Path) -> bool:
    with gdal.open_dataset(path, gdal.driver_of(path)) as dataset:
        return dataset.crs is not None or bool(dataset.gcps[0])


def _confusion(label: Path, pre: Scene, pair: AlignedPair, codes: NDArray[np.uint8]) -> Confusion:
    """Counts of the mask against the label, which lies on the grid of pre."""
    truth = _label_on_grid(label, pre.grid, pair.grid)
    labelled = np.where(truth == NOT_OBSERVED, NOT_OBSERVED, codes).astype(np.uint8)
    return accuracy.confusion(labelled, truth == 1)


def _label_on_grid(label: Path, source: Grid, target: Grid) -> NDArray[np.uint8]:
    """The label as 0 unchanged, 1 changed, 255 unlabelled on the target grid.

    Raises:
        InputError: the label has another shape than pre.
    """
    with gdal.open_dataset(label, gdal.driver_of(label)) as dataset:
        changed = accuracy.is_changed(dataset.read(1)).astype(np.uint8)
    if changed.shape != source.shape:
        msg = f"The label {label.name!r} is {changed.shape!r} pixels, its pre {source.shape!r}."
        raise InputError(msg, hint="A label has the rows and columns of pre.")
    if source == target:
        return changed
    out = np.full(target.shape, NOT_OBSERVED, np.uint8)
    with warnings.catch_warnings():
        # rasterio looks at the arrays' own, missing georeference before it takes ours.
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        reproject(
            changed,
            out,
            src_transform=source.transform,
            src_crs=source.crs,
            dst_transform=target.transform,
            dst_crs=target.crs,
            dst_nodata=NOT_OBSERVED,
            init_dest_nodata=True,
            resampling=Resampling.nearest,
        )
    return out


def _measures(counts: Confusion | None) -> dict[str, float | None]:
    """Precision, recall, F1, IoU and kappa; null where nothing was labelled."""
    measures = {
        "precision": accuracy.precision,
        "recall": accuracy.recall,
        "f1": accuracy.f1,
        "iou": accuracy.iou,
        "kappa": accuracy.kappa,
    }
    return {name: None if counts is None else of(counts) for name, of in measures.items()}
