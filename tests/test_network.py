"""The test suite itself: it cannot reach past this machine."""

import contextlib
import socket
import threading
import urllib.error
import urllib.request

import pytest

# Reserved for documentation (RFC 5737): no machine answers there, so only the guard can.
FOREIGN = "192.0.2.1"


def test_a_connection_to_another_machine_is_stopped_before_it_leaves():
    with socket.socket() as client:
        client.settimeout(2)
        with pytest.raises(UserWarning, match="tried to use socket"):
            client.connect((FOREIGN, 80))


def test_a_page_on_another_machine_cannot_be_fetched():
    with pytest.raises((UserWarning, urllib.error.URLError)) as stopped:
        urllib.request.urlopen(f"http://{FOREIGN}/", timeout=2)
    assert "tried to use socket" in str(stopped.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_server_on_this_machine_can_be_reached(host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family)) as server:
        try:
            server.bind((host, 0))
        except OSError:
            pytest.skip(f"this machine has no {host}")
        server.listen(1)
        greeter = threading.Thread(target=_greet, args=(server,))
        greeter.start()
        with socket.socket(family) as client:
            client.connect(server.getsockname()[:2])
            assert client.recv(5) == b"hello"
        greeter.join()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no unix sockets here")
def test_a_unix_socket_can_be_reached(tmp_path):
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as server:
        server.bind(str(tmp_path / "s"))
        server.listen(1)
        greeter = threading.Thread(target=_greet, args=(server,))
        greeter.start()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(tmp_path / "s"))
            assert client.recv(5) == b"hello"
        greeter.join()


def _greet(server):
    connection, _address = server.accept()
    with connection:
        connection.sendall(b"hello")
