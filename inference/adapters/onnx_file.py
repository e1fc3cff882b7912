"""What an ONNX file asks for, read without running it: operators, and files beside it.

Reads the few protobuf fields that matter (onnx.proto of the ONNX project). Knows no engine.
"""

from collections.abc import Iterator
from typing import Final

from errors import ModelError

Message = memoryview
STANDARD_DOMAINS: Final = frozenset({"", "ai.onnx"})
DEEPEST = 16
"""Graphs within nodes within graphs; no honest file goes this far."""
LARGEST_KEY = 0xFFFFFFFF

# Numbers of the fields in onnx.proto.
_MODEL_GRAPH, _MODEL_FUNCTIONS = 7, 25
_GRAPH_NODE, _GRAPH_TENSOR, _GRAPH_SPARSE = 1, 5, 15
_NODE_ATTRIBUTE, _NODE_DOMAIN = 5, 7
_ATTRIBUTE_TENSORS, _ATTRIBUTE_GRAPHS, _ATTRIBUTE_SPARSE = (5, 10), (6, 11), (22, 23)
_TENSOR_EXTERNAL, _TENSOR_LOCATION = 13, 14
_SPARSE_TENSORS = (1, 2)


def require_self_contained(content: bytes, name: str) -> None:
    """Nothing, if a file holds one graph of standard operators with all of its numbers.

    Args:
        content: the whole file.
        name: what the file is called, for the words of an error.

    Raises:
        ModelError: it is no ONNX file, uses operators of others, or points at further files.
    """
    try:
        for number, value in _graph_and_functions(content):
            if number == _MODEL_FUNCTIONS:
                _refuse(name, "defines functions of its own", "inline them when exporting it")
            _check_graph(value, name, DEEPEST)
    except (ValueError, IndexError) as error:
        msg = f"The file {name!r} is no whole ONNX file."
        raise ModelError(msg, hint="Export the network again.") from error


def _graph_and_functions(content: bytes) -> list[tuple[int, Message]]:
    """The one graph of a file, and further functions that it may define.

    Raises:
        ValueError: there is no graph, or more than one.
    """
    parts = (_MODEL_GRAPH, _MODEL_FUNCTIONS)
    found = [one for one in _messages(memoryview(content)) if one[0] in parts]
    if [number for number, _value in found].count(_MODEL_GRAPH) != 1:
        raise ValueError
    return found


def _check_graph(graph: Message, name: str, depth: int) -> None:
    if depth == 0:
        raise ValueError
    for number, value in _messages(graph):
        if number == _GRAPH_NODE:
            _check_node(value, name, depth)
        elif number == _GRAPH_TENSOR:
            _check_tensor(value, name)
        elif number == _GRAPH_SPARSE:
            _check_sparse(value, name)


def _check_node(node: Message, name: str, depth: int) -> None:
    for number, value in _messages(node):
        if number == _NODE_DOMAIN and bytes(value).decode() not in STANDARD_DOMAINS:
            whose = bytes(value).decode()[:60]
            what = f"uses operators of {whose!r}, which are not part of the ONNX standard"
            _refuse(name, what, "export it with standard operators only")
        if number == _NODE_ATTRIBUTE:
            _check_attribute(value, name, depth)


def _check_attribute(attribute: Message, name: str, depth: int) -> None:
    for number, value in _messages(attribute):
        if number in _ATTRIBUTE_TENSORS:
            _check_tensor(value, name)
        elif number in _ATTRIBUTE_GRAPHS:
            _check_graph(value, name, depth - 1)
        elif number in _ATTRIBUTE_SPARSE:
            _check_sparse(value, name)


def _check_sparse(sparse: Message, name: str) -> None:
    for number, value in _messages(sparse):
        if number in _SPARSE_TENSORS:
            _check_tensor(value, name)


def _check_tensor(tensor: Message, name: str) -> None:
    for number, value in _fields(tensor):
        if number == _TENSOR_EXTERNAL or (number == _TENSOR_LOCATION and value != 0):
            remedy = "export it as one file, in PyTorch with external_data=False"
            _refuse(name, "keeps numbers in further files", remedy)


def _refuse(name: str, what: str, remedy: str) -> None:
    msg = f"The network {name!r} {what}."
    raise ModelError(msg, hint=f"Such networks are not run: {remedy}.")


def _messages(message: Message) -> Iterator[tuple[int, Message]]:
    """The fields that hold text, bytes or further messages."""
    for number, value in _fields(message):
        if not isinstance(value, int):
            yield number, value


def _fields(message: Message) -> Iterator[tuple[int, Message | int]]:
    """Number and value of every field of a protobuf message.

    Raises:
        ValueError: it ends in the middle of a field, or is none.
        IndexError: likewise.
    """
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        # Engines keep 32 bits of a key: more would hide a field from us, and not from them.
        if number == 0 or key > LARGEST_KEY:
            raise ValueError
        if kind == 0:
            whole, at = _varint(message, at)
            yield number, whole
            continue
        if kind == 2:
            length, at = _varint(message, at)
        elif kind in (1, 5):
            length = 8 if kind == 1 else 4
        else:
            raise ValueError
        if at + length > len(message):
            raise ValueError
        yield number, message[at : at + length]
        at += length


def _varint(message: Message, at: int) -> tuple[int, int]:
    """A whole number of variable length, and where it ends."""
    value = shift = 0
    while shift < 70:
        byte = message[at]
        value, at, shift = value | (byte & 0x7F) << shift, at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise ValueError
