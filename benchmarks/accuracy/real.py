"""Real sets: the labelled ones of a folder, and real ground on which nothing changed.

Knows the layouts public sets come in. Reads the folder only; what must be made lies elsewhere.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.accuracy.rendered import grid
from benchmarks.accuracy.sets import LabelledSet
from benchmarks.retaken import retake
from errors import InputError
from raster import gdal
from raster.mask import NOT_OBSERVED
from services.labelled_pairs import LabelledPair, find_pairs
from simulation import geotiff

GSD_M = {"dsifn": 2.0, "airchange_sztaki": 1.5, "sar_classic": 10.0}
"""Ground size of the public sets that come as plain pictures, by the name of their folder."""
COPIED = 2
"""So many scenes of each optical set are photographed again."""
SEED = 700_000
TILE = "[0-9]*.tif"
"""Tiles of one date are numbered; names in words are different products."""


def real(data: Path, made: Path) -> Iterator[LabelledSet]:
    """The sets below a folder; `made` takes what is derived from them.

    Args:
        data: folder of sets, or one that holds `pairs` and `series`.
        made: folder for labels and altered copies.

    Raises:
        InputError: there is no such folder.
    """
    if not data.is_dir():
        msg = f"There is no folder {str(data)!r}."
        raise InputError(msg, hint="Give the folder of labelled sets with --data, or leave it out.")
    pairs = data / "pairs" if (data / "pairs").is_dir() else data
    series = next((p for p in (data / "series", data.parent / "series") if p.is_dir()), None)
    labelled = [found for folder in _folders(pairs) if (found := _set(folder, made)) is not None]
    yield from labelled
    wetland = _wetland(series / "naip_wetland") if series else None
    if wetland is not None:
        yield wetland
    copies = _retaken([one for one in (*labelled, wetland) if one is not None], made)
    if copies.pairs:
        yield copies


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())


def _set(folder: Path, made: Path) -> LabelledSet | None:
    """A set in whichever of the known layouts its folder has."""
    if any(folder.glob("*/change.bmp")):
        pairs = tuple(_sampled(place, made / folder.name) for place in _folders(folder))
        return LabelledSet(folder.name, "changed", pairs)
    if any(folder.glob(f"pre_{TILE}")) and any(folder.glob(f"post_{TILE}")):
        town = _tiles(folder, made / folder.name)
        return LabelledSet(folder.name, "unlabelled", (town,))
    try:
        found = tuple(pair for pair in find_pairs(folder) if pair.label is not None)
    except InputError:
        return None
    return LabelledSet(folder.name, "changed", found, GSD_M.get(folder.name)) if found else None


def _sampled(place: Path, made: Path) -> LabelledPair:
    """A Landsat pair in ENVI files whose two masks sample what changed and what did not."""
    pre, post = sorted(header.with_suffix("") for header in place.glob("*.hdr"))
    masks = []
    for name in ("change", "unchanged"):
        file = place / f"{name}.bmp"
        with gdal.open_dataset(file, "BMP") as dataset:
            masks.append(dataset.read(1) > 0)
    label = np.full(masks[0].shape, NOT_OBSERVED, np.uint8)
    label[masks[1]] = 0
    label[masks[0]] = 1
    made.mkdir(parents=True, exist_ok=True)
    target = made / f"{place.name}.tif"
    said = geotiff.Labels(("changed",), nodata=NOT_OBSERVED)
    geotiff.write(target, label[None], grid(label[None], 30.0), said)
    return LabelledPair(place.name, pre, post, target)


def _tiles(folder: Path, made: Path) -> LabelledPair:
    """Two dates that come as tiles `pre_<number>` and `post_<number>`, linked from two folders."""
    for date in ("pre", "post"):
        (made / date).mkdir(parents=True, exist_ok=True)
        for tile in folder.glob(f"{date}_{TILE}"):
            link = made / date / tile.name
            link.unlink(missing_ok=True)
            link.symlink_to(tile.resolve())
    return LabelledPair(folder.name, made / "pre", made / "post", None)


def _wetland(folder: Path) -> LabelledSet | None:
    """Dates of a wetland: nothing was built, but water and vegetation are never alike."""
    dates = sorted(folder.glob("*.tif"))
    intervals = [*itertools.pairwise(dates), (dates[0], dates[-1])] if len(dates) > 2 else []
    pairs = tuple(
        LabelledPair(f"{pre.stem[:4]}-{post.stem[:4]}", pre, post, None) for pre, post in intervals
    )
    return LabelledSet(f"{folder.name}, mostly unchanged", "unchanged", pairs) if pairs else None


def _retaken(sets: list[LabelledSet], made: Path) -> LabelledSet:
    """Scenes of optical sets against altered copies of themselves."""
    folder = made / "retaken"
    pairs = tuple(
        _copy(one, pair, folder)
        for one in sets
        if "sar" not in one.name
        for pair in one.pairs[:COPIED]
        if pair.pre.is_file()
    )
    return LabelledSet("real scenes photographed again", "unchanged", pairs)


def _copy(origin: LabelledSet, pair: LabelledPair, folder: Path) -> LabelledPair:
    """Post of a pair as pre, and an altered copy of it as post."""
    place = folder / f"{origin.name.partition(',')[0]} {pair.id}"
    if not _is_newer(place / "post.tif", pair.post):
        place.mkdir(parents=True, exist_ok=True)
        _write_copy(pair.post, origin.gsd_m or 1.0, place)
    return LabelledPair(place.name, place / "pre.tif", place / "post.tif", None)


def _is_newer(made: Path, source: Path) -> bool:
    return made.is_file() and made.stat().st_mtime > source.stat().st_mtime


def _write_copy(scene: Path, gsd_m: float, place: Path) -> None:
    """A scene as pre.tif and what a second photograph of it would show as post.tif."""
    with gdal.open_dataset(scene, gdal.driver_of(scene)) as dataset:
        values, crs, transform = dataset.read(), dataset.crs, dataset.transform
        names = tuple(text or "" for text in dataset.descriptions)
    where = grid(values, gsd_m)
    if crs is not None:
        where = type(where)(crs, transform, *values.shape[1:])
    if len(values) == 3 and not any(names):
        names = ("red", "green", "blue")
    white = 255.0 if values.dtype == np.uint8 else float(np.percentile(values, 99))
    again = retake(values, seed=SEED, white=white)
    for date, pixels in (("pre", values), ("post", again)):
        geotiff.write(place / f"{date}.tif", pixels, where, geotiff.Labels(names))
