"""The ways an answer can take: offline, or by an honest or a lying model of either protocol."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pydantic import SecretStr

from agent.endpoint import Endpoint
from agent.evaluation.questions import Question
from agent.evaluation.run import Evaluation, evaluate
from agent.models import ModelChoice, choice
from tests.agent import cases, well_read
from tests.agent.servers import Server, serving

PROVIDERS = ("openai", "anthropic")
CHARACTERS = {"honest": well_read.honest, "lying": well_read.lying}


def offline(questions: Sequence[Question]) -> Evaluation:
    """Answers of the planner alone."""
    return evaluate(questions, cases=_desks())


def by_model(
    provider: str, character: str, questions: Sequence[Question], known: Evaluation
) -> Evaluation:
    """Answers over HTTP by a model that has read the set.

    Args:
        provider: `openai` or `anthropic`.
        character: `honest` or `lying`.
        questions: the set.
        known: answers of the planner to it, for the arguments that the set leaves open.
    """
    brain = well_read.WellRead(questions, well_read.steps_of(known), CHARACTERS[character])
    with serving(provider, brain) as server, model_at(server, f"{character} model") as model:
        return evaluate(questions, cases=_desks(), model=model)


@contextmanager
def model_at(server: Server, name: str = "fake-model", **options) -> Iterator[ModelChoice]:
    """The model of a server, closed afterwards."""
    options = {"key": SecretStr("no-key-at-all"), "timeout_s": 60.0} | options
    model = choice(Endpoint(server.provider, name, server.url, **options))
    try:
        yield model
    finally:
        model.connection.close()


def _desks():
    return {scene: (lambda scene=scene: cases.desk(scene)) for scene in cases.scenes()}
