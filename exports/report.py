"""`report.html`: the whole result as one page that loads nothing from anywhere.

Lays out what `page.view` words; a content security policy lets only its own style and script run.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.result import ComparisonResult
    from exports.page.view import LegendEntry, Pictures

NAME = "report"
FILE_NAME = "report.html"
SUFFIX = ".html"
MEDIA_TYPE = "text/html"

TEMPLATES = Path(__file__).parent / "templates"


def write(result: ComparisonResult, path: Path) -> None:
    """Write the report as one HTML file of at most a few megabytes."""
    path.write_text(render(result), encoding="utf-8")


def render(result: ComparisonResult) -> str:
    """The page as text; every value from outside is escaped by the template."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from exports.page.view import view_of

    view = view_of(result)
    style = _style(view.legend, view.pictures)
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("report.html.j2").render(
        view=view,
        policy=policy(style, script),
        style=Markup(style),  # noqa: S704 - our own files, plus validated numbers and colours
        script=Markup(script),  # noqa: S704 - our own file
    )


def policy(style: str, script: str) -> str:
    """A content security policy that allows data pictures and exactly this style and script."""
    return (
        f"default-src 'none'; img-src data:; style-src '{_digest(style)}';"
        f" script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    """Hash source of CSP level 2 for an inline element with this text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _style(legend: Sequence[LegendEntry], pictures: Pictures) -> str:
    """The style sheet with this report's colours, proportions and positions.

    They stand here because the policy forbids `style` attributes.
    """
    rules = [f":root {{ --aspect: {pictures.aspect:.6f}; --bar: {pictures.bar_share:.6f}; }}"]
    for entry in legend:
        rules.append(f".class-{entry.code} {{ background: {entry.color}; }}")
        rules.append(f".fill-{entry.code} {{ fill: {entry.color}; }}")
    for pin in pictures.pins:
        left, top = f"{100 * pin.left:.3f}%", f"{100 * pin.top:.3f}%"
        rules.append(
            f".pin-{pin.id} {{ left: clamp(0.8rem, {left}, calc(100% - 0.8rem));"
            f" top: max(0.9rem, {top}); }}"
        )
    return (TEMPLATES / "report.css").read_text(encoding="utf-8") + "\n".join(rules)
