"""A map server on loopback: tiles whose every pixel is known, and tiles that go wrong.

Each layer is the first part of the path: `http://127.0.0.1:<port>/<layer>/{z}/{x}/{y}.png`.
"""

import contextlib
import functools
import io
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
from PIL import Image

TILE_PX = 256
HOUSE = (slice(90, 120), slice(60, 100))
"""Rows and columns of each tile in which `post` has a bright roof and `pre` has ground."""


def ground(zoom, x, y, size_px=TILE_PX):
    """(row, col, 3) uint8 of a tile: a texture that goes on over the edges of tiles."""
    scale = size_px // TILE_PX
    rows = (np.arange(size_px) / scale + y % 4096 * TILE_PX)[:, None]
    cols = (np.arange(size_px) / scale + x % 4096 * TILE_PX)[None, :]
    waves = np.sin(rows / 5.3) * np.cos(cols / 7.1) + np.sin((rows + 2 * cols) / 23.0)
    grain = ((rows * 7919 + cols * 104729).astype(np.int64) * 2654435761 >> 13) % 17
    red = 110 + 22 * waves + grain
    return np.stack([red, red * 0.9 + zoom, red * 0.7 + 20], axis=2).astype(np.uint8)


def with_house(pixels):
    """A copy with a bright roof."""
    out = pixels.copy()
    out[HOUSE] = (235, 225, 220)
    return out


def encoded(pixels, form="PNG", **options):
    out = io.BytesIO()
    speed = {"compress_level": 1} if form == "PNG" else {}
    Image.fromarray(pixels).save(out, form, **speed, **options)
    return out.getvalue()


def _half(pixels):
    """The left half is transparent."""
    alpha = np.full(pixels.shape[:2], 255, np.uint8)
    alpha[:, : TILE_PX // 2] = 0
    return np.dstack([pixels, alpha])


def _huge():
    """A PNG of a few bytes that declares 30,000 x 30,000 pixels."""
    small = bytearray(encoded(np.zeros((1, 1, 3), np.uint8)))
    small[16:24] = (30_000).to_bytes(4, "big") * 2
    return bytes(small)


@dataclass
class XyzServer:
    """A running server.

    Attributes:
        asked: how often each path was asked for.
        failures: answers 503 so often to each path of the layer `busy` before it gives in.
    """

    port: int = 0
    asked: Counter = field(default_factory=Counter)
    failures: int = 2
    headers: list = field(default_factory=list)
    files: dict = field(default_factory=dict)

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    def url(self, layer, ending="png"):
        return f"http://{self.host}/{layer}/{{z}}/{{x}}/{{y}}.{ending}"

    def answer(self, layer, zoom, x, y):
        """Status, content type and body for a tile."""
        return _answer(layer, zoom, x, y)


@functools.lru_cache(maxsize=512)
def _answer(layer, zoom, x, y):
    tile = ground(zoom, x, y)
    answers = {
        "pre": lambda: (200, "image/png", encoded(tile)),
        "post": lambda: (200, "image/png", encoded(with_house(tile))),
        "jpeg": lambda: (200, "image/jpeg", encoded(tile, "JPEG", quality=95)),
        "webp": lambda: (200, "image/webp", encoded(tile, "WEBP", lossless=True)),
        "large": lambda: (200, "image/png", encoded(ground(zoom, x, y, 512))),
        "mixed": lambda: (200, "image/png", encoded(ground(zoom, x, y, 256 << (x % 2)))),
        "half": lambda: (200, "image/png", encoded(_half(tile))),
        "odd": lambda: (200, "image/png", encoded(tile[:100])),
        "huge": lambda: (200, "image/png", _huge()),
        "garbage": lambda: (200, "image/png", b"\x89PNG\r\n\x1a\n but no picture"),
        "html": lambda: (200, "text/html", b"<p>Please log in</p>"),
        "holes": lambda: (200, "image/png", encoded(tile)) if x % 2 else (404, "", b""),
        "missing": lambda: (404, "text/plain", b"none"),
        "blank": lambda: (200, "image/png", encoded(np.full((256, 256, 3), 200, np.uint8))),
        "denied": lambda: (403, "text/plain", b"no key"),
        "down": lambda: (503, "text/plain", b"later"),
    }
    return answers[layer]()


class _Handler(BaseHTTPRequestHandler):
    state: XyzServer

    def do_GET(self):
        path = self.path.partition("?")[0]
        self.state.asked[self.path] += 1
        self.state.headers.append(dict(self.headers))
        if path.strip("/") in self.state.files:
            self._send_part(self.state.files[path.strip("/")])
            return
        layer, zoom, x, name = path.strip("/").split("/")
        place = (int(zoom), int(x), int(name.partition(".")[0]))
        if layer == "busy":
            is_busy = self.state.asked[self.path] <= self.state.failures
            layer = "down" if is_busy else "pre"
        self._send(*self.state.answer(layer, *place))

    def _send_part(self, body):
        kind, wanted = "image/tiff", self.headers.get("Range")
        if not wanted:
            self._send(200, kind, body)
            return
        first, last = (int(number) for number in wanted.removeprefix("bytes=").split("-"))
        part = body[first : last + 1]
        range_words = f"bytes {first}-{first + len(part) - 1}/{len(body)}"
        self._send(206, kind, part, {"Content-Range": range_words})

    def _send(self, status, kind, body, headers=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", "0")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *_arguments):
        """Say nothing."""


@contextlib.contextmanager
def running():
    """A server for the length of a `with`."""
    state = XyzServer()
    handler = type("Handler", (_Handler,), {"state": state, "protocol_version": "HTTP/1.1"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
