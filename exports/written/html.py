"""A written report as one page that loads nothing from anywhere and prints well.

Lays out a document record; a content security policy lets only its own style in, and no script.
"""

from __future__ import annotations

import base64
from functools import partial
from typing import TYPE_CHECKING

from exports.page import colors
from exports.report import TEMPLATES, policy
from exports.written import pieces

if TYPE_CHECKING:
    from pathlib import Path

    from wording.document import Document, Figure, Picture

SUFFIX = ".html"
MEDIA_TYPE = "text/html"


def write(document: Document, path: Path) -> None:
    """Write the report as one HTML file."""
    path.write_text(render(document), encoding="utf-8")


def render(document: Document) -> str:
    """The page as text; every value from outside is escaped by the template."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    style = _style(document)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("written.html.j2").render(
        document=document,
        policy=policy(style, ""),
        style=Markup(style),  # noqa: S704 - our own file, plus validated colours
        cut=partial(pieces.of, numbers=document.numbers),
        kind=lambda block: type(block).__name__,
        uri=_uri,
        swatch=_swatch_class,
    )


def _uri(picture: Picture) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"


def _swatch_class(color: str) -> str:
    return f"swatch-{colors.safe(color)[1:].lower()}"


def _style(document: Document) -> str:
    """The style sheet with the colours of the legends; the policy forbids `style` attributes."""
    shown = {entry.color for figure in _figures(document) for entry in figure.legend}
    safe = [colors.safe(color) for color in sorted(shown)]
    rules = [f".{_swatch_class(color)} {{ background: {color}; }}" for color in safe]
    return (TEMPLATES / "written.css").read_text(encoding="utf-8") + "\n".join(rules)


def _figures(document: Document) -> list[Figure]:
    from wording.document import Figure

    blocks = (block for section in document.sections for block in section.blocks)
    return [block for block in blocks if isinstance(block, Figure)]
