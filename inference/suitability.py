"""Whether a pair is what the card of a detector says it is made for.

Knows nothing of what a detector looks for; one that cannot work on a pair at all refuses it itself.
"""

from collections.abc import Iterator

from inference.detectors.base import Card
from raster.align import AlignedPair
from raster.findings import Finding

MAP_SCALE = 1.01
"""A pixel of 30 m, or of 1.2 m, on a map covers a little more or less of the ground."""
KINDS = {"optical": "optical images", "sar": "radar images"}


def against(card: Card, pair: AlignedPair) -> Iterator[str]:
    """Why a detector is not made for a pair, each reason as the end of a sentence."""
    if pair.pre.sensor not in card.sensors:
        kinds = " and ".join(KINDS[kind] for kind in card.sensors)
        yield f"it is made for {kinds}, which these do not seem to be"
    if len(pair.bands) < card.min_bands:
        yield f"it needs at least {card.min_bands} bands that both dates have"
    least, most = card.gsd_range_m
    if not least / MAP_SCALE <= pair.grid.gsd_m <= most * MAP_SCALE:
        yield f"it is made for pixels of {least:g} to {most:g} m"


def findings(card: Card, pair: AlignedPair) -> tuple[Finding, ...]:
    """What the reader of a result must know where the detector is not made for the pair."""
    reasons = " and ".join(against(card, pair))
    if not reasons:
        return ()
    message = f"The detector {card.name!r} does not suit these scenes: {reasons}."
    return (Finding("not_made_for", "caution", message, "Take another unless you know why."),)
