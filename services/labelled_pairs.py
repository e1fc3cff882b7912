"""Sets of labelled pairs: which folders hold one, and what a label says on the grid of the pair.

Knows nothing of detectors or measures.
"""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.errors import NotGeoreferencedWarning
from rasterio.warp import reproject

from analysis import accuracy
from errors import InputError
from raster import gdal, scene
from raster.grid import Grid
from raster.mask import NOT_OBSERVED
from raster.scene import Scene

SUFFIXES = (".tif", ".tiff", ".png", ".jpg", ".jpeg")
PICTURES = (".png", ".jpg", ".jpeg")
FEW_VALUES, MOST_BETWEEN = 16, 0.1
"""A label has few values, or nearly all of them close to the least and the largest."""


@dataclass(frozen=True)
class LabelledPair:
    """One pair of a set.

    Attributes:
        id: name of its folder.
        pre: the earlier scene, or a folder of its tiles.
        post: the later one.
        label: what changed, on the grid of pre; None where nobody said.
    """

    id: str
    pre: Path
    post: Path
    label: Path | None


def find_pairs(data: Path) -> list[LabelledPair]:
    """The labelled pairs `<id>/{pre,post,label}.(tif|png|jpg)` of a folder, by name.

    `pre` and `post` may also be folders of tiles.

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
    if pre is None or post is None or (label is not None and label.is_dir()):
        return None
    return LabelledPair(folder.name, pre, post, label)


def _named(folder: Path, stem: str) -> Path | None:
    candidates: Iterable[Path] = (folder / f"{stem}{suffix}" for suffix in SUFFIXES)
    named = next((path for path in candidates if path.is_file()), folder / stem)
    return named if named.exists() else None


def open_date(path: Path, gsd_m: float | None) -> Scene:
    """A georeferenced scene where the file or folder is one, else a plain picture of the given GSD.

    Raises:
        RasterError: as `scene.open`.
    """
    if path.is_dir() or (path.suffix.lower() not in PICTURES and _has_crs(path)):
        return scene.open(path)
    return scene.open_picture(path, gsd_m=gsd_m)


def _has_crs(path: Path) -> bool:
    with gdal.open_dataset(path, gdal.driver_of(path)) as dataset:
        return dataset.crs is not None or bool(dataset.gcps[0])


def label_on_grid(label: Path, source: Grid, target: Grid) -> NDArray[np.uint8]:
    """The label as 0 unchanged, 1 changed, 255 unlabelled on the target grid.

    Args:
        label: a raster with the rows and columns of `source`; its nodata value, unless that is 0,
            means that nobody said.
        source: grid of pre.
        target: grid of the pair.

    Raises:
        InputError: the label has another shape than pre, or is none.
    """
    known = _label(label)
    if known.shape != source.shape:
        msg = f"The label {label.name!r} is {known.shape!r} pixels, its pre {source.shape!r}."
        raise InputError(msg, hint="A label has the rows and columns of pre.")
    if source == target:
        return known
    out = np.full(target.shape, NOT_OBSERVED, np.uint8)
    with warnings.catch_warnings():
        # rasterio looks at the arrays' own, missing georeference before it takes ours.
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        reproject(
            known,
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


def _label(path: Path) -> NDArray[np.uint8]:
    """0 unchanged, 1 changed, 255 unlabelled, on the label's own pixels."""
    with gdal.open_dataset(path, gdal.driver_of(path)) as dataset:
        values, nodata = dataset.read(1), dataset.nodata
    _require_label(values, path.name)
    # 0 means unchanged in every label, whatever its header says of it.
    is_unsaid = values == nodata if nodata else np.zeros(values.shape, bool)
    changed = accuracy.is_changed(np.where(is_unsaid, np.zeros_like(values), values))
    return np.where(is_unsaid, NOT_OBSERVED, changed).astype(np.uint8)


def _require_label(values: NDArray[Any], name: str) -> None:
    """Nothing, if values may be a label: two or a few of them, or two blurred by compression.

    Raises:
        InputError: it is a picture, or has scores between 0 and 1.
    """
    finite = values[np.isfinite(values)]
    if not finite.size:
        return
    low, high = float(finite.min()), float(finite.max())
    rim = (high - low) / 8
    between = np.mean((finite > low + rim) & (finite < high - rim))
    if between > MOST_BETWEEN and len(np.unique(finite)) > FEW_VALUES:
        msg = f"{name!r} is no label but a picture or a score: it has values of all sizes."
        raise InputError(msg, hint="A label is 0 where nothing changed, and 1 or 255 where it did.")
