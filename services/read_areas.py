"""Areas of interest out of a vector file, as named areas that a map can show and change.

Knows nothing of projects or maps.
"""

import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from shapely import get_parts, to_geojson

from raster import aoi as aois
from raster.findings import Finding
from raster.text import clean

# A list of more areas than this helps nobody; they stay together as one.
MAX_AREAS = 20
NAME_CHARS = 60
UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Areas:
    """The polygons of one file.

    Attributes:
        collection: GeoJSON FeatureCollection in WGS 84; features have `id` and `name` only.
        findings: what was repaired or left out.
    """

    collection: dict[str, Any]
    findings: tuple[Finding, ...]


def read_areas(path: Path, *, name: str | None = None) -> Areas:
    """One area per separate polygon, or a single one where there would be more than twenty.

    Overlapping polygons are merged. Areas are called `name`, by default as the file is.

    Raises:
        AoiError: the file is unreadable, unsafe, too large, or holds no polygon with an area.
    """
    found = aois.read(path)
    parts = list(get_parts(found.geometry))
    shapes = parts if len(parts) <= MAX_AREAS else [found.geometry]
    title = clean(name or path.stem, limit=NAME_CHARS) or "Area"
    features = [
        {
            "type": "Feature",
            "properties": {
                "id": secrets.token_hex(8),
                "name": title if len(shapes) == 1 else f"{title} {number}",
            },
            "geometry": json.loads(to_geojson(shape)),
        }
        for number, shape in enumerate(shapes, 1)
    ]
    return Areas({"type": "FeatureCollection", "features": features}, found.findings)


def read_upload(name: str, content: bytes) -> Areas:
    """`read_areas` for a file that a browser sent, whose name may be anything.

    Raises:
        AoiError: as `read_areas`.
    """
    sent = PurePath(name.replace("\\", "/"))
    stem = UNSAFE.sub("_", sent.stem)[:NAME_CHARS] or "areas"
    suffix = "." + UNSAFE.sub("", sent.suffix)[:10].lower()
    with TemporaryDirectory(prefix="groundshift-") as folder:
        path = Path(folder) / f"{stem}{suffix}"
        path.write_bytes(content)
        return read_areas(path, name=sent.stem)
