"""A set of questions with what is expected of each answer, read from a table.

The columns are `id, group, language, scene, follows, query, tool, arguments, facts, refusal`; an
empty cell expects nothing. Knows neither results nor the agent.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from agent.tools.base import Reason
from errors import InputError
from raster.text import clean

COLUMNS = ("id", "group", "language", "scene", "follows", "query", "tool", "arguments", "facts",
           "refusal")  # fmt: skip
REASONS = frozenset(get_args(Reason))
MOST_BYTES = 50_000_000
HINT = f"Give a table with the columns {', '.join(COLUMNS)}."


@dataclass(frozen=True)
class Pattern:
    """A fact that an answer should cite; empty fields fit any, and `*` within one any letters.

    Attributes:
        name: e.g. `object_count`.
        change_class: class of the fact.
        state: its state.
        region: its place.
        value: its value as text.
    """

    name: str
    change_class: str = ""
    state: str = ""
    region: str = ""
    value: str = ""


@dataclass(frozen=True)
class Question:
    """One question and what is expected.

    Attributes:
        id: names it.
        group: set it belongs to, e.g. `tuning`.
        language: tag of the language it is asked in.
        scene: result it is asked about.
        follows: id of the question before it in the same dialogue; empty at its beginning.
        query: as asked.
        tool: tool that should be called, `a|b` where both are right; empty where any will do.
        arguments: those of its arguments that matter.
        facts: facts the answer should cite.
        refusal: reason why it should be refused, `a|b` where both are right; empty where it should
            be answered.
    """

    id: str
    group: str
    language: str
    scene: str
    follows: str
    query: str
    tool: str
    arguments: Mapping[str, Any]
    facts: tuple[Pattern, ...]
    refusal: str

    @property
    def kind(self) -> str:
        """Type of the question, for scores by type."""
        return "refusal" if self.refusal else self.tool.partition("|")[0] or "any"


def read(path: Path) -> tuple[Question, ...]:
    """The questions of a table, each after the one it follows.

    Raises:
        InputError: it cannot be read, or a row is not what the columns say.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            msg = f"{clean(path.name)!r} is too large for a set of questions."
            raise InputError(msg, hint=HINT)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            questions = tuple(_rows(csv.DictReader(stream)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        msg = f"{clean(path.name)!r} cannot be read as a set of questions."
        raise InputError(msg, hint=HINT) from error
    _require_order(questions)
    return questions


def sample(questions: Sequence[Question], every: int) -> tuple[Question, ...]:
    """Each `every`-th dialogue, whole and in order."""
    dialogues: dict[str, int] = {}
    begun = 0
    for question in questions:
        dialogues[question.id] = dialogues[question.follows] if question.follows else begun
        begun += not question.follows
    return tuple(one for one in questions if dialogues[one.id] % every == 0)


def _rows(table: "csv.DictReader[str]") -> Iterator[Question]:
    missing = set(COLUMNS) - set(table.fieldnames or ())
    if missing:
        msg = f"The set of questions has no column {sorted(missing)[0]!r}."
        raise InputError(msg, hint=HINT)
    for number, row in enumerate(table, 2):
        yield _question(row, number)


def _question(row: Mapping[str, str | None], number: int) -> Question:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    arguments = _arguments(cells["arguments"], number)
    if cells["refusal"] and not REASONS.issuperset(cells["refusal"].split("|")):
        msg = f"Row {number} of the set of questions expects the refusal {cells['refusal']!r}."
        raise InputError(msg, hint=f"Use one of {', '.join(sorted(REASONS))}.")
    return Question(
        cells["id"], cells["group"], cells["language"], cells["scene"], cells["follows"],
        cells["query"], cells["tool"], arguments, patterns(cells["facts"]), cells["refusal"],
    )  # fmt: skip


def _arguments(text: str, number: int) -> Mapping[str, Any]:
    try:
        arguments = json.loads(text or "{}")
    except ValueError as error:
        arguments = error
    if not isinstance(arguments, dict):
        msg = f"The arguments in row {number} of the set of questions are no JSON object."
        raise InputError(msg, hint='Write for example {"subject": "building"}.')
    return arguments


def patterns(text: str) -> tuple[Pattern, ...]:
    """Patterns from `name|class|state|region|value; ...`; empty, missing and `*` fit any."""
    each = [part.strip().split("|") for part in text.split(";") if part.strip()]
    return tuple(Pattern(*(_cell(cell) for cell in cells[:5])) for cells in each)


def _cell(text: str) -> str:
    kept = text.strip()
    return "" if kept == "*" else kept


def _require_order(questions: Sequence[Question]) -> None:
    seen: dict[str, Question] = {}
    for question in questions:
        before = seen.get(question.follows)
        is_known = not question.follows or (before and before.scene == question.scene)
        if not question.id or question.id in seen or not is_known:
            msg = f"The question {question.id!r} has no id of its own, or follows none before it."
            raise InputError(msg, hint="Put dialogues in order, each about one scene.")
        seen[question.id] = question
