"""Segment Anything's encoder here and in its own package, in one run: time, and how far masks are.

    python -m benchmarks.sam_encoder [--size vit_b] [--device cpu] [--threads 2] [--rounds 3]

Without a checkpoint the weights are random: the arithmetic is the same, the things are not. Both
are measured in turns in one process, so that a busy machine slows both; the least time of each
counts. `cpu s` is processor time summed over threads, which other programs disturb little.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from errors import GroundshiftError
from inference import weights
from inference.networks import sam, torchvision_ops
from inference.networks.sam import Pointed, SamModel

SIDE = 1024
PROMPTS = 24
OWN = "segment-anything"
Masks = list[NDArray[np.bool_]]


@dataclass
class Tally:
    """What one way of computing took, and what came out."""

    wall_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    masks: Masks = field(default_factory=list)
    decode_s: float = 0.0


def main() -> None:
    """Print a table."""
    asked = _asked()
    torch.set_num_threads(asked.threads)
    torchvision_ops.ensure()
    image, prompts = _picture(), _prompts()
    ways: dict[str, Tally] = {}
    network, has_weights = _network(asked.size)
    runs = _runs(network, asked.device, image, prompts)
    for _round in range(asked.rounds):
        for name, run in runs.items():
            run(ways.setdefault(name, Tally()))
    _show(ways, asked, has_weights=has_weights)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="vit_b", choices=["vit_b", "vit_l", "vit_h"])
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _network(size: str) -> tuple[Any, bool]:
    """A network of the package, with its checkpoint where that is on this machine."""
    from segment_anything import sam_model_registry

    torch.manual_seed(1)
    network = sam_model_registry[size]()
    try:
        path: Path | None = weights.path(f"sam_{size}")
    except GroundshiftError:
        path = None
    if path is not None:
        network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        return network, True
    for name, values in network.named_parameters():
        if "rel_pos" in name or "pos_embed" in name:  # Zero to begin with: that would test nothing.
            torch.nn.init.normal_(values, std=0.05)
    return network, False


def _runs(
    network: Any, device: str, image: NDArray[np.uint8], prompts: list[Pointed]
) -> dict[str, Callable[[Tally], None]]:
    from segment_anything import SamPredictor

    predictor = SamPredictor(network.to(device))
    chosen = sam.best_precision(device)
    runs: dict[str, Callable[[Tally], None]] = {
        OWN: partial(_by_package, predictor, image, prompts)
    }
    for precision in dict.fromkeys((torch.float32, chosen)):
        model = sam.assemble(network, device, precision)
        name = f"here, {str(precision).removeprefix('torch.')}"
        runs[name] = partial(_by_us, model, image, prompts)
    return runs


def _by_package(
    predictor: Any, image: NDArray[np.uint8], prompts: list[Pointed], tally: Tally
) -> None:
    _timed(lambda: predictor.set_image(np.ascontiguousarray(image.transpose(1, 2, 0))), tally)
    began = time.perf_counter()
    tally.masks = []
    for prompt in prompts:
        masks, _quality, _coarse = predictor.predict(
            point_coords=prompt.points - 0.5 if len(prompt.points) else None,
            point_labels=prompt.is_inside.astype(int) if len(prompt.points) else None,
            box=None if prompt.box is None else np.array(prompt.box) - 0.5,
            multimask_output=prompt.is_ambiguous,
        )
        tally.masks += list(masks)
    tally.decode_s = (time.perf_counter() - began) / len(prompts)


def _by_us(model: SamModel, image: NDArray[np.uint8], prompts: list[Pointed], tally: Tally) -> None:
    features = _timed(lambda: model.encode(image), tally)
    began = time.perf_counter()
    tally.masks = []
    for prompt in prompts:
        tally.masks += list(model.decode(features, (SIDE, SIDE), prompt)[0])
    tally.decode_s = (time.perf_counter() - began) / len(prompts)


def _timed(work: Callable[[], Any], tally: Tally) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    tally.wall_s.append(time.perf_counter() - wall)
    tally.cpu_s.append(time.process_time() - cpu)
    return result


def _picture() -> NDArray[np.uint8]:
    """Roofs on ground, (3, 1024, 1024): edges and even areas, as in an image from above."""
    random = np.random.default_rng(4)
    image = random.normal(110, 12, (3, SIDE, SIDE))
    for _roof in range(120):
        row, col = random.integers(0, SIDE - 90, 2)
        rows, cols = random.integers(20, 90, 2)
        image[:, row : row + rows, col : col + cols] = random.uniform(40, 230, (3, 1, 1))
    return np.clip(image, 0, 255).astype(np.uint8)


def _prompts() -> list[Pointed]:
    """Clicks and boxes in equal numbers."""
    random = np.random.default_rng(9)
    none, inside = np.zeros((0, 2)), np.zeros(0, np.bool_)
    prompts = []
    for _turn in range(PROMPTS // 2):
        x, y = random.uniform(100, SIDE - 200, 2)
        prompts.append(Pointed(np.array([[x, y]]), np.ones(1, np.bool_)))
        prompts.append(Pointed(none, inside, (x, y, x + 90.0, y + 60.0)))
    return prompts


def _show(ways: dict[str, Tally], asked: argparse.Namespace, *, has_weights: bool) -> None:
    print(f"{asked.size}, {SIDE} x {SIDE}, {asked.device}, {asked.threads} threads,", end=" ")
    print("published weights" if has_weights else "random weights")
    print(
        f"{'':<18}{'wall s':>8}{'cpu s':>8}{'faster':>8}{'by cpu':>8}{'IoU':>9}{'least':>8}", end=""
    )
    print(f"{'prompt ms':>11}")
    own = ways[OWN]
    for name, way in ways.items():
        alike = _overlaps(way.masks, own.masks)
        print(f"{name:<18}{min(way.wall_s):>8.2f}{min(way.cpu_s):>8.2f}", end="")
        print(f"{min(own.wall_s) / min(way.wall_s):>8.2f}", end="")
        print(f"{min(own.cpu_s) / min(way.cpu_s):>8.2f}", end="")
        print(f"{np.median(alike):>9.4f}{min(alike):>8.4f}{way.decode_s * 1e3:>11.0f}")


def _overlaps(masks: Masks, others: Masks) -> list[float]:
    """IoU of each two masks; 1 for two empty ones."""
    return [
        float((one & other).sum() / max((one | other).sum(), 1)) if (one | other).any() else 1.0
        for one, other in zip(masks, others, strict=True)
    ]


if __name__ == "__main__":
    main()
