"""What is exported is what the manifest says and what the product loads."""

import hashlib
import tomllib
from pathlib import Path

import torch

from inference.networks import changenet
from inference.networks.changenet import ChangeNet
from inference.siamese import facts
from inference.training.change import export as module
from inference.training.change.export import FILE, Facts, export, look
from inference.training.change.tally import Rule
from inference.training.export import MANIFEST
from inference.weights import WeightsEntry
from tests.inference.training.change.few_pairs import RECIPE, Few

OTHER = '# Notes.\n\n[[weights]]\nname = "clicknet"\nfile = "clicknet.safetensors"\n'


def test_the_file_says_how_it_is_to_be_used_and_the_manifest_names_it(
    tmp_path: Path, monkeypatch
) -> None:
    (tmp_path / MANIFEST).write_text(OTHER, encoding="utf-8")
    monkeypatch.setattr(module, "LOOKED_AT", 6)
    torch.manual_seed(0)
    net = ChangeNet()
    path = export(
        net, tmp_path, Facts(Rule(0.6, 20.0), look(net, Few(), RECIPE), is_recommended=True)
    )
    listed = tomllib.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["weights"]
    assert [entry["name"] for entry in listed] == ["clicknet", "changenet"]
    entry = WeightsEntry.model_validate(listed[1])
    assert (entry.file, entry.bytes) == (FILE, path.stat().st_size)
    assert entry.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert changenet.load(path, "cpu")
    read = facts.read(path)
    assert (read.threshold, read.min_area_m2, read.bands) == (0.6, 20.0, module.BANDS)
    assert read.is_recommended
    assert read.training_stats is not None
    assert read.training_stats.pictures == 12


def test_a_second_export_replaces_the_entry_and_nothing_else(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / MANIFEST).write_text(OTHER, encoding="utf-8")
    for threshold in (0.6, 0.7):
        export(
            ChangeNet(),
            tmp_path,
            Facts(Rule(threshold, 20.0), None, is_recommended=threshold < 0.65),
        )
    text = (tmp_path / MANIFEST).read_text(encoding="utf-8")
    assert [e["name"] for e in tomllib.loads(text)["weights"]] == ["clicknet", "changenet"]
    assert text.startswith(OTHER)
    read = facts.read(tmp_path / FILE)
    assert (read.threshold, read.is_recommended) == (0.7, False)


def test_looking_leaves_the_network_as_it_was(monkeypatch) -> None:
    monkeypatch.setattr(module, "LOOKED_AT", 4)
    net = ChangeNet()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    look(net, Few(), RECIPE)
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    assert net.training
