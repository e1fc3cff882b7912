"""What can go wrong between a model and us, whichever protocol its server speaks."""

from tests.agent.servers import HTML, send


def status(code, *, until=10**6, **headers):
    """This status, for the first requests."""

    def ail(handler, number):
        if number > until:
            return False
        send(handler, code, b'{"error": {"message": "sk-secret"}}', "application/json", **headers)
        return True

    return ail


def html(handler, number):
    """A page instead of an answer."""
    send(handler, 200, HTML, "text/html")
    return True


def hang(handler, number):
    """Nothing, until the test is over."""
    handler.state.closing.wait(20)
    handler.close_connection = True
    return True


def hang_up(handler, number):
    """The line is cut."""
    handler.close_connection = True
    return True


def elsewhere(handler, number):
    """Sends us to another server."""
    send(handler, 307, b"", "text/plain", Location="http://192.0.2.1/v1/chat/completions")
    return True


def endless(handler, number):
    """More than an answer can be."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()
    try:
        for _ in range(3000):
            handler.wfile.write(b": " + b"x" * 4000 + b"\n\n")
    except OSError:
        pass
    handler.close_connection = True
    return True


def packed(handler, number):
    """Packed, though nobody asked for it."""
    send(handler, 200, b"\x1f\x8b", "text/event-stream", Content_Encoding="gzip")
    return True


def no_choices(handler, number):
    """An answer of the right form without anything in it."""
    whole = b'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m",'
    whole += b'"choices":[]}\n\ndata: [DONE]\n\n'
    if handler.state.provider == "anthropic":
        whole = b'event: message_stop\ndata: {"type": "message_stop"}\n\n'
    send(handler, 200, whole, "text/event-stream")
    return True


def broken_stream(handler, number):
    """Lines that are no JSON."""
    send(handler, 200, b"event: x\ndata: {not json\n\n", "text/event-stream")
    return True
