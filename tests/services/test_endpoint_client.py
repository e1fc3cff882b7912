import asyncio
import socket

import httpx2
import pytest

from services import endpoint_client
from services.endpoint_client import EndpointError, checked, client
from tests.agent import ailments
from tests.agent.servers import serving

BODY = {"messages": [], "model": "m"}


def post(base, path="/chat/completions", **options):
    """The status and content of an answer."""

    async def ask():
        async with client(base, timeout_s=5.0, **options) as open_client:
            answer = await open_client.post(f"{base}{path}" if path[0] == "/" else path, json=BODY)
            return answer.status_code, answer.content

    return asyncio.run(ask())


@pytest.fixture
def server():
    with serving("openai", lambda heard: "Hello.") as running:
        yield running


def test_the_server_that_was_named_is_asked(server):
    status, content = post(server.url)
    assert (status, b"Hello." in content) == (200, True)
    assert server.headers[0]["accept-encoding"] == "identity"
    assert server.headers[0]["host"] in server.url


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/v1/x", "http://localhost/v1/x", "https://192.0.2.1/v1/x"]
)
def test_no_other_server_is_asked(address, server):
    with pytest.raises(EndpointError, match="not the one"):
        post(server.url, address)


def test_nothing_beside_the_address_is_asked(server):
    with pytest.raises(EndpointError):
        post(server.url, server.url.replace("/v1", "/admin"))
    assert not server.requests


@pytest.mark.parametrize("ailment", [ailments.elsewhere, ailments.packed])
def test_an_answer_that_leads_elsewhere_or_is_packed_is_not_read(ailment, server):
    server.ailment = ailment
    with pytest.raises(EndpointError):
        post(server.url)
    assert len(server.requests) == 1


def test_an_answer_that_is_too_large_is_cut_off(server):
    server.ailment = ailments.endless
    with pytest.raises(EndpointError, match="more than"):
        post(server.url, max_bytes=100_000)


def test_a_busy_server_is_asked_once_more(server):
    server.ailment = ailments.status(503, Retry_After="0")
    assert post(server.url)[0] == 503
    assert len(server.requests) == 2


def test_a_server_that_wants_more_patience_than_we_have_is_left_alone(server):
    server.ailment = ailments.status(429, Retry_After="60")
    assert post(server.url)[0] == 429
    assert len(server.requests) == 1


def _resolve_to(monkeypatch, address):
    async def look_up(self, host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", look_up)


@pytest.mark.parametrize("address", ["169.254.169.254", "0.0.0.0", "224.0.0.1"])  # noqa: S104
def test_no_model_is_looked_for_where_none_can_be(address, monkeypatch):
    _resolve_to(monkeypatch, address)
    with pytest.raises(EndpointError, match="kind"):
        post("http://models.example/v1")


def test_a_key_is_not_sent_in_the_clear_over_the_internet(monkeypatch):
    _resolve_to(monkeypatch, "8.8.8.8")
    with pytest.raises(EndpointError, match="https"):
        post("http://models.example/v1")


def test_a_name_nobody_knows_is_said(monkeypatch):
    async def look_up(self, host, port, **_):
        raise socket.gaierror

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", look_up)
    with pytest.raises(EndpointError, match="not known"):
        post("https://models.example/v1")


def test_proxies_of_the_environment_are_not_used(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:3128")
    assert post(server.url)[0] == 200


def test_an_error_of_this_door_is_one_of_the_library():
    assert issubclass(EndpointError, httpx2.RequestError)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://host.example/v1/", "https://host.example/v1"),
        ("http://gpu:8000", "http://gpu:8000"),
    ],
)
def test_an_address_is_kept_without_its_last_slash(given, kept):
    assert checked(given) == kept


def test_addresses_are_not_logged(server, caplog):
    caplog.set_level("DEBUG")
    post(server.url)
    assert server.url not in caplog.text
    assert set(endpoint_client.TALKATIVE) >= {"httpx2", "openai", "anthropic"}
