"""Which detector suits a pair, and why.

Decides by sensor, bands and GSD only; knows nothing of the user's question.
"""

from dataclasses import dataclass

from raster.align import AlignedPair
from raster.preflight import season_gap_days

SEASON_GAP_DAYS = 45
"""Crops and leaves change an index by more than most events within two months."""


@dataclass(frozen=True)
class Recommendation:
    """A detector and the reason in one plain sentence."""

    name: str
    reason: str


def recommend(pair: AlignedPair) -> Recommendation:
    """The detector `auto` stands for."""
    roles = {band.role for band in pair.bands}
    if pair.pre.sensor == "sar":
        return Recommendation("log_ratio", "both scenes are radar images, whose noise multiplies")
    if roles == {"index"}:
        return Recommendation(
            "index_difference", "the scenes hold a ready-made index whose difference has a meaning"
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


def _is_one_season(pair: AlignedPair) -> bool:
    pre_on, post_on = pair.pre.acquired_on, pair.post.acquired_on
    if pre_on is None or post_on is None:
        return False
    return season_gap_days(pre_on, post_on) <= SEASON_GAP_DAYS
