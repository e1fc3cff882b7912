"""`report.html`: a count as one page that loads nothing from anywhere.

Lays out what `view` words; a content security policy lets only its own style in, and no script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.report import TEMPLATES, policy

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.count_result import CountResult

FILE_NAME = "report.html"
MEDIA_TYPE = "text/html"
STYLE = """
.map { width: 100%; height: auto; border: 1px solid var(--rule); border-radius: 6px; }
.map .ground { fill: var(--soft); }
.map path { fill-opacity: .45; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.state-kept { fill-opacity: .12 !important; }
.map .scale { stroke: var(--ink); stroke-width: 2; fill: none; }
.map text { fill: var(--ink); font: 600 16px sans-serif; }
"""


def write(result: CountResult, path: Path) -> None:
    """Write the report as one HTML file."""
    path.write_text(render(result), encoding="utf-8")


def render(result: CountResult) -> str:
    """The page as text; every value from outside is escaped by the template."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from exports.count.view import view_of

    style = _style()
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("count_report.html.j2").render(
        view=view_of(result),
        policy=policy(style, ""),
        style=Markup(style),  # noqa: S704 - our own file and constants
    )


def _style() -> str:
    """The style sheet of reports with the colours of the states."""
    from exports.count.view import STATES

    rules = [STYLE]
    for state, (_label, color) in STATES.items():
        key = state.replace(" ", "-")
        rules.append(f".state-{key} {{ fill: {color}; stroke: {color}; background: {color}; }}")
    return (TEMPLATES / "report.css").read_text(encoding="utf-8") + "\n".join(rules)
