"""A list of weights of a test's own, and the files it names."""

import hashlib

from inference import weights

CONTENT = bytes(range(256)) * 400


def entry(name="small", content=CONTENT, **fields):
    """An entry of the manifest as text; by default published and as large as `CONTENT`."""
    fields = {
        "name": name,
        "file": f"{name}.pth",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "url": f"https://weights.example/{name}.pth",
        "licence": "Apache-2.0",
    } | fields
    lines = (f"{key} = {_toml(value)}" for key, value in fields.items() if value is not None)
    return "\n".join(("[[weights]]", *lines, ""))


def _toml(value):
    return repr(list(value)) if isinstance(value, tuple | list) else repr(value)


def listing(folder, monkeypatch, *entries):
    """Make these entries the only ones; shipped files belong into `folder`."""
    folder.mkdir(exist_ok=True)
    (folder / weights.MANIFEST_NAME).write_text("\n".join(entries), "utf-8")
    monkeypatch.setattr(weights, "SHIPPED_DIR", folder)
