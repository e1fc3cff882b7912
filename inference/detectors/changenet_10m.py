"""Our own siamese network for satellite scenes of about 10 m: ground that was built up or cleared.

Knows nothing of files; the network is `inference.networks.changenet`, with six bands.
"""

from errors import UnsuitableSceneError
from inference.detectors.base import Card, Remarks, Sample, TileScores
from inference.domain_fit import DomainFit
from inference.siamese import multispectral
from inference.siamese.detector import Params, Siamese, codes_of
from inference.siamese.looking import HALO_PX, STRIDE_PX
from raster.align import PairBlock
from raster.findings import Finding
from raster.mask import ChangeClass

WEIGHTS = "changenet_10m"
FEWEST_BANDS = 4

APPEARED = ChangeClass(1, "built_up_appeared", "newly built up", "appeared", "#d7301f")
VANISHED = ChangeClass(2, "built_up_vanished", "no longer built up", "vanished", "#2c7fb8")
CHANGED = ChangeClass(3, "built_up_changed", "rebuilt", "changed", "#fdae33")

CARD = Card(
    name="changenet_10m",
    title="Change network for built-up ground at 10 m",
    summary=(
        "Flags ground that was built up, cleared of buildings or rebuilt in multispectral scenes "
        "of about 10 m, and passes over crops, season, light, haze, floods and burns."
    ),
    source=(
        "Groundshift's own weights: a siamese network in the manner of FC-Siam (Daudt et al. "
        "2018), taught by pairs of edited and single scenes as ChangeStar does (Zheng et al. 2021)"
    ),
    sensors=("optical",),
    min_bands=FEWEST_BANDS,
    gsd_range_m=(2.4, 30.0),
    classes=(APPEARED, VANISHED, CHANGED),
    threshold="fixed",
    threshold_reason=(
        "The score is moved so that 0.5 is the threshold that did best on the places kept for "
        "validation, where about 5 % had changed."
    ),
    fixed_threshold=0.5,
    halo_px=HALO_PX,
    tile_px=2048,
    align_px=STRIDE_PX,
    min_area_m2=800.0,
    weights=WEIGHTS,
    limits=(
        "It knows built-up ground only: clearings, new fields, water and burns are no change to "
        "it.",
        "It needs four of the bands blue, green, red, near infrared and the two of short-wave "
        "infrared, and the files must name them.",
        "Finer scenes are reduced to pixels of about 10 m, coarser ones enlarged at most twice; "
        "single houses are missed.",
        "Clouds and their shadows are taken for change, and new buildings inside dense towns are "
        "often missed: on real pairs looked at it found fewer changes than 'cva', but was right "
        "more often.",
    ),
)


def working_gsd_m(gsd_m: float) -> float:
    """The ground size of a pixel the network looks at a pair with.

    Raises:
        UnsuitableSceneError: the pixels are too large for built-up ground.
    """
    return _network().working_gsd_m(gsd_m)


def fit(sample: Sample) -> Params:
    """Stretch, engine and how far the pair is like what the network learned from.

    Raises:
        UnsuitableSceneError: radar, too few of the bands it knows, or no pixel was observed at both
            dates.
        WeightsMissingError: the weights are not on this machine.
        WeightsCorruptError: the file is not the one that was published.
    """
    if sample.sensor == "sar":
        msg = "The change network knows optical pictures only, and these are radar."
        raise UnsuitableSceneError(msg, hint="Use the detector 'log_ratio' for radar.")
    missing = multispectral.missing_of(sample.bands)
    known = len(multispectral.BANDS) - len(missing)
    if known < FEWEST_BANDS:
        msg = (
            f"The change network needs {FEWEST_BANDS} of the bands"
            f" {', '.join(multispectral.BANDS)}, and these scenes name {known} of them."
        )
        hint = "Name the bands in the files, or choose the detector 'cva'."
        raise UnsuitableSceneError(msg, hint=hint)
    return _network().fit(sample, _told(missing))


def predict(params: Params, block: PairBlock) -> TileScores:
    """Scores of every pixel: 0.5 where the network reaches its threshold."""
    return _network().predict(params, block)


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
    bands, codes = len(multispectral.BANDS), codes_of(CHANGED, APPEARED, VANISHED)
    return Siamese(WEIGHTS, multispectral, bands=bands, square_px=128, codes=codes)


def _told(missing: tuple[str, ...]) -> tuple[Finding, ...]:
    """What was done to the values of the pair before the network saw them."""
    message = (
        "The values of each band were brought to 8 bits by a stretch from the 1st to the 99th"
        " percentile of each date, because the network learned from such pictures."
    )
    told = [Finding("stretched", "info", message)]
    if missing:
        message = f"The network did without the bands {', '.join(missing)}, which the scenes lack."
        told.append(Finding("fewer_bands", "info", message))
    return tuple(told)
