"""The project's questions by every path an answer can take, in rows of one table.

Offline, and over HTTP on this machine by models of both protocols that know what is expected: one
honest, one that lies whatever it is told. `benchmarks.agent --paths` prints it.
"""

from collections.abc import Iterator
from importlib import import_module

from agent.evaluation.questions import read, sample
from agent.evaluation.run import Evaluation, scores
from agent.evaluation.tables import HEAD, RULE, row
from agent.local_evaluation import OWN_QUESTIONS


def measure(every: int) -> None:
    """Ask each `every`-th dialogue by each path and print the tables."""
    found = dict(_evaluations(every))
    print(HEAD, RULE, sep="\n")
    for name, one in found.items():
        print(row(name, scores(one.scored)))
    print(f"\nAnswers that are right, by type:\n\n| type | questions | {' | '.join(found)} |")
    print("|---|" + "---:|" * (len(found) + 1))
    for line in _by_type(list(found.values())):
        print(line)


def _evaluations(every: int) -> Iterator[tuple[str, Evaluation]]:
    """Answers by the name of the path; servers and models are those of the tests."""
    paths = import_module("tests.agent.paths")
    questions = sample(read(OWN_QUESTIONS), every)
    offline = paths.offline(questions)
    yield "offline", offline
    for character in paths.CHARACTERS:
        for provider in paths.PROVIDERS:
            name = f"{character}, {provider}"
            yield name, paths.by_model(provider, character, questions, offline)


def _by_type(found: list[Evaluation]) -> Iterator[str]:
    kinds = sorted({one.question.kind for one in found[0].scored})
    for kind in kinds:
        parts = [[one for one in each.scored if one.question.kind == kind] for each in found]
        shares = (f"{scores(part).accuracy_pct:.1f} %" for part in parts)
        yield f"| {kind} | {len(parts[0])} | {' | '.join(shares)} |"
