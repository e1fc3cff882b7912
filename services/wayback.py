"""Releases of Esri World Imagery Wayback: their numbers and dates, and when a place was pictured.

The table in `wayback_releases.csv` is Esri's `waybackconfig.json` as of August 2026; newer releases
are read from Esri on request. Knows nothing of tiles or pages.
"""

import csv
import json
import math
import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import settings
from errors import OutboundError
from services.basemap import Bounds, host_of
from services.outbound import Session, Wanted

PINNED = Path(__file__).with_name("wayback_releases.csv")
CONFIG_URL = "https://s3-us-west-2.amazonaws.com/config.maptiles.arcgis.com/waybackconfig.json"
TILE_URL = (
    "https://wayback.maptiles.arcgis.com/arcgis/rest/services/World_Imagery/WMTS/1.0.0/"
    "default028mm/MapServer/tile/{release}/{{z}}/{{y}}/{{x}}"
)
METADATA_URL = (
    "https://metadata.maptiles.arcgis.com/arcgis/rest/services/"
    "World_Imagery_Metadata_{metadata}/MapServer/{layer}/query"
)
MAX_CONFIG_BYTES = 2_000_000
MAX_METADATA_BYTES = 1_000_000
MAX_RELEASES = 5_000
JSON_TYPES = ("application/json", "text/plain", "application/octet-stream", "binary/octet-stream")
TITLE_DATE = re.compile(r"\(Wayback (\d{4}-\d{2}-\d{2})\)")
METADATA_NAME = re.compile(r"World_Imagery_Metadata_(\d{4}_r\d{2})/MapServer")
# The metadata service has one layer per zoom level, layer 0 for level 23 and layer 13 for level 10
# and coarser (Esri's package wayback-core, `getMetadata`).
FINEST_ZOOM, COARSEST_LAYER = 23, 13


@dataclass(frozen=True)
class Release:
    """One state of World Imagery.

    Attributes:
        number: what its tiles are asked for with.
        released_on: day Esri published it; pictures in it are older, often by years.
        metadata: name of the service that knows when a place was pictured.
    """

    number: int
    released_on: date
    metadata: str

    @property
    def url(self) -> str:
        """Template of its tiles."""
        return TILE_URL.format(release=self.number)


class _Item(BaseModel):
    """One entry of Esri's list; keys we do not use are ignored."""

    model_config = ConfigDict(frozen=True)

    title: str = Field(alias="itemTitle", max_length=200)
    metadata_url: str = Field(alias="metadataLayerUrl", max_length=500)


class _Attributes(BaseModel):
    captured_ms: int | None = Field(default=None, alias="SRC_DATE2")


class _Feature(BaseModel):
    attributes: _Attributes


class _Captures(BaseModel):
    features: list[_Feature] = Field(max_length=10_000)


def releases() -> tuple[Release, ...]:
    """Every known release, the newest first."""
    newer = _read_kept(_kept_file(), changed_ns())
    known = {release.number: release for release in (*_pinned(), *newer)}
    return tuple(sorted(known.values(), key=lambda release: release.released_on, reverse=True))


def changed_ns() -> int:
    """When the list was last refreshed, in nanoseconds since 1970; 0 for never."""
    try:
        return _kept_file().stat().st_mtime_ns
    except OSError:
        return 0


def get(number: int) -> Release | None:
    """The release with a number, or None."""
    return next((release for release in releases() if release.number == number), None)


def refresh() -> int:
    """Ask Esri for its list and keep it beside the pinned one; gives how many releases are new.

    Raises:
        OutboundError: Esri cannot be reached, or answers with something else than its list.
    """
    before = len(releases())
    with Session(frozenset({host_of(CONFIG_URL)})) as session:
        reply = session.get(CONFIG_URL, Wanted(JSON_TYPES, MAX_CONFIG_BYTES))
    found = _parsed(reply.body) if reply.status == 200 else ()
    if not found:
        msg = "Esri's list of releases could not be read."
        raise OutboundError(msg, hint="The dates that are already known stay; try again later.")
    _keep(found)
    return len(releases()) - before


def captured_on(session: Session, number: int, bounds: Bounds, zoom: int) -> tuple[date, ...]:
    """Days on which an area of a release was pictured, sorted; empty when Esri does not say.

    Never fails: a release date is known anyway, and a missing date is only a missing date.
    """
    release = get(number)
    if release is None or not release.metadata:
        return ()
    layer = min(max(FINEST_ZOOM - zoom, 0), COARSEST_LAYER)
    url = METADATA_URL.format(metadata=release.metadata, layer=layer)
    try:
        reply = session.get(f"{url}?{_question(bounds)}", Wanted(JSON_TYPES, MAX_METADATA_BYTES))
        captures = _Captures.model_validate_json(reply.body or b'{"features": []}')
    except (OutboundError, ValidationError):
        return ()
    days = {_day(one.attributes.captured_ms) for one in captures.features}
    return tuple(sorted(day for day in days if day))


def metadata_host() -> str:
    """Host that knows when places were pictured."""
    return host_of(METADATA_URL.format(metadata="", layer=0))


def _question(bounds: Bounds) -> str:
    """Parameters of an ArcGIS `query` for the distinct dates inside `bounds`."""
    box = ",".join(f"{value:.7f}" for value in bounds)
    return (
        f"f=json&where=1%3D1&geometry={box}&geometryType=esriGeometryEnvelope&inSR=4326"
        "&spatialRel=esriSpatialRelIntersects&outFields=SRC_DATE2&returnDistinctValues=true"
        "&returnGeometry=false"
    )


def _day(milliseconds: int | None) -> date | None:
    """Day of a moment in milliseconds since 1970; None for one no satellite has seen."""
    if milliseconds is None or not math.isfinite(milliseconds):
        return None
    try:
        day = datetime.fromtimestamp(milliseconds / 1000, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None
    return day if date(1980, 1, 1) <= day <= datetime.now(UTC).date() else None


@cache
def _pinned() -> tuple[Release, ...]:
    with PINNED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Release(int(row["release"]), date.fromisoformat(row["released_on"]), row["metadata"])
        for row in rows
    )


def _parsed(body: bytes) -> tuple[Release, ...]:
    """Releases in Esri's list; entries that are not understood are left out."""
    try:
        listed = json.loads(body)
    except ValueError:
        return ()
    if not isinstance(listed, dict) or len(listed) > MAX_RELEASES:
        return ()
    found = (_release(str(number), entry) for number, entry in listed.items())
    return tuple(release for release in found if release)


def _release(number: str, entry: object) -> Release | None:
    try:
        item = _Item.model_validate(entry)
        dated = TITLE_DATE.search(item.title)
        if not dated or not (number.isascii() and number.isdigit() and len(number) < 8):
            return None
        named = METADATA_NAME.search(item.metadata_url)
        released_on = date.fromisoformat(dated[1])
    except ValueError:
        return None
    return Release(int(number), released_on, named[1] if named else "")


def _kept_file() -> Path:
    return settings.load().data_dir / "cache" / "wayback_releases.json"


def _keep(found: tuple[Release, ...]) -> None:
    """Write the list so that a reader sees the old or the new one, never half of it."""
    target = _kept_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    rows = [[one.number, one.released_on.isoformat(), one.metadata] for one in found]
    part.write_text(json.dumps(rows), encoding="utf-8")
    part.replace(target)


@lru_cache(maxsize=2)
def _read_kept(path: Path, _changed_ns: int) -> tuple[Release, ...]:
    """The list that `refresh` kept; read again when the file has changed."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Release(int(number), date.fromisoformat(day), str(metadata))
            for number, day, metadata in rows
        )
    except (OSError, ValueError, TypeError):
        return ()
