"""Pieces of a text document: cited sentences, tables, pictures with descriptions, page numbers.

Knows the file format where python-docx has no word for it; knows no report.
"""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from exports.page import colors
from exports.written import pieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document as Sheet
    from docx.table import Table as Grid
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph

    from wording.document import Figure, Picture, Table
    from wording.slots import Rendered

PAGE_MM = (210, 297)
MARGIN_MM = 20
FONT = "Calibri"
QUIET = RGBColor(0x55, 0x61, 0x6D)
HEAD_FILL = "EEF1F4"
MOST_HEIGHT_MM = 75


def printable(text: str) -> str:
    """The text without characters that XML cannot hold or that reorder what is read."""
    return "".join(char for char in text if unicodedata.category(char)[0] != "C")


def set_up(sheet: Sheet, *, language_tag: str) -> None:
    """A4, one typeface, styles for leads and small print, and the language for spell checkers."""
    section = sheet.sections[0]
    section.page_width, section.page_height = (Mm(length) for length in PAGE_MM)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(MARGIN_MM))
    normal: Any = sheet.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    for name, size_pt in (("Lead", 12), ("Note", 8.5)):
        style: Any = sheet.styles.add_style(name, 1)  # 1: a style of paragraphs
        style.base_style, style.font.size = normal, Pt(size_pt)
    note: Any = sheet.styles["Note"]
    note.font.color.rgb = QUIET
    _set_language(normal, language_tag)


def _set_language(style: Any, language_tag: str) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), language_tag)
    style.element.get_or_add_rPr().append(language)


def say(paragraph: Paragraph, said: Rendered, numbers: Mapping[str, int]) -> None:
    """Append a sentence; each cited number is followed by a small link to its source."""
    for piece in pieces.of(said, numbers):
        paragraph.add_run(printable(piece.text))
        if piece.source is not None:
            _link(paragraph, piece.source)


def _link(paragraph: Paragraph, number: int) -> None:
    run = paragraph.add_run(str(number))
    run.font.superscript = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _anchor(number))
    link.append(run._r)
    paragraph._p.append(link)


def bookmark(paragraph: Paragraph, number: int) -> None:
    """Make a paragraph the target of the links to a source."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _anchor(number))
    paragraph._p.insert(0, start)
    paragraph._p.append(end)


def _anchor(number: int) -> str:
    return f"source_{number}"


def new_grid(sheet: Sheet, columns: Sequence[str], *, rows: int) -> Grid:
    """An empty table with a heading that is repeated on every page."""
    has_head = any(columns)
    grid: Grid = sheet.add_table(rows=rows + has_head, cols=len(columns))
    grid.style, grid.alignment = "Table Grid", WD_TABLE_ALIGNMENT.LEFT
    if has_head:
        for cell, name in zip(grid.rows[0].cells, columns, strict=True):
            fill_small(cell, name, is_bold=True)
            _shade(cell)
        _mark_row(grid.rows[0]._tr, "w:tblHeader")
    for row in grid.rows:
        _mark_row(row._tr, "w:cantSplit")
    return grid


def fill_small(cell: Cell, text: str, *, is_bold: bool = False) -> None:
    """Put text into a cell, in the size of tables."""
    run = cell.paragraphs[0].add_run(printable(text))
    run.bold, run.font.size = is_bold, Pt(8.5)
    cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def add_title(sheet: Sheet, title: str) -> None:
    """What the table below shows."""
    heading = sheet.add_paragraph(printable(title), style="Note")
    heading.paragraph_format.keep_with_next = True


def add_table(sheet: Sheet, table: Table, numbers: Mapping[str, int]) -> None:
    """A table."""
    grid = new_grid(sheet, table.columns, rows=len(table.rows))
    for row, texts in zip(grid.rows[-len(table.rows) :] if table.rows else (), table.rows,
                          strict=True):  # fmt: skip
        for at, (cell, said) in enumerate(zip(row.cells, texts, strict=True)):
            paragraph = cell.paragraphs[0]
            say(paragraph, said, numbers)
            paragraph.paragraph_format.space_after = Pt(2)
            for run in paragraph.runs:
                run.font.size = Pt(7 if at in table.codes else 9)
            if at in table.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    sheet.add_paragraph(style="Note")


def add_figure(sheet: Sheet, figure: Figure, numbers: Mapping[str, int]) -> None:
    """Pictures side by side, what each is, the legend and the caption."""
    grid = sheet.add_table(rows=2, cols=len(figure.pictures))
    width_mm = (PAGE_MM[0] - 2 * MARGIN_MM) / len(figure.pictures) - 5
    for at, picture in enumerate(figure.pictures):
        above, below = (grid.rows[row].cells[at].paragraphs[0] for row in (0, 1))
        _add_picture(above, picture, width_mm)
        for paragraph in (above, below):
            paragraph.paragraph_format.keep_with_next = True
        fill_small(grid.rows[1].cells[at], picture.label, is_bold=True)
    if figure.legend:
        line = sheet.add_paragraph(style="Note")
        line.paragraph_format.keep_with_next = True
        for entry in figure.legend:
            line.add_run("■ ").font.color.rgb = RGBColor(*colors.rgb(entry.color))
            line.add_run(f"{printable(entry.label)}    ")
    say(sheet.add_paragraph(style="Note"), figure.caption, numbers)


def _add_picture(paragraph: Paragraph, picture: Picture, width_mm: float) -> None:
    height_mm = width_mm * picture.height_px / picture.width_px
    scale = min(1.0, MOST_HEIGHT_MM / height_mm)
    size = {"width": Mm(width_mm * scale), "height": Mm(height_mm * scale)}
    shape = paragraph.add_run().add_picture(BytesIO(picture.data), **size)
    about = shape._inline.docPr
    about.set("descr", printable(picture.alt))
    about.set("name", printable(picture.label))


def add_page_numbers(sheet: Sheet, label: str) -> None:
    """The number of each page in its footer."""
    paragraph = sheet.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(f"{label} ").font.size = Pt(8.5)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = paragraph.add_run("1")
    run.font.size = Pt(8.5)
    field.append(run._r)
    paragraph._p.append(field)


def _shade(cell: Cell) -> None:
    fill = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", HEAD_FILL)):
        fill.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(fill)


def _mark_row(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))
