"""The bundled sample scenes."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from raster import scene
from raster.align import AlignedPair, ResidualShift
from raster.pairing import common_bands
from services import pictures

FOLDER = Path(__file__).resolve().parents[1] / "sample_scenes"
THUMBNAIL_PX = 480
NOT_MEASURED = ResidualShift(
    0.0, 0.0, 1.0, 0.0, 0, is_applied=False, residual_before=0.0, residual_after=0.0
)


@dataclass(frozen=True)
class SampleScene:
    """One rendered pair with known truth.

    Attributes:
        id: folder name.
        title: name for people.
        summary: what is to be seen.
        pre: earlier scene.
        post: later scene.
        aoi: area of interest.
        truth: class codes on the grid of pre.
        detector: the detector that suits it.
    """

    id: str
    title: str
    summary: str
    pre: Path
    post: Path
    aoi: Path
    truth: Path
    detector: str


def list_samples(folder: Path = FOLDER) -> tuple[SampleScene, ...]:
    """The scenes of the catalog, in its order."""
    catalog = tomllib.loads((folder / "catalog.toml").read_text(encoding="utf-8"))
    return tuple(
        SampleScene(
            entry["id"],
            entry["title"],
            entry["summary"],
            folder / entry["pre"],
            folder / entry["post"],
            folder / entry["aoi"],
            folder / entry["truth"],
            entry["detector"],
        )
        for entry in catalog["scene"]
    )


def thumbnail_png(sample: SampleScene) -> bytes:
    """A small picture of a sample: pre above a diagonal, post below; not aligned any finer."""
    pre, post = scene.open(sample.pre), scene.open(sample.post)
    bands, _remarks = common_bands(pre, post)
    pair = AlignedPair(pre, post, pre.grid, bands, NOT_MEASURED)
    return pictures.split_png(*pictures.dates(pair, max_px=THUMBNAIL_PX))
