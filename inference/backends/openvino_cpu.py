"""OpenVINO on the processor: the fastest engine there, and it starts without PyTorch.

The network is converted once and kept as a file, because converting takes longer than a small
pair. Knows nothing of what the network looks for.
"""

import logging
import os
import re
import secrets
import warnings
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

import settings
from inference.backends.base import Maps, Nature, Picture, Source
from inference.backends.openvino_runtime import openvino

log = logging.getLogger(__name__)

EXAMPLE_PX = 256
FOLDER = "engines"
PRECISIONS = {"bfloat16": "bf16", "float32": "f32"}


class OpenVinoCpu:
    """A network run by OpenVINO on the processor."""

    notes: tuple[str, ...] = ()

    def __init__(self, source: Source, *, precision: str, why: str) -> None:
        """Load or convert the network; `precision` is `bfloat16` or `float32`."""
        self.nature = Nature("openvino", precision, why)
        compiled = openvino.Core().compile_model(
            _model(source),
            "CPU",
            {
                "INFERENCE_PRECISION_HINT": PRECISIONS[precision],
                "INFERENCE_NUM_THREADS": settings.load().threads,
                "PERFORMANCE_HINT": "LATENCY",
            },
        )
        self._request = compiled.create_infer_request()
        # Each call uses all threads; two at once would only get in each other's way.
        self._lock = Lock()

    def __call__(self, pre: Picture, post: Picture) -> Maps:
        """As `Engine`."""
        with self._lock:
            found = self._request.infer([pre, post], share_inputs=True)
            return tuple(np.array(one, dtype=np.float32) for one in found.values())


def has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself."""
    return "BF16" in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def _model(source: Source) -> Any:
    """The converted network, from the file that an earlier process kept if there is one."""
    kept = _place(source)
    if kept.is_file():
        try:
            return openvino.Core().read_model(kept)
        except RuntimeError as error:  # OpenVINO's own errors are RuntimeErrors.
            log.warning("converting anew, because %s cannot be read: %s", kept.name, error)
    model = _converted(source)
    # What is read back is optimised in another order, and the last bits show it: always run that.
    return openvino.Core().read_model(kept) if _keep(model, kept) else model


def _place(source: Source) -> Path:
    version = re.sub(r"[^0-9.]+", "-", openvino.__version__.partition("-")[0])
    return settings.load().data_dir / FOLDER / f"{source.key}-{version}.xml"


def _converted(source: Source) -> Any:
    # Imported here: a kept network needs no PyTorch, whose import takes seconds.
    import torch

    example = torch.zeros(
        (source.bands, EXAMPLE_PX, EXAMPLE_PX), dtype=getattr(torch, source.dtype)
    )
    with torch.inference_mode(), warnings.catch_warnings():
        # OpenVINO traces with what PyTorch 2.13 calls deprecated; both versions are pinned.
        warnings.simplefilter("ignore", DeprecationWarning)
        model = openvino.convert_model(source.build(), example_input=(example, example.clone()))
    shape = openvino.PartialShape([source.bands, -1, -1])
    model.reshape(dict.fromkeys(range(2), shape))
    return model


def _keep(model: Any, target: Path) -> bool:
    """Write the two files of a network under a name of our own, then rename them; false if not."""
    part = target.with_name(f"{target.stem}.{os.getpid()}-{secrets.token_hex(4)}.xml")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        openvino.save_model(model, part, compress_to_fp16=False)
        # The description last: a reader looks for it first.
        part.with_suffix(".bin").replace(target.with_suffix(".bin"))
        part.replace(target)
    except (OSError, RuntimeError) as error:
        log.info("the converted network was not kept: %s", error)
        for left in (part, part.with_suffix(".bin")):
            with suppress(OSError):
                left.unlink()
        return False
    return True
