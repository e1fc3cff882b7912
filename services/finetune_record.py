"""What a training leaves behind: its record, its figures, where it learned and where it was judged.

Nothing here changes what was trained.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from errors import ExportError
from inference.training.tuning.ground import Bools
from inference.training.tuning.judge import Figures
from inference.training.tuning.split import Block
from inference.training.tuning.windows import Places
from raster.findings import Finding
from services.finetune_ground import Laid, outline_lonlat
from services.finetune_rules import BLOCKS, FIGURES, PICTURE, RECORD

PICTURE_PX = 1000
TRAINED, KEPT, LABEL = (178, 114, 0), (0, 94, 213), (66, 228, 240)
"""Blue, vermilion and yellow as OpenCV orders them; Okabe and Ito's colours, told apart by all."""
DIMMED = 0.45
FIGURE_WORDS: Mapping[str, str] = {
    "f1": "F1 on ground kept for validation",
    "precision": "Share of the flagged ground that changed",
    "recall": "Share of the changed ground that is flagged",
    "identical_share": "Flagged where both dates are one picture",
    "brighter_share": "Flagged where only the brightness differs",
    "generic_f1": "F1 on rendered places nobody trained on",
}


@dataclass(frozen=True)
class Parted:
    """How the ground was divided.

    Attributes:
        laid: the pairs.
        blocks: ground kept for validation.
        kept_out: pixels of each pair that are kept for validation, or lie in a gap.
        places: training windows.
    """

    laid: Sequence[Laid]
    blocks: Sequence[Block]
    kept_out: Sequence[Bools]
    places: Places


@dataclass(frozen=True)
class FigureRow:
    """One figure before and after, in words for people.

    Attributes:
        name: of the figure.
        words: what it says.
        before: of the network as it was; None where it was not measured.
        after: of the network after the training.
    """

    name: str
    words: str
    before: float | None
    after: float | None


def rows(before: Figures, after: Figures) -> tuple[FigureRow, ...]:
    """The figures that people compare."""
    one, other = asdict(before), asdict(after)
    return tuple(FigureRow(name, words, one[name], other[name])
                 for name, words in FIGURE_WORDS.items())  # fmt: skip


def write(
    folder: Path, record: Mapping[str, Any], figures: Sequence[FigureRow], parted: Parted
) -> Path:
    """The folder, made, with everything but the weights.

    Raises:
        ExportError: the disk is full or cannot be written.
    """
    try:
        folder.mkdir()
        _write(folder, record, figures, parted)
    except OSError as error:
        msg = f"The result could not be written to {str(folder.parent)!r}."
        raise ExportError(msg, hint="Check the folder's rights and its free space.") from error
    return folder


def _write(
    folder: Path, record: Mapping[str, Any], figures: Sequence[FigureRow], parted: Parted
) -> None:
    text = json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")
    with (folder / FIGURES).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("figure", "before", "after"))
        writer.writerows((row.words, row.before, row.after) for row in figures)
    (folder / BLOCKS).write_text(json.dumps(blocks_geojson(parted)), encoding="utf-8")
    for number in range(1, len(parted.laid) + 1):
        _done, code = cv2.imencode(".png", drawn(parted, number - 1))
        (folder / PICTURE.format(number)).write_bytes(code.tobytes())


def findings_json(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings as records keep them."""
    return [asdict(one) for one in findings]


def blocks_geojson(parted: Parted) -> dict[str, Any]:
    """Training windows, and blocks kept for validation, in WGS 84."""
    features = [_feature("validation", parted, block) for block in parted.blocks]
    size = parted.places.size_px
    for index, laid in enumerate(parted.laid):
        windows = [
            outline_lonlat(laid, Block(index, one.top, one.left, one.top + size, one.left + size))
            for one in parted.places if one.ground == index
        ]  # fmt: skip
        if windows:
            joined = shapely.union_all(windows)
            features.append(_as_feature("training", laid.ground.name, joined))
    return {"type": "FeatureCollection", "features": features}


def _feature(role: str, parted: Parted, block: Block) -> dict[str, Any]:
    laid = parted.laid[block.ground]
    return _as_feature(role, laid.ground.name, outline_lonlat(laid, block))


def _as_feature(role: str, pair: str, shape: BaseGeometry) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"role": role, "pair": pair},
            "geometry": shapely.geometry.mapping(shape)}  # fmt: skip


def drawn(parted: Parted, index: int) -> NDArray[np.uint8]:
    """The later date of a pair (row, col, 3) as OpenCV orders colours, with the division on it."""
    ground = parted.laid[index].ground
    by = max(*ground.shape, 1) / PICTURE_PX
    size = tuple(max(round(side / max(by, 1)), 1) for side in ground.shape[::-1])
    shown = cv2.resize(ground.pictures[1], size, interpolation=cv2.INTER_AREA)[..., ::-1]
    canvas = np.ascontiguousarray(shown).astype(np.float32)
    taught = np.zeros(ground.shape, np.uint8)
    for one in parted.places:
        if one.ground == index:
            end = parted.places.size_px
            taught[one.top : one.top + end, one.left : one.left + end] = 1
    kept = np.zeros(ground.shape, np.uint8)
    for block in parted.blocks:
        if block.ground == index:
            kept[block.window] = 1
    used = _small((taught | kept), size) > 0
    canvas[~used] *= DIMMED
    out = canvas.astype(np.uint8)
    for mask, colour, width in ((ground.changed, LABEL, 2), (taught, TRAINED, 3), (kept, KEPT, 3)):
        outlines, _tree = cv2.findContours(_small(mask, size), cv2.RETR_EXTERNAL,
                                           cv2.CHAIN_APPROX_SIMPLE)  # fmt: skip
        cv2.drawContours(out, outlines, -1, colour, width)
    return out


def _small(mask: NDArray[Any], size: tuple[int, ...]) -> NDArray[np.uint8]:
    shrunk = cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(shrunk, np.uint8)
