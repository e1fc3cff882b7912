"""What the app writes down about itself: one line of text, or of JSON, per event.

Addresses carry tokens and ids, so requests are logged by part of the app only, the servers' own
request logs are off, and whatever still looks like a token is blotted out.
"""

import json
import logging
import re
import time
from datetime import UTC, datetime
from typing import Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import metrics
from web.sections import section_of

log = logging.getLogger(__name__)

OWN = ("exports", "groundshift", "inference", "pages", "raster", "services", "web", "workspace")
TEXT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
SECRET = re.compile(
    # the token of a tile's address; a query, where a login passes its code; anything as long
    r"(?<=/tiles/)[^/\s\"']+|(?<=\?)[^\s\"']+|\b[A-Za-z0-9_-]{80,}"
)
BLOT = "-"


class Lines(logging.Formatter):
    """One line of text per event, more for a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with secrets blotted out of message and traceback."""
        return without_secrets(super().format(record))


class JsonLines(logging.Formatter):
    """One JSON object per event."""

    def format(self, record: logging.LogRecord) -> str:
        """The object on one line, with secrets blotted out."""
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            event["error"] = self.formatException(record.exc_info)
        return without_secrets(json.dumps(event, ensure_ascii=False, default=str))


def configure(style: Literal["text", "json"]) -> None:
    """Send every event of this process to one place in one form.

    Loggers that exist lose their own handlers; calling it again catches those made since.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if style == "json" else Lines(TEXT))
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    for name in OWN:
        logging.getLogger(name).setLevel(logging.INFO)
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in {"streamlit", "uvicorn", "websockets"}:
            _hand_over(logging.getLogger(name))
    # One line per request with the whole address, token included.
    logging.getLogger("uvicorn.access").disabled = True


def without_secrets(text: str) -> str:
    """The text with everything blotted out that could open something."""
    return SECRET.sub(BLOT, text)


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
