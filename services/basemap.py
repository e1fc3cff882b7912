"""The record of one background map, and what its address template may hold.

Knows nothing of particular providers and opens no connection.
"""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Group = Literal["dated", "current", "yours"]
Bounds = tuple[float, float, float, float]
"""West, south, east, north in WGS 84 degrees."""

DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Basemap:
    """One background map.

    Attributes:
        id: lower-case letters, digits and dashes; the same after every start of the program.
        title: name for people.
        group: `dated` is one release or period, `current` whatever is newest, `yours` was added by
            the operator.
        series: what the map is one date of; the title for a map that stands alone.
        url: template with `{z}`, `{x}` and `{y}` for the browser; never carries a key.
        attribution: plain text that must stay beside the picture.
        terms: one sentence about what the provider allows.
        min_zoom: coarsest zoom level there is.
        max_zoom: finest zoom level there is.
        dated_on: day of the release, month or year of the mosaic, in ISO 8601; None if not said.
            It is the provider's date of publishing, not the day the picture was taken.
        host: machine the pictures come from, with the port where it is unusual.
        source: template the server asks with, without the key; for a COG the address of the file.
        needs_key: the operator's key belongs to every request.
        through_server: the server asks for the pictures and passes them on.
        may_fetch: whether pictures of it may be kept as a scene.
        is_cog: `source` is one cloud-optimised GeoTIFF, not a template.
    """

    id: str
    title: str
    group: Group
    series: str
    url: str
    attribution: str
    terms: str
    min_zoom: int
    max_zoom: int
    dated_on: str | None
    host: str
    source: str
    needs_key: bool = False
    through_server: bool = False
    may_fetch: bool = True
    is_cog: bool = False


def host_of(url: str) -> str:
    """Host of an address in lower case, with its port unless that is the scheme's own.

    Raises:
        ValueError: the address has no host, or a port that is no number.
    """
    parts = urlsplit(url)
    if not parts.hostname:
        msg = "no host"
        raise ValueError(msg)
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if parts.port in {None, DEFAULT_PORTS.get(parts.scheme)}:
        return name
    return f"{name}:{parts.port}"


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, as a browser writes them."""
    return f"{urlsplit(url).scheme}://{host_of(url)}"


def filled(template: str, z: int, x: int, y: int) -> str:
    """The address of one tile."""
    return template.replace("{z}", str(z)).replace("{x}", str(x)).replace("{y}", str(y))
