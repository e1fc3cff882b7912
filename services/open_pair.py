"""Two scenes and an area opened, hashed and checked: how every use case of a pair begins."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from errors import PairRefusedError
from inference.run import Site
from progress import Watcher
from raster import aoi as aois
from raster import scene
from raster.preflight import Preflight, inspect
from services import provenance
from services.provenance import Input


@dataclass(frozen=True)
class OpenedPair:
    """A pair that preflight let pass.

    Attributes:
        preflight: what it found.
        site: the pair on its whole overlap, the AOI's window on it and the AOI.
        inputs: what was opened, with hashes.
    """

    preflight: Preflight
    site: Site
    inputs: tuple[Input, ...]


def open_pair(
    pre: Path,
    post: Path,
    aoi: Path | None,
    *,
    known_sha256: Mapping[Path, str],
    watcher: Watcher,
) -> OpenedPair:
    """Open, hash and check two scenes; hashing runs beside the rest.

    Args:
        pre: file or folder of tiles of the earlier date.
        post: likewise of the later date.
        aoi: vector file, or None for the whole overlap.
        known_sha256: hashes of inputs that cannot have changed since they were hashed.
        watcher: told while the pair is checked.

    Raises:
        PairRefusedError: preflight refused the pair.
        GroundshiftError: an input cannot be used.
    """
    area = aois.read(aoi) if aoi is not None else None
    named: list[tuple[provenance.Role, Path]] = [("pre", pre), ("post", post)]
    if aoi is not None:
        named.append(("aoi", aoi))
    with ThreadPoolExecutor(2) as pool:
        hashed = [
            pool.submit(provenance.identify, role, path, sha256=known_sha256.get(path))
            for role, path in named
        ]
        report = inspect(scene.open(pre), scene.open(post), aoi=area, watcher=watcher)
        inputs = tuple(item.result() for item in hashed)
    if report.overlap is None or report.window is None or report.verdict == "refuse":
        raise _refused(report)
    where = report.aoi if report.aoi is not None else aois.whole(report.overlap.grid)
    return OpenedPair(report, Site(report.overlap, report.window, where), inputs)


def _refused(report: Preflight) -> PairRefusedError:
    reasons = [finding for finding in report.findings if finding.severity == "refuse"]
    message = " ".join(finding.message for finding in reasons)
    return PairRefusedError(message, hint=" ".join(finding.remedy for finding in reasons).strip())
