"""Writes a result as a report file."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from agent.desk import Desk
from agent.languages.speech import speech
from agent.tools.asked import Name, OfResult
from agent.tools.base import Told
from agent.tools.choosing import case_of, declined

SUMMARY = (
    "Writes a report of a result as HTML or DOCX: question, data and dates, method, findings, "
    "cautions, what was not assessed, provenance. Gives the names of the files."
)
QUESTION_CHARS = 500

Question = Annotated[str, StringConstraints(strip_whitespace=True, max_length=QUESTION_CHARS)]


class Arguments(OfResult):
    """How to write it."""

    format: Literal["html", "docx"] = "html"
    question: Question = Field(default="", description="what the report should answer")
    style: Literal["short", "full"] = "full"
    language: Name = Field(default="en", description="language tag; English where unknown")


def run(desk: Desk, wanted: Arguments) -> Told:
    """The file that was written."""
    # Imported here: documents need packages that no other tool needs.
    from services.write_report import write_report

    case = case_of(desk, wanted.result)
    folder = desk.folders.get(case.id)
    if desk.out_dir is None or folder is None:
        raise declined("not_allowed", "report")
    spoken = speech(wanted.language.partition("-")[0].lower())
    written = write_report(
        folder,
        question=wanted.question,
        style=wanted.style,
        formats=(wanted.format,),
        out_dir=desk.out_dir,
        language_tag=spoken.tag,
        language=spoken.language,
        names=spoken.classes,
        case=case,
    )
    return Told(files=tuple(path.name for path in written))
