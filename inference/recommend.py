"""Which detector suits a pair, and why.

Decides by sensor, bands and GSD only; knows nothing of the user's question.
"""

from dataclasses import dataclass

from raster.align import AlignedPair


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
    if "nir" in roles and roles & {"swir1", "swir2"}:
        return Recommendation(
            "index_difference",
            "near and short-wave infrared tell vegetation, water and burns apart",
        )
    return Recommendation("cva", "optical bands without short-wave infrared")
