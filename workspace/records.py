"""What the workspace keeps, as plain records with one owner each.

Knows nothing of tables, files or pixels.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from services.scene_facts import SceneFacts

SHARED = ""
"""Owner of what belongs to everybody: the bundled samples."""

SceneStatus = Literal["waiting", "preparing", "ready", "failed"]
JobStatus = Literal["waiting", "running", "done", "failed", "cancelled", "lost"]
Lane = Literal["compute", "prepare", "prompt"]
"""Which workers take a job: long computing, preparing scenes, or answering a click at once."""

ACTIVE: frozenset[JobStatus] = frozenset({"waiting", "running"})


@dataclass(frozen=True)
class Scene:
    """One image of one date a user brought, or a bundled sample.

    Attributes:
        id: 32 hexadecimal digits.
        owner: whose it is; empty for everybody's.
        title: name for people; untrusted text, cleaned.
        status: whether it can be used yet.
        message: why it failed, with the remedy; empty otherwise.
        created_utc: when it was brought.
        expires_utc: when it is deleted unless somebody opens it; None for never.
        size_bytes: all its files, reduced copies included.
        facts: what was found on preparing it; None until it is ready.
        folder: where everything about it lies.
        files: names of the originals below `folder / "files"`.
    """

    id: str
    owner: str
    title: str
    status: SceneStatus
    message: str
    created_utc: datetime
    expires_utc: datetime | None
    size_bytes: int
    facts: SceneFacts | None
    folder: Path
    files: tuple[str, ...]

    @property
    def source(self) -> Path:
        """What a comparison opens: the original file, or the folder of its tiles."""
        first = self.folder / "files" / self.files[0]
        return first if len(self.files) == 1 else first.parent


@dataclass(frozen=True)
class Project:
    """A pair of scenes with the areas and results that belong to it.

    Attributes:
        id: 32 hexadecimal digits.
        owner: whose it is.
        title: name for people; untrusted text, cleaned.
        pre: id of the earlier scene, which may be deleted by now.
        post: id of the later scene, likewise.
        created_utc: when it was made.
        opened_utc: when it was last worked on.
        areas: GeoJSON FeatureCollection in WGS 84; features have the properties `id` and `name`.
        map_state: what the map wants to find again; opaque.
    """

    id: str
    owner: str
    title: str
    pre: str
    post: str
    created_utc: datetime
    opened_utc: datetime
    areas: dict[str, Any]
    map_state: dict[str, Any]


@dataclass(frozen=True)
class Job:
    """Work that a worker process does for a user.

    Attributes:
        id: 32 hexadecimal digits.
        owner: whose it is.
        project: what it belongs to, or None.
        kind: name of a module of `workspace.kinds`.
        lane: which workers take it.
        status: how far it is; `lost` when its process ended first.
        progress: finished fraction, 0..1.
        message: what is being done, or what was wrong.
        hint: what to do about that; may be empty.
        params: what was asked for.
        result: what came out; empty until it is done.
        created_utc: when it was submitted.
        started_utc: when a worker took it.
        finished_utc: when it ended, however it did.
        device: what ran it: `cpu`, or `cuda:0` and so on.
    """

    id: str
    owner: str
    project: str | None
    kind: str
    lane: Lane
    status: JobStatus
    progress: float
    message: str
    hint: str
    params: dict[str, Any]
    result: dict[str, Any]
    created_utc: datetime
    started_utc: datetime | None
    finished_utc: datetime | None
    device: str

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs."""
        return self.status in ACTIVE
