"""What is exported is what the manifest says and what the product loads."""

import hashlib
import tomllib
from pathlib import Path

import pytest
import torch

from inference.networks import changenet
from inference.siamese import facts
from inference.siamese.multispectral import BANDS
from inference.training.change.tally import Rule
from inference.training.export import MANIFEST
from inference.training.multispectral import export as module
from inference.training.multispectral.export import FILE, export, look
from inference.training.multispectral.fit import untrained
from inference.weights import WeightsEntry
from tests.inference.training.multispectral.few_pairs import RECIPE, Few

OTHER = '# Notes.\n\n[[weights]]\nname = "changenet"\nfile = "changenet.safetensors"\n'


@pytest.mark.parametrize("is_recommended", [True, False])
def test_the_file_says_how_it_is_to_be_used_and_the_manifest_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_recommended: bool
) -> None:
    (tmp_path / MANIFEST).write_text(OTHER, encoding="utf-8")
    monkeypatch.setattr(module, "LOOKED_AT", 6)
    net = untrained()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    stats = look(net, Few(), RECIPE)
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    path = export(net, tmp_path, Rule(0.6, 800.0), stats, is_recommended=is_recommended)
    text = (tmp_path / MANIFEST).read_text(encoding="utf-8")
    assert text.startswith(OTHER)
    listed = tomllib.loads(text)["weights"]
    assert [entry["name"] for entry in listed] == ["changenet", "changenet_10m"]
    entry = WeightsEntry.model_validate(listed[1])
    assert (entry.file, entry.bytes) == (FILE, path.stat().st_size)
    assert entry.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert changenet.load(path, "cpu").bands == len(BANDS)
    read = facts.read(path)
    assert (read.threshold, read.min_area_m2, read.bands) == (0.6, 800.0, BANDS)
    assert read.is_recommended == is_recommended
    assert read.training_stats is not None
    assert read.training_stats.pictures == 12
