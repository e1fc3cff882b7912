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
.photo { display: block; overflow: hidden; }
.photo .line { fill: none !important; stroke-width: 4; }
.photo .edge { fill: none; stroke: #111; stroke-width: 8; stroke-opacity: .7; }
.closeups .line { stroke-width: 14; } .closeups .edge { stroke-width: 26; }
.photo path { vector-effect: none; fill-opacity: 0; stroke-width: inherit; }
.photo .scale { stroke: #fff; stroke-width: 5; }
.photo text { fill: #fff; stroke: #111; stroke-width: 6; paint-order: stroke; font-size: 30px; }
.dates-beside { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; }
.dates-beside.is-wide { grid-template-columns: 1fr; }
.dates-beside figcaption { color: var(--quiet); font-size: .875rem; padding-top: .25rem; }
.closeups { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); }
.closeups li { break-inside: avoid; }
.closeups h3 { margin: 0; }
.closeups .note { margin: .1rem 0 .5rem; }
@media (max-width: 34rem) { .dates-beside { grid-template-columns: 1fr; } }
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
