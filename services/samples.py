"""The bundled sample scenes."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "sample_scenes"


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
