"""Measures every detector on every set and writes the tables.

    python -m benchmarks.accuracy [--data DIR] [--detectors NAME ...] [--minutes M] [--write]

`DIR` holds one folder per set, each with `<id>/{pre,post,label}.*`, or `pairs` and `series` of
such. Without it only the simulated sets are measured. What was measured before is kept and not
measured again; detectors that are not named keep their rows.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import settings
from benchmarks.accuracy import controls, document, rendered, store
from benchmarks.accuracy.checks import Checks, check
from benchmarks.accuracy.measuring import SetScores, borrowed, from_json, measure
from benchmarks.accuracy.real import real
from benchmarks.accuracy.recipes import CONTROLS, recipes
from benchmarks.accuracy.sets import Kind, LabelledSet
from benchmarks.accuracy.store import Store
from benchmarks.accuracy.tables import Measured
from errors import GroundshiftError, InputError
from inference import registry

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
PICTURE = ROOT / "docs" / "images" / "robustness.svg"
CHECKS = "checks"
URGENT: tuple[Kind, ...] = ("changed", "unchanged", "curve", "unlabelled")
"""What is measured first, small sets before large ones, so that a short time fills many rows."""


@dataclass(frozen=True)
class Task:
    """What to measure and for how long.

    Attributes:
        sets: every set.
        made: folder of what is rendered.
        kept: what was measured before.
        ends: no measurement begins after this moment of the monotonic clock.
    """

    sets: tuple[LabelledSet, ...]
    made: Path
    kept: Store
    ends: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write where asked to."""
    wanted = _arguments(arguments)
    folder = wanted.folder or settings.load().data_dir / "benchmarks" / "accuracy"
    made = folder / "scenes"
    found_sets = real(wanted.data, folder / "derived") if wanted.data else ()
    sets = (*found_sets, *rendered.rendered(recipes(), made))
    task = Task(sets, made, Store(folder / "figures", wanted.keep_old), _ends(wanted))
    able, missing = _detectors()
    _measure(_chosen(wanted.detectors, able, dict(missing)), task)
    found = _found(task, able, missing)
    text = document.section(found, os.path.relpath(PICTURE, RESULTS.parent))
    print(text)
    if wanted.write:
        document.replace(PICTURE, document.curves(found))
        document.update(RESULTS, text)


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--data", type=Path, help="labelled real sets")
    parser.add_argument("--detectors", nargs="+", help="those to measure; the rest keeps its rows")
    parser.add_argument("--folder", type=Path, help="for figures and scenes; default in the data")
    parser.add_argument("--keep-old", action="store_true", help="figures of other code are as good")
    parser.add_argument("--minutes", type=float, help="begin no measurement after so long")
    parser.add_argument("--write", action="store_true", help="put the tables into RESULTS.md")
    return parser.parse_args(given)


def _ends(wanted: argparse.Namespace) -> float:
    return float("inf") if wanted.minutes is None else time.monotonic() + 60 * wanted.minutes


def _controls(made: Path) -> tuple[Path, ...]:
    """Where the control pairs lie, rendered where they do not yet."""
    code = rendered.simulation_hash()[:16]
    folders = tuple(made / f"control-{spec.kind}-{spec.sensor}-{code}" for spec in CONTROLS)
    for folder, spec in zip(folders, CONTROLS, strict=True):
        rendered.written_once(folder, partial(controls.write_control, spec=spec))
    return folders


def _detectors() -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Those that can run here, `auto` last, and the reasons of the others."""
    listed = registry.available()
    able = tuple(one.name for one in listed if one.is_available)
    return (*able, "auto"), tuple((one.name, one.reason) for one in listed if not one.is_available)


def _chosen(
    named: list[str] | None, able: tuple[str, ...], missing: dict[str, str]
) -> tuple[str, ...]:
    """The detectors to measure: the named ones, or all that can run here.

    Raises:
        InputError: one that is named cannot.
    """
    for name in named or ():
        if name not in able:
            msg = f"The detector {name!r} cannot be measured. {missing.get(name, '')}".strip()
            raise InputError(msg, hint=f"These can: {', '.join(able)}.")
    return able if named is None else tuple(named)


def _measure(detectors: tuple[str, ...], task: Task) -> None:
    """All that is not kept already, as far as the time goes: labelled sets, checks, the rest.

    Set by set, because the shift between two dates is measured once for all detectors.
    """
    sets = sorted(task.sets, key=lambda one: (URGENT.index(one.kind), one.size_bytes()))
    for one in sets:
        if one.kind == URGENT[0]:
            _measure_set(detectors, one, task)
    pixels = rendered.simulation_hash() + repr(CONTROLS)
    for detector in detectors:
        checked = partial(_checks, detector, task.made)
        _once(task, (detector, CHECKS), store.key(detector, pixels), checked)
    for one in sets:
        if one.kind != URGENT[0]:
            _measure_set(detectors, one, task)


def _measure_set(detectors: tuple[str, ...], one: LabelledSet, task: Task) -> None:
    pixels = one.fingerprint()
    for detector in detectors:
        scored = partial(_scores, detector, one, task.kept)
        _once(task, (detector, one.name), store.key(detector, pixels), scored)


def _scores(detector: str, one: LabelledSet, kept: Store) -> dict[str, object]:
    one.prepare()
    found = borrowed(one, _current(one, kept)) if detector == "auto" else None
    return (found or measure(detector, one)).as_json()


def _current(one: LabelledSet, kept: Store) -> dict[str, SetScores]:
    """What is kept of a set and was made by the code, weights and pixels of now, by detector."""
    pixels = one.fingerprint()
    records = {name: kept.get(name, one.name, store.key(name, pixels)) for name in registry.names()}
    return {name: from_json(record) for name, record in records.items() if record is not None}


def _checks(detector: str, made: Path) -> dict[str, object]:
    found = check(detector, _controls(made))
    return {"checks": None if found is None else found.as_json()}


def _once(
    task: Task, name: tuple[str, str], key: str, work: Callable[[], dict[str, object]]
) -> None:
    if task.kept.get(*name, key) is not None or time.monotonic() > task.ends:
        return
    started = time.monotonic()
    task.kept.put(*name, key, work())
    print(f"{name[0]}: {name[1]} ({time.monotonic() - started:.0f} s)", file=sys.stderr, flush=True)


def _found(task: Task, able: tuple[str, ...], missing: tuple[tuple[str, str], ...]) -> Measured:
    scores: dict[tuple[str, str], SetScores] = {}
    checks: dict[str, Checks | None] = {}
    for detector in able:
        for one in task.sets:
            if (kept := task.kept.last(detector, one.name)) is not None:
                scores[detector, one.name] = from_json(kept)
        if (kept := task.kept.last(detector, CHECKS)) is not None:
            checks[detector] = None if kept["checks"] is None else Checks(**kept["checks"])
    return Measured(task.sets, able, scores, checks, missing)


if __name__ == "__main__":
    try:
        main()
    except GroundshiftError as error:
        sys.exit(str(error))
