"""Addresses that allow one owner to see one thing in one style until they expire.

A token is a signed list, not an entry in a table: nothing is looked up to check one. Knows nothing
of what the ids stand for.
"""

import base64
import binascii
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

import settings
from errors import ForbiddenError
from workspace import signing_key

Kind = Literal["scene", "mask", "score", "preview"]

MAC_BYTES = 32
MAX_CHARACTERS = 4096
STEPS_OF_A_LIFE = 4
"""Expiries are rounded to a quarter of a life: a rerun of a page gives the same address again."""


@dataclass(frozen=True)
class Grant:
    """What a token allows.

    Attributes:
        kind: what `object_id` names.
        object_id: scene, or job whose result is shown.
        owner: the only one who may use it.
        style: how it is drawn; JSON.
        expires_unix: last second it is good for.
    """

    kind: Kind
    object_id: str
    owner: str
    style: dict[str, Any]
    expires_unix: int


def mint(
    kind: Kind, object_id: str, owner: str, style: dict[str, Any], *, now_unix: float | None = None
) -> str:
    """A token for `owner`: letters, digits, dashes and underscores."""
    grant = [kind, object_id, owner, style, _expiry(time.time() if now_unix is None else now_unix)]
    content = json.dumps(grant, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()
    return base64.urlsafe_b64encode(_mac(content) + content).rstrip(b"=").decode()


def read(token: str, *, now_unix: float | None = None) -> Grant:
    """What a token allows; whose it is remains for the caller to compare.

    Raises:
        ForbiddenError: it was altered, was made by another installation, or has expired.
    """
    grant = _signed_grant(token)
    if grant.expires_unix < (time.time() if now_unix is None else now_unix):
        msg = "This address has expired."
        raise ForbiddenError(msg, hint="Reload the page to get a new one.")
    return grant


def tile_url(token: str) -> str:
    """The address template of the map tiles a token allows, with the operator's base path."""
    base = settings.load().base_path.strip("/")
    return f"{'/' + base if base else ''}/tiles/{token}/{{z}}/{{x}}/{{y}}.png"


def _expiry(now_unix: float) -> int:
    life_s = settings.load().tile_hours * 3600
    step_s = life_s // STEPS_OF_A_LIFE
    return int(now_unix) // step_s * step_s + life_s


def _mac(content: bytes) -> bytes:
    return hmac.digest(signing_key.derive("tokens 1"), content, "sha256")


def _signed_grant(token: str) -> Grant:
    """The content of a token whose signature is ours."""
    signed = _decoded(token)
    mac, content = signed[:MAC_BYTES], signed[MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(content)):
        raise _altered()
    kind, object_id, owner, style, expires_unix = json.loads(content)
    if kind not in get_args(Kind):
        raise _altered()
    return Grant(cast("Kind", kind), object_id, owner, style, expires_unix)


def _decoded(token: str) -> bytes:
    """The bytes of a token in its one spelling: other characters would be skipped, not refused."""
    if len(token) > MAX_CHARACTERS:
        raise _altered()
    try:
        signed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise _altered() from error
    if base64.urlsafe_b64encode(signed).rstrip(b"=").decode() != token:
        raise _altered()
    return signed


def _altered() -> ForbiddenError:
    msg = "This address is not one the app gave out."
    return ForbiddenError(msg, hint="Reload the page to get a new one.")
