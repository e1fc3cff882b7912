import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.middleware import Middleware
from starlette.routing import Route

from web import logs, metrics
from web.logs import RequestLog
from workspace import log_lines, tokens
from workspace.log_lines import JsonLines, Lines, without_secrets

SCENE = "0123456789abcdef" * 2


@given(st.text(max_size=80), st.integers(0, 20))
def test_a_token_is_blotted_out_of_an_address(before, zoom):
    token = tokens.mint("scene", SCENE, "local", {})
    text = without_secrets(f"{before} GET /tiles/{token}/{zoom}/1/2.png failed")
    assert token not in text
    assert f"/{zoom}/1/2.png failed" in text


@pytest.mark.parametrize("text", ["/tiles/short/1/2/3.png", "'/maps/tiles/short' failed"])
def test_whatever_stands_where_a_token_does_is_blotted_out(text):
    assert "short" not in without_secrets(text)
    assert "tiles/-" in without_secrets(text)


def test_a_token_alone_and_the_code_of_a_login_are_blotted_out():
    token = tokens.mint("scene", SCENE, "local", {})
    assert token[8:40] not in without_secrets(f"bad token {token!r}")
    assert "4/secret" not in without_secrets("GET /oauth2callback?code=4/secret&state=x HTTP/1.1")


def test_words_and_job_ids_are_left_alone():
    assert without_secrets(f"job {SCENE} took 3 s: 400 px") == f"job {SCENE} took 3 s: 400 px"


def _record(**changes):
    record = logging.LogRecord("web.x", logging.INFO, "f.py", 1, "took %s ms", (3,), None)
    vars(record).update(changes)
    return record


def test_json_is_one_object_with_the_fields():
    event = json.loads(JsonLines().format(_record(fields={"status": 200})))
    assert (event["level"], event["logger"], event["message"], event["status"]) == (
        "info", "web.x", "took 3 ms", 200,
    )  # fmt: skip
    assert event["time"].endswith("+00:00")


@pytest.mark.parametrize("form", [Lines(), JsonLines()])
def test_a_traceback_is_kept_without_the_token_in_it(form):
    token = tokens.mint("scene", SCENE, "local", {})
    try:
        int(f"/tiles/{token}/1/2/3.png")
    except ValueError:
        text = form.format(_record(exc_info=sys.exc_info()))
    assert "ValueError" in text
    assert token not in text
    if isinstance(form, JsonLines):
        assert "Traceback" in json.loads(text)["error"]


def _count(section, status):
    value = metrics.REGISTRY.get_sample_value(
        "groundshift_requests_total", {"section": section, "status": status}
    )
    return value or 0


@pytest.mark.parametrize(
    ("path", "section", "level"),
    [("/", "pages", logging.DEBUG), ("/tiles/secret/1/2/3.png", "tiles", logging.DEBUG),
     ("/downloads/secret/mask.tif", "downloads", logging.INFO)],
)  # fmt: skip
def test_a_request_is_logged_and_counted_by_its_part_of_the_app(
    client, caplog, path, section, level
):
    caplog.set_level(logging.DEBUG, logger="web.logs")
    before = _count(section, "2xx")
    client(Middleware(RequestLog)).get(f"{path}?code=secret")
    assert _count(section, "2xx") == before + 1
    [line] = [record for record in caplog.records if record.name == "web.logs"]
    assert line.levelno == level
    assert line.getMessage().startswith(f"GET {section} 200 in ")
    assert "secret" not in line.getMessage() + str(vars(line))


def test_our_faults_are_warnings(client, caplog):
    def fail(_request):
        raise RuntimeError

    client(Middleware(RequestLog), routes=[Route("/", fail)]).get("/")
    assert [record.levelname for record in caplog.records if record.name == "web.logs"] == [
        "WARNING"
    ]


def test_the_time_of_a_tile_is_measured(client):
    def tiles():
        return metrics.REGISTRY.get_sample_value("groundshift_tile_seconds_count")

    before = tiles()
    asking = client(Middleware(RequestLog))
    asking.get("/tiles/t/1/2/3.png")
    asking.get("/uploads")
    assert tiles() == before + 1


def test_open_pages_are_counted_while_they_are_open(client):
    def pages():
        return metrics.REGISTRY.get_sample_value("groundshift_open_pages")

    with client(Middleware(RequestLog)).websocket_connect("/_stcore/stream") as socket:
        assert socket.receive_text() == "hello"
    assert pages() == 0


@pytest.fixture
def server_log():
    """A logger as a server makes it: its own handler, nothing passed on; all is undone later."""
    root, own = logging.root, logging.getLogger("uvicorn.made-for-a-test")
    access = logging.getLogger("uvicorn.access")
    before = root.handlers, root.level, access.disabled, access.handlers, access.propagate
    own.handlers, own.propagate = [logging.StreamHandler()], False
    yield own
    root.handlers, level, access.disabled, access.handlers, access.propagate = before
    root.setLevel(level)
    for name in (*log_lines.OWN, own.name):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.parametrize(("style", "form"), [("text", Lines), ("json", JsonLines)])
def test_one_handler_writes_everything_in_one_form(server_log, style, form):
    logs.configure(style)
    logs.configure(style)
    [handler] = logging.root.handlers
    assert isinstance(handler.formatter, form)
    assert not server_log.handlers
    assert server_log.propagate
    assert logging.getLogger("web.anything").isEnabledFor(logging.INFO)
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)


def test_the_request_log_of_the_server_is_off(server_log):
    logs.configure("text")
    assert logging.getLogger("uvicorn.access").disabled
