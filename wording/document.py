"""A written report as records: sections of paragraphs, tables and figures, every number cited.

What a reader sees in the page and in the document alike. Knows no file format and no fact's origin.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.facts import Fact
from wording.slots import Rendered

Tone = Literal["text", "lead", "note", "quote", "go", "warn", "refuse"]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph.

    Attributes:
        said: its text; numbers from facts lie in citations.
        tone: how it is set: plain, the lead of a section, small print, somebody's own words, or
            what the checks of the inputs came to.
    """

    said: Rendered
    tone: Tone = "text"


@dataclass(frozen=True)
class Bullets:
    """A list of short texts."""

    items: tuple[Rendered, ...]


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        title: what it shows; its caption for readers of the screen.
        columns: headings.
        rows: cells, as many as columns; the first of each row is its heading.
        numbers: columns whose cells are set to the right.
        codes: columns whose cells are hashes and ids.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Rendered, ...], ...]
    numbers: frozenset[int] = frozenset()
    codes: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Picture:
    """One picture of a figure.

    Attributes:
        data: the file.
        media_type: `image/png` or `image/jpeg`.
        width_px: columns of pixels.
        height_px: rows of pixels.
        label: what stands under it.
        alt: what it shows, for readers who cannot see it.
    """

    data: bytes
    media_type: str
    width_px: int
    height_px: int
    label: str
    alt: str


@dataclass(frozen=True)
class Swatch:
    """A colour of the pictures (`#rrggbb`) and what it stands for."""

    color: str
    label: str


@dataclass(frozen=True)
class Figure:
    """Pictures side by side with one caption."""

    pictures: tuple[Picture, ...]
    caption: Rendered
    legend: tuple[Swatch, ...] = ()


Block = Paragraph | Bullets | Table | Figure


@dataclass(frozen=True)
class Section:
    """One section; `key` names it for links."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Source:
    """One cited fact, as the list of sources shows it.

    Attributes:
        number: as it stands beside the number in the text.
        fact: the fact.
        name: what was measured.
        shown: its value in words.
        exact: its value as recorded.
        place: part of the area it speaks of.
        method: how it was measured.
    """

    number: int
    fact: Fact
    name: str
    shown: str
    exact: str
    place: str
    method: str


@dataclass(frozen=True)
class Labels:
    """Words of the frame around the sections, in the language of the report."""

    brand: str
    made_with: str
    sources: str
    sources_note: str
    source_columns: tuple[str, ...]
    page: str


@dataclass(frozen=True)
class Document:
    """A whole report.

    Attributes:
        language_tag: BCP 47.
        title: what it is about.
        subtitle: dates and scenes.
        sections: in reading order; the last lists nothing that is cited.
        sources: cited facts in the order in which they are cited first.
        labels: words of the frame.
    """

    language_tag: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    labels: Labels

    @property
    def numbers(self) -> Mapping[str, int]:
        """Number of each source by the id of its fact."""
        return {source.fact.id: source.number for source in self.sources}


def cited(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """Ids of all facts the sections cite, each once, in the order of reading."""
    texts = (said for section in sections for block in section.blocks for said in _texts(block))
    return tuple(dict.fromkeys(cite.fact_id for said in texts for cite in said.citations))


def _texts(block: Block) -> Iterator[Rendered]:
    match block:
        case Paragraph(said):
            yield said
        case Bullets(items):
            yield from items
        case Table(rows=rows):
            for row in rows:
                yield from row
        case Figure(caption=caption):
            yield caption
