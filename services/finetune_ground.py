"""From a pair of scenes and labels to arrays on the grid that the network looks at.

Rasterises labels and looked-at areas, reads the pictures as the detector sees them, and keeps
ground near validation apart across pairs. Ground that nobody looked at is unknown, not unchanged.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.features import rasterize
from rasterio.windows import Window
from shapely.geometry.base import BaseGeometry

from errors import EmptyAoiError, InputError, OutsideSceneError
from inference import sampling, weights
from inference.siamese import facts, pictures
from inference.training.tuning.ground import Bools, Ground, Truth, make
from inference.training.tuning.split import Block
from inference.working import suited
from progress import Watcher
from raster.align import AlignedPair, open_pair
from raster.aoi import Aoi, AoiRaster
from raster.findings import Finding
from raster.grid import Grid, lonlat_transformer
from raster.mask import NOT_OBSERVED
from raster.resized import resize
from raster.tiling import tiles
from services.finetune_labels import Labels, LabelShape
from services.labelled_pairs import label_on_grid

TILE_PX = 1024
MAX_PX = 60_000_000
"""Most pixels of labelled ground with its surroundings: 0.6 GB of memory."""
UNLABELLED_PX = 1024
"""How far beyond the labels few-label mode looks for unlabelled ground."""
EDGE_PARTS = 128
AT_PRE, AT_POST = frozenset({"vanished", "standing"}), frozenset({"appeared", "standing"})


@dataclass(frozen=True)
class Marked:
    """What was labelled of a pair.

    Attributes:
        labels: outlines, or None where a raster says it all.
        raster: a label raster with the rows and columns of pre, or None.
        looked_at: area in which everything that changed is labelled, or None.
    """

    labels: Labels | None = None
    raster: Path | None = None
    looked_at: Aoi | None = None


@dataclass(frozen=True)
class Laid:
    """The ground of a pair with where it lies.

    Attributes:
        ground: arrays.
        grid: of the arrays.
        findings: what was left out or cut.
    """

    ground: Ground
    grid: Grid
    findings: tuple[Finding, ...]


def lay(
    pair: AlignedPair, marked: Marked, *, margin_px: int, weights_name: str, watcher: Watcher
) -> Laid:
    """The labelled ground of a pair with a margin of context, in pixels the network takes.

    Raises:
        OutsideSceneError: no label lies on ground that both scenes show, or not a pixel of it was
            looked at.
        InputError: the labels say nowhere that nothing changed, or cover too much ground.
        UnsuitableSceneError: the pixels are too large for the network.
        CancelledError: the watcher asked to stop.
    """
    known = facts.read(weights.path(weights_name))
    gsd_m = suited(pair.grid.gsd_m, range_m=known.gsd_range_m, best_m=known.working_gsd_m)
    whole = resize(pair, gsd_m).pair
    truth, findings = _truth(whole, pair, marked)
    window = _window(truth.known, margin_px)
    cropped, truth = whole.crop(window), _cropped(truth, window)
    if cropped.grid.height * cropped.grid.width > MAX_PX:
        msg = "The labels are spread over too much ground to be learned from at once."
        raise InputError(msg, hint="Give a smaller looked-at area, or labels closer together.")
    shown, observed = _shown(whole, cropped, watcher)
    name = f"{pair.pre.name} and {pair.post.name}"
    ground = make(name, shown, observed, truth, gsd_m=cropped.grid.gsd_m)
    return Laid(ground, cropped.grid, findings)


def keep_apart(laid: Sequence[Laid], kept_out: list[Bools], blocks: Sequence[Block], *,
               gap_px: int) -> None:  # fmt: skip
    """Mark ground of other pairs that lies in a validation block, or in the gap around one.

    Two pairs may show the same place; a network that trained on it there would know it here.
    """
    for block in blocks:
        near = block.grown(gap_px).within(laid[block.ground].ground.shape)
        area = Aoi(_outline(laid[block.ground].grid, near), "validation", 1, is_whole_overlap=False)
        for index, other in enumerate(laid):
            if index != block.ground:
                kept_out[index] |= AoiRaster(area, other.grid).inside(other.grid.window)


def outline_lonlat(laid: Laid, block: Block) -> BaseGeometry:
    """A rectangle of a ground in WGS 84."""
    return _outline(laid.grid, block)


def _outline(grid: Grid, block: Block) -> BaseGeometry:
    corners = [(block.left, block.top), (block.right, block.top), (block.right, block.bottom),
               (block.left, block.bottom)]  # fmt: skip
    ring = shapely.Polygon([grid.transform @ corner for corner in corners])
    move = lonlat_transformer(grid.crs)
    bent = shapely.segmentize(ring, ring.length / EDGE_PARTS)
    lonlat: BaseGeometry = shapely.transform(
        bent, lambda xy: np.column_stack(move.transform(xy[:, 0], xy[:, 1]))
    )
    return lonlat


# Labels on the grid.


def _truth(
    whole: AlignedPair, pair: AlignedPair, marked: Marked
) -> tuple[Truth, tuple[Finding, ...]]:
    if marked.raster is not None:
        return _from_raster(whole.grid, pair, marked.raster, marked.looked_at), ()
    if marked.labels is None:
        raise EmptyAoiError("There are no labels.", hint="Give a file of labels.")
    placed, findings = _placed(marked.labels, whole.grid)
    truth = _from_shapes(placed, marked, whole.grid)
    if not (truth.known & ~truth.changed).any():
        msg = "The labels say nowhere that nothing changed, and ground without a label is unknown."
        hint = "Give the area you looked at: there, what is not labelled counts as unchanged."
        if marked.looked_at is not None:
            msg = "Labelled changes cover all of the area you looked at."
            hint = "Give a larger one: there, what is not labelled counts as unchanged."
        raise InputError(msg, hint=hint)
    return truth, findings


def _placed(
    labels: Labels, grid: Grid
) -> tuple[list[tuple[BaseGeometry, LabelShape]], tuple[Finding, ...]]:
    """The outlines that meet a grid, in its CRS.

    Raises:
        OutsideSceneError: none does.
    """
    frame = shapely.box(*grid.bounds)
    moved = [(_on_grid(shape.polygon, labels, grid), shape) for shape in labels.shapes]
    placed = [one for one in moved if one[0].intersects(frame)]
    if not any(shape.is_change for _polygon, shape in placed):
        msg = f"No labelled change of {labels.name!r} lies on ground that both scenes show."
        hint = "Check that labels and scenes are of one place, and the labels' coordinate system."
        raise OutsideSceneError(msg, hint=hint)
    lost = len(moved) - len(placed)
    if not lost:
        return placed, labels.findings
    words = f"{lost} of {len(moved)} labels lie outside the ground that both scenes show."
    outside = Finding("labels_outside", "caution", words, "They were left out.", float(lost), "1")
    return placed, (*labels.findings, outside)


def _on_grid(polygon: BaseGeometry, labels: Labels, grid: Grid) -> BaseGeometry:
    """An outline in the CRS of a grid; empty where it has no place there."""
    if labels.crs == grid.crs:
        return polygon
    move = Transformer.from_crs(labels.crs.to_wkt(), grid.crs.to_wkt(), always_xy=True)
    moved: BaseGeometry = shapely.transform(
        polygon, lambda xy: np.column_stack(move.transform(xy[:, 0], xy[:, 1]))
    )
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        return shapely.Polygon()
    return moved if moved.is_valid else moved.buffer(0)


def _from_shapes(
    placed: Sequence[tuple[BaseGeometry, LabelShape]], marked: Marked, grid: Grid
) -> Truth:
    changed = _burnt([one for one, shape in placed if shape.is_change], grid) > 0
    labelled = _burnt([one for one, _shape in placed], grid) > 0
    looked_at = np.zeros(grid.shape, bool)
    if marked.looked_at is not None:
        looked_at = _looked_at(marked.looked_at, grid)
    numbers = [
        _burnt([one for one, shape in placed if shape.is_building and shape.state in states], grid)
        for states in (AT_PRE, AT_POST)
    ]
    # An outline of a building that came or went tells of both dates: here it stands, there not.
    told = _burnt([one for one, shape in placed if shape.is_building and shape.state != "changed"],
                  grid) > 0  # fmt: skip
    return Truth(changed, labelled | looked_at, (numbers[0], numbers[1]), (told, told))


def _looked_at(area: Aoi, grid: Grid) -> Bools:
    """The pixels of an area.

    Raises:
        OutsideSceneError: there is none.
    """
    inside = AoiRaster(area, grid).inside(grid.window)
    if not inside.any():
        msg = f"The area you looked at, {area.name!r}, holds no pixel that both scenes show."
        hint = "Check that area and scenes are of one place, and the area's coordinate system."
        raise OutsideSceneError(msg, hint=hint)
    return inside


def _burnt(outlines: Sequence[BaseGeometry], grid: Grid) -> NDArray[np.uint16]:
    """The number (1..) of the outline that holds each pixel's centre; 0 none."""
    if not outlines:
        return np.zeros(grid.shape, np.uint16)
    shapes = [(outline, number) for number, outline in enumerate(outlines, 1)]
    burnt = rasterize(shapes, out_shape=grid.shape, transform=grid.transform, dtype="uint16")
    return np.asarray(burnt, np.uint16)


def _from_raster(grid: Grid, pair: AlignedPair, path: Path, looked_at: Aoi | None) -> Truth:
    """What a label raster says, where it was looked at; it says nothing of buildings.

    Raises:
        InputError: it has other rows and columns than pre, or says that nothing changed.
    """
    codes = label_on_grid(path, pair.pre.grid, grid)
    changed = codes == 1
    if not changed.any():
        msg = f"The label {path.name!r} says that nothing changed."
        raise InputError(msg, hint="Changed pixels are 1 in a 1-bit label, else above 127.")
    known = codes != NOT_OBSERVED
    if looked_at is not None:
        known &= _looked_at(looked_at, grid) | changed
    nothing, unknown = np.zeros(grid.shape, np.uint16), np.zeros(grid.shape, bool)
    return Truth(changed, known, (nothing, nothing), (unknown, unknown))


# Cropping and reading.


def _window(known: Bools, margin_px: int) -> Window:
    """What is known, with a margin."""
    rows, cols = np.flatnonzero(known.any(axis=1)), np.flatnonzero(known.any(axis=0))
    top, left = max(int(rows[0]) - margin_px, 0), max(int(cols[0]) - margin_px, 0)
    bottom = min(int(rows[-1]) + 1 + margin_px, known.shape[0])
    right = min(int(cols[-1]) + 1 + margin_px, known.shape[1])
    return Window(left, top, right - left, bottom - top)


def _cropped(truth: Truth, window: Window) -> Truth:
    here = window.toslices()
    one, other = (np.ascontiguousarray(numbers[here]) for numbers in truth.buildings)
    told = truth.told[0][here], truth.told[1][here]
    return replace(truth, changed=truth.changed[here], known=truth.known[here],
                   buildings=(one, other), told=told)  # fmt: skip


def _shown(
    whole: AlignedPair, pair: AlignedPair, watcher: Watcher
) -> tuple[NDArray[np.uint8], Bools]:
    """Both pictures (2, row, col, 3) as the detector stretches them, and what was observed."""
    stretches = pictures.stretches_of(sampling.take(whole))
    shown = np.empty((2, *pair.grid.shape, 3), np.uint8)
    observed = np.zeros(pair.grid.shape, bool)
    cuts = list(tiles(pair.grid.shape, core_px=TILE_PX, halo_px=0))
    with open_pair(pair) as reader:
        for done, tile in enumerate(cuts):
            watcher.step(done / len(cuts), "Reading the labelled ground")
            block = reader.read(tile.core)
            valid = pictures.observed(block)
            here = tile.core.toslices()
            for date, picture in enumerate(pictures.pictures(stretches, block, valid)):
                shown[date][here] = picture.transpose(1, 2, 0)
            observed[here] = valid
    return shown, observed
