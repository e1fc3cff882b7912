"""What a TorchScript file would run, read without running it: only operations on numbers pass.

TorchScript is a language with loops, files among its operators, and methods that run while a file
is opened. All of its text lies in the archive, and is compared with a list. What is opened is an
archive made anew of what was looked through, since two readers may see two archives in one file.
Knows no network.
"""

import ast
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from errors import ModelError

MOST_TEXT_BYTES: Final = 20_000_000
SOURCE: Final = re.compile(r"code/.+\.py")
DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, RuntimeError, LookupError, EOFError,
    OSError,
)  # fmt: skip
"""What the library of archives raises on a damaged one."""
PICKLES: Final = frozenset({"data.pkl", "constants.pkl"})
NUMBERS: Final = re.compile(r"(data|constants)/[A-Za-z0-9_.]+")
ABOUT: Final = frozenset({"version", "byteorder", ".data/version", ".data/serialization_id"})
"""What a network consists of. The rest is left out: an older form of program under any name,
hints for debuggers, and names that only differ in capitals, which PyTorch does not tell apart."""
WHILE_OPENING: Final = frozenset({"__setstate__", "__getstate__"})
FOREIGN_CLASSES: Final = b"torch.classes"

WORDS: Final = frozenset(
    {"annotate", "unchecked_cast", "uninitialized", "getattr", "isinstance", "int", "float",
     "bool", "str", "range"}
)  # fmt: skip
PRIMITIVES: Final = frozenset(
    {"NumToTensor", "RaiseException", "data", "device", "dtype", "is_cuda", "max", "min",
     "requires_grad", "tolist", "type", "unchecked_cast"}
)  # fmt: skip
OPERATIONS: Final = frozenset(
    # sums, products and comparisons
    {"abs", "abs_", "add", "add_", "addcmul", "addmm", "all", "any", "baddbmm", "bitwise_and",
     "bitwise_not", "bitwise_or", "bmm", "ceil", "clamp", "clamp_", "clamp_max", "clamp_min",
     "cos", "cosine_similarity", "cumsum", "div", "div_", "einsum", "eq", "erf", "exp", "floor",
     "floor_divide", "floordiv", "fmod", "ge", "gt", "hypot", "le", "log", "log10", "log1p",
     "log2", "logical_and", "logical_not", "logical_or", "lt", "matmul", "max", "maximum", "mean",
     "median", "min", "minimum", "mm", "mul", "mul_", "ne", "neg", "norm", "outer", "pow", "prod",
     "reciprocal", "remainder", "round", "rsqrt", "rsub", "sigmoid", "sigmoid_", "sign", "sin",
     "sqrt", "square", "std", "sub", "sub_", "sum", "tan", "tanh", "tanh_", "true_divide", "var",
     "where", "__and__", "__or__", "__not__", "__xor__", "__is__", "__isnot__",
     "linalg_vector_norm",
    # layers
     "adaptive_avg_pool2d", "adaptive_max_pool2d", "avg_pool2d", "batch_norm", "celu", "conv2d",
     "conv_transpose2d", "_convolution", "convolution", "dropout", "dropout_", "elu", "elu_",
     "feature_dropout", "gelu", "glu", "group_norm", "hardsigmoid", "hardsigmoid_", "hardswish",
     "hardswish_", "hardtanh", "hardtanh_", "instance_norm", "layer_norm", "leaky_relu",
     "leaky_relu_", "linear", "log_softmax", "max_pool2d", "mish", "mish_", "pixel_shuffle",
     "pixel_unshuffle", "prelu", "relu", "relu_", "relu6", "relu6_",
     "scaled_dot_product_attention", "selu", "selu_", "silu", "silu_", "softmax", "softplus",
     "upsample_bicubic2d", "upsample_bilinear2d", "upsample_nearest2d", "grid_sampler",
     "affine_grid_generator", "im2col", "col2im", "channel_shuffle",
    # shapes
     "cat", "chunk", "copy", "constant_pad_nd", "contiguous", "detach", "dim", "expand",
     "expand_as",
     "flatten", "flip", "gather", "index", "index_select", "masked_fill", "movedim", "narrow",
     "numel", "pad", "permute", "reflection_pad2d", "repeat", "repeat_interleave",
     "replication_pad2d", "reshape", "roll", "select", "size", "slice", "split",
     "split_with_sizes", "squeeze", "stack", "swapaxes", "t", "tile", "transpose", "triu", "tril",
     "unbind", "unflatten", "unfold", "unsqueeze", "view", "view_as", "topk", "sort", "argmax",
     "argmin", "meshgrid",
    # new numbers, and their kinds
     "arange", "clone", "copy_", "device", "dtype", "fill_", "full", "full_like", "item",
     "linspace", "new_full", "new_ones", "new_zeros", "ones", "ones_like", "scalar_tensor",
     "tensor", "to", "type_as", "zero_", "zeros", "zeros_like", "ScalarImplicit", "IntImplicit",
     "FloatImplicit", "Int", "Float", "Bool", "is_floating_point", "_shape_as_tensor",
    # lists and text of messages
     "append", "extend", "format", "len", "list", "__contains__", "__getitem__", "__derive_index",
     "__range_length", "_set_item", "keys", "values", "items"}
)  # fmt: skip
"""Of PyTorch's operators those that compute with what they are given: none reads or writes a file,
opens a connection, keeps a state or starts other work."""


def harmless(content: bytes, name: str) -> bytes:
    """The file made anew, if all it would run is on the list of operations.

    Args:
        content: the whole file.
        name: what the file is called, for the words of an error.

    Raises:
        ModelError: it is no TorchScript file, or runs something that is not on the list.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(archive)
    except DAMAGED as error:
        raise _broken(name) from error
    for part, held in parts.items():
        if SOURCE.fullmatch(part):
            _check(_parsed(held, name), name)
        elif part in PICKLES and FOREIGN_CLASSES in held:
            _refuse(name, "classes of PyTorch's own")
    return _packed(parts)


def _broken(name: str) -> ModelError:
    msg = f"The file {name!r} is no whole TorchScript file."
    hint = "Export the network again; a checkpoint of numbers alone has no network in it."
    return ModelError(msg, hint=hint)


def _parsed(text: bytes, name: str) -> ast.Module:
    try:
        return ast.parse(text.decode())
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _broken(name) from error


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """What the network consists of, by its name without the folder around it all.

    Raises:
        ValueError: there is no text, too much of it, or two parts of one name.
    """
    entries = archive.infolist()
    folder = entries[0].filename.partition("/")[0] if entries else ""
    named = [
        (entry.filename.removeprefix(f"{folder}/"), entry)
        for entry in entries
        if entry.filename.startswith(f"{folder}/")
    ]
    wanted = [(part, entry) for part, entry in named if _is_needed(part)]
    texts = [entry for part, entry in wanted if SOURCE.fullmatch(part)]
    packed = [entry for _part, entry in wanted if entry.compress_type != zipfile.ZIP_STORED]
    is_large = sum(entry.file_size for entry in {*texts, *packed}) > MOST_TEXT_BYTES
    if not texts or is_large or len({part.casefold() for part, _entry in wanted}) < len(wanted):
        raise ValueError
    return {part: archive.read(entry) for part, entry in wanted}


def _is_needed(part: str) -> bool:
    is_whole = part in PICKLES or part in ABOUT
    return is_whole or bool(SOURCE.fullmatch(part) or NUMBERS.fullmatch(part))


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of parts, as PyTorch writes them: not compressed, in one folder."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for part, held in parts.items():
            archive.writestr(zipfile.ZipInfo(f"network/{part}"), held)
    return made.getvalue()


def _check(tree: ast.Module, name: str) -> None:
    own = _own_functions(tree)
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in WHILE_OPENING:
            _refuse(name, f"the method {node.name!r} while it is opened")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id not in WORDS | own:
                _refuse(name, repr(node.func.id))
        elif isinstance(node, ast.Attribute | ast.Name) and id(node) not in inner:
            _check_reference(node, name)


def _own_functions(tree: ast.Module) -> frozenset[str]:
    """Names given to functions that are part of the file, and so are checked themselves."""
    return frozenset(
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Attribute)
        and ast.unparse(node.value).startswith("__torch__.")
        for target in node.targets
        if isinstance(target, ast.Name)
    )


def _check_reference(node: ast.Attribute | ast.Name, name: str) -> None:
    """An operator of a library is on the list; anything else is part of the file."""
    spoken = ast.unparse(node)
    root, _, rest = spoken.partition(".")
    is_listed = {
        "torch": rest in OPERATIONS,
        "ops": rest.startswith("prim.") and rest.removeprefix("prim.") in PRIMITIVES,
        # Nor a part of that path under another name.
        "__torch__": rest not in {"", "torch"} and not rest.startswith("torch.classes"),
    }
    if not is_listed.get(root, True):
        _refuse(name, repr(spoken))


def _refuse(name: str, what: str) -> None:
    msg = f"The network {name!r} would run {what[:80]}, which is not on the list of operations."
    raise ModelError(msg, hint="Such networks are not run: export it to ONNX instead.")
