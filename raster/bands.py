"""Which band shows what: roles, wavelengths, and whether a file is optical or radar.

Works on tags and names only. Knows nothing of pixels.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from raster.text import clean

BandRole = Literal[
    "coastal", "blue", "green", "red", "rededge", "nir", "swir1", "swir2", "thermal",
    "pan", "vv", "vh", "hh", "hv", "index",
]  # fmt: skip
Sensor = Literal["optical", "sar"]
Mission = Literal["sentinel2", "landsat_tm", "landsat_oli", ""]

RADAR_ROLES: frozenset[BandRole] = frozenset({"vv", "vh", "hh", "hv"})


@dataclass(frozen=True)
class Band:
    """One image band (alpha is never one).

    Attributes:
        index: 1-based band number in the file.
        name: description tag, colour interpretation or `band 1`, cleaned of control characters.
        role: spectral or polarisation role where tagged or inferred, else None; no two bands of a
            scene have the same role.
        wavelength_nm: centre wavelength where tagged.
    """

    index: int
    name: str
    role: BandRole | None = None
    wavelength_nm: float | None = None


@dataclass(frozen=True)
class BandLabel:
    """What the file says about one image band.

    Attributes:
        index: 1-based band number in the file.
        description: description tag or empty.
        color: name of GDAL's colour interpretation, lower case.
        tags: metadata of the band.
    """

    index: int
    description: str
    color: str
    tags: Mapping[str, str]


# Band ids of the missions. Sources: Sentinel-2 User Handbook (ESA, 2015), table 1; Landsat 8-9
# Calibration and Validation Algorithm Description and Landsat 4-7 Data Users Handbooks (USGS).
SENTINEL2: Mapping[str, BandRole | None] = {
    "1": "coastal", "2": "blue", "3": "green", "4": "red", "5": "rededge", "6": None, "7": None,
    "8": "nir", "8A": "nir", "9": None, "10": None, "11": "swir1", "12": "swir2",
}  # fmt: skip
LANDSAT_TM: Mapping[str, BandRole | None] = {
    "1": "blue", "2": "green", "3": "red", "4": "nir", "5": "swir1", "6": "thermal", "7": "swir2",
    "8": "pan",
}  # fmt: skip
LANDSAT_OLI: Mapping[str, BandRole | None] = {
    "1": "coastal", "2": "blue", "3": "green", "4": "red", "5": "nir", "6": "swir1", "7": "swir2",
    "8": "pan", "9": None, "10": "thermal", "11": "thermal",
}  # fmt: skip
ROLES_BY_MISSION: Mapping[Mission, Mapping[str, BandRole | None]] = {
    "sentinel2": SENTINEL2, "landsat_tm": LANDSAT_TM, "landsat_oli": LANDSAT_OLI,
}  # fmt: skip

WORDS: tuple[tuple[str, BandRole], ...] = (
    (r"red[ _-]?edge|vegetation red", "rededge"),
    (r"near[ _-]?infra[ _-]?red|nir\d?", "nir"),
    (r"swir[ _-]?2|swir22", "swir2"),
    (r"swir[ _-]?1?|swir16|short[ _-]?wave infrared", "swir1"),
    (r"thermal|tir\d?|lwir\d?", "thermal"),
    (r"pan|panchromatic", "pan"),
    (r"coastal|coastal aerosol|deep blue", "coastal"),
    (r"blue", "blue"),
    (r"green", "green"),
    (r"red", "red"),
    (r"vv", "vv"),
    (r"vh", "vh"),
    (r"hh", "hh"),
    (r"hv", "hv"),
    (r"ndvi|ndwi|mndwi|nbr|dnbr|ndbi|evi|savi|ndmi", "index"),
)
# Centre wavelengths in nm that a role admits; from the band tables above, widened to PlanetScope
# and WorldView-2. Water vapour (940 nm) and cirrus (1375 nm) get none.
RANGES_NM: tuple[tuple[float, float, BandRole], ...] = (
    (420, 455, "coastal"), (455, 520, "blue"), (520, 600, "green"), (620, 690, "red"),
    (690, 760, "rededge"), (760, 900, "nir"), (1550, 1750, "swir1"), (2050, 2350, "swir2"),
    (8000, 14000, "thermal"),
)  # fmt: skip

BAND_ID = re.compile(r"(?<![a-z0-9])(?:sr_|toa_)?(?:b|band)[ _-]?0?(\d{1,2}|8a)(?![a-z0-9])", re.I)
NAMED_NM = re.compile(
    r"(\d+(?:\.\d+)?)\s*(nanometers|nm|micrometers|um|\u00b5m|\u03bcm)(?![a-z])", re.I
)
RADAR_NAME = re.compile(
    r"(?<![a-z0-9])(sar|s1[abc]?|sentinel-?1|sigma0|gamma0|beta0|grd)(?![a-z0-9])", re.I
)
INDEX_NAME = re.compile(
    r"(?<![a-z0-9])(ndvi|ndwi|mndwi|d?nbr|ndbi|evi|savi|ndmi)(?![a-z0-9])", re.I
)
SATELLITE_NAME = re.compile(
    r"landsat|sentinel|modis|aster|spot|(?<![a-z])(?:l[ct]0?[4-9]|s2[abc])", re.I
)
MISSION_NAMES: tuple[tuple[str, Mission], ...] = (
    (r"sentinel-?2|(?<![a-z0-9])s2[abc]?(?![a-z0-9])|msil[12]", "sentinel2"),
    (r"landsat[ _-]?[89]|(?<![a-z0-9])lc0?[89]|(?<![a-z])oli(?![a-z])", "landsat_oli"),
    (r"landsat[ _-]?[4-7]|(?<![a-z0-9])l[te]0?[4-7]|(?<![a-z])e?tm\+?(?![a-z])", "landsat_tm"),
)


def describe(labels: Sequence[BandLabel], *, dtype: str, hints: str) -> tuple[Band, ...]:
    """The image bands of a file with a role wherever the file tells one.

    Order of trust: wavelength, band id of a known mission, words in the description, colour
    interpretation, and for untagged uint8 files the custom of the trade (three bands are red,
    green, blue; four end with near infrared, as in NAIP).

    Args:
        labels: image bands, alpha excluded.
        dtype: numpy name of the data type.
        hints: file and folder name and dataset tags, in which a mission may be named.
    """
    mission = _mission(labels, hints)
    bands = [_band(label, mission) for label in labels]
    if not any(band.role for band in bands):
        roles = _by_custom(labels, dtype, hints)
        bands = [replace(band, role=role) for band, role in zip(bands, roles, strict=True)]
        if roles == ["index"]:
            # Which index it is decides what its change means.
            bands = [replace(bands[0], name=_index_name(hints))]
    return _unique(bands)


def sensor_of(bands: Sequence[Band], hints: str, *, is_grey: bool) -> Sensor:
    """Radar where a polarisation or a radar product is named and the bands allow it.

    Conservative: names in `hints` count only for files with one or two bands, or whose bands are
    copies of one (`is_grey`).
    """
    roles = {band.role for band in bands}
    if roles & RADAR_ROLES:
        return "sar" if not roles & {"red", "green", "blue", "nir"} else "optical"
    if (len(bands) <= 2 or is_grey) and RADAR_NAME.search(hints):
        return "sar"
    return "optical"


def _band(label: BandLabel, mission: Mission) -> Band:
    wavelength_nm = _wavelength_nm(label)
    name = clean(label.description) or _color_name(label)
    role = _role(label, wavelength_nm, mission)
    return Band(label.index, name, role, wavelength_nm)


def _color_name(label: BandLabel) -> str:
    is_telling = label.color in {"red", "green", "blue", "pan", "coastal", "rededge", "nir"}
    return label.color if is_telling else f"band {label.index}"


def _role(label: BandLabel, wavelength_nm: float | None, mission: Mission) -> BandRole | None:
    if wavelength_nm is not None:
        return _by_wavelength(wavelength_nm)
    found = BAND_ID.search(label.description)
    if found and mission:
        return ROLES_BY_MISSION[mission].get(found[1].upper())
    return _by_words(label.description) or _by_words(label.color)


def _by_words(text: str) -> BandRole | None:
    for pattern, role in WORDS:
        if re.search(rf"(?<![a-z])(?:{pattern})(?![a-z0-9])", text, re.IGNORECASE):
            return role
    return None


def _by_wavelength(wavelength_nm: float) -> BandRole | None:
    for low, high, role in RANGES_NM:
        if low <= wavelength_nm < high:
            return role
    return None


def _wavelength_nm(label: BandLabel) -> float | None:
    tags = {key.lower(): value for key, value in label.tags.items()}
    if "central_wavelength_um" in tags:
        return _nm(tags["central_wavelength_um"], "um")
    if "wavelength" in tags:
        return _nm(tags["wavelength"], tags.get("wavelength_units", ""))
    found = NAMED_NM.search(label.description)
    return _nm(found[1], found[2]) if found else None


def _nm(text: str, unit: str) -> float | None:
    """A wavelength in nm; without a unit, values below 100 are micrometres."""
    try:
        value = float(text)
    except ValueError:
        return None
    is_micrometres = unit.lower()[:1] in {"u", "\u00b5", "\u03bc"} or unit.lower().startswith("mic")
    if is_micrometres or (not unit and value < 100):
        value *= 1000
    return value if 100 < value < 1e6 else None


def _mission(labels: Sequence[BandLabel], hints: str) -> Mission:
    ids = [found[1].upper() for label in labels if (found := BAND_ID.search(label.description))]
    # No other mission has a band 8A, and none but Sentinel-2 pads its band ids to two digits.
    padded = [re.search(r"(?<![a-z0-9])b0\d", label.description, re.I) for label in labels]
    if "8A" in ids or any(padded):
        return "sentinel2"
    text = " ".join([hints, *(label.description for label in labels)])
    for pattern, mission in MISSION_NAMES:
        if re.search(pattern, text, re.IGNORECASE):
            return mission
    return ""


def _index_name(hints: str) -> str:
    """The spectral index that a file or folder is named after, in capitals, or empty."""
    found = INDEX_NAME.search(hints)
    return found[1].upper() if found else ""


def _by_custom(labels: Sequence[BandLabel], dtype: str, hints: str) -> Sequence[BandRole | None]:
    if len(labels) == 1 and _index_name(hints):
        return ["index"]
    customs: dict[int, list[BandRole | None]] = {
        3: ["red", "green", "blue"],
        4: ["red", "green", "blue", "nir"],
    }
    names = [BAND_ID.sub("", label.description) for label in labels]
    is_named = any(re.search(r"[a-z]", name, re.IGNORECASE) for name in names)
    # The custom of four bands is that of aerial imagery; satellite stacks come in any order.
    is_satellite = bool(SATELLITE_NAME.search(hints)) and len(labels) > 3
    if dtype == "uint8" and not is_named and not is_satellite and len(labels) in customs:
        return customs[len(labels)]
    return [None] * len(labels)


def _unique(bands: Sequence[Band]) -> tuple[Band, ...]:
    """The first band of a role keeps it; later ones stay usable by name."""
    taken: set[BandRole] = set()
    result = []
    for band in bands:
        kept = replace(band, role=None) if band.role in taken else band
        if kept.role:
            taken.add(kept.role)
        result.append(kept)
    return tuple(result)
