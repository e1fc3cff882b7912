"""Puts a set of questions to the agent and scores the answers, as cases of pydantic-evals.

The same for the offline planner and for a configured model. Knows no protocol and no page.
"""

import asyncio
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import Evaluator, EvaluatorContext

from agent.answer import Answered
from agent.ask import ask
from agent.desk import Desk
from agent.dialogue import Dialogue
from agent.evaluation.judge import Verdict, judge
from agent.evaluation.questions import Question
from agent.models import ModelChoice
from errors import InputError
from progress import Watcher

Desks = Mapping[str, Callable[[], Desk]]
"""Makes the desk of a dialogue about a scene, by the scene's name."""


@dataclass(frozen=True)
class Scored:
    """One question, its answer and what was right about it."""

    question: Question
    answered: Answered
    verdict: Verdict


@dataclass(frozen=True)
class Evaluation:
    """Every answer to a set of questions, and who gave them."""

    model: str
    scored: tuple[Scored, ...]


def evaluate(
    questions: Sequence[Question],
    *,
    cases: Desks,
    model: ModelChoice | None = None,
    watcher: Watcher | None = None,
) -> Evaluation:
    """Ask every question, dialogues in order, and judge the answers.

    Args:
        questions: the set.
        cases: how to make the desk of a scene; each dialogue gets its own.
        model: the configured model; the offline planner answers without one.
        watcher: is told how far it is.

    Raises:
        InputError: a question is about a scene that is not there, or that cannot be opened.
    """
    _require_scenes(questions, cases)
    talk = _Talk(cases, model, watcher or Watcher(), len(questions))
    dataset: Dataset[Question, Answered, Any] = Dataset(
        cases=[Case(name=one.id, inputs=one) for one in questions], evaluators=[_Right()]
    )
    report = asyncio.run(dataset.evaluate(talk.answer, max_concurrency=1))
    found = {case.name: case for case in report.cases}
    scored = tuple(
        Scored(one, found[one.id].output, judge(one, found[one.id].output)) for one in questions
    )
    return Evaluation(model.name if model else "offline planner", scored)


def _require_scenes(questions: Sequence[Question], cases: Desks) -> None:
    """Open every scene once: what cannot be read is known before the first question."""
    wanted = {one.scene for one in questions}
    unknown = wanted - cases.keys()
    if unknown:
        msg = f"There is no scene {sorted(unknown)[0]!r} for the set of questions."
        raise InputError(msg, hint=f"The scenes are {', '.join(sorted(cases))}.")
    for scene in sorted(wanted):
        cases[scene]()


@dataclass
class _Talk:
    """Asks questions, each in the dialogue of the one it follows."""

    cases: Desks
    model: ModelChoice | None
    watcher: Watcher
    number: int
    held: dict[str, tuple[Desk, Dialogue]] = field(default_factory=dict)

    async def answer(self, question: Question) -> Answered:
        """The answer, found in a thread, because asking blocks."""
        return await asyncio.to_thread(self._answer, question)

    def _answer(self, question: Question) -> Answered:
        desk, dialogue = self.held.get(question.follows) or (
            self.cases[question.scene](),
            Dialogue(),
        )
        self.watcher.step(len(self.held) / self.number, f"Asking question {question.id}")
        answered = ask(desk, question.query, dialogue, model=self.model)
        self.held[question.id] = desk, dialogue.with_turn(answered)
        return answered


@dataclass
class _Right(Evaluator[Question, Answered, Any]):
    """What was right about an answer, as pydantic-evals records it."""

    def evaluate(self, ctx: EvaluatorContext[Question, Answered, Any]) -> dict[str, bool]:
        """One assertion for each thing that was expected."""
        verdict = judge(ctx.inputs, ctx.output)
        parts = {"tool": verdict.tool, "arguments": verdict.arguments, "facts": verdict.facts,
                 "reason": verdict.reason}  # fmt: skip
        expected = {name: value for name, value in parts.items() if value is not None}
        return {"right": verdict.is_right, "faithful": not verdict.wrong} | expected


@dataclass(frozen=True)
class Scores:
    """Scores of some answers; shares in 0..100, None where nothing was asked of them.

    Attributes:
        questions: how many.
        own_pct: answers that were not given by the planner instead of a model.
        accuracy_pct: right answers, refusals that were due included.
        tool_pct: the expected tool was called.
        arguments_pct: with the arguments that matter.
        facts_pct: every expected fact was cited.
        faithful_pct: of the shown numbers, those that are the value of their fact.
        numbers: how many numbers were shown.
        refusal_precision_pct: of the refusals, those that were due.
        refusal_recall_pct: of the refusals that were due, those that came.
        median_s: time to an answer.
        p95_s: nineteen of twenty answers came within it.
    """

    questions: int
    own_pct: float
    accuracy_pct: float
    tool_pct: float | None
    arguments_pct: float | None
    facts_pct: float | None
    faithful_pct: float | None
    numbers: int
    refusal_precision_pct: float | None
    refusal_recall_pct: float | None
    median_s: float
    p95_s: float


def scores(scored: Sequence[Scored]) -> Scores:
    """Scores of at least one answer."""
    own = [not one.answered.notice for one in scored]
    verdicts = [one.verdict for one in scored]
    due = [bool(one.question.refusal) for one in scored]
    refused = [verdict.refused for verdict in verdicts]
    both = [a and b for a, b in zip(due, refused, strict=True)]
    wrong = sum(len(verdict.wrong) for verdict in verdicts)
    numbers = max(sum(verdict.numbers for verdict in verdicts), wrong)
    seconds = sorted(one.answered.seconds for one in scored)
    return Scores(
        questions=len(scored),
        own_pct=100 * sum(own) / len(scored),
        accuracy_pct=100 * sum(verdict.is_right for verdict in verdicts) / len(scored),
        tool_pct=_share([verdict.tool for verdict in verdicts]),
        arguments_pct=_share([verdict.arguments for verdict in verdicts]),
        facts_pct=_share([verdict.facts for verdict in verdicts]),
        faithful_pct=100 * (numbers - wrong) / numbers if numbers else None,
        numbers=numbers,
        refusal_precision_pct=_share([b for b, r in zip(both, refused, strict=True) if r]),
        refusal_recall_pct=_share([b for b, d in zip(both, due, strict=True) if d]),
        median_s=statistics.median(seconds),
        p95_s=seconds[math.ceil(0.95 * len(seconds)) - 1],
    )


def _share(claims: Sequence[bool | None]) -> float | None:
    known = [claim for claim in claims if claim is not None]
    return 100 * sum(known) / len(known) if known else None
