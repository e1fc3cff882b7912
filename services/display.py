"""Ways to look at two dates: which bands or which index, and one stretch for both.

Works on facts; the styles it makes are drawn by `map_tiles`. Knows nothing of files or maps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from raster.stretch import HIGH_PCT, LOW_PCT, LOWEST_INTENSITY
from services.scene_facts import SHARES, SceneFacts

Style = dict[str, Any]
Show = Literal["bands", "index"]

COLOURS: tuple[tuple[str, str, tuple[str, str, str]], ...] = (
    ("true_colour", "True colour", ("red", "green", "blue")),
    ("false_colour", "False colour (near infrared, red, green)", ("nir", "red", "green")),
    ("swir", "Short-wave infrared (SWIR 2, near infrared, red)", ("swir2", "nir", "red")),
)
# Normalised differences (first minus second over their sum). Sources: NDVI Rouse et al. 1974,
# NDWI McFeeters 1996, NBR Key and Benson 2006.
INDICES: tuple[tuple[str, str, tuple[str, str]], ...] = (
    ("ndvi", "Vegetation index (NDVI)", ("nir", "red")),
    ("ndwi", "Water index (NDWI)", ("green", "nir")),
    ("nbr", "Burn index (NBR)", ("nir", "swir2")),
)
# Fixed, so that a colour means the same in every scene; brown is bare, burnt or dry ground.
INDEX_RANGES = {"ndvi": (-0.2, 0.9), "ndwi": (-0.6, 0.6), "nbr": (-0.4, 0.8)}
INDEX_MAP = "brbg"
"""Brown to blue-green, told apart by colour-blind readers too."""
# Two dates whose brightest values differ more than this cannot share a stretch: one would be black.
MOST_UNLIKE = 6.0
SINGLE_BANDS = 16


@dataclass(frozen=True)
class Composite:
    """One way to show both dates.

    Attributes:
        name: stable name: `true_colour`, `false_colour`, `swir`, `bands`, `ndvi`, `ndwi`, `nbr`,
            `grey`, `grey_1`, `sar_db`, `sar_db_1` ...
        title: words for people.
        pre_bands: 1-based bands of pre: red, green and blue; one for grey; the two of an index.
        post_bands: likewise of post.
        show: the bands themselves, or their normalised difference.
        is_db: values are shown in decibels.
    """

    name: str
    title: str
    pre_bands: tuple[int, ...]
    post_bands: tuple[int, ...]
    show: Show = "bands"
    is_db: bool = False


def composites(pre: SceneFacts, post: SceneFacts) -> tuple[Composite, ...]:
    """What both dates can show, the best default first; never empty."""
    if pre.sensor == "sar" and post.sensor == "sar":
        return _radar(pre, post)
    natural = [
        Composite(name, title, *_indexes(pre, post, roles))
        for name, title, roles in COLOURS
        if _have(pre, post, roles)
    ]
    indices = [
        Composite(name, title, *_indexes(pre, post, roles), show="index")
        for name, title, roles in INDICES
        if _have(pre, post, roles)
    ]
    return (*(natural or _unnamed(pre, post)), *indices, *_singles(pre, post))


def style_of(composite: Composite, pre: SceneFacts, post: SceneFacts) -> tuple[Style, Style]:
    """How the tiles of pre and of post are drawn: one stretch for both.

    Only where the values of the two have nothing to do with each other, as bytes and reflectances,
    each date gets its own; `is_shared` of the style says which.
    """
    sides = ((pre, composite.pre_bands), (post, composite.post_bands))
    if composite.show == "index":
        styles = [
            {"show": "index", "bands": list(bands), "offset": facts.offset_dn, "map": INDEX_MAP,
             "low": INDEX_RANGES[composite.name][0], "high": INDEX_RANGES[composite.name][1],
             "is_shared": True}
            for facts, bands in sides
        ]  # fmt: skip
        return styles[0], styles[1]
    ranges = [_ranges(composite, (side,)) for side in sides]
    is_shared = _alike(ranges[0], ranges[1])
    if is_shared:
        ranges = [_ranges(composite, sides)] * 2
    pre_style, post_style = (
        {"show": "bands", "bands": list(bands), "is_db": composite.is_db, "is_shared": is_shared,
         "low": [low for low, _high in found], "high": [high for _low, high in found]}
        for (_facts, bands), found in zip(sides, ranges, strict=True)
    )  # fmt: skip
    return pre_style, post_style


def _have(pre: SceneFacts, post: SceneFacts, names: Sequence[str]) -> bool:
    return all(name in pre.bands and name in post.bands for name in names)


def _indexes(
    pre: SceneFacts, post: SceneFacts, names: Sequence[str]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    before, after = (
        tuple(facts.band_indexes[facts.bands.index(name)] for name in names)
        for facts in (pre, post)
    )
    return before, after


def _radar(pre: SceneFacts, post: SceneFacts) -> tuple[Composite, ...]:
    """Every polarisation that both dates have, in decibels; else their first bands."""
    shared = [name for name in pre.bands if name in post.bands]
    is_db = all(_is_intensity(facts) for facts in (pre, post))
    unit = " in decibels" if is_db else ""
    if not shared:
        pair = ((pre.band_indexes[0],), (post.band_indexes[0],))
        return (Composite("sar_db", f"Radar{unit}", *pair, is_db=is_db),)
    return tuple(
        Composite(
            f"sar_db_{place}" if place else "sar_db",
            f"Radar {name.upper()}{unit}",
            *_indexes(pre, post, (name,)),
            is_db=is_db,
        )
        for place, name in enumerate(shared)
    )


def _is_intensity(facts: SceneFacts) -> bool:
    """Intensity has no negative values; decibels do (the rule of `raster.stretch`)."""
    return facts.stretch[0][0] >= 0


def _unnamed(pre: SceneFacts, post: SceneFacts) -> list[Composite]:
    """Three bands in the order of the files where none is named alike on both dates."""
    if min(len(pre.bands), len(post.bands)) < 3:
        return []
    first = pre.band_indexes[:3], post.band_indexes[:3]
    return [Composite("bands", "First three bands", *first)]


def _singles(pre: SceneFacts, post: SceneFacts) -> list[Composite]:
    """Single bands in grey: those that both dates name alike, or else the first of each."""
    shared = [name for name in dict.fromkeys(pre.bands) if name in post.bands][:SINGLE_BANDS]
    if not shared:
        first = (pre.band_indexes[0],), (post.band_indexes[0],)
        return [Composite("grey", "First band in grey", *first)]
    return [
        Composite(
            f"grey_{place}" if place else "grey",
            f"{_words(name)} in grey",
            *_indexes(pre, post, (name,)),
        )
        for place, name in enumerate(shared)
    ]


def _words(band: str) -> str:
    known = {"nir": "Near infrared", "swir1": "SWIR 1", "swir2": "SWIR 2", "pan": "Panchromatic",
             "rededge": "Red edge"}  # fmt: skip
    return known.get(band) or band[:1].upper() + band[1:]


def _ranges(
    composite: Composite, sides: Sequence[tuple[SceneFacts, tuple[int, ...]]]
) -> list[tuple[float, float]]:
    """Per display band, the 2nd and 98th percentile of the pixels of the given dates together."""
    found = []
    for place in range(len(composite.pre_bands)):
        spread = [facts.quantiles[facts.band_indexes.index(bands[place])] for facts, bands in sides]
        low, high = _percentiles(spread)
        if composite.is_db:
            low, high = (
                10 * float(np.log10(max(value, LOWEST_INTENSITY))) for value in (low, high)
            )
        found.append((low, high if high > low else low + max(abs(low) * 1e-3, 1.0)))
    return [(float(f"{low:.5g}"), float(f"{high:.5g}")) for low, high in found]


def _percentiles(spread: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Percentiles of the mixture of distributions known by their quantiles, one part each."""
    values = np.unique(np.concatenate(spread))
    share = np.mean([_share_below(values, quantiles) for quantiles in spread], axis=0)
    low, high = np.interp([LOW_PCT / 100, HIGH_PCT / 100], share, values)
    return float(low), float(high)


def _share_below(values: np.ndarray[Any, Any], quantiles: Sequence[float]) -> Any:
    """Share of a distribution below each value; ties of quantiles count as the higher share."""
    known, last = np.unique(np.asarray(quantiles)[::-1], return_index=True)
    return np.interp(values, known, np.asarray(SHARES)[::-1][last], left=0.0, right=1.0)


def _alike(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> bool:
    """Whether a stretch for both leaves each of them something to see."""
    spans = [[high - low for low, high in ranges] for ranges in (one, other)]
    both = [max(a[1], b[1]) - min(a[0], b[0]) for a, b in zip(one, other, strict=True)]
    return all(
        whole <= MOST_UNLIKE * min(pair)
        for whole, pair in zip(both, zip(*spans, strict=True), strict=True)
    )
