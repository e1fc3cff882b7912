"""What the server writes down of requests: by part of the app only, because addresses carry tokens.

The servers' own request logs are off. Knows nothing of how a line looks.
"""

import logging
import time
from typing import Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import metrics
from web.sections import section_of
from workspace import log_lines

log = logging.getLogger(__name__)


def configure(style: Literal["text", "json"]) -> None:
    """Send every event of this process to one place in one form.

    Loggers that exist lose their own handlers; calling it again catches those made since.
    """
    log_lines.configure(style)
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in {"streamlit", "uvicorn", "websockets"}:
            _hand_over(logging.getLogger(name))
    # One line per request with the whole address, token included.
    logging.getLogger("uvicorn.access").disabled = True


class RequestLog:
    """Logs and counts every answer; tiles at DEBUG, because a map asks for dozens a second."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, then write the line."""
        if scope["type"] == "websocket":
            with metrics.OPEN_PAGES.track_inprogress():
                await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, begun_s = 500, time.perf_counter()

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            _note(scope, status, time.perf_counter() - begun_s)


def _note(scope: Scope, status: int, seconds: float) -> None:
    section = section_of(scope)
    metrics.REQUESTS.labels(section, f"{status // 100}xx").inc()
    if section == "tiles":
        metrics.TILE_SECONDS.observe(seconds)
    fields = {
        "method": scope["method"],
        "section": section,
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    level = logging.INFO if section in {"uploads", "downloads"} else logging.DEBUG
    level = logging.WARNING if status >= 500 else level
    log.log(
        level, "%(method)s %(section)s %(status)s in %(ms)s ms", fields, extra={"fields": fields}
    )


def _hand_over(logger: logging.Logger) -> None:
    logger.handlers = []
    logger.propagate = True
    logger.setLevel(logging.NOTSET)
