"""How each kind of run is made again: its parameters, checked, and the service that runs it.

Knows nothing of files of records.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field, field_validator, model_validator

from analysis.edits import MAX_EDITS, Edit
from analysis.edits import read as read_edit
from errors import InputError
from inference.examples import MOST as MAX_LIKE
from inference.examples import LonLat
from progress import Watcher
from services.compare import CompareRequest, compare
from services.count import CountRequest, MapExample, count
from services.edit_count import write_edited
from services.map_prompts import MAX_PROMPTS, from_json
from services.replay_record import Record, Source, Strict
from services.segment import SegmentRequest, segment

MAX_EXAMPLES = 500
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Replayed:
    """A result made again.

    Attributes:
        kind: `compare`, `count` or `segment`.
        folder: where it is.
        run: its record.
        proof: the record that is compared with the given one: that of the corrected count where
            corrections were recorded.
        corrected: folder of the count with the corrections of the record, or None.
    """

    kind: str
    folder: Path
    run: Mapping[str, Any]
    proof: Mapping[str, Any]
    corrected: Path | None = None


class _Compared(Strict):
    detector: str = Field(max_length=100)
    threshold: float | None = Field(default=None, ge=0, le=1)
    min_area_m2: float | None = Field(default=None, ge=0)
    like: tuple[LonLat, ...] = Field(default=(), max_length=MAX_LIKE)


class _Comparison(Record):
    parameters: _Compared
    mask_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _is_of_a_pair(self) -> "_Comparison":
        self.require("pre", "post")
        return self


class _Example(Strict):
    date: Literal["pre", "post"]
    box: Box


class _Counted(Strict):
    counter: str = Field(max_length=100)
    thing: str = Field(max_length=100)
    min_area_m2: float = Field(ge=0)
    max_area_m2: float = Field(gt=0)
    similarity: float | None = Field(default=None, ge=0, le=1)
    examples: tuple[_Example, ...] = Field(default=(), max_length=MAX_EXAMPLES)
    is_movable: bool = False


class _Count(Record):
    parameters: _Counted
    edits: tuple[dict[str, Any], ...] = Field(default=(), max_length=MAX_EDITS)

    @model_validator(mode="after")
    def _is_of_a_pair(self) -> "_Count":
        self.require("pre", "post")
        return self

    @property
    def corrections(self) -> tuple[Edit, ...]:
        """The corrections by hand.

        Raises:
            InputError: one is none.
        """
        return tuple(map(read_edit, self.edits))


class _Outlined(Strict):
    segmenter: str = Field(max_length=100)
    auto: bool = False
    prompts: tuple[dict[str, Any], ...] = Field(default=(), max_length=MAX_PROMPTS)
    min_area_m2: float | None = Field(default=None, ge=0)
    max_area_m2: float | None = Field(default=None, gt=0)

    @field_validator("prompts")
    @classmethod
    def _are_prompts(cls, given: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
        try:
            for one in given:
                from_json(one)
        except InputError as error:
            raise ValueError(error.message) from error
        return given


class _Segmentation(Record):
    parameters: _Outlined

    @model_validator(mode="after")
    def _is_of_a_scene(self) -> "_Segmentation":
        self.require("scene")
        return self


def _paths(record: Record, given: Source) -> dict[str, Path]:
    return {item.role: given.path_of(item) for item in record.inputs}


def _compare(record: Any, given: Source, out_dir: Path | None, watcher: Watcher) -> Replayed:
    paths, wanted = _paths(record, given), record.parameters
    request = CompareRequest(
        paths["pre"], paths["post"], paths.get("aoi"),
        wanted.detector, wanted.threshold, wanted.min_area_m2, like=wanted.like,
    )  # fmt: skip
    outcome = compare(request, out_dir=out_dir, watcher=watcher)
    return Replayed("compare", outcome.folder, outcome.run, outcome.run)


def _count(record: Any, given: Source, out_dir: Path | None, watcher: Watcher) -> Replayed:
    paths, wanted, corrections = _paths(record, given), record.parameters, record.corrections
    request = CountRequest(
        paths["pre"], paths["post"], paths.get("aoi"), wanted.counter, wanted.thing,
        wanted.min_area_m2, wanted.max_area_m2,
        tuple(MapExample(one.date, one.box) for one in wanted.examples),
        wanted.similarity, wanted.is_movable,
    )  # fmt: skip
    outcome = count(request, out_dir=out_dir, watcher=watcher.part(0.0, 0.9))
    run = outcome.result.run
    if not corrections:
        return Replayed("count", outcome.folder, run, run)
    target = outcome.folder.with_name(f"{outcome.folder.name}-corrected")
    edited = write_edited(
        outcome.folder, corrections, out_dir=target, watcher=watcher.part(0.9, 1.0)
    )
    return Replayed("count", outcome.folder, run, edited.run, target)


def _segment(record: Any, given: Source, out_dir: Path | None, watcher: Watcher) -> Replayed:
    paths, wanted = _paths(record, given), record.parameters
    request = SegmentRequest(
        paths["scene"], tuple(map(from_json, wanted.prompts)), wanted.segmenter, wanted.auto,
        paths.get("aoi"), wanted.min_area_m2, wanted.max_area_m2,
    )  # fmt: skip
    outcome = segment(request, out_dir=out_dir, watcher=watcher)
    return Replayed("segment", outcome.folder, outcome.run, outcome.run)


class Kind(NamedTuple):
    """One kind of run.

    Attributes:
        key: the parameter by which its record is told from others.
        read: the record, checked.
        make: the run, made again.
    """

    key: str
    read: Callable[[dict[str, Any]], Any]
    make: Callable[[Any, Source, Path | None, Watcher], Replayed]


KINDS = (
    Kind("detector", _Comparison.model_validate, _compare),
    Kind("counter", _Count.model_validate, _count),
    Kind("segmenter", _Segmentation.model_validate, _segment),
)
