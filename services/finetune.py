"""Trains the change network on with a user's own labels, and keeps it where it became better."""

import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import settings
from errors import ExportError, InputError
from inference import trained_weights, weights
from inference.device import usable
from inference.networks.changenet import HALO_PX
from inference.siamese import facts
from inference.trained_weights import TrainedEntry
from inference.training.change.tally import Rule
from inference.training.tuning import export, fit, judge, replay, split, windows
from inference.training.tuning.fit import Tuned
from inference.training.tuning.judge import Figures
from inference.training.tuning.lesson import Lesson
from inference.training.tuning.recipe import TuningRecipe
from progress import Watcher
from raster.findings import Finding
from raster.text import clean
from services import (
    finetune_ground,
    finetune_record,
    finetune_verdict,
    finetune_work,
    provenance,
)
from services import finetune_rules as rules
from services.finetune_ground import Laid
from services.finetune_inputs import (
    LabelledScenes,
    Opened,
    cautions,
    describe,
    open_labelled,
    require_distinct,
)
from services.finetune_record import FigureRow, Parted
from services.finetune_rules import PARENT
from services.run_folder import result_folder, workspace

__all__ = ["FinetuneOutcome", "FinetuneRequest", "LabelledScenes", "finetune"]

log = logging.getLogger(__name__)

JUDGED_ON = 8
"""Rendered pairs on which forgetting is measured."""


@dataclass(frozen=True)
class FinetuneRequest:
    """What the user asked for.

    Attributes:
        pairs: what to learn from.
        name: by which the new detector will be asked for.
        title: name for people; empty for the name.
        minutes: longest training.
        few_labels: learn from unlabelled ground as well, and be content with fewer labels.
        device: what to compute on.
        known_sha256: hashes of inputs that cannot have changed since they were hashed.
        recipe: how to train; minutes and few_labels above win.
    """

    pairs: tuple[LabelledScenes, ...]
    name: str
    title: str = ""
    minutes: float = 10.0
    few_labels: bool = False
    device: str = "cpu"
    known_sha256: Mapping[Path, str] = field(default_factory=dict)
    recipe: TuningRecipe = field(default_factory=TuningRecipe)

    @property
    def how(self) -> TuningRecipe:
        """The recipe with the user's wishes."""
        return replace(self.recipe, minutes=self.minutes, few_labels=self.few_labels)


@dataclass(frozen=True)
class FinetuneOutcome:
    """What came out.

    Attributes:
        folder: where the figures are.
        name: of the new detector.
        is_kept: whether it was better and can be used now.
        verdict: why, in one or two sentences.
        figures: before and after.
        findings: what the user must know.
        record: content of finetune.json.
    """

    folder: Path
    name: str
    is_kept: bool
    verdict: str
    figures: tuple[FigureRow, ...]
    findings: tuple[Finding, ...]
    record: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """What `finetune --json` prints."""
        return {
            "out": str(self.folder),
            "name": self.name,
            "kept": self.is_kept,
            "verdict": self.verdict,
            "figures": [asdict(row) for row in self.figures],
            "findings": [asdict(one) for one in self.findings],
        }


def finetune(
    request: FinetuneRequest, *, out_dir: Path | None, watcher: Watcher
) -> FinetuneOutcome:
    """Train on, judge, and keep the new weights if they are better on ground nobody trained on.

    Nothing is left behind when it fails or is cancelled. When the process is killed, the same
    request goes on from its last checkpoint.

    Raises:
        ForbiddenError: the operator allows no training.
        InputError: the labels cannot be learned from.
        GroundshiftError: any other problem with the inputs or the output.
    """
    _check(request)
    opened = [
        open_labelled(one, known_sha256=request.known_sha256, watcher=watcher.part(0.0, 0.05))
        for one in request.pairs
    ]
    inputs = describe(opened)
    require_distinct(inputs)
    margin_px = HALO_PX + (finetune_ground.UNLABELLED_PX if request.few_labels else 0)
    laid = [_lay(one, margin_px, watcher.part(0.05, 0.1)) for one in opened]  # fmt: skip
    findings = [*cautions(opened), *finetune_verdict.told(laid)]
    objects = sum(one.ground.objects for one in laid)
    rules.require_enough(objects, is_few=request.few_labels)
    parted = _part(laid, request.how)
    created = provenance.now_utc()
    identity = _identity(inputs, request)
    target = result_folder(out_dir, identity, created)
    with workspace(target, pixels=0):
        pass  # A folder that cannot be written is told before the training, not after it.
    with fit.threads(settings.load().threads), finetune_work.folder(identity) as work:
        learned = _learn(parted, request, work, watcher.part(0.1, 0.97))
        after = learned.after
        reasons = finetune_verdict.against(learned.before, after)
        if not reasons:
            findings += finetune_verdict.forgotten(learned.before, after)
        figures = finetune_record.rows(learned.before, after)
        record = {
            "name": request.name,
            "is_kept": not reasons,
            "verdict": finetune_verdict.verdict(request.name, figures[0], reasons),
            "created_utc": created.isoformat(),
            "versions": {"groundshift": provenance.VERSION, **provenance.versions()},
            "torch": version("torch"),
            "inputs": inputs,
            "parent": {"detector": PARENT, "sha256": weights.sha256(PARENT)},
            "recipe": asdict(request.how),
            "device": learned.device,
            "figures": {"before": learned.before.as_json(), "after": after.as_json()},
            "figures_note": "The best step was chosen on the validation blocks as well, so the"
                            " figures after lean a little to the bright side.",
            "steps": learned.tuned.steps,
            "seconds": round(learned.tuned.elapsed_s, 1),
            "ended": learned.tuned.ended,
            "share_of_trained_weights": learned.tuned.share,
            "curve": learned.tuned.curve,
            "labels": finetune_verdict.label_counts(parted),
            "findings": finetune_record.findings_json(findings),
        }  # fmt: skip
        watcher.step(0.98, "Writing the files")
        with workspace(target, pixels=0) as desk:
            _put(finetune_record.write(desk / "result", record, figures, parted), target)
        if not reasons:
            _keep(request, learned, record, target)
    log.info("fine-tuning %s: %s", request.name, record["verdict"])
    return FinetuneOutcome(
        target, request.name, not reasons, str(record["verdict"]), figures, tuple(findings), record
    )


# Checks before anything is read.


def _check(request: FinetuneRequest) -> None:
    rules.require_allowed()
    rules.require_parent()
    rules.require_name(request.name)
    rules.require_minutes(request.minutes)
    trained_weights.require_writable()
    if not request.pairs:
        raise InputError("There is nothing to learn from.", hint="Give a pair of scenes.")


def _lay(opened: Opened, margin_px: int, watcher: Watcher) -> Laid:
    return finetune_ground.lay(
        opened.pair.site.pair,
        opened.marked,
        margin_px=margin_px,
        weights_name=PARENT,
        watcher=watcher,
    )


# Parting and learning.


def _part(laid: Sequence[Laid], recipe: TuningRecipe) -> Parted:
    grounds = [one.ground for one in laid]
    blocks = split.choose(grounds, gap_px=HALO_PX)
    kept_out = split.apart(grounds, blocks, gap_px=HALO_PX)
    finetune_ground.keep_apart(laid, kept_out, blocks, gap_px=HALO_PX)
    size_px = windows.side_px(grounds, recipe.size_px)
    places = windows.find(grounds, kept_out, size_px=size_px)
    windows.require_apart(places, kept_out, blocks)
    return Parted(laid, blocks, kept_out, places)


@dataclass(frozen=True)
class _Learned:
    """The outcome of a training with its figures."""

    tuned: Tuned
    before: Figures
    after: Figures
    device: str


def _learn(parted: Parted, request: FinetuneRequest, work: Path, watcher: Watcher) -> _Learned:
    recipe, path = request.how, weights.path(PARENT)
    known = facts.read(path)
    rule = Rule(known.threshold, known.min_area_m2)
    device = usable(request.device).name
    parent = fit.load_parent(path, device)
    kept = settings.load().data_dir / "rendered"
    shown = replay.rendered(
        recipe.replayed, is_held_out=False, kept=kept, watcher=watcher.part(0.0, 0.1)
    )
    unseen = replay.rendered(
        JUDGED_ON, is_held_out=True, kept=kept, watcher=watcher.part(0.1, 0.14)
    )
    grounds = [one.ground for one in parted.laid]
    before = judge.figures(parent, grounds, parted.blocks, rule=rule, rendered=unseen)
    lesson = Lesson(grounds, parted.blocks, parted.places, shown, rule)
    tuned = fit.tune(parent, lesson, recipe, work, watcher=watcher.part(0.15, 0.97))
    after = judge.figures(tuned.net, grounds, parted.blocks, rule=rule, rendered=unseen)
    return _Learned(tuned, before, after, device)


def _put(made: Path, target: Path) -> None:
    """Give the folder its name.

    Raises:
        ExportError: there is something of this name meanwhile.
    """
    try:
        made.rename(target)
    except OSError as error:
        msg = f"The output folder {str(target)!r} cannot be written ({error.strerror})."
        raise ExportError(msg, hint="Choose a new folder.") from error


def _keep(
    request: FinetuneRequest, learned: _Learned, record: Mapping[str, Any], told: Path
) -> None:
    """Make a detector of the new weights; where that fails, `told`, which says so, goes too.

    Raises:
        ConflictError: somebody else took the name meanwhile.
        ExportError: the folder of weights cannot be written.
    """
    parent = weights.path(PARENT)
    known = weights.entry(PARENT)
    entry = TrainedEntry(
        name=f"{trained_weights.PREFIX}{request.name}",
        title=clean(request.title, limit=80) or request.name.replace("_", " "),
        file=f"{trained_weights.PREFIX}{request.name}{trained_weights.WEIGHTS}",
        sha256="0" * 64,
        bytes=1,
        licence="Those of the parent weights and of the labels",
        trained_on=(*known.trained_on, "labels of a user of this server"),
        bands=known.bands,
        gsd_m=known.gsd_m,
        detector=PARENT,
        parent_sha256=known.sha256,
        figures=dict(record["figures"]),
        record=dict(record),
    )
    try:
        trained_weights.keep(entry, partial(export.write, learned.tuned.net, parent=parent))
    except BaseException:
        shutil.rmtree(told, ignore_errors=True)
        raise


def _identity(inputs: Sequence[Mapping[str, Any]], request: FinetuneRequest) -> str:
    """What names the work: the same inputs, wishes and parent, the same identity."""
    hashes = [[one["pre"]["sha256"], one["post"]["sha256"], one["labels"]["sha256"],
               one["reviewed_sha256"], one["is_whole_reviewed"]] for one in inputs]  # fmt: skip
    wishes = {"hashes": hashes, "name": request.name, "recipe": asdict(request.how),
              "parent": weights.sha256(PARENT)}  # fmt: skip
    return provenance.run_id((), wishes)
