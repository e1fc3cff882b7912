"""What the agent is judged by on the command line: the project's own scenes, or named results.

Opens what it is given; judges nothing.
"""

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from agent.desk import Desk
from agent.dialogue import Dialogue
from agent.evaluation import datasets
from agent.evaluation.datasets import DatasetScores
from agent.evaluation.importers import READERS
from agent.evaluation.question_sets import QuestionSet
from agent.evaluation.run import Desks
from agent.local_desk import Means, open_desk
from errors import InputError
from progress import Watcher
from raster.text import clean

OWN_SCENES = "tests.agent.cases"
OWN_QUESTIONS = Path(__file__).parents[1] / "tests" / "agent" / "questions.csv"
MOST_ANSWER_BYTES = 500_000_000


def desks(named: Sequence[str]) -> Desks:
    """How to make the desk of each scene of a set of questions.

    Args:
        named: `name=folder` of finished results; none for the scenes of the project's own set.

    Raises:
        InputError: an entry has another form, or the own scenes are not here.
    """
    return dict(map(_named, named)) if named else _own()


def _named(text: str) -> tuple[str, Callable[[], Desk]]:
    name, _equals, folder = text.partition("=")
    if not name or not Path(folder).is_dir() or not folder:
        msg = f"{clean(text, limit=80)!r} does not name the folder of a result."
        raise InputError(msg, hint="Write for example --case suburb=results/2026-01-02.")
    return name, lambda: open_desk(Path(folder), Means(), Dialogue(), Watcher())


def _own() -> Desks:
    try:
        own = import_module(OWN_SCENES)
    except ModuleNotFoundError as error:
        msg = "The scenes of the project's own questions are not part of this installation."
        raise InputError(msg, hint="Name results with --case NAME=FOLDER.") from error
    return {scene: _maker(own.desk, scene) for scene in own.scenes()}


def _maker(make: Callable[[str], Desk], scene: str) -> Callable[[], Desk]:
    return lambda: make(scene)


def read_set(dataset: str, data: Path) -> QuestionSet:
    """The questions of a published dataset.

    Raises:
        InputError: the dataset is not known, or holds no question that can be used.
    """
    if dataset not in READERS:
        msg = f"No dataset is called {clean(dataset, limit=40)!r}."
        raise InputError(msg, hint=f"Choose one of {', '.join(READERS)}.")
    return READERS[dataset](data)


def scores(asked: QuestionSet, answers: Path | None) -> DatasetScores:
    """Scores of answers to a published dataset, beside those of guessing blindly.

    Args:
        asked: the questions.
        answers: JSON object with an answer by the id of its question; None scores the guess only.

    Raises:
        InputError: the answers cannot be read, or there are none for a set of captions.
    """
    try:
        return datasets.score_all(asked, _answers(answers))
    except ValueError as error:
        msg = f"{asked.name} cannot be scored: {error}."
        raise InputError(msg, hint="Give captions with --answers, by pair.") from error


def _answers(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    msg, hint = (
        f"{clean(path.name)!r} does not hold answers.",
        'Write {"question id": "answer"} as JSON.',
    )
    try:
        is_large = path.stat().st_size > MOST_ANSWER_BYTES
        given = None if is_large else json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(msg, hint=hint) from error
    if not isinstance(given, dict):
        raise InputError(msg, hint=hint)
    return {str(key): str(value) for key, value in given.items()}
