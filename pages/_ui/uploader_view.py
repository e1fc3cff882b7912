"""The uploader on a page: files go straight to the disk of the server, in pieces, resumable.

Knows which uploads lie there for the page; neither how they are sent nor what they hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import settings
from pages._ui.components import renderer
from pages._ui.user import current_owner
from workspace import uploads
from workspace.uploads import Upload


@dataclass(frozen=True)
class FinishedUpload:
    """A file that has arrived whole and waits to be taken with `workspace.uploads.finish`.

    Attributes:
        id: of the upload.
        name: the file's name in the browser, cleaned; untrusted text.
        size_bytes: its size.
    """

    id: str
    name: str
    size_bytes: int


def show_uploader(
    *,
    key: str,
    label: str,
    role: str,
    accept: Sequence[str] = (".tif", ".tiff", ".jp2"),
    multiple: bool = True,
    max_bytes: int | None = None,
) -> tuple[FinishedUpload, ...]:
    """The files of `role` that have arrived and that nobody has taken yet.

    They lie on the server, so a reload, another tab or a new session finds them again; whoever
    takes their files away reruns the page, which empties the list. Not for use within a form.
    """
    mine = [upload for upload in uploads.listed(current_owner()) if upload.role == role]
    data = {
        "address": address(),
        "label": label,
        "role": role,
        "accept": [suffix.lower() for suffix in accept],
        "multiple": multiple,
        "max_bytes": max_bytes or settings.load().max_upload_bytes,
        "uploads": [_told(upload) for upload in mine],
    }
    renderer("uploader")(key=key, data=data, on_settled_change=_rerun)
    return tuple(
        FinishedUpload(upload.id, upload.name, upload.size_bytes)
        for upload in mine if upload.is_complete
    )  # fmt: skip


def address() -> str:
    """Path of the upload routes on this server."""
    base = settings.load().base_path.strip("/")
    return f"/{base}/uploads" if base else "/uploads"


def _rerun() -> None:
    """A callback is what makes the browser's word known to Streamlit; the rerun is all we want."""


def _told(upload: Upload) -> dict[str, Any]:
    return {
        "id": upload.id,
        "name": upload.name,
        "size_bytes": upload.size_bytes,
        "received_bytes": upload.received_bytes,
        "fingerprint": upload.fingerprint,
        "is_complete": upload.is_complete,
    }
