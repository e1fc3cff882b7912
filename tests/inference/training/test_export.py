"""What is exported is what the manifest says and what the product loads."""

import hashlib
import tomllib
from pathlib import Path

import pytest
import torch

from inference.networks import clicknet
from inference.networks.clicknet import ClickNet
from inference.training.export import FILE, MANIFEST, export, with_entry
from inference.weights import WeightsEntry

OTHER = '# Notes.\n\n[[weights]]\nname = "sam"\nfile = "sam.pth"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / MANIFEST).write_text(OTHER, encoding="utf-8")
    return tmp_path


def test_the_manifest_names_the_file_that_was_written(folder: Path) -> None:
    torch.manual_seed(0)
    path = export(ClickNet(), folder)
    listed = tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))["weights"]
    assert [entry["name"] for entry in listed] == ["sam", "clicknet"]
    entry = WeightsEntry.model_validate(listed[1])
    assert entry.file == FILE
    assert entry.bytes == path.stat().st_size
    assert entry.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert clicknet.load(path, "cpu")


def test_a_second_export_replaces_the_entry_and_nothing_else(folder: Path) -> None:
    export(ClickNet(), folder)
    more = (folder / MANIFEST).read_text(encoding="utf-8") + '\n[[weights]]\nname = "last"\n'
    (folder / MANIFEST).write_text(more, encoding="utf-8")
    export(ClickNet(), folder)
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    assert [e["name"] for e in tomllib.loads(text)["weights"]] == ["sam", "clicknet", "last"]
    assert text.startswith(OTHER)


def test_an_entry_is_replaced_by_itself() -> None:
    entry = '[[weights]]\nname = "clicknet"\nfile = "x"\n'
    once = with_entry(OTHER, entry)
    assert with_entry(once, entry) == once


def test_a_folder_without_a_manifest_gets_no_weights(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        export(ClickNet(), tmp_path)
    assert list(tmp_path.iterdir()) == []
