import io
import pickle
import zipfile

import pytest
import torch

from errors import ModelError
from inference.adapters.torchscript_file import require_harmless
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
    require_harmless(networks.torchscript(module), "net.pt")


@pytest.mark.parametrize(("module", "word"), [(Writes(), "torch.save"), (Reads(), "from_file")])
def test_networks_that_read_or_write_files_are_refused(module, word):
    with pytest.raises(ModelError, match=word):
        require_harmless(networks.torchscript(module), "net.pt")


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
        "x = exec(a)",
        "x = torch",
    ],
)
def test_no_other_way_to_an_operator_passes(line):
    with pytest.raises(ModelError, match="not on the list"):
        require_harmless(archive(f"def forward(self, a):\n    {line}\n    return x\n"), "net.pt")


def test_a_method_that_runs_while_the_file_is_opened_is_refused():
    with pytest.raises(ModelError, match="__setstate__"):
        require_harmless(archive("def __setstate__(self, a):\n    return a\n"), "net.pt")


def test_classes_of_the_library_in_the_pickled_part_are_refused():
    content = archive("x = 1\n", {"data.pkl": b"c__torch__.torch.classes.theirs\nThing\n."})
    with pytest.raises(ModelError, match="classes of PyTorch's own"):
        require_harmless(content, "net.pt")


def test_calls_of_the_other_functions_of_the_file_pass():
    text = "def forward(self, a):\n    _0 = __torch__.theirs.relu\n    return _0(a)\n"
    require_harmless(archive(text), "net.pt")


def test_text_that_unpacks_without_end_is_refused():
    content = archive("# " + " " * 21_000_000, how=zipfile.ZIP_DEFLATED)
    assert len(content) < 1_000_000
    with pytest.raises(ModelError, match="no whole TorchScript file"):
        require_harmless(content, "net.pt")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", pickle.dumps({"weights": 1})])
def test_what_is_no_torchscript_file_is_told_so(content):
    with pytest.raises(ModelError, match="no whole TorchScript file"):
        require_harmless(content, "net.pt")


def test_a_checkpoint_of_numbers_alone_is_told_so():
    content = io.BytesIO()
    torch.save(networks.Difference().state_dict(), content)
    with pytest.raises(ModelError, match="no whole TorchScript file"):
        require_harmless(content.getvalue(), "net.pt")


def archive(text, others=None, *, how=zipfile.ZIP_STORED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", how) as zipped:
        zipped.writestr("net/code/__torch__.py", text)
        for name, data in (others or {}).items():
            zipped.writestr(f"net/{name}", data)
    return content.getvalue()
