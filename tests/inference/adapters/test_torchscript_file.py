import io
import pickle
import zipfile

import pytest
import torch

from errors import ModelError
from inference.adapters.torchscript_file import harmless
from tests.inference.adapters import networks


class Writes(torch.nn.Module):
    def forward(self, pre, post):
        torch.save(pre, "never")
        return post


class Reads(torch.nn.Module):
    def forward(self, pre, post):
        return torch.from_file("/etc/hostname", False, 1)


@pytest.mark.parametrize("module", [networks.Difference(), networks.Stacked()])
def test_networks_that_only_compute_pass(module):
    harmless(networks.torchscript(module), "net.pt")


@pytest.mark.parametrize(("module", "word"), [(Writes(), "torch.save"), (Reads(), "from_file")])
def test_networks_that_read_or_write_files_are_refused(module, word):
    with pytest.raises(ModelError, match=word):
        harmless(networks.torchscript(module), "net.pt")


@pytest.mark.parametrize(
    "line",
    [
        "x = torch.save",
        "x = torch.from_file(a)",
        'x = getattr(torch, "save")',
        "x = ops.aten.save(a)",
        'x = getattr(ops.aten, "save")',
        "x = fork(a)",
        "x = __torch__.torch.classes.theirs.Thing(a)",
        "x = __torch__.torch",
        "x = __torch__",
        "x = exec(a)",
        "x = torch",
    ],
)
def test_no_other_way_to_an_operator_passes(line):
    with pytest.raises(ModelError, match="not on the list"):
        harmless(archive(f"def forward(self, a):\n    {line}\n    return x\n"), "net.pt")


def test_a_method_that_runs_while_the_file_is_opened_is_refused():
    with pytest.raises(ModelError, match="__setstate__"):
        harmless(archive("def __setstate__(self, a):\n    return a\n"), "net.pt")


def test_classes_of_the_library_in_the_pickled_part_are_refused():
    content = archive("x = 1\n", {"data.pkl": b"c__torch__.torch.classes.theirs\nThing\n."})
    with pytest.raises(ModelError, match="classes of PyTorch's own"):
        harmless(content, "net.pt")


def test_calls_of_the_other_functions_of_the_file_pass():
    text = "def forward(self, a):\n    _0 = __torch__.theirs.relu\n    return _0(a)\n"
    harmless(archive(text), "net.pt")


def test_what_is_opened_is_what_was_looked_through():
    """Two archives in one file: Python's reader finds the one, and PyTorch's may find the other."""
    content = networks.torchscript(Writes()) + networks.torchscript(networks.Difference())
    with zipfile.ZipFile(io.BytesIO(harmless(content, "net.pt"))) as made:
        texts = [made.read(part) for part in made.namelist() if part.endswith(".py")]
    assert texts
    assert not any(b"torch.save" in text for text in texts)


@pytest.mark.parametrize("name", ["model.json", "code/__torch__.PY", "code/evil", "extra/a.txt"])
def test_parts_that_no_network_needs_are_left_out(name):
    content = archive("x = 1\n", {name: b"torch.save", "version": b"3\n", "data/0": b"numbers"})
    with zipfile.ZipFile(io.BytesIO(harmless(content, "net.pt"))) as made:
        assert made.namelist() == [
            "network/code/__torch__.py", "network/version", "network/data/0"
        ]  # fmt: skip


def test_two_parts_of_one_name_are_refused():
    content = archive("x = 1\n", {"code/__TORCH__.py": b"x = 2\n"})
    with pytest.raises(ModelError, match="no whole TorchScript file"):
        harmless(content, "net.pt")


def test_damaged_packing_is_told_so():
    content = bytearray(archive("x = 1\n" * 500, how=zipfile.ZIP_DEFLATED))
    content[60:70] = b"\xff" * 10
    with pytest.raises(ModelError, match="no whole TorchScript file"):
        harmless(bytes(content), "net.pt")


def test_text_that_unpacks_without_end_is_refused():
    content = archive("# " + " " * 21_000_000, how=zipfile.ZIP_DEFLATED)
    assert len(content) < 1_000_000
    with pytest.raises(ModelError, match="no whole TorchScript file"):
        harmless(content, "net.pt")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", pickle.dumps({"weights": 1})])
def test_what_is_no_torchscript_file_is_told_so(content):
    with pytest.raises(ModelError, match="no whole TorchScript file"):
        harmless(content, "net.pt")


def test_a_checkpoint_of_numbers_alone_is_told_so():
    content = io.BytesIO()
    torch.save(networks.Difference().state_dict(), content)
    with pytest.raises(ModelError, match="no whole TorchScript file"):
        harmless(content.getvalue(), "net.pt")


def archive(text, others=None, *, how=zipfile.ZIP_STORED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", how) as zipped:
        zipped.writestr("net/code/__torch__.py", text)
        for name, data in (others or {}).items():
            zipped.writestr(f"net/{name}", data)
    return content.getvalue()
