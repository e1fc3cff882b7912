"""A written report of a finished comparison or count, as a page or a text document.

Opens the result, has the report worded and writes the files; computes no number.
"""

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol

from analysis.edits import Edit
from analysis.facts import Fact
from analysis.inquiry.case import Case
from errors import ExportError, InputError
from exports.written import docx, html
from services.open_case import open_case
from services.report_matter import Manner, Names, compose
from wording.document import Document
from wording.english import ENGLISH
from wording.language import Language
from wording.matter import Answer
from wording.written_report import Style

Format = Literal["html", "docx"]


class _Writer(Protocol):
    """A module that writes one format."""

    SUFFIX: str
    MEDIA_TYPE: str

    def write(self, document: Document, path: Path) -> None:
        """Write the file."""


WRITERS: Mapping[str, _Writer] = {"html": html, "docx": docx}


def write_report(  # noqa: PLR0913 - one parameter per choice of the reader
    folder: Path,
    *,
    question: str = "",
    answer: tuple[str, tuple[tuple[int, int, str], ...]] | None = None,
    style: Style = "full",
    formats: Sequence[Format] = ("html",),
    out_dir: Path,
    language_tag: str = "en",
    answer_facts: Sequence[Fact] = (),
    language: Language = ENGLISH,
    names: Names = MappingProxyType({}),
    corrections: tuple[Edit, ...] = (),
    case: Case | None = None,
) -> tuple[Path, ...]:
    """Write the report of a result folder; the paths of the files, in the order of `formats`.

    Files are named `report-<style>-<language>` and replace those of an earlier report.

    Args:
        folder: a finished comparison or count.
        question: what the reader asked; untrusted text.
        answer: text and citations as they were shown.
        style: `short` or `full`.
        formats: files to write.
        out_dir: where; made if it is missing.
        language_tag: language that is asked for; English where `language` is another one.
        answer_facts: facts the answer cites that the run does not hold.
        language: words and number marks of the language asked for.
        names: words for one and for several things of a class in that language.
        corrections: what people corrected in a count.
        case: the result if it is open already.

    Raises:
        InputError: the folder holds no finished result, or there is no such format or style.
        ExportError: a file cannot be written.
    """
    _require_known(style, formats)
    words = language if language.tag == language_tag else ENGLISH
    opened = case or open_case(folder, corrections=corrections)
    shown = None if answer is None else Answer(*answer, tuple(answer_facts))
    manner = Manner(style, words, {} if words.tag == ENGLISH.tag else names)
    document = compose(opened, folder, question=question, answer=shown, manner=manner)
    stem = f"report-{style}-{words.tag}"
    return tuple(_written(document, name, out_dir, stem) for name in dict.fromkeys(formats))


def _require_known(style: str, formats: Sequence[str]) -> None:
    for name in formats:
        if name not in WRITERS:
            msg = f"A report cannot be written as {name!r}."
            raise InputError(msg, hint=f"Choose one of {', '.join(WRITERS)}.")
    if style not in {"short", "full"}:
        msg = f"There is no report of the style {style!r}."
        raise InputError(msg, hint="Choose short or full.")


def _written(document: Document, name: Format, out_dir: Path, stem: str) -> Path:
    """Write one file beside its place and rename it, so that none is ever half there.

    Raises:
        ExportError: it cannot be written.
    """
    writer = WRITERS[name]
    target = out_dir / f"{stem}{writer.SUFFIX}"
    part = out_dir / f".{secrets.token_hex(6)}.part"
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        writer.write(document, part)
        part.replace(target)
    except OSError as error:
        msg = f"The report {target.name!r} cannot be written ({error.strerror or error})."
        raise ExportError(msg, hint="Choose a folder you may write to.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target
