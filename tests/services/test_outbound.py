import ipaddress
import logging
import socket

import pytest

import settings
from errors import OutboundError
from services import outbound
from services.outbound import Session, Wanted, is_public
from tests.services.plain_server import Server

TEXT = Wanted(("text/plain",), 1000)


def to(*hosts):
    return Session(frozenset(hosts))


@pytest.fixture
def server():
    with Server() as running:
        running.answers["/"] = (200, {"Content-Type": "text/plain; charset=utf-8"}, b"hello")
        yield running


@pytest.fixture
def allow(monkeypatch):
    def set_to(is_allowed):
        monkeypatch.setenv("GROUNDSHIFT_ALLOW_PRIVATE_HOSTS", "1" if is_allowed else "0")
        settings.load.cache_clear()

    set_to(True)
    yield set_to
    monkeypatch.undo()
    settings.load.cache_clear()


@pytest.fixture
def session(server, allow):
    with to(server.host) as opened:
        yield opened


def test_an_allowed_host_is_asked_and_its_answer_returned(session, server):
    reply = session.get(server.url(), TEXT)
    assert (reply.status, reply.content_type, reply.body) == (200, "text/plain", b"hello")
    assert server.seen[0][1]["Host"] == server.host


def test_a_host_that_is_not_listed_is_never_connected_to(session, server, allow):
    with Server() as other, pytest.raises(OutboundError, match="not among those"):
        session.get(other.url(), TEXT)
    assert other.seen == []


def test_another_port_of_a_listed_host_is_another_host(session, server):
    with pytest.raises(OutboundError, match="not among those"):
        session.get("http://127.0.0.1/", TEXT)


def test_loopback_is_refused_unless_the_operator_allows_it(server, allow):
    allow(False)
    host = "127.0.0.1:8443"
    with to(host) as opened, pytest.raises(OutboundError, match="own network"):
        opened.get(f"https://{host}/", TEXT)
    assert server.seen == []


def test_plain_http_is_refused_unless_private_hosts_are_allowed(server, allow):
    allow(False)
    with (
        to(server.host) as opened,
        pytest.raises(OutboundError, match="only https"),
    ):
        opened.get(server.url(), TEXT)
    assert server.seen == []


@pytest.mark.parametrize(
    "url", ["ftp://{}/", "file:///etc/passwd", "http://user:word@{}/", "http://", "http://[::1/"]
)
def test_other_kinds_of_address_are_refused(session, server, url):
    with pytest.raises(OutboundError) as caught:
        session.get(url.format(server.host), TEXT)
    assert "word" not in caught.value.message.replace("password", "")
    assert server.seen == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",  # noqa: S104
        "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::",
        "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::",
    ],
)  # fmt: skip
def test_addresses_of_private_networks_are_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet_are_public(address):
    assert is_public(ipaddress.ip_address(address))


def _names(monkeypatch, *answers):
    """Let each look-up of a name give the next of `answers`; gives the list of look-ups."""
    asked, left, real = [], list(answers), socket.getaddrinfo

    def look_up(host, port, *arguments, **options):
        if host[0].isdigit():
            return real(host, port, *arguments, **options)
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(outbound.socket, "getaddrinfo", look_up)
    return asked


def test_a_public_name_for_a_private_address_is_refused(monkeypatch, server, allow):
    allow(False)
    _names(monkeypatch, ["127.0.0.1"])
    with (
        to("tiles.example.org") as opened,
        pytest.raises(OutboundError, match="own network"),
    ):
        opened.get("https://tiles.example.org/", TEXT)


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch, allow):
    allow(False)
    _names(monkeypatch, ["8.8.8.8", "10.0.0.5"])
    with (
        to("tiles.example.org") as opened,
        pytest.raises(OutboundError, match="own network"),
    ):
        opened.get("https://tiles.example.org/", TEXT)


def test_the_checked_address_is_the_one_that_is_connected_to(monkeypatch, server, allow):
    port = server.host.rpartition(":")[2]
    name = f"tiles.example.org:{port}"
    # The second look-up would lead elsewhere, as an attacker's name server does it.
    asked = _names(monkeypatch, ["127.0.0.1"], ["203.0.113.9"])
    with to(name) as opened:
        assert opened.get(f"http://{name}/", TEXT).body == b"hello"
        assert opened.get(f"http://{name}/", TEXT).body == b"hello"
    assert asked == ["tiles.example.org"]
    assert server.seen[0][1]["Host"] == name


def test_the_next_address_is_tried_when_the_first_does_not_answer(monkeypatch, server, allow):
    name = f"tiles.example.org:{server.host.rpartition(':')[2]}"
    _names(monkeypatch, ["127.0.0.2", "127.0.0.1"])
    real = Session._ask_at

    def ask_at(session, target, address, wanted):
        if str(address) == "127.0.0.2":  # The tests may open no connection to it.
            raise outbound.httpx.ConnectError("refused")
        return real(session, target, address, wanted)

    monkeypatch.setattr(Session, "_ask_at", ask_at)
    with to(name) as opened:
        assert opened.get(f"http://{name}/", TEXT).body == b"hello"


def test_a_redirect_to_an_allowed_place_is_followed(session, server):
    server.answers["/old"] = (302, {"Location": "/"}, b"")
    assert session.get(server.url("/old"), TEXT).body == b"hello"


def test_a_redirect_to_another_host_is_refused_without_asking_it(session, server):
    with Server() as inner:
        server.answers["/old"] = (302, {"Location": inner.url("/secret")}, b"")
        with pytest.raises(OutboundError, match="not among those"):
            session.get(server.url("/old"), TEXT)
    assert inner.seen == []


def test_a_redirect_to_a_file_is_refused(session, server):
    server.answers["/old"] = (302, {"Location": "file:///etc/passwd"}, b"")
    with pytest.raises(OutboundError):
        session.get(server.url("/old"), TEXT)


def test_redirects_end_after_three(session, server):
    server.answers["/round"] = (302, {"Location": "/round"}, b"")
    with pytest.raises(OutboundError, match="on and on"):
        session.get(server.url("/round"), TEXT)
    assert len(server.seen) == 4


def test_an_answer_that_is_too_large_is_cut_off(session, server):
    server.answers["/big"] = (200, {"Content-Type": "text/plain"}, b"x" * 1001)
    with pytest.raises(OutboundError, match="more than 1,000 bytes"):
        session.get(server.url("/big"), TEXT)


def test_an_answer_of_exactly_the_limit_is_taken(session, server):
    server.answers["/full"] = (200, {"Content-Type": "text/plain"}, b"x" * 1000)
    assert len(session.get(server.url("/full"), TEXT).body) == 1000


def test_an_answer_that_trickles_is_given_up(session, server, monkeypatch):
    monkeypatch.setattr(outbound, "TOTAL_S", -1.0)
    with pytest.raises(OutboundError, match="took more than"):
        session.get(server.url(), TEXT)


def test_another_kind_of_content_is_refused(session, server):
    server.answers["/page"] = (200, {"Content-Type": "text/html"}, b"<p>log in</p>")
    with pytest.raises(OutboundError, match="'text/html'"):
        session.get(server.url("/page"), TEXT)


def test_a_beginning_of_a_content_type_must_end_in_a_slash_to_match(session, server):
    server.answers["/tiff"] = (200, {"Content-Type": "image/tiff"}, b"II*")
    assert session.get(server.url("/tiff"), Wanted(("image/",), 9)).status == 200
    with pytest.raises(OutboundError):
        session.get(server.url("/tiff"), Wanted(("image",), 9))


def test_a_failure_has_a_status_and_no_content(session, server):
    server.answers["/no"] = (404, {"Content-Type": "text/html"}, b"<p>none</p>")
    reply = session.get(server.url("/no"), TEXT)
    assert (reply.status, reply.body) == (404, b"")


@pytest.mark.parametrize(
    ("said", "taken"), [("7", 7.0), ("9999", 30.0), ("soon", None), ("-3", None), ("", None)]
)
def test_retry_after_is_a_bounded_number_or_nothing(session, server, said, taken):
    server.answers["/busy"] = (429, {"Retry-After": said}, b"")
    assert session.get(server.url("/busy"), TEXT).retry_after_s == taken


def test_a_part_is_asked_for_and_the_whole_size_told(session, server):
    headers = {"Content-Type": "text/plain", "Content-Range": "bytes 2-4/9"}
    server.answers["/part"] = (206, headers, b"llo")
    reply = session.get(server.url("/part"), Wanted(("text/plain",), 10, (2, 4)))
    assert (reply.body, reply.total_bytes) == (b"llo", 9)
    assert server.seen[-1][1]["Range"] == "bytes=2-4"


def test_a_server_that_ignores_the_part_is_refused(session, server):
    with pytest.raises(OutboundError, match="parts of a file"):
        session.get(server.url("/"), Wanted(("text/plain",), 10, (2, 4)))


def test_cookies_are_not_kept(session, server):
    headers = {"Content-Type": "text/plain", "Set-Cookie": "who=me; Path=/"}
    server.answers["/cookie"] = (200, headers, b"")
    session.get(server.url("/cookie"), TEXT)
    session.get(server.url("/"), TEXT)
    assert "Cookie" not in server.seen[-1][1]


def test_proxies_of_the_environment_are_ignored(session, server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert session.get(server.url(), TEXT).body == b"hello"


def test_a_key_in_an_address_reaches_neither_log_nor_message(session, server, caplog):
    caplog.set_level(logging.INFO)
    session.get(server.url("/?api_key=hush"), TEXT)
    server.answers["/page"] = (200, {"Content-Type": "text/html"}, b"")
    with pytest.raises(OutboundError) as caught:
        session.get(server.url("/page?api_key=hush"), TEXT)
    assert "hush" not in caplog.text + str(caught.value)


def test_a_closed_port_is_an_error_in_plain_words(allow):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{taken.getsockname()[1]}"
        with (
            to(host) as opened,
            pytest.raises(OutboundError, match="cannot be reached"),
        ):
            opened.get(f"http://{host}/", TEXT)


def test_a_name_that_does_not_exist_is_an_error_in_plain_words(monkeypatch, allow):
    def look_up(*_arguments, **_options):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(outbound.socket, "getaddrinfo", look_up)
    with (
        to("nowhere.example") as opened,
        pytest.raises(OutboundError, match="cannot be reached"),
    ):
        opened.get("https://nowhere.example/", TEXT)


def test_a_server_that_hangs_up_is_an_error_in_plain_words(session, server):
    server.answers["/cut"] = (200, {"Content-Type": "text/plain", "Content-Length": "99"}, b"x")
    with pytest.raises(OutboundError, match="cannot be reached"):
        session.get(server.url("/cut"), TEXT)
