"""What was right about one answer: tool, arguments, facts, refusal and faithfulness.

Compares an answer with what its question expects. Knows nothing of how it was made.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from agent.answer import Answered, ToolCall
from agent.evaluation.faithful import Shown, unfaithful
from agent.evaluation.questions import Pattern, Question
from analysis.facts import Fact

RELATIVE = 1e-6


@dataclass(frozen=True)
class Verdict:
    """What was right about one answer; None where nothing was expected.

    Attributes:
        tool: the expected tool was called.
        arguments: one of its calls had all arguments that matter.
        facts: every expected fact is cited.
        refused: it was refused.
        reason: it was refused for the expected reason.
        numbers: numbers the answer states in citations.
        wrong: pieces that state a number no fact has.
    """

    tool: bool | None
    arguments: bool | None
    facts: bool | None
    refused: bool
    reason: bool | None
    numbers: int
    wrong: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """The answer is what was expected, and no number of it is invented."""
        if self.wrong:
            return False
        if self.reason is not None:
            return self.reason
        expected = [self.facts] if self.facts is not None else [self.tool, self.arguments]
        return not self.refused and all(one is not False for one in expected)


def judge(question: Question, answered: Answered) -> Verdict:
    """What was right about an answer."""
    shown = shown_of(answered)
    is_answer_wanted = not question.refusal
    calls = [call for call in answered.calls if call.tool in question.tool.split("|")]
    return Verdict(
        tool=bool(calls) if question.tool and is_answer_wanted else None,
        arguments=_has_arguments(question, calls) if is_answer_wanted else None,
        facts=_has_facts(question, shown) if is_answer_wanted else None,
        refused=answered.refused,
        reason=answered.refused and answered.reason in question.refusal.split("|")
        if question.refusal
        else None,
        numbers=sum(any(map(str.isdigit, answered.text[s:e])) for s, e, _f in answered.citations),
        wrong=unfaithful(shown),
    )


def shown_of(answered: Answered) -> Shown:
    """What an answer shows, as its check needs it."""
    facts = {one.fact.id: one.fact for one in answered.facts}
    return Shown(answered.text, answered.citations, facts, answered.language)


def _has_arguments(question: Question, calls: list[ToolCall]) -> bool | None:
    if not question.tool or not question.arguments:
        return None
    return any(_covers(call.arguments, question.arguments) for call in calls)


def _covers(given: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(name in given and _same(given[name], value) for name, value in wanted.items())


def _same(given: Any, wanted: Any) -> bool:
    """Equal; numbers within rounding, texts whatever their case."""
    if isinstance(given, bool) or isinstance(wanted, bool):
        return given is wanted
    if isinstance(given, int | float) and isinstance(wanted, int | float):
        return math.isclose(given, wanted, rel_tol=RELATIVE)
    if isinstance(given, str) and isinstance(wanted, str):
        return given.casefold() == wanted.casefold()
    if isinstance(given, list | tuple) and isinstance(wanted, list | tuple):
        return len(given) == len(wanted) and all(map(_same, given, wanted))
    return bool(given == wanted)


def _has_facts(question: Question, shown: Shown) -> bool | None:
    if not question.facts:
        return None
    cited = [shown.facts[one] for _s, _e, one in shown.citations if one in shown.facts]
    return all(any(fits(fact, pattern) for fact in cited) for pattern in question.facts)


def fits(fact: Fact, pattern: Pattern) -> bool:
    """Whether a fact is one that a pattern describes."""
    texts = ((pattern.name, fact.name), (pattern.change_class, fact.change_class),
             (pattern.state, fact.state), (pattern.region, fact.region))  # fmt: skip
    is_named = all(_fits_text(found, wanted) for wanted, found in texts)
    return is_named and (not pattern.value or _has_value(fact, pattern.value))


def _fits_text(found: str, wanted: str) -> bool:
    """Equal whatever the case; `*` in what is wanted stands for anything."""
    return not wanted or fnmatchcase(found.casefold(), wanted.casefold())


def _has_value(fact: Fact, wanted: str) -> bool:
    if isinstance(fact.value, str):
        return _fits_text(fact.value, wanted)
    try:
        return math.isclose(fact.value, float(wanted), rel_tol=1e-3, abs_tol=1e-9)
    except ValueError:
        return False
