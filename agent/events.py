"""What happens while a question is being answered, for whoever waits for it.

Records only; knows neither models nor pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

EventKind = Literal["model", "tool_started", "tool_ended", "notice"]


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    Attributes:
        kind: `model` when one begins to answer, `tool_started` and `tool_ended`, `notice` when
            something went another way than configured.
        tool: name of the tool, else empty.
        words: name of the model or the notice; for a tool that ended why it found nothing, else
            empty.
    """

    kind: EventKind
    tool: str = ""
    words: str = ""


Listener = Callable[[Event], None]
