"""Change of spectral indices, and the land-cover change that each direction stands for.

Uses the indices that the bands' roles allow; knows nothing of seasons or of the ground's past.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from errors import UnsuitableSceneError
from inference.detectors.base import Card, Sample, TileScores
from inference.differencing.relative_gain import BandMatch, match_bands
from inference.differencing.smoothing import ValidMean, observed, reach_px
from raster.align import PairBand, PairBlock
from raster.mask import ChangeClass

IndexName = str

# Any two colours stay 15 CIEDE2000 apart for every kind of colour vision, simulated after Machado
# et al. 2009, and stand out from grey, white and the yellow edge of the AOI.
VEGETATION_LOSS = ChangeClass(1, "vegetation_loss", "vegetation loss", "decrease", "#e44105")
VEGETATION_GAIN = ChangeClass(2, "vegetation_gain", "vegetation gain", "increase", "#2c9262")
WATER_GAIN = ChangeClass(3, "water_gain", "new water", "appeared", "#183f7d")
WATER_LOSS = ChangeClass(4, "water_loss", "water lost", "vanished", "#4dd9ff")
BURN = ChangeClass(5, "burn", "burned", "appeared", "#701a14")
REGROWTH = ChangeClass(6, "regrowth", "regrowth after fire", "vanished", "#cbf396")
BUILT_UP_GAIN = ChangeClass(
    7, "built_up_gain", "new built-up or bare ground", "appeared", "#ff6fb4"
)
BUILT_UP_LOSS = ChangeClass(
    8, "built_up_loss", "built-up or bare ground lost", "vanished", "#775ad1"
)
INDEX_INCREASE = ChangeClass(9, "index_increase", "index increase", "increase", "#1f78b4")
INDEX_DECREASE = ChangeClass(10, "index_decrease", "index decrease", "decrease", "#b15928")

VEGETATION_STEP = 0.2
WATER_STEP = 0.2
BURN_STEP = 0.27
BUILT_UP_STEP = 0.2
GREEN_NDVI = 0.2
WET_INDEX = 0.0
WET_NIR_SHARE = 0.6
DARK_SHARE = 0.1
MEAN_PX = 0.7

CARD = Card(
    name="index_difference",
    title="Spectral index difference",
    summary=(
        "Flags vegetation loss and gain, new and lost water, burns and new built-up or bare ground "
        "by NDVI, NDWI or MNDWI, NBR and NDBI, whichever the bands allow."
    ),
    source=(
        "NDVI: Rouse et al. 1974; NDWI: McFeeters 1996; MNDWI: Xu 2006; NDBI: Zha et al. 2003; "
        "NBR, dNBR and its severity steps: Key and Benson 2006 (USDA RMRS-GTR-164-CD)."
    ),
    sensors=("optical",),
    min_bands=1,
    gsd_range_m=(0.1, 1000.0),
    classes=(
        VEGETATION_LOSS,
        VEGETATION_GAIN,
        WATER_GAIN,
        WATER_LOSS,
        BURN,
        REGROWTH,
        BUILT_UP_GAIN,
        BUILT_UP_LOSS,
        INDEX_INCREASE,
        INDEX_DECREASE,
    ),
    threshold="fixed",
    threshold_reason=(
        "Index differences have a physical scale: 0.5 is a dNDVI, dNDWI or dNDBI of 0.2, or a dNBR "
        "of 0.27, where moderate-low burn severity begins (Key and Benson 2006)."
    ),
    fixed_threshold=0.5,
    halo_px=reach_px(MEAN_PX),
    limits=(
        "Needs near infrared, or a band that already is an index; red, green and blue do not do.",
        "What changed over more than about half of the scene is taken for season or calibration, "
        "unless the file holds the index itself.",
        "Bare soil and buildings have alike spectra: NDBI does not part them.",
        "A radiometric offset that both dates share makes every index difference too small.",
        "Ploughing and harvest count as vegetation loss; clouds count as change.",
    ),
)

_NAMED_INDEX = re.compile(r"(?<![a-z])(mndwi|ndwi|ndvi|nbr|ndbi)(?![a-z])", re.IGNORECASE)
_PAIRS: dict[IndexName, tuple[str, str]] = {
    "ndvi": ("nir", "red"),
    "ndwi": ("green", "nir"),
    "mndwi": ("green", "swir1"),
    "nbr": ("nir", "swir2"),
    "ndbi": ("swir1", "nir"),
}
_CLASSES: dict[IndexName, tuple[ChangeClass, ChangeClass]] = {
    "ndvi": (VEGETATION_GAIN, VEGETATION_LOSS),
    "ndwi": (WATER_GAIN, WATER_LOSS),
    "mndwi": (WATER_GAIN, WATER_LOSS),
    "nbr": (REGROWTH, BURN),
    "ndbi": (BUILT_UP_GAIN, BUILT_UP_LOSS),
    "index": (INDEX_INCREASE, INDEX_DECREASE),
}


@dataclass(frozen=True)
class Params:
    """Scene-level parameters.

    Attributes:
        positions: position on the band axis of each role that an index needs.
        given: position on the band axis of each index that the files already hold.
        matches: relative gain and offset of each band.
        darkness: sum of two bands below which a ratio is rounding and noise, for each index.
    """

    positions: dict[str, int]
    given: dict[IndexName, int]
    matches: tuple[BandMatch, ...]
    darkness: dict[IndexName, float]


@dataclass(frozen=True)
class Claim:
    """What one index says about every pixel.

    Attributes:
        step: (row, col) signed difference, 1 where it reaches the index's own threshold;
            0 where the conditions for the classes do not hold.
        rise: class of a positive difference.
        fall: class of a negative difference.
    """

    step: NDArray[np.float32]
    rise: ChangeClass
    fall: ChangeClass


Indices = dict[IndexName, NDArray[np.float32]]
Dates = tuple[NDArray[np.float32], NDArray[np.float32]]


def fit(sample: Sample) -> Params:
    """Bands of the indices, and the relative calibration of the dates.

    An index is a ratio, which an offset on one date breaks. So the bands of one date are mapped
    to the other's first, by a gain and an offset found on unchanged ground. Radiometry with the
    lower dark level is kept: an offset is only ever added by a product, never taken away.

    Raises:
        UnsuitableSceneError: no index can be formed.
    """
    positions = _positions(sample.bands)
    given = _given(sample.bands)
    computable = _computable(positions)
    if sample.sensor == "sar" or lacking(sample.bands):
        raise UnsuitableSceneError(
            f"No spectral index can be formed from the bands {_names(sample.bands)}.",
            hint="Name the bands in the files (red, green, nir, swir1, swir2 as band descriptions),"
            " or use the detector 'cva' or 'structure'.",
        )
    pre, post = sample.pixels()
    matches = match_bands(pre, post)
    raw = Params(positions, given, matches, dict.fromkeys(computable, 0.0))
    return Params(positions, given, matches, _darkness(raw, pre, post))


def lacking(bands: Sequence[PairBand]) -> str:
    """That no index can be formed of the bands; empty where one can."""
    if _given(bands) or _computable(_positions(bands)):
        return ""
    return f"no spectral index can be formed from the bands {_names(bands)}"


def assessable(params: Params) -> tuple[ChangeClass, ...]:
    """The classes that this pair's indices can show; of the others nothing is known."""
    known = params.darkness.keys() | params.given.keys()
    told = {entry for name in known for entry in _CLASSES[name]}
    return tuple(entry for entry in CARD.classes if entry in told)


def predict(params: Params, block: PairBlock) -> TileScores:
    """The claim that goes first, among those that reach their step, else the largest.

    The score of a step of s is s / (1 + s): 0.5 at the step itself, never quite 1.
    """
    valid = observed(block)
    claims = _claims(params, block)
    largest = np.argmax(np.stack([np.abs(claim.step) for claim in claims]), axis=0)
    for place in reversed(range(len(claims))):
        largest[np.abs(claims[place].step) >= 1] = place
    step = np.choose(largest, [claim.step for claim in claims])
    rises = np.array([claim.rise.code for claim in claims], np.uint8)[largest]
    falls = np.array([claim.fall.code for claim in claims], np.uint8)[largest]
    score = (np.abs(step) / (1 + np.abs(step))).astype(np.float32)
    code = np.where(step >= 0, rises, falls)
    return TileScores(np.where(valid, score, np.float32(np.nan)), code)


def _computable(positions: Mapping[str, int]) -> list[IndexName]:
    return [name for name, roles in _PAIRS.items() if set(roles) <= positions.keys()]


def _positions(bands: Sequence[PairBand]) -> dict[str, int]:
    wanted = {role for roles in _PAIRS.values() for role in roles}
    return {str(band.role): at for at, band in enumerate(bands) if band.role in wanted}


def _given(bands: Sequence[PairBand]) -> dict[IndexName, int]:
    """Bands that already are an index; `index` stands for one whose name says not which."""
    given: dict[IndexName, int] = {}
    for at, band in enumerate(bands):
        found = _NAMED_INDEX.search(band.name)
        if band.role == "index" or (found and band.role is None):
            given.setdefault(found[1].lower() if found else "index", at)
    return given


def _names(bands: Sequence[PairBand]) -> str:
    return ", ".join(repr(band.role or band.name) for band in bands[:12])


def _median(values: NDArray[np.float32]) -> float:
    finite = values[np.isfinite(values)]
    return float(np.median(finite)) if finite.size else 0.0


def _darkness(
    params: Params, pre: NDArray[np.float32], post: NDArray[np.float32]
) -> dict[IndexName, float]:
    """A tenth of the median sum of the two bands of each index."""
    matched_pre, matched_post = _matched(params, pre, post)
    darkness = {}
    for name in params.darkness:
        one, two = (params.positions[role] for role in _PAIRS[name])
        total = matched_pre[one] + matched_pre[two] + matched_post[one] + matched_post[two]
        darkness[name] = max(DARK_SHARE * _median(total) / 2, 1e-6)
    return darkness


def _matched(
    params: Params, pre: NDArray[np.float32], post: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Both dates (band, ...) in one radiometry, negative values cut."""
    one = [match.pre(band) for match, band in zip(params.matches, pre, strict=True)]
    two = [match.post(band) for match, band in zip(params.matches, post, strict=True)]
    return np.maximum(np.stack(one), 0), np.maximum(np.stack(two), 0)


def _indices(params: Params, bands: NDArray[np.float32]) -> Indices:
    """Normalised differences (-1..1) of one date."""
    indices = {}
    for name, floor in params.darkness.items():
        one, two = (bands[params.positions[role]] for role in _PAIRS[name])
        indices[name] = (one - two) / np.maximum(one + two, np.float32(floor))
    return indices


def _claims(params: Params, block: PairBlock) -> list[Claim]:
    """Claims in order of precedence: water, burn, then vegetation and built-up."""
    mean = ValidMean(observed(block), sigma_px=MEAN_PX)
    raw_pre, raw_post = (
        np.stack([mean(band) for band in date]) for date in (block.pre, block.post)
    )
    bands = _matched(params, raw_pre, raw_post)
    pre, post = (_indices(params, date) for date in bands)
    for name, at in params.given.items():
        # A product is calibrated already; around a fire most of the scene may have burned, so
        # that its median says nothing of unchanged ground.
        pre[name] = np.clip(raw_pre[at], -1, 1)
        post[name] = np.clip(raw_post[at], -1, 1)
    claims = [_water(params, pre, post, bands), _burn(params, pre, post, bands)]
    claims += [_vegetation(pre, post), _built_up(pre, post), _unnamed(pre, post)]
    return [claim for claim in claims if claim is not None]


def _water(params: Params, pre: Indices, post: Indices, bands: Dates) -> Claim | None:
    """Water crosses zero of its index, is not green (McFeeters 1996), and swallows near infrared.

    Without the crossing, mud in a river would count as water lost; without the near infrared,
    a ploughed field in uncalibrated values would count as new water.
    """
    name = next((name for name in ("mndwi", "ndwi") if name in pre), None)
    if name is None:
        return None
    step = (post[name] - pre[name]) / np.float32(WATER_STEP)
    wet, dry = np.maximum(pre[name], post[name]), np.minimum(pre[name], post[name])
    is_wet = (wet > WET_INDEX) & (dry < WET_INDEX)
    if "ndvi" in pre:
        is_wet &= np.where(step >= 0, post["ndvi"], pre["ndvi"]) < GREEN_NDVI
    if "nir" in params.positions:
        one, two = (date[params.positions["nir"]] for date in bands)
        is_wet &= np.where(step >= 0, two, one) < WET_NIR_SHARE * np.where(step >= 0, one, two)
    return Claim(np.where(is_wet, step, np.float32(0)), WATER_GAIN, WATER_LOSS)


def _burn(params: Params, pre: Indices, post: Indices, bands: Dates) -> Claim | None:
    """Char reflects less near infrared, more SWIR2, and is no brighter to the eye than before.

    The last condition parts burns from clearings, which lower NBR as well. It cannot be asked of
    a file that holds only the index.
    """
    if "nbr" not in pre:
        return None
    step = (post["nbr"] - pre["nbr"]) / np.float32(BURN_STEP)
    if "nbr" in params.darkness:
        burned = [np.where(step < 0, two, one) for one, two in zip(*bands, strict=True)]
        alive = [np.where(step < 0, one, two) for one, two in zip(*bands, strict=True)]
        at = params.positions
        is_char = (burned[at["nir"]] < alive[at["nir"]]) & (
            burned[at["swir2"]] > alive[at["swir2"]]
        )
        for role in ("red", "green"):
            if role in at:
                is_char &= burned[at[role]] <= np.float32(1.15) * alive[at[role]]
        step = np.where(is_char, step, np.float32(0))
    return Claim(step, REGROWTH, BURN)


def _vegetation(pre: Indices, post: Indices) -> Claim | None:
    """Loss needs green ground before, gain needs it after."""
    if "ndvi" not in pre:
        return None
    step = (post["ndvi"] - pre["ndvi"]) / np.float32(VEGETATION_STEP)
    is_green = np.maximum(pre["ndvi"], post["ndvi"]) > GREEN_NDVI
    return Claim(np.where(is_green, step, np.float32(0)), VEGETATION_GAIN, VEGETATION_LOSS)


def _built_up(pre: Indices, post: Indices) -> Claim | None:
    """Built-up ground has more SWIR1 than near infrared at the date at which it stands."""
    if "ndbi" not in pre:
        return None
    step = (post["ndbi"] - pre["ndbi"]) / np.float32(BUILT_UP_STEP)
    is_built = np.maximum(pre["ndbi"], post["ndbi"]) > 0
    return Claim(np.where(is_built, step, np.float32(0)), BUILT_UP_GAIN, BUILT_UP_LOSS)


def _unnamed(pre: Indices, post: Indices) -> Claim | None:
    """An index of unknown kind: only its direction can be told."""
    if "index" not in pre:
        return None
    step = (post["index"] - pre["index"]) / np.float32(VEGETATION_STEP)
    return Claim(step, INDEX_INCREASE, INDEX_DECREASE)
