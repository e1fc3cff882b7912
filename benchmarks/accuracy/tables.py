"""The Markdown tables of the benchmark.

Knows what was measured; measures nothing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis import accuracy
from benchmarks.accuracy import pooling
from benchmarks.accuracy.checks import Checks
from benchmarks.accuracy.measuring import SetScores
from benchmarks.accuracy.recipes import AXES, SHIFT, UNDISTURBED
from benchmarks.accuracy.sets import LabelledSet
from services.evaluate import Scored

NONE = "\N{EN DASH}"
REFUSED = "refuses"


@dataclass(frozen=True)
class Measured:
    """Everything that was measured, and of what.

    Attributes:
        sets: in the order of the tables.
        detectors: in the order of the tables.
        scores: by detector and name of the set.
        checks: by detector; None where it accepts no control pair.
        missing: detectors that cannot run here, with the reason.
    """

    sets: tuple[LabelledSet, ...]
    detectors: tuple[str, ...]
    scores: dict[tuple[str, str], SetScores]
    checks: dict[str, Checks | None]
    missing: tuple[tuple[str, str], ...] = ()

    def of_kind(self, *kinds: str) -> list[LabelledSet]:
        """The sets of some kinds."""
        return [one for one in self.sets if one.kind in kinds]


def labelled(found: Measured) -> str:
    """One row a set and detector: pixels with the spread of F1, objects, flagged share."""
    head = ["set", "detector", "pairs", "P", "R", "F1", "95 % of F1", "IoU", "objects P", "R", "F1"]
    rows = [
        _labelled_row(one, found.scores[detector, one.name])
        for one in found.of_kind("changed", "unlabelled")
        for detector in found.detectors
        if (detector, one.name) in found.scores
    ]
    return table([*head, "flagged"], rows)


def _labelled_row(one: LabelledSet, scores: SetScores) -> list[str]:
    head = [one.name, _named(scores), _pairs(scores)]
    rows = scores.scored
    if not rows:
        return [*head, *[NONE] * 9]
    counts = accuracy.pooled([row.counts for row in rows])
    objects = accuracy.pooled([row.objects for row in rows])
    pixel = (accuracy.precision, accuracy.recall, accuracy.f1, accuracy.iou)
    shown = [ratio(None if counts is None else of(counts)) for of in pixel]
    interval = pooling.f1_interval([row.counts for row in rows if row.counts is not None])
    spread = NONE if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}"
    whole = (accuracy.object_precision, accuracy.object_recall, accuracy.object_f1)
    things = [ratio(None if objects is None else of(objects)) for of in whole]
    return [*head, *shown[:3], spread, shown[3], *things, _flagged(rows)]


def _named(scores: SetScores) -> str:
    """The detector, and what `auto` chose."""
    if scores.detector != "auto" or not scores.scored:
        return scores.detector
    chosen = Counter(row.detector for row in scores.scored)
    return f"auto ({', '.join(f'{name} {count}' for name, count in chosen.most_common())})"


def _pairs(scores: SetScores) -> str:
    done, asked = len(scores.scored), len(scores.scored) + len(scores.refused)
    return f"{done}" if done == asked else f"{done} of {asked}"


def _flagged(rows: Sequence[Scored]) -> str:
    alarms = pooling.false_alarms(rows)
    return NONE if alarms is None else percent(alarms.pooled)


def unchanged(found: Measured) -> str:
    """Flagged share of pairs in which nothing changed, and of the worst of them, by detector."""
    sets = [
        one
        for one in found.of_kind("unchanged")
        if any((name, one.name) in found.scores for name in found.detectors)
    ]
    rows = [
        [one.name, f"{len(one.pairs)}", *(_alarms(found, name, one) for name in found.detectors)]
        for one in sets
    ]
    return table(["set", "pairs", *found.detectors], rows)


def _alarms(found: Measured, detector: str, one: LabelledSet) -> str:
    scores = found.scores.get((detector, one.name))
    if scores is None:
        return ""
    alarms = pooling.false_alarms(scores.scored)
    if alarms is None:
        return NONE
    return f"{percent(alarms.pooled)} ({percent(alarms.worst)})"


def robustness(found: Measured) -> str:
    """F1 and share of unchanged ground flagged at every level of every disturbance."""
    rows = []
    for axis, levels in AXES.items():
        for level in levels:
            points = [_point(found, detector, axis, level) for detector in found.detectors]
            if set(points) != {NONE}:
                rows.append([axis, level, *points])
    return table(["disturbance of post", "level", *found.detectors], rows)


def _point(found: Measured, detector: str, axis: str, level: str) -> str:
    f1, alarms = curve_point(found, detector, axis, level)
    return NONE if alarms is None else f"{ratio(f1)}, {percent(alarms)}"


def curve_point(
    found: Measured, detector: str, axis: str, level: str
) -> tuple[float | None, float | None]:
    """Pooled F1 and share of unchanged ground flagged; None where there is no figure."""
    names = {one.name for one in found.of_kind("curve")}
    name = f"{axis} {level}" if f"{axis} {level}" in names else UNDISTURBED
    scores = found.scores.get((detector, name))
    counts = accuracy.pooled([row.counts for row in scores.scored]) if scores else None
    if counts is None:
        return None, None
    return accuracy.f1(counts), pooling.false_positive_share(counts)


def controls(found: Measured) -> str:
    """What must not be flagged, swapped dates, a shift of 2 px, seams, speed and size."""
    head = [
        "detector", "control pairs", "identical, px", "darker, px", "swapped: score",
        "direction kept, px", "2 px shift: F1", "seam, px", "Mpix/s", "per core", "parameters",
    ]  # fmt: skip
    return table(
        head,
        [_control_row(found, name) for name in found.detectors if name in found.checks],
    )


def _control_row(found: Measured, detector: str) -> list[str]:
    checks = found.checks[detector]
    if checks is None:
        return [detector, REFUSED, *[NONE] * 9]
    return [
        detector,
        f"{checks.pairs}",
        f"{checks.identical_px}",
        f"{checks.darker_px}",
        f"{checks.score_gap:.4f}",
        f"{checks.wrong_px} of {checks.flagged_px}",
        _shifted(found, detector),
        NONE if checks.seam_px is None else f"{checks.seam_px} of {checks.seam_of_px}",
        f"{checks.mpix_per_s:.2f}",
        f"{checks.mpix_per_cpu_s:.2f}",
        NONE if checks.parameters is None else f"{checks.parameters:,}",
    ]


def _shifted(found: Measured, detector: str) -> str:
    """Change of F1, in points, by a shift of 2 px that alignment may correct."""
    still, moved = (curve_point(found, detector, SHIFT, level)[0] for level in ("0", "2"))
    return NONE if still is None or moved is None else f"{(moved - still) * 100:+.1f} points"


def missing(found: Measured) -> str:
    """The detectors that could not be measured, and why."""
    return "\n".join(f"* `{name}`: {reason}" for name, reason in found.missing)


def refusals(found: Measured) -> str:
    """One line a detector and reason, with the sets and how many of their pairs it did not take."""
    places: dict[tuple[str, str], list[str]] = {}
    for one in found.sets:
        for detector in found.detectors:
            scores = found.scores.get((detector, one.name))
            reasons = Counter(reason for _pair, reason in scores.refused) if scores else Counter()
            for reason, count in reasons.items():
                places.setdefault((detector, reason), []).append(f"{one.name} ({count})")
    return "\n".join(
        f"* `{detector}`: {reason} {'; '.join(sets)}."
        for (detector, reason), sets in sorted(places.items())
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def ratio(value: float | None) -> str:
    """A measure with three digits, or a dash where it is not defined."""
    return NONE if value is None else f"{value:.3f}"


def percent(share: float) -> str:
    """A share in per cent with two digits."""
    return f"{share:.2%}"
