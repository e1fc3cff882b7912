"""The accuracy part of a results file, between two marks, and the picture beside it.

Knows the words around the tables; what stands outside the marks is left as it is.
"""

from pathlib import Path
from string import Template

from benchmarks.accuracy import tables
from benchmarks.accuracy.picture import Line, Panel, drawn
from benchmarks.accuracy.recipes import AXES
from benchmarks.accuracy.tables import Measured
from errors import InputError

BEGIN, END = "<!-- accuracy: begin -->", "<!-- accuracy: end -->"
WORDS = Path(__file__).with_name("section.md")
ALARMS = 0.1
"""Upper edge of the diagrams of false alarms; more is drawn at the edge."""


def section(found: Measured, picture: str) -> str:
    """The text between the marks; `picture` is the address of the curves."""
    return (
        Template(WORDS.read_text("utf-8"))
        .substitute(
            labelled=tables.labelled(found),
            unchanged=tables.unchanged(found),
            robustness=tables.robustness(found),
            controls=tables.controls(found),
            picture=picture,
            missing=_under("Not measured here:", tables.missing(found)),
            refusals=_under("Refused, with the number of pairs:", tables.refusals(found)),
        )
        .strip()
    )


def _under(title: str, lines: str) -> str:
    return f"{title}\n\n{lines}" if lines else ""


def curves(found: Measured) -> str:
    """The picture of the robustness table, of the detectors that have a point in it."""
    names = [name for name in found.detectors if _has_point(found, name)]
    f1 = [Panel(f"F1: {axis}", AXES[axis], _lines(found, names, axis, 0), 1.0) for axis in AXES]
    alarms = [
        Panel(f"false alarms: {axis}", AXES[axis], _lines(found, names, axis, 1), ALARMS, " %", 100)
        for axis in AXES
    ]
    return drawn([f1, alarms], names)


def _lines(found: Measured, names: list[str], axis: str, which: int) -> tuple[Line, ...]:
    """F1 (0) or share of unchanged ground flagged (1) along an axis, by detector."""
    return tuple(
        Line(name, tuple(tables.curve_point(found, name, axis, at)[which] for at in AXES[axis]))
        for name in names
    )


def _has_point(found: Measured, detector: str) -> bool:
    return any(
        tables.curve_point(found, detector, axis, level) != (None, None)
        for axis, levels in AXES.items()
        for level in levels
    )


def update(results: Path, text: str) -> None:
    """Put the text between the marks of a results file.

    Raises:
        InputError: the file has no marks, or they are in the wrong order.
    """
    old = results.read_text("utf-8")
    head, begin, rest = old.partition(BEGIN)
    _old, end, tail = rest.partition(END)
    if not begin or not end:
        msg = f"The file {results.name!r} lacks the marks {BEGIN!r} and {END!r}."
        raise InputError(msg, hint="Put both on lines of their own where the tables belong.")
    replace(results, f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}")


def replace(file: Path, text: str) -> None:
    """Write a whole file, or leave the old one."""
    half = file.with_name(f"{file.name}.part")
    half.write_text(text, encoding="utf-8")
    Path(half).replace(file)
