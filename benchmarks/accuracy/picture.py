"""Robustness curves as one SVG picture: F1 above, false alarms below, one column a disturbance.

Knows lines and labels; nothing of how they were measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, PANEL_W, PANEL_H = 1200, 176, 170
LEFT, TOP, GAP_X, GAP_Y = 56, 30, 54, 56
IN_LINE, ENTRY_PX, LINE_PX = 7, 160, 26
INK, GRID = "#333333", "#dddddd"
COLORS = (
    "#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#999933", "#882255",
    "#44aa99", "#ddcc77",
)  # fmt: skip
"""Told apart by colour-blind readers (Okabe and Ito 2008; Tol 2021). `auto` is black and dashed."""


@dataclass(frozen=True)
class Line:
    """One detector in one panel; None leaves a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Panel:
    """One diagram.

    Attributes:
        title: above it.
        levels: words below its horizontal axis, evenly spaced.
        lines: one a detector.
        top: value of its upper edge; the lower one is 0.
        unit: after the numbers of its vertical axis.
        scale: what values are multiplied with for those numbers.
    """

    title: str
    levels: tuple[str, ...]
    lines: tuple[Line, ...]
    top: float
    unit: str = ""
    scale: float = 1.0


def drawn(rows: Sequence[Sequence[Panel]], names: Sequence[str]) -> str:
    """The picture of rows of panels with one legend for all of them."""
    below = TOP + len(rows) * (PANEL_H + GAP_Y)
    height = below + LINE_PX * -(-len(names) // IN_LINE)
    parts = [
        _panel(panel, LEFT + col * (PANEL_W + GAP_X), TOP + row * (PANEL_H + GAP_Y), names)
        for row, panels in enumerate(rows)
        for col, panel in enumerate(panels)
    ]
    legend = [_entry(at, name, below) for at, name in enumerate(names)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' font-family="sans-serif" font-size="13" fill="{INK}">'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
        f"{''.join(parts)}{''.join(legend)}</svg>\n"
    )


def _panel(panel: Panel, left: float, top: float, names: Sequence[str]) -> str:
    frame = [_text(left, top - 12, panel.title, weight="bold")]
    for part in (0.0, 0.5, 1.0):
        y = top + PANEL_H * (1 - part)
        frame.append(_stroke([(left, y), (left + PANEL_W, y)], GRID))
        number = f"{panel.top * part * panel.scale:.3g}{panel.unit}"
        frame.append(_text(left - 6, y + 4, number, anchor="end"))
    for x, level in zip(_across(panel, left), panel.levels, strict=True):
        frame.append(_text(x, top + PANEL_H + 18, level, anchor="middle"))
    return "".join(frame) + "".join(_line(panel, line, left, top, names) for line in panel.lines)


def _line(panel: Panel, line: Line, left: float, top: float, names: Sequence[str]) -> str:
    color, dashes = _look(line.name, names.index(line.name))
    points = [
        (x, top + PANEL_H * (1 - min(value / panel.top, 1)))
        for x, value in zip(_across(panel, left), line.values, strict=True)
        if value is not None
    ]
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in points)
    return _stroke(points, color, width=2, dashes=dashes) + dots


def _across(panel: Panel, left: float) -> list[float]:
    steps = max(len(panel.levels) - 1, 1)
    return [left + 10 + (PANEL_W - 20) * at / steps for at in range(len(panel.levels))]


def _entry(at: int, name: str, top: float) -> str:
    color, dashes = _look(name, at)
    x, y = LEFT + (at % IN_LINE) * ENTRY_PX, top + LINE_PX * (at // IN_LINE)
    line = _stroke([(x, y), (x + 28, y)], color, width=3, dashes=dashes)
    return line + _text(x + 34, y + 4, name)


def _look(name: str, at: int) -> tuple[str, str]:
    return ("#000000", "5 4") if name == "auto" else (COLORS[at % len(COLORS)], "")


def _stroke(
    points: Sequence[tuple[float, float]], color: str, *, width: int = 1, dashes: str = ""
) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="{width}"{dash}/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(text)}</text>"
    )
