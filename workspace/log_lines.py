"""What a process of the app writes down: one line of text, or of JSON, per event, without secrets.

Knows nothing of requests or jobs.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Literal

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
    """Send every event of this process to standard error: ours from INFO, others' from WARNING."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if style == "json" else Lines(TEXT))
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    for name in OWN:
        logging.getLogger(name).setLevel(logging.INFO)


def without_secrets(text: str) -> str:
    """The text with everything blotted out that could open something."""
    return SECRET.sub(BLOT, text)
