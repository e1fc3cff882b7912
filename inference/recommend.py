"""Which detector suits a pair, and why.

Decides by sensor, bands, GSD, dates and, for the network, by how far the pair is like what it
learned from; knows nothing of the user's question.
"""

from dataclasses import dataclass

from errors import ModelError, UnsuitableSceneError
from inference import registry, sampling
from inference.detectors.base import Familiar
from inference.domain_fit import DomainFit
from inference.suitability import MAP_SCALE
from raster.align import AlignedPair
from raster.preflight import season_gap_days
from raster.resized import resize
from raster.stretch import COLOURS, display_bands

NETWORK_COARSEST_M = 1.2
"""In larger pixels a house is a handful of them, and what people call change is mostly roads and
building sites: on both real sets with pixels of 1.5 and 2 m change vectors find more of it. In
smaller ones single houses have no pattern of their own, and three methods together find fewer."""
SEASON_GAP_DAYS = 45
"""Crops and leaves change an index by more than most events within two months."""
NETWORK = "changenet"
TOGETHER = "blend"
LARGEST_PX = 125_000_000
"""A whole tile of Sentinel-2: three methods take minutes over more."""


@dataclass(frozen=True)
class Recommendation:
    """A detector and the reason in one plain sentence.

    Attributes:
        name: of the detector.
        reason: why that one.
        fit: how far the pair is like what the network learned from, where that was looked at.
    """

    name: str
    reason: str
    fit: DomainFit | None = None


def recommend(pair: AlignedPair) -> Recommendation:
    """The detector `auto` stands for.

    Cost: a bounded look at pairs fine enough for the network, a second or so.
    """
    plain = _by_bands(pair)
    if plain.name != "cva":
        return plain
    if pair.grid.gsd_m > MAP_SCALE * NETWORK_COARSEST_M:
        return _together(pair, plain)
    return _network(pair, plain)


def _together(pair: AlignedPair, plain: Recommendation) -> Recommendation:
    """Three methods instead of one, where there is enough to look at and not too much."""
    card = registry.card(TOGETHER)
    size_px = pair.grid.width * pair.grid.height
    if len(pair.bands) < card.min_bands or pair.grid.gsd_m > MAP_SCALE * card.gsd_range_m[1]:
        return plain
    if size_px > LARGEST_PX:
        reason = (
            f"{plain.reason}; a pair of {size_px / 1e6:.0f} million pixels is left to one method"
        )
        return Recommendation(plain.name, reason)
    return Recommendation(TOGETHER, f"{plain.reason}; three methods together err less than one")


def _by_bands(pair: AlignedPair) -> Recommendation:
    """The best detector without learned weights."""
    roles = {band.role for band in pair.bands}
    if pair.pre.sensor == "sar":
        return Recommendation("log_ratio", "both scenes are radar images, whose noise multiplies")
    if roles == {"index"}:
        return Recommendation(
            "index_difference", "the scenes hold a ready-made index whose difference has a meaning"
        )
    if roles == {None}:
        return Recommendation(
            "cva", "nothing says which bands these are, so changes cannot be named by indices"
        )
    if "nir" not in roles or not roles & {"swir1", "swir2"}:
        return Recommendation(
            "cva",
            "optical bands without short-wave infrared, so changes cannot be named by indices",
        )
    if "uint8" in {pair.pre.dtype, pair.post.dtype}:
        return Recommendation(
            "cva", "values of 8 bits are not reflectance, which the steps of indices rest on"
        )
    if not _is_one_season(pair):
        return Recommendation(
            "cva",
            "the dates are not known to be of one season, and indices would mostly show the season",
        )
    return Recommendation(
        "index_difference",
        "near and short-wave infrared of one season tell vegetation, water and burns apart",
    )


def _network(pair: AlignedPair, plain: Recommendation) -> Recommendation:
    """The network where it is here, sees buildings on this pair and knows its kind of scene."""
    if not _is_in_colour(pair):
        return plain
    try:
        detector = registry.load(NETWORK)
        if not isinstance(detector, Familiar) or not detector.is_recommended():
            return plain
        # Pixels that would have to be enlarged were not judged.
        if detector.working_gsd_m(pair.grid.gsd_m) < pair.grid.gsd_m:
            return plain
        known = _familiarity(detector, pair)
    except UnsuitableSceneError:
        return plain
    except ModelError as error:
        return Recommendation(
            plain.name, f"{plain.reason}; the network cannot run: {_clause(error.message)}"
        )
    size = f"pixels of {pair.grid.gsd_m:.2g} m show single buildings"
    if known is None or known.verdict == "fits":
        words = f"{size}, and the network passes over season and light"
        return Recommendation(NETWORK, words, known)
    words = _clause(known.reason)
    if known.verdict == "outside":
        reason = f"{plain.reason}; the network was left out: {words}"
        return Recommendation(plain.name, reason, known)
    return Recommendation(NETWORK, f"{size}, but look with care: {words}", known)


def _is_in_colour(pair: AlignedPair) -> bool:
    """Whether the pair shows natural colours, as far as its bands say what they are."""
    shown = [pair.bands[position].role for position in display_bands(pair.bands)]
    return len(shown) == COLOURS and "nir" not in shown


def _clause(sentence: str) -> str:
    """A sentence as the end of another."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _familiarity(detector: Familiar, pair: AlignedPair) -> DomainFit | None:
    """How far a pair is like what the network learned from; None where its weights do not say.

    Raises:
        UnsuitableSceneError: the pixels are too large for it.
        ModelError: it cannot run here.
    """
    ground = resize(pair, detector.working_gsd_m(pair.grid.gsd_m))
    return detector.familiarity(sampling.take(ground.pair))


def _is_one_season(pair: AlignedPair) -> bool:
    pre_on, post_on = pair.pre.acquired_on, pair.post.acquired_on
    if pre_on is None or post_on is None:
        return False
    return season_gap_days(pre_on, post_on) <= SEASON_GAP_DAYS
