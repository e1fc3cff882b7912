"""A result folder as one ZIP archive."""

from pathlib import Path
from tempfile import TemporaryDirectory

from exports.bundle import write_zip


def bundle(folder: Path) -> bytes:
    """The files of a finished result, packed."""
    with TemporaryDirectory(prefix="groundshift-") as scratch:
        path = Path(scratch) / "bundle.zip"
        write_zip(folder, path)
        return path.read_bytes()
