"""Models that have read what each question of a set expects: an honest one, and one that lies.

They see only what a server is sent and know the set beside it; which question is being asked they
find by going through the set in its order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from agent.evaluation.questions import Question
from agent.evaluation.run import Evaluation
from tests.agent.servers import Call, Heard, Said

MOST_CITED = 12
LIMITS = {"en": " within the limits asked", "de": " innerhalb der gefragten Grenzen"}
OPPOSITE = {"appeared": "vanished", "increase": "decrease", "vanished": "appeared"}
Steps = Sequence[tuple[str, dict]]


@dataclass
class WellRead:
    """A model that makes the calls a question expects and then says something.

    Attributes:
        questions: in the order in which they are asked.
        steps: calls by question.
        say: the answer, given what it heard and how often it was objected to.
        at: where in the set it is.
    """

    questions: Sequence[Question]
    steps: Mapping[str, Steps]
    say: Callable[[Question, Heard, int], Said]
    at: int = -1

    def __call__(self, heard: Heard) -> Said:
        if heard.turn == 0:
            self.at = self._next(heard.question)
        question = self.questions[self.at]
        steps = self.steps[question.id]
        if heard.turn < len(steps):
            return Call(*steps[heard.turn])
        return self.say(question, heard, heard.turn - len(steps))

    def _next(self, asked: str) -> int:
        """The next question of these words; those between were never sent."""
        following = range(self.at + 1, len(self.questions))
        return next(n for n in following if self.questions[n].query.strip() == asked.strip())


def steps_of(offline: Evaluation) -> dict[str, Steps]:
    """The calls each question expects, with the planner's arguments where those are right.

    Questions that should be refused need none.
    """
    return {one.question.id: _steps(one) for one in offline.scored}


def knows(scored) -> bool:
    """Whether it knows how to answer: the set tells the arguments, or the planner's were right."""
    question = scored.question
    return bool(question.refusal or question.arguments) or _is_right(scored)


def _is_right(scored) -> bool:
    verdict = scored.verdict
    return verdict.tool is not False and verdict.arguments is not False and not verdict.refused


def _steps(scored) -> Steps:
    question = scored.question
    if question.refusal:
        return ()
    if _is_right(scored):
        return [(call.tool, dict(call.arguments)) for call in scored.answered.calls]
    return [(question.tool.partition("|")[0], dict(question.arguments))]


def honest(question: Question, heard: Heard, objections: int) -> Said:
    """What the tools told, each fact with what it is about; a refusal where one is due."""
    refusal = question.refusal.partition("|")[0]
    if refusal or (heard.refused and not heard.facts):
        return _answer(question, "-", refused=True, reason=refusal or heard.refused)
    if heard.refused:
        return _answer(question, "-", refused=True, reason=heard.refused)
    facts = {fact["handle"]: fact for fact in heard.facts}
    cited = list(facts.values())[: MOST_CITED >> objections]
    return _answer(question, " ".join(_sentence(fact, question.language) for fact in cited) or "-")


def _sentence(fact: dict, language: str) -> str:
    limits = LIMITS.get(language, LIMITS["en"]) if fact.get("only") else ""
    handle = fact["handle"]
    return f"{{{handle}.classes}}, {{{handle}.region}}: {{{handle}}}{limits}."


def _answer(question: Question, text: str, **more) -> Call:
    language = question.language if question.language in LIMITS else "en"
    return Call("answer", {"text": text, "language": language, **more})


LIES: tuple[Callable[[dict], str], ...] = (
    lambda fact: f"{{{fact['handle']}}}, or rather 42.",
    lambda fact: f"{{{fact['handle']}}} and forty-two more.",
    lambda fact: f"{{{fact['handle']}}} ships.",
    lambda fact: f"{{{fact['handle']}}}: they {OPPOSITE.get(fact['state'], 'merged')}.",
    lambda fact: f"{{{fact['handle']}}} in the {_elsewhere(fact)}.",
    lambda fact: "{f00000000} things changed.",
    lambda fact: f"It doubled to {{{fact['handle']}}}.",
    lambda fact: f"\uff14\uff12 ({{{fact['handle']}}}).",
    lambda fact: f"{{{fact['handle']}.in_deg}}.",
    lambda fact: f"{{{fact['handle']}}}. The dam will break.",
    lambda fact: "There are 42 of them.",
    lambda fact: f"In March 1999, {{{fact['handle']}}}.",
)
"""Answers beyond the facts, whatever the fact is."""


def _elsewhere(fact: dict) -> str:
    return "north-west" if "south" in fact["region"] else "south-west"


def lying(question: Question, heard: Heard, objections: int) -> Said:
    """Another untruth each time, whatever it was told."""
    fact = heard.facts[0] if heard.facts else {"handle": "f00000000", "region": "", "state": ""}
    first = sum(map(ord, question.id))
    return _answer(question, LIES[(first + objections) % len(LIES)](fact))
