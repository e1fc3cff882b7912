"""Weights of a change network that learned nothing, in a list of weights of the test's own."""

import json

import torch
from safetensors.torch import save_file

from inference.networks.changenet import ChangeNet
from tests.inference.weights_folder import entry, listing

FACTS = {
    "bands": ["red", "green", "blue"],
    "gsd_range_m": [0.4, 1.2],
    "working_gsd_m": 0.5,
    "threshold": 0.4,
    "min_area_m2": 20.0,
    "is_recommended": True,
}


def state(seed=0, *, bands=3, spread=3.0, level=-2.0):
    """Random weights whose logits of change and of buildings have a known spread and level."""
    torch.manual_seed(seed)
    net = ChangeNet(bands)
    net.train()
    with torch.no_grad():
        for _turn in range(4):
            net(torch.rand(2, bands, 128, 128), torch.rand(2, bands, 128, 128))
        net.eval()
        found = net(torch.rand(1, bands, 256, 256), torch.rand(1, bands, 256, 256))
        for head, logits in zip((net.change, net.buildings), found, strict=True):
            by = spread / logits.std()
            head.last.weight *= by
            head.last.bias.copy_((head.last.bias - logits.mean()) * by + level)
    return net.state_dict()


def install(folder, monkeypatch, *, weights=None, facts=FACTS, name="changenet"):
    """Put the weights into a folder of their own and make them the only ones; gives the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.safetensors"
    metadata = {} if facts is None else {"groundshift": json.dumps(facts)}
    save_file(weights or state(), file, metadata=metadata)
    listing(folder, monkeypatch, entry(name, file.read_bytes(), file=file.name, url=None))
    return file
