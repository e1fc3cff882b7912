"""Waits in the caller's thread for a turn that runs in the agent's loop.

Events are handed over in that thread, where pages may draw; a stop ends the turn at once. Knows
nothing of questions.
"""

import queue
import threading

from agent import loop
from agent.answer import SlotAnswer
from agent.events import Event, Listener
from agent.run import Asking, Turn, run

LOOK_UP_S = 0.05
"""How often a stop is looked for while nothing happens."""


class StoppedError(Exception):
    """Somebody asked to stop."""


def wait(turn: Turn, asking: Asking, listener: Listener, stop: threading.Event) -> SlotAnswer:
    """The answer of a turn.

    Raises:
        StoppedError: `stop` was set before there was one.
        Exception: whatever the turn or the listener raises.
    """
    happened: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
    answer = loop.start(run(turn, asking, happened.put))
    answer.add_done_callback(lambda _: happened.put(None))
    try:
        while (event := _next(happened, stop)) is not None:
            listener(event)
        return answer.result()
    finally:
        answer.cancel()


def _next(happened: "queue.SimpleQueue[Event | None]", stop: threading.Event) -> Event | None:
    """What happens next; None at the end."""
    while True:
        if stop.is_set():
            raise StoppedError
        try:
            return happened.get(timeout=LOOK_UP_S)
        except queue.Empty:
            continue
