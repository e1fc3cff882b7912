"""What a training is given: scenes, labels and looked-at areas, opened, hashed and checked.

Knows nothing of networks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from errors import InputError
from progress import Watcher
from raster import aoi as aois
from raster.findings import Finding
from services import finetune_labels, provenance
from services.finetune_ground import Marked
from services.open_pair import OpenedPair, open_pair

LEDGER = "ledger.gpkg"
RASTERS = frozenset({".tif", ".tiff", ".png", ".jpg", ".jpeg"})


@dataclass(frozen=True)
class LabelledScenes:
    """A pair of scenes with labels.

    Attributes:
        pre: file or folder of tiles of the earlier date.
        post: likewise of the later date.
        labels: a vector file, a label raster with the rows and columns of pre, or the folder of a
            count that was reviewed.
        reviewed: vector file of the area in which every change is labelled, or None.
        is_whole_reviewed: whether every change on the ground both scenes show is labelled.
    """

    pre: Path
    post: Path
    labels: Path
    reviewed: Path | None = None
    is_whole_reviewed: bool = False


@dataclass(frozen=True)
class Opened:
    """A pair with its labels, not yet on its grid.

    Attributes:
        scenes: what was given.
        pair: the scenes.
        marked: what is labelled.
        labels_file: where that was read.
    """

    scenes: LabelledScenes
    pair: OpenedPair
    marked: Marked
    labels_file: Path


def open_labelled(
    one: LabelledScenes, *, known_sha256: Mapping[Path, str], watcher: Watcher
) -> Opened:
    """A pair with its labels, after preflight let it pass.

    Raises:
        PairRefusedError: preflight refused the pair.
        InputError: all ground and an area are both said to have been looked at.
        GroundshiftError: a scene, the labels or the area cannot be used.
    """
    labels = one.labels / LEDGER if one.labels.is_dir() else one.labels
    if one.labels.is_dir() and not labels.is_file():
        msg = f"{one.labels.name!r} is not the folder of a count."
        raise InputError(msg, hint="Give a file of labels, or the folder of a count you reviewed.")
    if one.reviewed is not None and one.is_whole_reviewed:
        msg = f"Was all ground looked at, or only the area {one.reviewed.name!r}?"
        raise InputError(msg, hint="Give either the area or --all-reviewed.")
    pair = open_pair(one.pre, one.post, None, known_sha256=known_sha256, watcher=watcher)
    looked_at = None if one.reviewed is None else aois.read(one.reviewed)
    if one.is_whole_reviewed:
        looked_at = aois.whole(pair.site.pair.grid)
    if labels.suffix.lower() in RASTERS:
        marked = Marked(raster=labels, looked_at=looked_at)
    else:
        found = finetune_labels.read(labels)
        finetune_labels.require_some([found])
        marked = Marked(labels=found, looked_at=looked_at)
    return Opened(one, pair, marked, labels)


def describe(opened: Sequence[Opened]) -> list[dict[str, Any]]:
    """Names and hashes of all files, in their order."""
    found = []
    for pair in opened:
        one = pair.scenes
        pre, post = (item.as_json() for item in pair.pair.inputs[:2])
        labels = {"name": pair.labels_file.name,
                  "sha256": provenance.path_sha256(pair.labels_file)}  # fmt: skip
        reviewed = None if one.reviewed is None else provenance.path_sha256(one.reviewed)
        found.append({"pre": pre, "post": post, "labels": labels, "reviewed_sha256": reviewed,
                      "is_whole_reviewed": one.is_whole_reviewed})  # fmt: skip
    return found


def require_distinct(inputs: Sequence[Mapping[str, Any]]) -> None:
    """Refuse one pair given twice under two names: one copy would be judged by the other.

    Raises:
        InputError: it was.
    """
    seen: dict[frozenset[str], str] = {}
    for one in inputs:
        pre, post = one["pre"], one["post"]
        key = frozenset({pre["sha256"], post["sha256"]})
        words = f"{pre['name']!r} and {post['name']!r}"
        if len(key) == 1:
            msg = f"{words} are one and the same scene, so nothing can have changed."
            raise InputError(msg, hint="Give the scenes of two dates.")
        if key in seen:
            msg = f"{words} are the same scenes as {seen[key]}, under other names."
            raise InputError(msg, hint="Give each pair once, with all its labels in one file.")
        seen[key] = words


def cautions(opened: Sequence[Opened]) -> Iterator[Finding]:
    """What preflight had to say of the pairs, and what was mended of the looked-at areas."""
    for one in opened:
        area = one.marked.looked_at
        found = (*one.pair.preflight.findings, *(() if area is None else area.findings))
        yield from (find for find in found if find.severity == "caution")
