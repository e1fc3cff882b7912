"""The one secret of this installation, and keys for single purposes made from it.

Knows nothing of what is signed.
"""

import hmac
import os
import secrets
from functools import cache
from pathlib import Path

import settings
from errors import InputError

FILE_NAME = "secret.key"
KEY_BYTES = 32
MIN_CHARACTERS = 32


def derive(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose; what is signed for another never fits.

    Raises:
        InputError: the secret is too short, or the data folder cannot be written.
    """
    return hmac.digest(_secret(), f"groundshift {purpose}".encode(), "sha256")


def _secret() -> bytes:
    rules = settings.load()
    given = rules.secret.get_secret_value()
    if not given:
        return _kept(rules.data_dir.absolute() / FILE_NAME)
    if len(given) < MIN_CHARACTERS:
        msg = f"The secret has {len(given)} characters; at least {MIN_CHARACTERS} are needed."
        raise InputError(msg, hint="Make one with: openssl rand -hex 32")
    return given.encode()


@cache
def _kept(path: Path) -> bytes:
    """The secret in `path`, made on first use."""
    try:
        if not path.exists():
            _make(path)
        secret = path.read_bytes()
    except OSError as error:
        msg = f"The key file {str(path)!r} cannot be made or read ({error.strerror})."
        hint = "Let the app write into its data folder, or set GROUNDSHIFT_SECRET."
        raise InputError(msg, hint=hint) from error
    if len(secret) != KEY_BYTES:
        msg = f"The key file {str(path)!r} holds {len(secret)} bytes instead of {KEY_BYTES}."
        raise InputError(msg, hint="Delete it; a new one is made at the next start.")
    return secret


def _make(path: Path) -> None:
    """Write a new secret beside `path` and link it there; the first of several processes wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
