"""Questions that are being answered in this process: how far they are, and a way to stop them.

Each runs in a thread of its own, so that its page is free and a reload finds it again. Knows
nothing of how an answer is found or kept.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from errors import GroundshiftError, LimitError, NotFoundError
from workspace import places
from workspace.standing import Standing

log = logging.getLogger(__name__)

MAX_PER_USER = 4
REMEMBERED = 500
BEGINNING = "Reading the question"
FAULT = "The question could not be answered, and it is our fault."
FAULT_HINT = "Ask again; the details are in the log of the program."


@dataclass
class Answering:
    """One question on its way to its answer.

    Attributes:
        owner: who asks.
        project: about which project.
        question: as asked; untrusted text.
        id: 32 hexadecimal digits.
        words: what is being done; set by whoever answers.
        stop: set to end it early.
        problem: why there is no answer; None while there may be one.
        ended: set once it is over, however it ended.
    """

    owner: str
    project: str
    question: str
    id: str = field(default_factory=places.new_id)
    words: str = BEGINNING
    stop: threading.Event = field(default_factory=threading.Event)
    problem: GroundshiftError | None = None
    ended: threading.Event = field(default_factory=threading.Event)


Answer = Callable[[Answering], None]

_under_way: dict[str, Answering] = {}
# A browser asks once more after the end, and should not be told that there was no such question.
_ended: deque[tuple[str, str]] = deque(maxlen=REMEMBERED)
_lock = threading.Lock()


def begin(owner: str, project: str, question: str, answer: Answer) -> Answering:
    """Answer a question in the background; `answer` keeps what it finds by itself.

    Raises:
        LimitError: one about this project, or too many of this user, are being answered already.
    """
    asked = Answering(owner, project, question)
    with _lock:
        _require_turn(owner, project)
        _under_way[asked.id] = asked
    threading.Thread(
        target=_run, args=(asked, answer), name=f"answer-{asked.id[:8]}", daemon=True
    ).start()
    return asked


def current(owner: str, project: str) -> Answering | None:
    """The question about a project that is being answered, or None."""
    with _lock:
        mine = (one for one in _under_way.values() if (one.owner, one.project) == (owner, project))
        return next(mine, None)


def standing(owner: str, asked_id: str) -> Standing:
    """Where a question stands; how long it will take nobody knows.

    Raises:
        NotFoundError: it is not there, or another user's.
    """
    with _lock:
        is_ended = (owner, asked_id) in _ended
    if is_ended:
        return Standing(is_active=False, share_pct=None, words="")
    return Standing(is_active=True, share_pct=None, words=_get(owner, asked_id).words)


def stop(owner: str, asked_id: str) -> None:
    """Ask for an end at the next step.

    Raises:
        NotFoundError: it is not being answered, or another user's.
    """
    found = _get(owner, asked_id)
    found.words = "Stopping"
    found.stop.set()


def _get(owner: str, asked_id: str) -> Answering:
    with _lock:
        found = _under_way.get(asked_id)
    if found is None or found.owner != owner:
        raise NotFoundError("There is no such question.", hint="It may have been answered.")
    return found


def _require_turn(owner: str, project: str) -> None:
    mine = [one for one in _under_way.values() if one.owner == owner]
    if any(one.project == project for one in mine):
        msg = "The question before is still being answered."
        raise LimitError(msg, hint="Wait for its answer, or stop it.")
    if len(mine) >= MAX_PER_USER:
        msg = f"{len(mine)} of your questions are being answered already."
        raise LimitError(msg, hint="Wait for an answer, or stop one.")


def _run(asked: Answering, answer: Answer) -> None:
    try:
        answer(asked)
    except GroundshiftError as error:
        asked.problem = error
    except Exception:  # the last door of this thread: a fault of ours is logged whole
        log.exception("question %s failed", asked.id)
        asked.problem = GroundshiftError(FAULT, hint=FAULT_HINT)
    finally:
        with _lock:
            _under_way.pop(asked.id, None)
            _ended.append((asked.owner, asked.id))
        asked.ended.set()
