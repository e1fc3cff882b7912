"""Our own siamese network: buildings that appeared, vanished or changed between two dates.

Knows nothing of files; the network is `inference.networks.changenet`.
"""

from errors import UnsuitableSceneError
from inference import domain_fit
from inference.detectors.base import Card, Remarks, Sample, TileScores
from inference.domain_fit import DomainFit
from inference.siamese import pictures
from inference.siamese.detector import Params, Siamese, codes_of
from inference.siamese.looking import AERIAL, AFAR, HALO_PX, STRIDE_PX
from raster.align import PairBlock
from raster.findings import Finding
from raster.mask import ChangeClass
from raster.stretch import COLOURS, display_bands

WEIGHTS = "changenet"

APPEARED = ChangeClass(1, "building_appeared", "new buildings", "appeared", "#d7301f")
VANISHED = ChangeClass(2, "building_vanished", "buildings gone", "vanished", "#2c7fb8")
CHANGED = ChangeClass(3, "building_changed", "buildings changed", "changed", "#fdae33")
CARD = Card(
    name="changenet",
    title="Change network for buildings",
    summary=(
        "Flags buildings that appeared, vanished or changed, and passes over season, light, "
        "vegetation, vehicles and a few pixels of misregistration."
    ),
    source=(
        "Groundshift's own weights: a siamese network in the manner of FC-Siam (Daudt et al. "
        "2018), taught by pairs of edited and single pictures as ChangeStar does (Zheng et al. "
        "2021)"
    ),
    sensors=("optical",),
    min_bands=1,
    gsd_range_m=(0.05, 2.4),
    classes=(APPEARED, VANISHED, CHANGED),
    threshold="fixed",
    threshold_reason=(
        "The score is moved so that 0.5 is the threshold that did best on the places kept for "
        "validation, where about 5 % had changed."
    ),
    fixed_threshold=0.5,
    # Of two looks; see `halo_px`.
    halo_px=AFAR * HALO_PX,
    tile_px=2048,
    align_px=AFAR * STRIDE_PX,
    min_area_m2=20.0,
    weights=WEIGHTS,
    limits=(
        "It knows buildings only: clearings, roads, water and burns are no change to it.",
        "Finer scenes are reduced to pixels of about half a metre, coarser ones enlarged at most "
        "twice; sheds and small extensions are missed.",
        "Damage is found where a roof is gone, seldom where it is only holed.",
        "It learned from natural colours seen from above: leaning towers, snow, night and infrared "
        "pictures are beyond it.",
        "Clouds over one date pass for buildings: mask them, or leave them out of the area.",
    ),
)


def working_gsd_m(gsd_m: float) -> float:
    """The ground size of a pixel the network looks at a pair with.

    Raises:
        UnsuitableSceneError: the pixels are too large for buildings.
    """
    return _network().working_gsd_m(gsd_m)


def fit(sample: Sample) -> Params:
    """Stretch, engine and how far the pair is like what the network learned from.

    Raises:
        UnsuitableSceneError: radar, or no pixel was observed at both dates.
        WeightsMissingError: the weights are not on this machine.
        WeightsCorruptError: the file is not the one that was published.
    """
    if sample.sensor == "sar":
        msg = "The change network knows optical pictures only, and these are radar."
        raise UnsuitableSceneError(msg, hint="Use the detector 'log_ratio' for radar.")
    return _network().fit(sample, _told(sample))


def predict(params: Params, block: PairBlock) -> TileScores:
    """Scores of every pixel: 0.5 where the network reaches its threshold."""
    return _network().predict(params, block)


def halo_px(params: Params) -> int:
    """Neighbours a score depends on: half as far where one look is enough."""
    return params.halo_px


def is_recommended() -> bool:
    """Whether `auto` may choose it: what the judge of its weights said."""
    return _network().facts.is_recommended


def familiarity(sample: Sample) -> DomainFit | None:
    """Whether a pair is like what the network learned from; None where the weights do not say."""
    return _network().familiarity(sample)


def remarks(params: Params) -> Remarks:
    """How the network was run, and what to be careful about."""
    return _network().remarks(params)


def _network() -> Siamese:
    # Made anew each time: weights of a user's own take the place of `WEIGHTS`.
    codes = codes_of(CHANGED, APPEARED, VANISHED)
    return Siamese(
        WEIGHTS,
        pictures,
        bands=COLOURS,
        square_px=256,
        codes=codes,
        scales=AERIAL,
    )


def _told(sample: Sample) -> tuple[Finding, ...]:
    """What was done to the values of the pair before the network saw them."""
    told = []
    if not pictures.is_eight_bit(sample):
        message = (
            "The values of each date were brought to 8 bits by a stretch from the 2nd to the 98th"
            " percentile of each band, because the network learned from such pictures."
        )
        told.append(Finding("stretched", "info", message))
    shown = [sample.bands[position].role for position in display_bands(sample.bands)]
    if len(shown) < COLOURS or "nir" in shown:
        message = "The network learned from natural colours, and the scenes have others."
        told.append(Finding("other_colours", "caution", message, domain_fit.CAUTION))
    return tuple(told)
