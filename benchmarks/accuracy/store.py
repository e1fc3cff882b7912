"""What was measured, kept as one JSON file a detector and set, so that a run can go on later.

A figure is measured again when the code that made it, the weights or the pixels are others.
"""

import ast
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from errors import InputError
from inference import registry, weights

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ("services/evaluate.py",)
EVERY = "inference/detectors"
SEPARATOR = ":"


@dataclass(frozen=True)
class Store:
    """Kept figures below a folder.

    Attributes:
        folder: where they lie.
        trusts_old: whether a figure made by other code is as good; never one of other weights.
    """

    folder: Path
    trusts_old: bool = False

    def get(self, detector: str, name: str, key: str) -> dict[str, Any] | None:
        """The kept record; None where there is none, or one of another key that is not trusted."""
        kept = self._read(detector, name)
        if kept is None or self._compared(kept["key"]) != self._compared(key):
            return None
        record: dict[str, Any] = kept["record"]
        return record

    def _compared(self, key: str) -> str:
        return key.partition(SEPARATOR)[2] if self.trusts_old else key

    def last(self, detector: str, name: str) -> dict[str, Any] | None:
        """The kept record, whatever its key."""
        kept = self._read(detector, name)
        return None if kept is None else kept["record"]

    def put(self, detector: str, name: str, key: str, record: dict[str, Any]) -> None:
        """Keep a record in place of an earlier one."""
        file = self._file(detector, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(".part")
        half.write_text(json.dumps({"key": key, "record": record}, indent=1), encoding="utf-8")
        Path(half).replace(file)

    def _read(self, detector: str, name: str) -> dict[str, Any] | None:
        try:
            kept: dict[str, Any] = json.loads(self._file(detector, name).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return kept

    def _file(self, detector: str, name: str) -> Path:
        return self.folder / detector / f"{re.sub(r'[^a-z0-9.]+', '_', name.lower())}.json"


def key(detector: str, pixels: str) -> str:
    """Hash of the code of a detector and the engine, then one of its weights and the pixels.

    Args:
        detector: name, or `auto`, which may stand for any of them.
        pixels: hash of the set.
    """
    names = registry.names() if detector == "auto" else (detector,)
    code = [detector, *(_code_of(name) for name in names)]
    facts = [detector, pixels, *(_weights_of(name) for name in names)]
    return f"{_hash(code)}{SEPARATOR}{_hash(facts)}"


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _code_of(detector: str) -> str:
    return code_hash(source_files((*ENGINE, f"{EVERY}/{detector}.py")))


@cache
def _weights_of(detector: str) -> str:
    name = registry.card(detector).weights
    try:
        return "" if name is None or weights.missing(name) else weights.sha256(name)
    except InputError:
        return ""


def code_hash(files: tuple[Path, ...]) -> str:
    """Hash of what Python files do; comments and layout do not count."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(ast.dump(ast.parse(file.read_text("utf-8"))).encode())
    return digest.hexdigest()


def source_files(entries: tuple[str, ...], root: Path = ROOT) -> tuple[Path, ...]:
    """The files of the project that some of its files import, themselves included, sorted."""
    waiting, found = [root / entry for entry in entries], set[Path]()
    while waiting:
        file = waiting.pop()
        if file in found or not file.is_file():
            continue
        found.add(file)
        waiting += [place for name in _imported(file) for place in _places(name, root)]
    return tuple(sorted(found))


def _imported(file: Path) -> set[str]:
    """Dotted names a file imports; `from a import b` may mean the module `a.b`."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _places(name: str, root: Path) -> list[Path]:
    place = root.joinpath(*name.split("."))
    return [place.with_suffix(".py"), place / "__init__.py"]
