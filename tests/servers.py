"""Servers that tests start on this machine: a port for them, and waiting until they answer."""

import socket
import subprocess
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest


def free_port():
    """A port nobody listens on, as text."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def wait_for(url, process, *, refusal_counts=False):
    """Return once `url` answers well; a refusal is an answer too where that is said."""
    for _attempt in range(300):
        assert process.poll() is None, "the server ended at once"
        try:
            with urlopen(url, timeout=2):  # noqa: S310 - our own address
                return
        except (URLError, ConnectionError, TimeoutError) as error:
            if refusal_counts and isinstance(error, HTTPError):
                return
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.2)
    pytest.fail("the server did not answer")
