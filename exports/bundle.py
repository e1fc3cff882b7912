"""A finished result folder as one zip file: the same folder gives the same bytes.

Knows nothing of what the files hold.
"""

import secrets
import shutil
import zipfile
from pathlib import Path

from errors import ExportError

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold; the real ones are in run.json."""
PACKED_SUFFIXES = frozenset({".tif", ".png", ".webp", ".zip"})
FILE_MODE = 0o644 << 16


def write_zip(folder: Path, path: Path) -> None:
    """Zip the files of `folder`, by name, under the folder's own name; written beside and renamed.

    Raises:
        ExportError: the folder is empty, or the zip cannot be written.
    """
    files = sorted(file for file in folder.iterdir() if file.is_file() and not file.is_symlink())
    if not files:
        msg = f"There is no result in {str(folder)!r} to bundle."
        raise ExportError(msg, hint="Give the folder that `compare` wrote.")
    partial = path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.part")
    try:
        _fill(partial, files)
        partial.replace(path)
    except OSError as error:
        msg = f"The bundle {path.name!r} could not be written ({error.strerror})."
        raise ExportError(msg, hint="Free some space or choose another folder.") from error
    finally:
        partial.unlink(missing_ok=True)


def _fill(target: Path, files: list[Path]) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for file in files:
            with file.open("rb") as source, archive.open(_entry(file), "w") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)


def _entry(file: Path) -> zipfile.ZipInfo:
    """The entry of a file; rasters are compressed already and are stored as they are."""
    entry = zipfile.ZipInfo(f"{file.parent.resolve().name}/{file.name}", EPOCH)
    is_packed = file.suffix in PACKED_SUFFIXES
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    entry.external_attr = FILE_MODE
    entry.file_size = file.stat().st_size
    return entry
