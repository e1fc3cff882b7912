"""Background maps an operator adds in the settings, checked before anything is asked for.

Knows nothing of other providers.
"""

import hashlib
import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

import settings
from errors import InputError
from raster.text import clean
from services.basemap import Basemap, host_of

WMTS_WORDS = {"{TileMatrix}": "{z}", "{TileRow}": "{y}", "{TileCol}": "{x}", "{level}": "{z}"}
WMTS_WORDS |= {"{row}": "{y}", "{col}": "{x}"}
PLACES = ("{z}", "{x}", "{y}")
DATED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
TERMS = "Your operator added this map; ask them what its provider allows."
HINT = "Correct GROUNDSHIFT_BASEMAPS; docs/basemaps.md shows the form of an entry."


class CustomBasemap(BaseModel):
    """One entry of the setting `basemaps`.

    Attributes:
        title: name for people.
        url: XYZ template with `{z}`, `{x}`, `{y}`, WMTS template with `{TileMatrix}`, `{TileRow}`,
            `{TileCol}`, both in Web Mercator, or the address of a cloud-optimised GeoTIFF.
        attribution: who must be named beside the picture.
        min_zoom: coarsest zoom level.
        max_zoom: finest zoom level.
        dated_on: day, month or year it shows, if known.
        kind: `tiles`, or `cog` for one file; the ending `.tif` means `cog` where nothing is said.
        through_server: the server asks for the tiles, so that a key in `url` stays secret.
        may_fetch: whether pictures of it may be kept as a scene.
        terms: one sentence about what the provider allows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: str = Field(min_length=1, max_length=80)
    url: str = Field(max_length=1000)
    attribution: str = Field(min_length=1, max_length=300)
    min_zoom: int = Field(default=0, ge=0, le=24)
    max_zoom: int = Field(default=18, ge=0, le=24)
    dated_on: str | None = None
    kind: Literal["tiles", "cog"] | None = None
    through_server: bool = False
    may_fetch: bool = True
    terms: str = Field(default=TERMS, max_length=300)

    @field_validator("url")
    @classmethod
    def _has_a_permitted_address(cls, url: str) -> str:
        for theirs, ours in WMTS_WORDS.items():
            url = url.replace(theirs, ours)
        schemes = ("https://", "http://") if settings.load().allow_private_hosts else ("https://",)
        if not url.startswith(schemes):
            msg = "the address must begin with https://"
            raise ValueError(msg)
        if "@" in host_of(url) or "@" in url.split("/")[2] or not url.isascii():
            msg = "the address may hold neither a password nor special letters"
            raise ValueError(msg)
        return url

    @field_validator("dated_on")
    @classmethod
    def _is_a_date(cls, dated_on: str | None) -> str | None:
        if dated_on is not None and not DATED.fullmatch(dated_on):
            msg = "a date is written 2024, 2024-05 or 2024-05-31"
            raise ValueError(msg)
        return dated_on

    @property
    def is_cog(self) -> bool:
        """Whether the address is one file."""
        return self.kind == "cog" or (self.kind is None and self.url.endswith((".tif", ".tiff")))


def yours() -> tuple[Basemap, ...]:
    """The operator's maps, in the order of the setting.

    Raises:
        InputError: an entry cannot be used; the message names it.
    """
    entries = enumerate(settings.load().basemaps, 1)
    maps = tuple(_basemap(_checked(entry, place)) for place, entry in entries)
    if len({one.id for one in maps}) < len(maps):
        msg = "Two background maps in the settings have the same title."
        raise InputError(msg, hint="Give each a title of its own.")
    return maps


def _checked(entry: object, place: int) -> CustomBasemap:
    try:
        custom = CustomBasemap.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "entry"
        msg = f"Background map {place} in the settings has an unusable {field!r}: {first['msg']}."
        raise InputError(msg, hint=HINT) from error
    missing = [] if custom.is_cog else [word for word in PLACES if word not in custom.url]
    if missing or custom.min_zoom > custom.max_zoom:
        lack = f"its address lacks {missing[0]}" if missing else "min_zoom is above max_zoom"
        raise InputError(
            f"Background map {place} in the settings cannot be used: {lack}.", hint=HINT
        )
    return custom


def _basemap(custom: CustomBasemap) -> Basemap:
    through_server = custom.through_server or custom.is_cog
    title = clean(custom.title)
    basemap_id = f"yours-{slug(title)}"
    return Basemap(
        id=basemap_id,
        title=title,
        group="yours",
        series=title,
        url=served_url(basemap_id) if through_server else custom.url,
        attribution=clean(custom.attribution, limit=300),
        terms=clean(custom.terms, limit=300),
        min_zoom=custom.min_zoom,
        max_zoom=custom.max_zoom,
        dated_on=custom.dated_on,
        host=host_of(custom.url),
        source=custom.url,
        through_server=through_server,
        may_fetch=custom.may_fetch,
        is_cog=custom.is_cog,
    )


def slug(text: str) -> str:
    """Lower-case letters, digits and dashes; a short hash for a title without any."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:50]
    return plain or hashlib.sha256(text.encode()).hexdigest()[:12]


def served_url(basemap_id: str) -> str:
    """Template for a map whose pictures this server passes on."""
    base = settings.load().base_path.strip("/")
    return f"{'/' + base if base else ''}/tiles/basemap/{basemap_id}/{{z}}/{{x}}/{{y}}.png"
