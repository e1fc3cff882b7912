"""Runs a network of an operator's own, ONNX or TorchScript, after its file was looked through.

What is hashed and looked through is what is opened: the file is read once. Knows nothing of pairs.
"""

import hashlib
import importlib
import io
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from errors import ModelError, OutOfDeviceMemoryError, WeightsCorruptError
from inference.adapters import onnx_file, torchscript_file
from inference.adapters.own_card import OwnCard

Floats = NDArray[np.float32]
Network = Callable[[Sequence[Floats]], NDArray[Any]]
"""Gives the output for the inputs, each (1, band, row, col)."""
SUFFIXES = (".onnx", ".pt")
MOST_BYTES = 2_000_000_000
FAULTS = (RuntimeError, TypeError, ValueError, AssertionError, LookupError, ArithmeticError)
"""What TorchScript raises, beside an error of its own, where its makers wrote so."""


def load(path: Path, card: OwnCard, device: str) -> Network:
    """The network of a file on a device (`cpu`, `cuda:0`); ONNX always runs on the processor.

    Raises:
        WeightsCorruptError: the file is not the one the card lists.
        ModelError: it cannot be read, or would run what is not allowed.
    """
    content = _content(path, card)
    if path.suffix == ".onnx":
        onnx_file.require_self_contained(content, path.name)
        return _onnx(content, path.name, card)
    return _torchscript(torchscript_file.harmless(content, path.name), path.name, device)


def _content(path: Path, card: OwnCard) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            msg = f"The network {path.name!r} is larger than {MOST_BYTES / 1e9:g} GB."
            raise ModelError(msg, hint="Use a smaller one.")
        content = path.read_bytes()
    except OSError as error:
        msg = f"The network {path.name!r} cannot be read."
        raise ModelError(msg, hint="Check the file and its rights.") from error
    if hashlib.sha256(content).hexdigest() != card.sha256:
        msg = f"The file {path.name!r} is not the one whose SHA-256 its card lists."
        hint = "Put the right file there, or its SHA-256 into the card if you trust it."
        raise WeightsCorruptError(msg, hint=hint)
    return content


def _onnx(content: bytes, name: str, card: OwnCard) -> Network:
    """An ONNX network in OpenVINO, in float32 so that its answers are those of its makers."""
    try:
        openvino: Any = importlib.import_module("openvino")
    except ModuleNotFoundError as error:
        msg = "The package 'openvino' is not installed."
        raise ModelError(msg, hint="Install what requirements.txt lists.") from error
    try:
        core = openvino.Core()
        model = core.read_model(model=content, weights=b"")
        _require_names(model, name, card)
        precision = {"INFERENCE_PRECISION_HINT": "f32"}
        compiled = core.compile_model(model, "CPU", precision)
    except RuntimeError as error:
        msg = f"The network {name!r} cannot be run: OpenVINO does not know all it asks for."
        hint = "Export it with another opset, or as TorchScript."
        raise ModelError(msg, hint=hint) from error
    output = compiled.output(card.output.name) if card.output.name else compiled.output(0)

    def run(inputs: Sequence[Floats]) -> NDArray[Any]:
        named = dict(zip(card.input.names or range(len(inputs)), inputs, strict=True))
        try:
            # A request of its own, since several tiles may be looked at at once.
            return np.array(compiled.create_infer_request().infer(named)[output])
        except RuntimeError as error:
            raise _unfit(name, inputs) from error

    return run


def _require_names(model: Any, name: str, card: OwnCard) -> None:
    """Nothing, if inputs and output are those of the card, and take numbers of 32 bits.

    Raises:
        ModelError: they are not.
    """
    given = [sorted(one.get_names()) for one in model.inputs]
    wanted = 2 if card.input.layout == "two" else 1
    said = ", ".join(repr("/".join(names)[:40]) for names in given)
    if len(given) != wanted or any(
        all(one not in names for names in given) for one in card.input.names
    ):
        msg = f"The network {name!r} has other inputs than its card says: {said}."
        raise ModelError(msg, hint="Correct layout or names in the card.")
    if any(one.get_element_type().get_type_name() != "f32" for one in model.inputs):
        msg = f"The network {name!r} does not take numbers of 32 bits (float32)."
        raise ModelError(msg, hint="Export it with float32 inputs.")
    outputs = [sorted(one.get_names()) for one in model.outputs]
    is_named = any(card.output.name in names for names in outputs)
    if not (is_named if card.output.name else len(outputs) == 1):
        said = ", ".join(repr("/".join(names)[:40]) for names in outputs)
        msg = f"The output of the network {name!r} cannot be told from its card: it has {said}."
        raise ModelError(msg, hint="Name the output in the card.")


def _torchscript(content: bytes, name: str, device: str) -> Network:
    import torch

    try:
        with warnings.catch_warnings():
            # PyTorch advises the makers of such files to write another kind.
            warnings.simplefilter("ignore", DeprecationWarning)
            read: Any = torch.jit.load
            module = read(io.BytesIO(content), map_location=device).eval()
    except (RuntimeError, ValueError) as error:
        msg = f"The network {name!r} cannot be opened by this version of PyTorch."
        raise ModelError(msg, hint="Export it again, or to ONNX.") from error

    def run(inputs: Sequence[Floats]) -> NDArray[Any]:
        try:
            with torch.inference_mode():
                found = _first(module(*(torch.from_numpy(one).to(device) for one in inputs)))
                is_real = isinstance(found, torch.Tensor) and not found.is_complex()
                # NumPy knows no bfloat16.
                values = found.to("cpu", torch.float32).numpy() if is_real else None
        except torch.OutOfMemoryError as error:
            msg = "The graphics card has too little memory for this network."
            raise OutOfDeviceMemoryError(msg, hint="Use the CPU.") from error
        except (*FAULTS, torch.jit.Error) as error:
            raise _unfit(name, inputs) from error
        if values is None:
            msg = f"The network {name!r} does not give an array of numbers."
            raise ModelError(msg, hint="Export it so that it gives one array.")
        return np.asarray(values)

    return run


def _first(found: Any) -> Any:
    """The array that a network gives, or the first one of several."""
    return found[0] if isinstance(found, tuple | list) and len(found) else found


def _unfit(name: str, inputs: Sequence[Floats]) -> ModelError:
    shapes = " and ".join(str(one.shape) for one in inputs)
    msg = f"The network {name!r} cannot be given what its card says: {shapes}."
    return ModelError(msg, hint="Correct layout, bands or window_px in the card.")
