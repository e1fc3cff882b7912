"""A server on loopback that sends parts of a file of weights, and may be told to misbehave."""

import re
from contextlib import contextmanager

from tests.services.plain_server import Server


class Parts:
    """Answers with the part of `content` that the last request asked for.

    `troubles` are given instead, one per request, until there are none left; None is no trouble.
    """

    def __init__(self, server, content):
        self.server, self.content = server, content
        self.troubles, self.kind = [], "binary/octet-stream"

    def __getitem__(self, path):
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            return trouble
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.server.seen[-1][1]["Range"])
        first, last = int(asked[1]), int(asked[2])
        part = self.content[first : last + 1]
        said = f"bytes {first}-{first + len(part) - 1}/{len(self.content)}"
        return 206, {"Content-Type": self.kind, "Content-Range": said}, part

    @property
    def first_bytes(self):
        """Where each request began."""
        return [int(headers["Range"][6:].partition("-")[0]) for _path, headers in self.server.seen]

    @property
    def paths(self):
        return {path for path, _headers in self.server.seen}


@contextmanager
def sending(content):
    with Server() as server:
        server.answers = Parts(server, content)
        yield server.answers
