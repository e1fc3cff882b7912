"""Change networks by engine, in one run: megapixels of a pair a second, and how far masks differ.

    python -m benchmarks.networks [--side 1024] [--threads 2] [--rounds 5]

Only the network is timed, both pictures in memory; reading, stretching and outlines are part of
`benchmarks.speed`. All ways are measured in turns in one process, so that a busy machine slows all
of them; the least time of each counts. A graphics card is measured where there is one, with the way
of the pictures to it and of the answers back. TinyCD (Codegoni et al. 2022) in PyTorch, with the
allocator told to keep freed memory as this product does, is what the others are compared with; its
weights are random, which costs the same.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray

import settings
from inference import weights
from inference.allocator import keep_freed
from inference.backends.base import Engine, Maps
from inference.backends.cuda import Cuda
from inference.backends.openvino_cpu import OpenVinoCpu
from inference.backends.torch_cpu import TorchCpu
from inference.networks.tinycd import TinyCd
from inference.siamese import detector

Picture = NDArray[np.uint8]
Way = Callable[[Picture, Picture], Maps]
WHY = "a benchmark"
SHIPPED = {"changenet": 3, "changenet_10m": 6}
"""Our networks and the bands they take."""
FIRST = "TinyCD, PyTorch float32"
"""What the others are compared with."""


@dataclass
class Tally:
    """What one way of computing took, and the change it saw."""

    wall_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    changed: NDArray[np.bool_] | None = None


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=1024, help="rows and columns of the pair")
    parser.add_argument("--threads", type=int, default=settings.load().threads)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    keep_freed()
    torch.set_num_threads(asked.threads)
    tallies = measured(ways(), side=asked.side, rounds=asked.rounds)
    for line in table(tallies, side=asked.side):
        print(line)
    if torch.cuda.is_available():
        print(
            f"\nMost memory of the graphics card: {torch.cuda.max_memory_allocated() / 1e6:.0f} MB"
        )


def ways() -> dict[str, tuple[int, Way]]:
    """Ways of computing by name, with the bands of their pictures."""
    found: dict[str, tuple[int, Way]] = {FIRST: (3, tinycd())}
    for name, bands in SHIPPED.items():
        source = detector.source(name, "Looks", weights.sha256(name), bands)
        for precision in ("float32", "bfloat16"):
            engine = TorchCpu(source, precision=precision, why=WHY)
            found[f"{name}, PyTorch {precision}"] = (bands, engine)
        for precision in ("float32", "bfloat16"):
            fast = OpenVinoCpu(source, precision=precision, why=WHY)
            found[f"{name}, OpenVINO {precision}"] = (bands, fast)
        if torch.cuda.is_available():
            card = Cuda(source, "cuda:0", why=WHY, instead=partial(_of_another, engine))
            found[f"{name}, graphics card"] = (bands, card)
    return found


def _of_another(engine: Engine) -> Engine:
    return engine


def tinycd() -> Way:
    """TinyCD in PyTorch, float32, nothing folded."""
    net = TinyCd().eval()

    def run(pre: Picture, post: Picture) -> Maps:
        with torch.inference_mode():
            pictures = (torch.from_numpy(one)[None].float() / 255 for one in (pre, post))
            probability: NDArray[np.float32] = net(*pictures)[0, 0].numpy()
        return (probability - np.float32(0.5),)

    return run


def measured(ways: dict[str, tuple[int, Way]], *, side: int, rounds: int) -> dict[str, Tally]:
    """Each way in turn, `rounds` times after a first that does not count."""
    tallies = {name: Tally() for name in ways}
    pairs = {bands: pictures(bands, side) for bands, _way in ways.values()}
    for number in range(rounds + 1):
        for name, (bands, way) in ways.items():
            wall, cpu = time.perf_counter(), time.process_time()
            change = way(*pairs[bands])[0]
            if number:
                tallies[name].wall_s.append(time.perf_counter() - wall)
                tallies[name].cpu_s.append(time.process_time() - cpu)
            tallies[name].changed = change > 0
    return tallies


def pictures(bands: int, side: int) -> tuple[Picture, Picture]:
    """Two pictures (band, row, col) of soft blobs that differ in places."""
    rng = np.random.default_rng(5)
    coarse = rng.uniform(0, 255, (2, bands, side // 16 + 1, side // 16 + 1)).astype(np.float32)
    coarse[1] = np.where(rng.random(coarse.shape[2:]) < 0.2, coarse[1], coarse[0])
    fine = np.kron(coarse, np.ones((16, 16), np.float32))[..., :side, :side]
    noisy = np.clip(fine + rng.normal(0, 8, fine.shape), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(noisy[0]), np.ascontiguousarray(noisy[1])


def table(tallies: dict[str, Tally], *, side: int) -> list[str]:
    """Markdown rows; masks of our networks are compared with those of PyTorch in float32."""
    mpix = side * side / 1e6
    slowest = min(tallies[FIRST].wall_s)
    lines = [
        f"| {side} x {side} px | Mpix/s | times TinyCD | Mpix/s of processor time | mask differs |",
        "|---|---|---|---|---|",
    ]
    for name, tally in tallies.items():
        wall, cpu = min(tally.wall_s), min(tally.cpu_s)
        exact = tallies.get(f"{name.partition(',')[0]}, PyTorch float32")
        differs = _differing(tally, exact)
        lines.append(
            f"| {name} | {mpix / wall:.2f} | {slowest / wall:.1f} | {mpix / cpu:.2f} | {differs} |"
        )
    return lines


def _differing(tally: Tally, exact: Tally | None) -> str:
    if exact is None or exact.changed is None or tally.changed is None or exact is tally:
        return "-"
    return f"{(exact.changed != tally.changed).mean():.3%}"


if __name__ == "__main__":
    main()
