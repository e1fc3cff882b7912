"""Our own small network: outlines what is clicked or boxed in aerial and satellite pictures.

Knows nothing of files or where its weights come from; the network is `inference.networks.clicknet`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from errors import OutOfDeviceMemoryError, WeightsCorruptError
from inference.segmentation.pointing import box_around, points_inside
from inference.segmenters.base import Candidate, Card, Embedding, Prompt
from raster.stretch import NOT_OBSERVED_GREY

if TYPE_CHECKING:
    from torch import Tensor

    from inference.networks.clicknet import ClickNet
    from raster.chip import Chip

WEIGHTS = "clicknet"
REACH_PX = 192
"""How far around a prompt is looked first: a house in the finest pixels, with its surroundings."""

CARD = Card(
    name="clicknet",
    title="Click network",
    summary="Outlines the building, tree, water, field, road or vehicle that is clicked or boxed.",
    source="Groundshift's own weights, in the manner of RITM (Sofiiuk et al. 2021)",
    licence="Apache-2.0",
    prompts=frozenset({"point", "box", "polygon"}),
    # Learned from up to 1 m; on real places coarser pictures are outlined better once enlarged to
    # 0.6 m: one click at 0.9 m gave a median IoU of 0.63 so, and 0.39 without.
    gsd_range_m=(0.2, 0.6),
    window_px=1024,
    weights=WEIGHTS,
    limits=(
        "It looks at red, green and blue in pixels of 0.2 to 0.6 m; finer pictures are reduced to"
        " that, and coarser ones enlarged up to four times.",
        "Roofs that look like the ground beside them may be outlined too large or too small; a"
        " second click helps.",
    ),
)


def load(device: str) -> ClickNet:
    """The trained network.

    Raises:
        WeightsMissingError: its weights are not on this machine.
        WeightsCorruptError: the file is not the one that was published.
    """
    from inference import weights
    from inference.networks import clicknet

    path = weights.path(WEIGHTS)
    try:
        return clicknet.load(path, device)
    except (OSError, RuntimeError) as error:
        msg = f"The weights {path.name!r} are not those of this version's network."
        raise WeightsCorruptError(msg, hint=weights.remedy(weights.entry(WEIGHTS))) from error


def embed(model: ClickNet, chip: Chip) -> Embedding:
    """The features of a chip in half precision: 22 MB for 1024 x 1024 pixels.

    Raises:
        OutOfDeviceMemoryError: the graphics card has too little memory.
    """
    import torch

    rows, cols = chip.valid.shape
    picture = torch.from_numpy(_padded(chip.image)).to(_device(model))
    try:
        with torch.inference_mode():
            features = model.encode(
                (picture[None].float() / 255).contiguous(memory_format=torch.channels_last)
            )
            arrays = {name: one.half().cpu().contiguous().numpy() for name, one in features.items()}
    except torch.OutOfMemoryError as error:
        raise _out_of_memory() from error
    return arrays | {"rows": np.array(rows), "cols": np.array(cols)}


def answer(model: ClickNet, embedding: Embedding, prompt: Prompt) -> tuple[Candidate, ...]:
    """The one thing a prompt points at; none where the network sees none.

    Looks around the prompt first, at a quarter of the cost or less, and at the whole window only
    for a thing that reaches farther.

    Raises:
        OutOfDeviceMemoryError: the graphics card has too little memory.
    """
    asked = replace(prompt, inside=points_inside(prompt), box=box_around(prompt))
    shape = int(embedding["rows"]), int(embedding["cols"])
    whole = Window(0, 0, *reversed(_multiples(*shape)))
    near = _near(asked, whole)
    found = _decoded(model, embedding, asked, near)
    if near != whole and found is not None and _reaches_out(found.mask, near, whole):
        near, found = whole, _decoded(model, embedding, asked, whole)
    return () if found is None else (_on_chip(found, near, shape),)


def _near(prompt: Prompt, whole: Window) -> Window:
    """The part of the window within reach of a prompt, in steps the network takes."""
    from inference.networks.clicknet import STRIDE_PX

    points = [*prompt.inside, *prompt.outside]
    if prompt.box is not None:
        points += [prompt.box[:2], prompt.box[2:]]
    low, high = np.min(points, axis=0) - REACH_PX, np.max(points, axis=0) + REACH_PX
    left, top = (max(int(side) // STRIDE_PX * STRIDE_PX, 0) for side in low)
    right = min(-(-int(high[0]) // STRIDE_PX) * STRIDE_PX, whole.width)
    bottom = min(-(-int(high[1]) // STRIDE_PX) * STRIDE_PX, whole.height)
    if right <= left or bottom <= top:
        return whole
    return Window(left, top, right - left, bottom - top)


def _decoded(
    model: ClickNet, embedding: Embedding, prompt: Prompt, part: Window
) -> Candidate | None:
    """The thing as far as a part of the window shows it, on that part."""
    import torch

    from inference.networks.clicknet import prompt_maps

    left, top = part.col_off, part.row_off
    inside, outside = (
        tuple((x - left, y - top) for x, y in points) for points in (prompt.inside, prompt.outside)
    )
    box = prompt.box
    if box is not None:
        box = (box[0] - left, box[1] - top, box[2] - left, box[3] - top)
    maps = prompt_maps((part.height, part.width), inside=inside, outside=outside, box=box)
    try:
        with torch.inference_mode():
            logits, quality = model.decode(_features(embedding, model, part), _tensor(maps, model))
            likely, score = (logits[0] > 0).cpu().numpy(), float(quality[0])
    except torch.OutOfMemoryError as error:
        raise _out_of_memory() from error
    thing = _one_thing(likely, inside)
    return None if thing is None else Candidate(thing, score)


def _reaches_out(mask: NDArray[np.bool_], part: Window, whole: Window) -> bool:
    """Whether a thing reaches a side of its part beyond which the window goes on."""
    right, bottom = part.col_off + part.width, part.row_off + part.height
    return bool(
        (part.row_off > 0 and mask[0].any())
        or (part.col_off > 0 and mask[:, 0].any())
        or (bottom < whole.height and mask[-1].any())
        or (right < whole.width and mask[:, -1].any())
    )


def _on_chip(found: Candidate, part: Window, shape: tuple[int, int]) -> Candidate:
    """A candidate of a part of the window on the whole chip."""
    mask = np.zeros(shape, np.bool_)
    rows, cols = part.toslices()
    target = mask[rows, cols]
    target[:] = found.mask[: target.shape[0], : target.shape[1]]
    return replace(found, mask=mask)


def _features(embedding: Embedding, model: ClickNet, part: Window) -> dict[str, Tensor]:
    """The features of a part of the window, in the precision the network computes in."""
    import torch

    height = _multiples(int(embedding["rows"]), int(embedding["cols"]))[0]
    features = {}
    for name, array in embedding.items():
        if array.ndim == len("nchw"):
            stride = height // array.shape[2]
            top, left = part.row_off // stride, part.col_off // stride
            rows = slice(top, top + part.height // stride)
            cols = slice(left, left + part.width // stride)
            tensor = torch.from_numpy(array[:, :, rows, cols]).to(_device(model)).float()
            features[name] = tensor.contiguous(memory_format=torch.channels_last)
    return features


def _tensor(maps: NDArray[np.float32], model: ClickNet) -> Tensor:
    import torch

    return torch.from_numpy(maps)[None].to(_device(model))


def _device(model: ClickNet) -> Any:
    return next(model.parameters()).device


def _multiples(rows: int, cols: int) -> tuple[int, int]:
    """The shape widened to what the network takes."""
    from inference.networks.clicknet import STRIDE_PX

    return -(-rows // STRIDE_PX) * STRIDE_PX, -(-cols // STRIDE_PX) * STRIDE_PX


def _padded(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture on a shape the network takes; what is added counts as not observed."""
    _bands, rows, cols = image.shape
    height, width = _multiples(rows, cols)
    margins = ((0, 0), (0, height - rows), (0, width - cols))
    return np.pad(image, margins, constant_values=NOT_OBSERVED_GREY)


def _one_thing(
    mask: NDArray[np.bool_], inside: tuple[tuple[float, float], ...]
) -> NDArray[np.bool_] | None:
    """The connected part that was pointed at: of most points, else the largest; holes stay."""
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(
        mask.astype(np.uint8), connectivity=4
    )
    if count == 1:
        return None
    areas = stats[:, cv2.CC_STAT_AREA].astype(np.float64)
    areas[0] = 0
    hits = np.zeros(count)
    for x, y in inside:
        hits[
            labels[min(max(int(y), 0), len(mask) - 1), min(max(int(x), 0), mask.shape[1] - 1)]
        ] += 1
    hits[0] = 0
    chosen = int(np.lexsort((areas, hits))[-1])
    return np.asarray(labels == chosen)


def _out_of_memory() -> OutOfDeviceMemoryError:
    msg = "The graphics card has too little memory for this part of the scene."
    return OutOfDeviceMemoryError(msg, hint="Choose a smaller area, or compute on the CPU.")
