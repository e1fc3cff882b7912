"""An evaluation as a Markdown table and as JSON.

Shows scores; computes none.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from agent.evaluation.run import Evaluation, Scored, Scores, scores

HEAD = (
    "| | questions | by itself | right | tool | arguments | facts | numbers faithful |"
    " refusals: precision | recall | median | 95th percentile |"
)
RULE = "|---|" + "---:|" * 11


def table(evaluation: Evaluation) -> str:
    """Scores of all answers, then by group, by language and by type of question."""
    rows = [f"Answered by: {evaluation.model}", "", HEAD, RULE]
    rows += [row("**all**", scores(evaluation.scored))]
    for name, part in _parts(evaluation.scored):
        rows.append(row(name, scores(part)))
    return "\n".join(rows)


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """Scores as in the table, and every answer with what was wrong about it."""
    return {
        "model": evaluation.model,
        "scores": asdict(scores(evaluation.scored)) if evaluation.scored else None,
        "parts": {name: asdict(scores(part)) for name, part in _parts(evaluation.scored)},
        "answers": [_answer(one) for one in evaluation.scored],
    }


def _parts(scored: Sequence[Scored]) -> Iterator[tuple[str, list[Scored]]]:
    kinds: Mapping[str, Callable[[Scored], str]] = {
        "group": lambda one: one.question.group,
        "language": lambda one: one.question.language,
        "type": lambda one: one.question.kind,
    }
    for title, name_of in kinds.items():
        for name in sorted({name_of(one) for one in scored}):
            yield f"{title} {name}", [one for one in scored if name_of(one) == name]


def row(name: str, found: Scores) -> str:
    """One row of the table, below `HEAD` and `RULE`."""
    shares = (
        found.own_pct, found.accuracy_pct, found.tool_pct, found.arguments_pct, found.facts_pct,
        found.faithful_pct, found.refusal_precision_pct, found.refusal_recall_pct,
    )  # fmt: skip
    cells = [str(found.questions), *map(_pct, shares)]
    times = [f"{1000 * seconds:.0f} ms" for seconds in (found.median_s, found.p95_s)]
    return f"| {name} | {' | '.join([*cells, *times])} |"


def _pct(share: float | None) -> str:
    return "" if share is None else f"{share:.1f} %"


def _answer(one: Scored) -> dict[str, Any]:
    return {
        "id": one.question.id,
        "query": one.question.query,
        "answer": one.answered.text,
        "model": one.answered.model,
        "right": one.verdict.is_right,
        "verdict": asdict(one.verdict),
        "calls": [{"tool": call.tool, "arguments": call.arguments} for call in one.answered.calls],
        "seconds": round(one.answered.seconds, 4),
    }
