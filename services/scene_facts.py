"""What the app remembers of a scene it prepared, beside the scene's files.

Plain values that pages may show and a database may keep; knows nothing of pixels.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from errors import UnreadableRasterError

FILE_NAME = "scene.json"
# Denser towards both tails, where the ends of a stretch lie.
SHARES = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5,
          0.65, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)  # fmt: skip

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class SceneFacts:
    """One prepared scene.

    Attributes:
        name: file or folder name for people; untrusted text, cleaned.
        crs: `EPSG:32633`, or WKT where there is no code.
        width: pixels along a row, of the union for a folder of tiles.
        height: rows.
        gsd_m: ground size of a pixel in metres.
        bands: name of each image band: its role (`red`, `nir`, `vv`) or what the file calls it.
        band_indexes: 1-based number of each band in the file.
        dtype: numpy name of the data type.
        sensor: `optical` or `sar`.
        acquired_on: ISO date, or None.
        bounds_wgs84: west, south, east, north in degrees; east may exceed 180 across the
            antimeridian.
        footprint: GeoJSON geometry in WGS 84 that outlines the scene, its longitudes continuous.
        sha256: of the original file, or of the names and hashes of the tiles.
        size_bytes: of the originals.
        files: names of the originals.
        has_pyramid: reduced copies lie in `pyramid.tif` because the originals have none.
        pyramid_step: source pixels along a side of one pixel of `pyramid.tif`; 1 where the
            originals are too slow to be read piece by piece; 0 without a pyramid.
        quantiles: per band, the values below which `SHARES` of the observed pixels lie.
        offset_dn: number to add to get the product's own digital numbers, 0 where unknown.
        nodata_share: share (0..1) of the scene's rectangle that was not observed.
        remarks: what was noticed on opening, one sentence each.
    """

    name: str
    crs: str
    width: int
    height: int
    gsd_m: float
    bands: tuple[str, ...]
    band_indexes: tuple[int, ...]
    dtype: str
    sensor: str
    acquired_on: str | None
    bounds_wgs84: Bounds
    footprint: dict[str, Any]
    sha256: str
    size_bytes: int
    files: tuple[str, ...]
    has_pyramid: bool
    pyramid_step: int
    quantiles: tuple[tuple[float, ...], ...]
    offset_dn: float = 0.0
    nodata_share: float | None = None
    remarks: tuple[str, ...] = ()

    @property
    def stretch(self) -> tuple[tuple[float, float], ...]:
        """Per band, the values between which 96 % of the observed pixels lie."""
        low, high = SHARES.index(0.02), SHARES.index(0.98)
        return tuple((values[low], values[high]) for values in self.quantiles)

    def to_json(self) -> dict[str, Any]:
        """The facts as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The facts that `to_json` made plain.

        Raises:
            TypeError: a value is missing, or there is one too many.
        """
        return cls(**{key: _frozen(value) for key, value in values.items()})


def _frozen(value: Any) -> Any:
    """Lists as tuples, at any depth; the outline stays GeoJSON."""
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


@dataclass(frozen=True)
class Prepared:
    """A prepared scene as a map needs it.

    Attributes:
        facts: the facts.
        paths: the original files.
        bounds: of each of them in degrees, as `SceneFacts.bounds_wgs84`.
    """

    facts: SceneFacts
    paths: tuple[Path, ...]
    bounds: tuple[Bounds, ...]


def save(prepared: Prepared, folder: Path) -> None:
    """Write `scene.json` into a scene's folder, whole or not at all.

    Originals inside the folder are kept relative, so that the folder may be moved.
    """
    content = {
        "paths": [_relative(path.absolute(), folder.absolute()) for path in prepared.paths],
        "bounds": prepared.bounds,
        "facts": prepared.facts.to_json(),
    }
    beside = folder / f".{FILE_NAME}"
    beside.write_text(json.dumps(content, allow_nan=False), encoding="utf-8")
    beside.replace(folder / FILE_NAME)


def load(folder: Path) -> Prepared:
    """What `save` wrote.

    Raises:
        UnreadableRasterError: the folder holds no prepared scene.
    """
    try:
        content = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        paths = tuple(folder / path for path in content["paths"])
        return Prepared(SceneFacts.from_json(content["facts"]), paths, _frozen(content["bounds"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        msg = "The scene is not prepared, or it has been deleted."
        raise UnreadableRasterError(msg, hint="Upload it again.") from error


def _relative(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)
