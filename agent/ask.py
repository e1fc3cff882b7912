"""The one door to the agent: a question in, a checked answer out, whatever goes wrong between.

A configured model answers if it can; else the offline planner does, and the answer says so. Knows
neither pages nor where dialogues are kept.
"""

import contextlib
import logging
import threading
import time
from dataclasses import dataclass, field, replace

from agent import shown, vision
from agent.answer import Answered, SlotAnswer
from agent.book_slots import Shown, fill, listed, tag_of
from agent.book_slots import handles as cited
from agent.claims import has_own_words
from agent.desk import Desk
from agent.dialogue import Dialogue
from agent.endpoint import failure, is_of_server
from agent.events import Event, Listener
from agent.models import ModelChoice
from agent.planner import frame as frames
from agent.planner.frame import Frame
from agent.planner.known import Known, known
from agent.planner.model import NAME as OFFLINE
from agent.planner.model import handles, offline
from agent.planner.read import read
from agent.planner.suggest import suggestions
from agent.planner.word import word
from agent.run import Asking, Turn
from agent.validator import Gate
from agent.waiting import StoppedError, wait
from errors import InputError

log = logging.getLogger(__name__)

MOST_QUESTION_CHARS = 2000
INSTEAD = "The offline planner answered instead."
LEFT_ALONE = "The language model failed a short while ago and is left alone for now."
STOPPED = "This question was stopped before it was answered."
BROKEN = "This question could not be answered because of an error in the program."


@dataclass(frozen=True)
class Question:
    """A question and all that belongs to it.

    Attributes:
        text: as asked; untrusted.
        desk: results and means.
        dialogue: earlier turns.
        known: what may be asked about.
        frame: what the planner understood.
        listener: is told what happens.
        stop: ends the answering when set.
        begun: when it was asked, on the monotonic clock.
    """

    text: str
    desk: Desk
    dialogue: Dialogue
    known: Known
    frame: Frame
    listener: Listener
    stop: threading.Event
    begun: float = field(default_factory=time.monotonic)


def ask(
    desk: Desk,
    question: str,
    dialogue: Dialogue,
    *,
    model: ModelChoice | None = None,
    on_event: Listener | None = None,
    stop: threading.Event | None = None,
) -> Answered:
    """The answer to a question, within the limits of the settings.

    Blocks; safe to call from several threads. Nothing a model, a server or a question does is
    raised; what `on_event` raises is, after the work was stopped.

    Args:
        desk: results and means of this conversation.
        question: untrusted text of any length.
        dialogue: earlier turns of the conversation.
        model: the configured model; without one the offline planner answers.
        on_event: called in this thread with what happens.
        stop: ends the answering when set.
    """
    asked = _question(desk, question, dialogue, on_event or _ignore, stop or threading.Event())
    try:
        return _answered(asked, model)
    except StoppedError:
        return _without(asked, STOPPED, "stopped")


def _answered(asked: Question, model: ModelChoice | None) -> Answered:
    if model is None or asked.frame.reason == "too_long":
        return _by_planner(asked, "")
    if not model.breaker.may_try():
        return _by_planner(asked, LEFT_ALONE)
    try:
        answered = _by_model(asked, model)
    except StoppedError:
        raise
    except Exception as error:  # noqa: BLE001 - servers and libraries fail in every way there is
        log.warning("The language model failed: %s", type(error).__name__)
        if is_of_server(error):
            model.breaker.failed()
        return _by_planner(asked, failure(error))
    model.breaker.succeeded()
    return answered


def _question(
    desk: Desk, text: str, dialogue: Dialogue, listener: Listener, stop: threading.Event
) -> Question:
    desk.book.add(dialogue.facts({case.id for case in desk.cases}))
    desk = replace(desk, shown_plans=frozenset(plan.id for plan in desk.plans))
    askable = known(desk)
    frame = read(text[:MOST_QUESTION_CHARS], _frames(dialogue), askable)
    if len(text) > MOST_QUESTION_CHARS:
        frame = Frame("refuse", language=frame.language, reason="too_long")
    return Question(text, desk, dialogue, askable, frame, listener, stop)


def _frames(dialogue: Dialogue) -> list[Frame]:
    """What was understood so far, without what cannot be read any more."""
    understood = []
    for turn in dialogue.turns:
        with contextlib.suppress(InputError):
            understood.append(frames.from_json(turn.frame))
    return understood


def _by_planner(asked: Question, notice: str) -> Answered:
    notice = f"{notice} {INSTEAD}" if notice else ""
    if notice:
        asked.listener(Event("notice", words=notice))
    frame = asked.frame
    asking = Asking(asked.desk, Gate(asked.desk, frame.language, is_ours=True))
    try:
        turn = Turn(offline(lambda _: frame, asked.known), asked.text[:MOST_QUESTION_CHARS])
        answer = wait(turn, asking, asked.listener, asked.stop)
        said = fill(answer.text, asked.desk, frame.language)
    except StoppedError:
        raise
    except Exception:
        log.exception("The planner failed.")
        return replace(_without(asked, BROKEN, "refuse"), reason="unsupported", notice=notice)
    return replace(_told(asked, asking, answer, said), intent=answer.intent, notice=notice)


def _by_model(asked: Question, model: ModelChoice) -> Answered:
    asked.listener(Event("model", words=model.name))
    desk = replace(asked.desk, look=vision.look_of(model, asked.desk))
    asking = Asking(desk, Gate(desk, asked.frame.language, is_ours=False))
    turn = Turn(
        model.model,
        shown.prompt(asked.text, desk),
        shown.history(asked.dialogue.turns, desk.book),
        model.settings,
        model.endpoint.timeout_s,
    )
    answer = wait(turn, asking, asked.listener, asked.stop)
    tag = tag_of(answer.language) or asked.frame.language
    if answer.refused or not cited(answer.text):
        tag, said = asked.frame.language, _in_our_words(asked, asking, answer)
    else:
        said = fill(answer.text if has_own_words(tag) else listed(answer.text), desk, tag)
    return replace(_told(asked, asking, answer, said), model=model.name, language=tag)


def _in_our_words(asked: Question, asking: Asking, answer: SlotAnswer) -> Shown:
    """A refusal, work, a file, a reading or nothing found: no fact a model could word."""
    frame = Frame("refuse", language=asked.frame.language, reason=answer.reason)
    told = asking.told
    if not answer.refused and asking.without_number:
        call, last = asking.without_number
        frame = Frame(call.tool, call.tool, dict(call.arguments), language=frame.language)
        told = [last]
    ours = word(frame, told, [handles(one) for one in told], asked.known)
    return fill(ours.text, asked.desk, frame.language)


def _told(asked: Question, asking: Asking, answer: SlotAnswer, said: Shown) -> Answered:
    """The answer with everything the tools brought."""
    plans = [one.plan for one in asking.told if one.plan]
    readings = [one.reading for one in asking.told if one.reading]
    return replace(
        _without(asked, said.text, asking.calls[0].tool if asking.calls else asked.frame.intent),
        citations=said.citations,
        facts=said.facts,
        calls=tuple(asking.calls),
        refused=answer.refused,
        reason=answer.reason,
        plan=plans[-1] if plans else None,
        files=tuple(name for one in asking.told for name in one.files),
        reading=readings[-1] if readings else "",
    )


def _without(asked: Question, text: str, intent: str) -> Answered:
    """An answer without facts."""
    return Answered(
        question=asked.text[:MOST_QUESTION_CHARS], text=text, citations=(), facts=(), calls=(),
        intent=intent, refused=True, reason=None, model=OFFLINE, language=asked.frame.language,
        seconds=time.monotonic() - asked.begun, frame=frames.to_json(asked.frame),
        suggestions=suggestions(asked.known, asked.frame),
    )  # fmt: skip


def _ignore(_: Event) -> None:
    """Nobody listens."""
