"""Which engine runs a network on this machine, and why.

Knows nothing of pairs or detectors.
"""

import importlib
import importlib.util
import logging
from collections.abc import Callable
from functools import cache
from typing import Any

from inference.backends.base import Engine, Source
from inference.device import CPU, usable

log = logging.getLogger(__name__)

NATIVE = "this processor computes bfloat16 itself"
NOT_NATIVE = "this processor does not compute bfloat16 itself"


class Engines:
    """Engines of one network, each made once in a process."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._made: Callable[[str], Engine] = cache(self._make)

    def on(self, device: str) -> Engine:
        """The best engine for a device: `cpu`, or a graphics card as PyTorch names it."""
        return self._made(usable(device).name)

    def _make(self, device: str) -> Engine:
        engine = self._on_cpu() if device == CPU else self._on_card(device)
        log.info("%s by %s, because %s", self._source.key, engine.nature.name, engine.nature.why)
        return engine

    def _on_card(self, device: str) -> Engine:
        module: Any = importlib.import_module("inference.backends.cuda")
        why = "this process was given a graphics card"
        engine: Engine = module.Cuda(self._source, device, why=why, instead=lambda: self._made(CPU))
        return engine

    def _on_cpu(self) -> Engine:
        name, first = "openvino_cpu", "OpenVINO is the fastest engine on a processor"
        if importlib.util.find_spec("openvino") is None:
            name, first = "torch_cpu", "OpenVINO is not installed"
        module: Any = importlib.import_module(f"inference.backends.{name}")
        is_native = module.has_bfloat16()
        precision = "bfloat16" if is_native else "float32"
        why = f"{first}, and {NATIVE if is_native else NOT_NATIVE}"
        build = module.OpenVinoCpu if name == "openvino_cpu" else module.TorchCpu
        engine: Engine = build(self._source, precision=precision, why=why)
        return engine
