"""A written report as a text document with headings, tables, described pictures and page numbers.

Lays out a document record by python-docx; how words and pictures look in it is `docx_parts`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from exports.written import docx_parts as parts
from wording.document import Block, Bullets, Figure, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from docx.document import Document as Sheet

    from wording.document import Document, Section

SUFFIX = ".docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STYLES = {"text": "Normal", "lead": "Lead", "note": "Note", "quote": "Quote", "go": "Lead",
          "warn": "Lead", "refuse": "Lead"}  # fmt: skip


def write(document: Document, path: Path) -> None:
    """Write the report as one DOCX file."""
    import docx

    sheet = docx.Document()
    parts.set_up(sheet, language_tag=document.language_tag)
    _describe(sheet, document)
    sheet.add_heading(parts.printable(document.title), 0)
    if document.subtitle:
        sheet.add_paragraph(document.subtitle, style="Note")
    for section in document.sections:
        _section(sheet, section, document.numbers)
    _sources(sheet, document)
    parts.add_page_numbers(sheet, document.labels.page)
    sheet.save(str(path))


def _describe(sheet: Sheet, document: Document) -> None:
    """Title, language and time, which a reader's program shows as properties."""
    about, now = sheet.core_properties, datetime.now(UTC)
    about.title, about.author = parts.printable(document.title), "Groundshift"
    about.language, about.comments = document.language_tag, document.labels.made_with
    about.created = about.modified = now


def _section(sheet: Sheet, section: Section, numbers: Mapping[str, int]) -> None:
    sheet.add_heading(parts.printable(section.title), 1)
    for block in section.blocks:
        _block(sheet, block, numbers, section.title)


def _block(sheet: Sheet, block: Block, numbers: Mapping[str, int], heading: str) -> None:
    match block:
        case Paragraph(said, tone):
            parts.say(sheet.add_paragraph(style=STYLES[tone]), said, numbers)
        case Bullets(items):
            for item in items:
                parts.say(sheet.add_paragraph(style="List Bullet"), item, numbers)
        case Table():
            if block.title != heading:
                parts.add_title(sheet, block.title)
            parts.add_table(sheet, block, numbers)
        case Figure():
            parts.add_figure(sheet, block, numbers)


def _sources(sheet: Sheet, document: Document) -> None:
    """The list the small numbers lead to."""
    labels = document.labels
    sheet.add_heading(labels.sources, 1)
    sheet.add_paragraph(labels.sources_note, style="Note")
    grid = parts.new_grid(sheet, labels.source_columns, rows=len(document.sources))
    for row, source in zip(grid.rows[1:], document.sources, strict=True):
        texts = (str(source.number), source.name, source.shown, source.exact, source.place,
                 source.method, source.fact.id)  # fmt: skip
        for cell, text in zip(row.cells, texts, strict=True):
            parts.fill_small(cell, text)
        parts.bookmark(row.cells[0].paragraphs[0], source.number)
