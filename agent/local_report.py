"""A report about a result folder that also answers a question, for the command line.

Asks as `ask` does and hands answer and facts on; words nothing itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.ask import ask
from agent.dialogue import Dialogue
from agent.languages.speech import languages
from agent.local_desk import Means, open_desk
from agent.models import ModelChoice
from errors import InputError
from progress import Watcher
from raster.text import clean
from services.write_report import Format, write_report
from wording.english import ENGLISH
from wording.written_report import Style


@dataclass(frozen=True)
class Wish:
    """What the report should be like.

    Attributes:
        out_dir: where it is written.
        style: how much it holds.
        formats: files to write.
        tag: language; empty: that of the question, or English.
    """

    out_dir: Path
    style: Style = "full"
    formats: Sequence[Format] = ("html",)
    tag: str = ""


def report(
    folder: Path, question: str, wish: Wish, *, model: ModelChoice | None = None
) -> tuple[Path, ...]:
    """The files of the report.

    Args:
        folder: a finished comparison or count.
        question: what the report should answer; empty for none. Untrusted text.
        wish: what it should be like.
        model: that answers; without one the offline planner does.

    Raises:
        InputError: there is no such result or language.
        ExportError: a file cannot be written.
    """
    spoken = {speech.tag: speech for speech in languages()}
    if wish.tag and wish.tag not in spoken:
        msg = f"Reports are not written in {clean(wish.tag, limit=20)!r}."
        raise InputError(msg, hint=f"Choose one of {', '.join(spoken)}.")
    desk = open_desk(folder, Means(), Dialogue(), Watcher())
    turn = ask(desk, question, Dialogue(), model=model) if question.strip() else None
    wanted = wish.tag or (turn.language if turn else ENGLISH.tag)
    return write_report(
        folder,
        question=question,
        answer=(turn.text, turn.citations) if turn else None,
        answer_facts=tuple(one.fact for one in turn.facts) if turn else (),
        style=wish.style,
        formats=tuple(wish.formats),
        out_dir=wish.out_dir,
        language_tag=wanted,
        language=spoken[wanted].language if wanted in spoken else ENGLISH,
        names=spoken[wanted].classes if wanted in spoken else {},
        case=desk.cases[0],
    )
