import pytest
from starlette.middleware import Middleware
from starlette.websockets import WebSocketDisconnect

from web.door import Door

DOOR = Middleware(Door)
STRANGER = ("203.0.113.9", 40000)
SOCKET = "ws://127.0.0.1:8501/_stcore/stream"


def _status(client, path="/", **headers):
    return client.get(path, headers=headers).status_code


def test_a_visitor_at_this_machine_comes_in(client):
    assert client(DOOR).get("/").text == "hello 0"


@pytest.mark.parametrize(
    "name", ["localhost:8501", "127.0.0.1", "[::1]:8501", "LOCALHOST", "localhost."]
)
def test_this_machine_has_its_usual_names(client, name):
    assert _status(client(DOOR), host=name) == 200


@pytest.mark.parametrize(
    "name",
    ["evil.example", "127.0.0.1.evil.example", "localhost:8501@evil.example", "", "[", "10.0.0.5"],
)
def test_a_foreign_name_for_this_machine_is_refused(client, name):
    """A stranger's site could point its own name at this machine and read the app through it."""
    assert _status(client(DOOR), host=name) == 403


def test_a_visitor_from_another_machine_is_refused_without_accounts(client):
    answer = client(DOOR, peer=STRANGER).get("/")
    assert answer.status_code == 403
    assert "own machine" in answer.json()["error"]
    assert "127.0.0.1" in answer.json()["remedy"]


def test_a_machine_cannot_call_itself_this_one(client):
    assert _status(client(DOOR, peer=STRANGER), host="127.0.0.1:8501") == 403


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_what_a_proxy_passes_on_is_not_a_visitor_at_this_machine(client, header):
    assert client(DOOR).get("/", headers={header: "203.0.113.9"}).status_code == 403


def test_an_operator_can_let_other_machines_in_on_purpose(client, rules):
    rules(hosts='["maps.example"]')
    assert _status(client(DOOR, peer=STRANGER), host="Maps.Example:443") == 200
    assert _status(client(DOOR, peer=STRANGER), host="evil.example") == 403


def test_a_refusal_quotes_no_more_than_the_start_of_a_name(client, rules):
    rules(hosts='["maps.example"]')
    answer = client(DOOR, peer=STRANGER).get("/", headers={"Host": "x" * 5000})
    assert answer.status_code == 403
    assert len(answer.text) < 500


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
def test_probes_are_answered_under_any_name(client, path):
    assert _status(client(DOOR, peer=STRANGER), path, host="10.1.2.3:8501") == 200


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_what_streamlit_would_tell_anybody_is_closed(client, path):
    assert _status(client(DOOR), path) == 403


def test_a_page_of_ours_may_open_its_socket(client):
    with client(DOOR).websocket_connect(
        SOCKET, headers={"Origin": "http://127.0.0.1:8501"}
    ) as socket:
        assert socket.receive_text() == "hello"


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "http://127.0.0.1:9999"}, {"Origin": "null"},
     {"Origin": ""}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}],
)  # fmt: skip
def test_the_page_of_another_site_may_not_open_a_socket(client, headers):
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        client(DOOR).websocket_connect(SOCKET, headers=headers),
    ):
        pytest.fail("it was let in")
    assert closed.value.code == 1008


def test_header_mode_lets_in_whom_a_trusted_proxy_names(client, rules):
    rules(identity="header", hosts='["maps.example"]', trusted_proxies='["10.0.0.0/24"]')
    door = client(DOOR, peer=("10.0.0.7", 1), base_url="http://maps.example")
    assert _status(door, **{"X-Forwarded-User": "alice"}) == 200
    assert _status(door) == 403


def test_header_mode_believes_nobody_else(client, rules):
    rules(identity="header", hosts='["maps.example"]', trusted_proxies='["10.0.0.0/24"]')
    for peer in (STRANGER, ("10.0.1.1", 1), ("", 1), None):
        door = client(DOOR, peer=peer, base_url="http://maps.example")
        assert _status(door, **{"X-Forwarded-User": "alice"}) == 403


def test_header_mode_refuses_two_names(client, rules):
    rules(identity="header", hosts='["maps.example"]', trusted_proxies='["10.0.0.7"]')
    door = client(DOOR, peer=("10.0.0.7", 1), base_url="http://maps.example")
    twice = [("X-Forwarded-User", "mallory"), ("x-forwarded-user", "alice")]
    assert door.get("/", headers=twice).status_code == 403


def test_header_mode_guards_the_socket_of_the_pages_too(client, rules):
    rules(identity="header", hosts='["maps.example"]', trusted_proxies='["10.0.0.7"]')
    address, headers = "ws://maps.example/_stcore/stream", {"X-Forwarded-User": "alice"}
    with client(DOOR, peer=("10.0.0.7", 1)).websocket_connect(address, headers=headers) as socket:
        assert socket.receive_text() == "hello"
    with (
        pytest.raises(WebSocketDisconnect),
        client(DOOR, peer=STRANGER).websocket_connect(address, headers=headers),
    ):
        pytest.fail("it was let in")


def test_streamlits_memory_is_for_visitors_who_are_known(client, rules):
    assert client(DOOR).put("/_stcore/upload_file/s/f").status_code == 200
    rules(identity="login")
    assert client(DOOR).get("/").status_code == 200
    assert client(DOOR).put("/_stcore/upload_file/s/f").status_code == 403
