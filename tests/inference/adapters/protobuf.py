"""Writes a few operators as an ONNX file by hand, so that tests need no package for it."""

import numpy as np

TYPES = {"float32": 1, "int64": 7}


def varint(value):
    out = b""
    while True:
        value, low = value >> 7, value & 0x7F
        out += bytes([low | (0x80 if value else 0)])
        if not value:
            return out


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def tensor(name, values, *, beside=None):
    values = np.ascontiguousarray(values)
    dims = b"".join(field(1, int(side)) for side in values.shape)
    head = dims + field(2, TYPES[values.dtype.name]) + field(8, name)
    if beside is not None:
        return head + field(13, field(1, "location") + field(2, beside)) + field(14, 1)
    return head + field(9, values.tobytes())


def whole_numbers(name, values):
    return field(1, name) + b"".join(field(8, value) for value in values) + field(20, 7)


def subgraph(name, content):
    return field(1, name) + field(6, content) + field(20, 5)


def node(operator, inputs, outputs, *attributes, domain=""):
    return (
        b"".join(field(1, one) for one in inputs)
        + b"".join(field(2, one) for one in outputs)
        + field(4, operator)
        + b"".join(field(5, one) for one in attributes)
        + (field(7, domain) if domain else b"")
    )


def port(name, shape, kind=1):
    dims = b"".join(field(1, field(2 if isinstance(side, str) else 1, side)) for side in shape)
    return field(1, name) + field(2, field(1, field(1, kind) + field(2, dims)))


def graph(nodes, *, tensors=(), inputs=(), outputs=()):
    return (
        b"".join(field(1, one) for one in nodes)
        + field(2, "network")
        + b"".join(field(5, one) for one in tensors)
        + b"".join(field(11, one) for one in inputs)
        + b"".join(field(12, one) for one in outputs)
    )


def model(content, *, functions=b""):
    return field(1, 8) + field(7, content) + field(8, field(1, "") + field(2, 13)) + functions
