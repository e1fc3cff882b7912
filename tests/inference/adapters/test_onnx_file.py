import numpy as np
import pytest

from errors import ModelError
from inference.adapters.onnx_file import require_self_contained
from tests.inference.adapters import networks
from tests.inference.adapters import protobuf as pb


def test_a_network_of_standard_operators_passes():
    require_self_contained(networks.onnx(), "net.onnx")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            pb.graph([], tensors=[pb.tensor("w", np.zeros(3, np.float32), beside="../../secret")]),
            "further files",
        ),
        (pb.graph([pb.node("Theirs", ["a"], ["b"], domain="com.theirs")]), "'com.theirs'"),
    ],
    ids=["numbers in another file", "operators of others"],
)
def test_what_reaches_beyond_the_file_or_the_standard_is_refused(content, words):
    with pytest.raises(ModelError, match=words):
        require_self_contained(pb.model(content), "net.onnx")


def test_a_graph_within_a_node_is_looked_through_as_well():
    inner = pb.graph([pb.node("Theirs", ["a"], ["b"], domain="com.theirs")])
    outer = pb.graph([pb.node("If", ["a"], ["b"], pb.subgraph("then_branch", inner))])
    with pytest.raises(ModelError, match=r"com\.theirs"):
        require_self_contained(pb.model(outer), "net.onnx")


def test_graphs_within_graphs_without_end_are_refused():
    content = pb.graph([])
    for _turn in range(40):
        content = pb.graph([pb.node("If", ["a"], ["b"], pb.subgraph("then_branch", content))])
    with pytest.raises(ModelError, match="no whole ONNX file"):
        require_self_contained(pb.model(content), "net.onnx")


def test_a_field_whose_key_is_longer_than_engines_read_hides_nothing():
    key = pb.varint((7 << 3 | 2) + (1 << 32))
    node = pb.node("Theirs", ["a"], ["b"]) + key + pb.varint(10) + b"com.theirs"
    with pytest.raises(ModelError, match="no whole ONNX file"):
        require_self_contained(pb.model(pb.graph([node])), "net.onnx")


def test_functions_of_the_file_are_refused():
    content = pb.model(pb.graph([]), functions=pb.field(25, pb.field(1, "theirs")))
    with pytest.raises(ModelError, match="functions of its own"):
        require_self_contained(content, "net.onnx")


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, b"PK\x03\x04 something", b"\x0a\xff\x7f"])
def test_what_is_no_onnx_file_is_told_so(content):
    with pytest.raises(ModelError, match="no whole ONNX file"):
        require_self_contained(content, "net.onnx")


def test_a_file_cut_short_anywhere_is_told_so_or_holds_no_graph():
    whole = networks.onnx()
    for length in range(3, len(whole) - 6, 7):
        with pytest.raises(ModelError, match="no whole ONNX file"):
            require_self_contained(whole[:length], "net.onnx")
