"""Servers on this machine that speak OpenAI's and Anthropic's protocols, well or badly.

A brain decides what is said, the same for both protocols; an ailment what goes wrong on the way.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HTML = b"<!doctype html><title>Log in</title><p>Please log in."
PIECE = 7
MOST_PIECES = 400
"""A very long text comes in longer pieces, so that only its length is put to the test."""


@dataclass(frozen=True)
class Call:
    """A call of a tool; arguments are JSON, or raw text to send as they are."""

    tool: str
    arguments: Any = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments)


@dataclass(frozen=True)
class Heard:
    """What a request says, in either protocol.

    Attributes:
        question: the last question.
        system: the instructions.
        tools: names of the tools offered.
        results: what tools returned since the question, as text; objections are among them.
        turn: how often the model spoke since the question.
        pictures: images that were sent since the question.
        raw: the request.
    """

    question: str
    system: str
    tools: tuple[str, ...]
    results: tuple[str, ...]
    turn: int
    pictures: int
    raw: dict[str, Any]

    @property
    def facts(self) -> list[dict[str, Any]]:
        """Facts the tools returned since the question."""
        return [fact for one in self._told() for fact in one.get("facts", [])]

    @property
    def refused(self) -> str:
        """Reason of the last refusal of a tool, else empty."""
        reasons = [one["refused"]["reason"] for one in self._told() if "refused" in one]
        return reasons[-1] if reasons else ""

    def _told(self) -> Iterator[dict[str, Any]]:
        for text in self.results:
            try:
                told = json.loads(text)
            except ValueError:
                continue
            if isinstance(told, dict):
                yield told


Said = str | Call | tuple[Call, ...]
Brain = Callable[[Heard], Said]
Ailment = Callable[[BaseHTTPRequestHandler, int], bool]
"""Sends something else, given the number of the request, and says whether it did."""


@dataclass
class Server:
    """A running server.

    Attributes:
        provider: protocol it speaks.
        url: its address, as an operator would configure it.
        brain: decides what is said; may be exchanged.
        ailment: what goes wrong; may be exchanged.
        requests: bodies that arrived.
        headers: headers that arrived, lower case.
    """

    provider: str
    url: str
    brain: Brain
    ailment: Ailment | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(provider: str, brain: Brain, ailment: Ailment | None = None) -> Iterator[Server]:
    """A server that speaks `openai` or `anthropic`."""
    state = Server(provider, "", brain, ailment)
    handler = type("Handler", (_Handler,), {"state": state})
    with _Quiet(("127.0.0.1", 0), handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}" + ("/v1" * (provider == "openai"))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield state
        finally:
            state.closing.set()
            server.shutdown()
            thread.join()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no event."""


class _Handler(BaseHTTPRequestHandler):
    state: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.state.requests.append(body)
        self.state.headers.append({key.lower(): value for key, value in self.headers.items()})
        number = len(self.state.requests)
        if self.state.ailment and self.state.ailment(self, number):
            return
        heard = heard_by[self.state.provider](body)
        said = self.state.brain(heard)
        parts = said if isinstance(said, tuple) else (said,)
        if body.get("stream"):
            events = b"".join(streams[self.state.provider](parts, number))
            send(self, 200, events, "text/event-stream")
        else:
            whole = wholes[self.state.provider](parts, number)
            send(self, 200, json.dumps(whole).encode(), "application/json")

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def send(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, kind: str, **headers: str
) -> None:
    """A whole answer."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def _pieces(text: str) -> Iterator[str]:
    size = max(PIECE, len(text) // MOST_PIECES)
    yield from (text[start : start + size] for start in range(0, len(text), size))


# OpenAI: chat completions.


def _openai_heard(body: dict[str, Any]) -> Heard:
    messages = body["messages"]
    system = "\n".join(
        _text(m["content"]) for m in messages if m["role"] in {"system", "developer"}
    )
    asked = [
        i
        for i, m in enumerate(messages)
        if m["role"] == "user" and "Question:" in _text(m["content"])
    ]
    since = messages[asked[-1] + 1 :] if asked else messages
    results = [_text(m["content"]) for m in since if m["role"] in {"tool", "user"}]
    pictures = sum(
        part.get("type") == "image_url"
        for m in messages if m["role"] == "user" and isinstance(m["content"], list)
        for part in m["content"]
    )  # fmt: skip
    return Heard(
        _question(_text(messages[asked[-1]]["content"])) if asked else "",
        system,
        tuple(tool["function"]["name"] for tool in body.get("tools", [])),
        tuple(results),
        sum(m["role"] == "assistant" for m in since),
        pictures,
        body,
    )


def _openai_stream(parts: tuple[str | Call, ...], number: int) -> Iterator[bytes]:
    def chunk(delta: dict[str, Any], reason: str | None = None) -> bytes:
        choices = [{"index": 0, "delta": delta, "finish_reason": reason}]
        return _openai_event(number, choices)

    yield chunk({"role": "assistant", "content": ""})
    for index, part in enumerate(parts):
        if isinstance(part, str):
            yield from (chunk({"content": piece}) for piece in _pieces(part))
            continue
        begun = {"index": index, "id": f"call_{number}_{index}", "type": "function",
                 "function": {"name": part.tool, "arguments": ""}}  # fmt: skip
        yield chunk({"tool_calls": [begun]})
        for piece in _pieces(part.text):
            yield chunk({"tool_calls": [{"index": index, "function": {"arguments": piece}}]})
    is_call = any(isinstance(part, Call) for part in parts)
    yield chunk({}, "tool_calls" if is_call else "stop")
    yield b"data: [DONE]\n\n"


def _openai_event(number: int, choices: list[dict[str, Any]]) -> bytes:
    whole = {"id": f"c{number}", "object": "chat.completion.chunk", "created": 1, "model": "fake",
             "choices": choices}  # fmt: skip
    return b"data: " + json.dumps(whole).encode() + b"\n\n"


def _openai_whole(parts: tuple[str | Call, ...], number: int) -> dict[str, Any]:
    words = "".join(part for part in parts if isinstance(part, str))
    calls = [
        {"id": f"call_{number}_{index}", "type": "function",
         "function": {"name": part.tool, "arguments": part.text}}
        for index, part in enumerate(parts) if isinstance(part, Call)
    ]  # fmt: skip
    message = {"role": "assistant", "content": words or None, "tool_calls": calls or None}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if calls else "stop"}
    return {"id": f"c{number}", "object": "chat.completion", "created": 1, "model": "fake",
            "choices": [choice], "usage": {"prompt_tokens": 1, "completion_tokens": 1,
                                           "total_tokens": 2}}  # fmt: skip


# Anthropic: messages.


def _anthropic_heard(body: dict[str, Any]) -> Heard:
    messages = body["messages"]
    asked = [
        i
        for i, m in enumerate(messages)
        if m["role"] == "user" and "Question:" in _text(m["content"])
    ]
    since = messages[asked[-1] + 1 :] if asked else messages
    blocks = [b for m in since if isinstance(m["content"], list) for b in m["content"]]
    results = [_text(b.get("content", "")) for b in blocks if b["type"] == "tool_result"]
    results += [b["text"] for m in since if m["role"] == "user" and isinstance(m["content"], list)
                for b in m["content"] if b["type"] == "text"]  # fmt: skip
    every = [b for m in messages if isinstance(m["content"], list) for b in m["content"]]
    return Heard(
        _question(_text(messages[asked[-1]]["content"])) if asked else "",
        _text(body.get("system", "")),
        tuple(tool["name"] for tool in body.get("tools", [])),
        tuple(results),
        sum(m["role"] == "assistant" for m in since),
        sum(b["type"] == "image" for b in every),
        body,
    )


def _anthropic_stream(parts: tuple[str | Call, ...], number: int) -> Iterator[bytes]:
    def event(kind: str, **fields: Any) -> bytes:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()

    message = {"id": f"m{number}", "type": "message", "role": "assistant", "model": "fake",
               "content": [], "stop_reason": None, "stop_sequence": None,
               "usage": {"input_tokens": 1, "output_tokens": 1}}  # fmt: skip
    yield event("message_start", message=message)
    for index, part in enumerate(parts):
        if isinstance(part, str):
            block, kind, key = {"type": "text", "text": ""}, "text_delta", "text"
        else:
            block = {"type": "tool_use", "id": f"call_{number}_{index}", "name": part.tool,
                     "input": {}}  # fmt: skip
            kind, key = "input_json_delta", "partial_json"
        yield event("content_block_start", index=index, content_block=block)
        for piece in _pieces(part if isinstance(part, str) else part.text):
            yield event("content_block_delta", index=index, delta={"type": kind, key: piece})
        yield event("content_block_stop", index=index)
    is_call = any(isinstance(part, Call) for part in parts)
    delta = {"stop_reason": "tool_use" if is_call else "end_turn", "stop_sequence": None}
    yield event("message_delta", delta=delta, usage={"output_tokens": 1})
    yield event("message_stop")


def _anthropic_whole(parts: tuple[str | Call, ...], number: int) -> dict[str, Any]:
    content = [
        {"type": "text", "text": part} if isinstance(part, str) else
        {"type": "tool_use", "id": f"call_{number}_{index}", "name": part.tool,
         "input": part.arguments}
        for index, part in enumerate(parts)
    ]  # fmt: skip
    is_call = any(isinstance(part, Call) for part in parts)
    return {"id": f"m{number}", "type": "message", "role": "assistant", "model": "fake",
            "content": content, "stop_reason": "tool_use" if is_call else "end_turn",
            "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1}}  # fmt: skip


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(part.get("text", "") for part in content or () if part.get("type") == "text")


def _question(prompt: str) -> str:
    return str(json.loads(prompt.rpartition("Question:")[2].strip().split("\n")[0]))


heard_by = {"openai": _openai_heard, "anthropic": _anthropic_heard}
streams = {"openai": _openai_stream, "anthropic": _anthropic_stream}
wholes = {"openai": _openai_whole, "anthropic": _anthropic_whole}
