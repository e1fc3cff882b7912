"""Writes fitted weights where the product looks for them, and their entry in the manifest.

Knows nothing of how they were fitted; the model card is written by people.
"""

import hashlib
import logging
import re
from pathlib import Path

from safetensors.torch import save_file
from torch import nn

from inference.networks.clicknet import ClickNet

log = logging.getLogger(__name__)

FILE, MANIFEST = "clicknet.safetensors", "manifest.toml"
NAME = re.compile(r'^name = "(\w+)"$', re.MULTILINE)
ENTRY = r'\[\[weights\]\]\nname = "{}"\n.*?(?=\n*\[\[weights\]\]|\Z)'
TEMPLATE = """\
[[weights]]
name = "clicknet"
title = "ClickNet"
file = "{file}"
sha256 = "{sha256}"
bytes = {bytes}
licence = "Apache-2.0"
paper = "Sofiiuk et al. 2021, Reviving iterative training with mask guidance, arXiv:2102.06583"
trained_on = [
    "places simulated by Groundshift (Apache-2.0)",
    "OpenAerialMap pictures of three places (CC BY 4.0) with OpenStreetMap outlines (ODbL 1.0)",
]
bands = ["red", "green", "blue"]
gsd_m = [0.2, 1.0]
card = "clicknet.md"
"""


def export(net: ClickNet, folder: Path) -> Path:
    """The file with the weights of a network; the manifest beside it names its hash.

    Raises:
        FileNotFoundError: the folder has no manifest.
    """
    manifest = folder / MANIFEST
    text = manifest.read_text(encoding="utf-8")
    path, digest = save(net, folder / FILE)
    entry = TEMPLATE.format(file=FILE, sha256=digest, bytes=path.stat().st_size)
    manifest.write_text(with_entry(text, entry), encoding="utf-8")
    return path


def save(net: nn.Module, path: Path, *, metadata: dict[str, str] | None = None) -> tuple[Path, str]:
    """The file with the weights of a network, written whole or not at all, and its SHA-256."""
    part = path.with_suffix(".part")
    tensors = {name: value.contiguous() for name, value in net.state_dict().items()}
    save_file(tensors, part, metadata)
    digest = hashlib.sha256(part.read_bytes()).hexdigest()
    part.chmod(0o644)  # the library writes for its owner only
    part.replace(path)
    log.info("%s, SHA-256 %s", path, digest)
    return path, digest


def with_entry(manifest: str, entry: str) -> str:
    """A manifest with the entry of the same name replaced, or with this one added at the end."""
    named = NAME.search(entry)
    same = re.compile(ENTRY.format(named[1] if named else ""), re.DOTALL)
    if same.search(manifest):
        return same.sub(lambda _found: entry.rstrip("\n"), manifest).rstrip("\n") + "\n"
    return manifest.rstrip("\n") + "\n\n" + entry
