"""Writes fitted weights where the product looks for them, and their entry in the manifest.

Knows nothing of how they were fitted; the model card is written by people.
"""

import hashlib
import logging
import re
from pathlib import Path

from safetensors.torch import save_file

from inference.networks.clicknet import ClickNet

log = logging.getLogger(__name__)

FILE, MANIFEST = "clicknet.safetensors", "manifest.toml"
ENTRY = re.compile(r'\[\[weights\]\]\nname = "clicknet"\n.*?(?=\n*\[\[weights\]\]|\Z)', re.DOTALL)
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
    path = folder / FILE
    part = path.with_suffix(".part")
    save_file({name: value.contiguous() for name, value in net.state_dict().items()}, part)
    digest = hashlib.sha256(part.read_bytes()).hexdigest()
    entry = TEMPLATE.format(file=FILE, sha256=digest, bytes=part.stat().st_size)
    part.chmod(0o644)  # the library writes for its owner only
    part.replace(path)
    manifest.write_text(with_entry(text, entry), encoding="utf-8")
    log.info("%s, SHA-256 %s", path, digest)
    return path


def with_entry(manifest: str, entry: str) -> str:
    """A manifest with an entry of that name replaced, or added at the end."""
    if ENTRY.search(manifest):
        return ENTRY.sub(lambda _found: entry.rstrip("\n"), manifest).rstrip("\n") + "\n"
    return manifest.rstrip("\n") + "\n\n" + entry
