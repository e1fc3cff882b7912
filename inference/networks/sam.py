"""A Segment Anything model that keeps no picture: an encoder, and a decoder that is handed all.

Made of the package `segment-anything` (Kirillov et al. 2023, arXiv:2304.02643). Knows nothing of
prompts on the ground, or of where its checkpoint comes from.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows it by
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from errors import ModelError, OutOfDeviceMemoryError
from inference.networks import checkpoints, torchvision_ops
from inference.networks.sam_encoder import Encoder

Size = Literal["vit_b", "vit_l", "vit_h"]

MEAN = (123.675, 116.28, 103.53)
DEVIATION = (58.395, 57.12, 57.375)
"""Of red, green and blue in the pictures it was trained on (`segment_anything.build_sam`)."""
FAST_UNITS = ("amx_bf16", "avx512_bf16")
"""Units of a processor that multiply bfloat16 faster than float32."""


@dataclass(frozen=True)
class Pointed:
    """A prompt as the decoder takes it, in pixels of the picture; (0, 0) is its outer corner.

    Attributes:
        points: (n, 2) x and y; may be empty.
        is_inside: (n,) whether each point lies on the thing.
        box: left, top, right, bottom; or None.
    """

    points: NDArray[np.float64]
    is_inside: NDArray[np.bool_]
    box: tuple[float, float, float, float] | None = None

    @property
    def is_ambiguous(self) -> bool:
        """Whether this may be a part, a thing or a group: one click says no more."""
        return self.box is None and len(self.points) == 1


@dataclass(frozen=True)
class SamModel:
    """A model on its device; safe to share between threads, since nothing in it changes.

    Attributes:
        encoder: pictures to features.
        prompts: the package's prompt encoder.
        decoder: the package's mask decoder.
        side: rows and columns of the square the encoder takes.
        precision: what the encoder multiplies in.
    """

    encoder: nn.Module
    prompts: Any
    decoder: nn.Module
    side: int
    precision: torch.dtype

    @property
    def device(self) -> torch.device:
        """Where it computes."""
        found: torch.device = self.prompts.no_mask_embed.weight.device
        return found

    @torch.inference_mode()
    def encode(self, image: NDArray[np.uint8]) -> NDArray[Any]:
        """Features (256, row, col) of a picture (3, row, col), red, green, blue.

        In float16 where the encoder does not multiply in float32, which halves what is kept.

        Raises:
            OutOfDeviceMemoryError: the graphics card has too little memory.
        """
        is_exact = self.precision == torch.float32
        with _enough_memory():
            features = self.encoder(self._prepared(image))[0]
            kept = features if is_exact else features.half()
            array: NDArray[Any] = kept.cpu().numpy()
        return array

    @torch.inference_mode()
    def decode(
        self, features: NDArray[Any], shape: tuple[int, int], pointed: Pointed
    ) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
        """Masks (n, row, col) of the picture, and how well each is thought to fit (n,).

        Three for one click, since it may mean a part, a thing or a group; else one.

        Args:
            features: what `encode` gave.
            shape: rows and columns of the picture.
            pointed: what the user pointed at.

        Raises:
            OutOfDeviceMemoryError: the graphics card has too little memory.
        """
        with _enough_memory():
            sparse, dense = self._embedded(pointed, shape)
            coarse, quality = self.decoder(
                # Copied: what comes from a cache may be read-only, which PyTorch warns of.
                image_embeddings=torch.tensor(features, device=self.device).float()[None],
                image_pe=self.prompts.get_dense_pe(),
                sparse_prompt_embeddings=sparse,
                dense_prompt_embeddings=dense,
                multimask_output=pointed.is_ambiguous,
            )
            masks = self._enlarged(coarse, shape)[0] > 0
            return masks.cpu().numpy(), quality[0].cpu().numpy()

    def _prepared(self, image: NDArray[np.uint8]) -> Tensor:
        """The picture as the package prepares it: longest side, colours, then padding below."""
        rows, cols = _resized_shape(image.shape[1:], self.side)
        picture = Image.fromarray(np.ascontiguousarray(image.transpose(1, 2, 0)))
        resized = np.array(picture.resize((cols, rows), Image.Resampling.BILINEAR))
        tensor = torch.from_numpy(resized).to(self.device).permute(2, 0, 1)
        mean, deviation = (
            torch.tensor(one, device=self.device)[:, None, None] for one in (MEAN, DEVIATION)
        )
        padding = (0, self.side - cols, 0, self.side - rows)
        return F.pad((tensor - mean) / deviation, padding)[None]

    def _embedded(self, pointed: Pointed, shape: tuple[int, int]) -> tuple[Tensor, Tensor]:
        """Points and box as the decoder's tokens."""
        points = box = None
        if len(pointed.points):
            labels = torch.from_numpy(pointed.is_inside.astype(np.int32)).to(self.device)
            points = (self._placed(pointed.points, shape)[None], labels[None])
        if pointed.box is not None:
            corners = np.array(pointed.box, dtype=np.float64).reshape(2, 2)
            box = self._placed(corners, shape).reshape(1, 4)
        sparse, dense = self.prompts(points=points, boxes=box, masks=None)
        return sparse, dense

    def _placed(self, points: NDArray[np.float64], shape: tuple[int, int]) -> Tensor:
        """Places of the picture on the encoder's square, (n, 2)."""
        rows, cols = _resized_shape(shape, self.side)
        scale = np.array([cols / shape[1], rows / shape[0]])
        # The package counts from the middle of the first pixel, and adds this half again.
        placed = points * scale - 0.5
        return torch.from_numpy(placed.astype(np.float32)).to(self.device)

    def _enlarged(self, coarse: Tensor, shape: tuple[int, int]) -> Tensor:
        """Coarse logits (1, n, row, col) of the square as logits of the picture."""
        rows, cols = _resized_shape(shape, self.side)
        square = F.interpolate(coarse, (self.side, self.side), mode="bilinear", align_corners=False)
        seen = square[..., :rows, :cols]
        return F.interpolate(seen, shape, mode="bilinear", align_corners=False)


def load(checkpoint: Path, size: Size, device: str) -> SamModel:
    """The model of a checkpoint on a device (`cpu`, `cuda:0`).

    Raises:
        ModelError: a package is not installed.
        WeightsCorruptError: the file is no checkpoint of this size; code in it is never run.
        OutOfDeviceMemoryError: the graphics card has too little memory.
    """
    torchvision_ops.ensure()
    try:
        from segment_anything import sam_model_registry
    except ModuleNotFoundError as error:
        msg = f"The package {error.name!r} is not installed."
        raise ModelError(msg, hint="Install what requirements.txt lists.") from error
    with torch.device("meta"):  # Filling a network with random numbers first takes seconds.
        sam = sam_model_registry[size]()
    checkpoints.fill(sam, checkpoint, f"Segment Anything {size}")
    return assemble(sam, device)


def assemble(sam: Any, device: str, precision: torch.dtype | None = None) -> SamModel:
    """The model of a network of the package `segment-anything`.

    Args:
        sam: a `Sam` on the CPU; it is taken over and should not be used afterwards.
        device: where it will compute.
        precision: what its encoder multiplies in; default: the fastest the device is made for.

    Raises:
        OutOfDeviceMemoryError: the graphics card has too little memory.
    """
    chosen = precision or best_precision(device)
    sam.eval().requires_grad_(requires_grad=False)
    with _enough_memory():
        encoder = Encoder(sam.image_encoder, chosen).eval().to(device)
        prompts, decoder = sam.prompt_encoder.to(device), sam.mask_decoder.to(device)
    return SamModel(encoder, prompts, decoder, sam.image_encoder.img_size, chosen)


def best_precision(device: str) -> torch.dtype:
    """What a device multiplies fastest without a visible difference in the masks."""
    if torch.device(device).type == "cuda":
        has_units = torch.cuda.is_bf16_supported(including_emulation=False)
        return torch.bfloat16 if has_units else torch.float16
    units = torch.cpu.get_capabilities()
    return torch.bfloat16 if any(units.get(unit) for unit in FAST_UNITS) else torch.float32


def _resized_shape(shape: tuple[int, ...], side: int) -> tuple[int, int]:
    """Rows and columns once the longer of both is `side` (the package's `ResizeLongestSide`)."""
    scale = side / max(shape)
    # A picture more than twice as long as the square is wide may leave nothing of one row.
    return max(int(shape[0] * scale + 0.5), 1), max(int(shape[1] * scale + 0.5), 1)


@contextmanager
def _enough_memory() -> Iterator[None]:
    """Tell in our words that a graphics card is too small."""
    try:
        yield
    except torch.OutOfMemoryError as error:
        msg = "The graphics card has too little memory for Segment Anything."
        raise OutOfDeviceMemoryError(msg, hint="Choose a smaller model, or the CPU.") from error
