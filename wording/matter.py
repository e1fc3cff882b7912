"""What a written report is about: facts, findings, pictures, the question and its answer.

Records only; what is said about them is `written_report.py`.
"""

from dataclasses import dataclass
from typing import Literal

from analysis.facts import Fact
from raster.findings import Finding
from raster.mask import ChangeClass
from wording.document import Swatch


@dataclass(frozen=True)
class Photo:
    """One picture as a file: JPEG or PNG, with its size."""

    data: bytes
    media_type: str
    width_px: int
    height_px: int


@dataclass(frozen=True)
class Large:
    """One of the largest things that were found.

    Attributes:
        fact: its size and place.
        change_class: its class, which the fact need not name.
        state: what became of it; `any` where the result does not tell.
    """

    fact: Fact
    change_class: str
    state: str = "any"


@dataclass(frozen=True)
class Views:
    """The same ground three times: earlier date, later date, and what was found on it.

    Attributes:
        photos: the three.
        thing: the one thing it shows; None for the whole area.
    """

    photos: tuple[Photo, Photo, Photo]
    thing: Large | None = None


@dataclass(frozen=True)
class Method:
    """How it was found, in the words of the detector's or counter's card."""

    title: str
    summary: str
    source: str
    limits: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """An answer as it was shown.

    Attributes:
        text: its words.
        citations: (start, end, fact id), half open, in order.
        facts: the facts it cites beyond those of the run.
    """

    text: str
    citations: tuple[tuple[int, int, str], ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Matter:
    """What a report is about.

    Attributes:
        facts: of the run.
        largest: the largest things that were found, the largest first.
        gsd: size of a pixel.
        findings: preflight and run findings.
        verdict: what the checks of the inputs came to.
        method: how it was found.
        scenes: names of both images; untrusted text.
        area: name of the area of interest; untrusted text.
        legend: classes of a comparison; empty for counts.
        counted: class of the things that were counted; empty for comparisons.
        thing: words for one and for several of them.
        views: pictures, the whole area first; none where the images are gone.
        swatches: colours of the outlines in them.
        question: asked by the user; untrusted text.
        answer: as it was shown.
        provenance: tables about inputs and versions.
    """

    facts: tuple[Fact, ...]
    largest: tuple[Large, ...]
    gsd: Fact
    findings: tuple[Finding, ...]
    verdict: Literal["go", "warn", "refuse"]
    method: Method
    scenes: tuple[str, str]
    area: str
    legend: tuple[ChangeClass, ...] = ()
    counted: str = ""
    thing: tuple[str, str] = ("", "")
    views: tuple[Views, ...] = ()
    swatches: tuple[Swatch, ...] = ()
    question: str = ""
    answer: Answer | None = None

    @property
    def is_count(self) -> bool:
        """Whether things were counted, and not ground compared."""
        return bool(self.counted)
