"""A real server and a real browser for the tests that need both."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.servers import free_port, wait_for
from tests.services import xyz_server

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Other tests may share the machine; nothing here takes as long by itself.
PATIENCE_MS = 120_000
SAID_CHARACTERS = 3000
SERVERS = {
    "streamlit": ["streamlit", "run", "app.py", "--server.port"],
    "uvicorn": ["uvicorn", "app:app", "--host", "127.0.0.1", "--port"],
}


@contextmanager
def served(data_dir, *, server="streamlit", **settings):
    """Address of the app on a free port, with a data folder of its own; its log is in there too."""
    port = free_port()
    env = os.environ | {"GROUNDSHIFT_DATA_DIR": str(data_dir)}
    env |= {f"GROUNDSHIFT_{name.upper()}": value for name, value in settings.items()}
    with (
        (data_dir / "server.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", *SERVERS[server], port],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(url, process):
    wait_for(url, process, refusal_counts=True)


@pytest.fixture(scope="session")
def maps():
    """A map server on this machine; its layers `pre` and `post` are the background maps."""
    with xyz_server.running() as server:
        yield server


def pytest_collection_modifyitems(config, items):
    """A browser test that failed is tried twice more, and fails if it fails each time.

    What fails only on a slow machine still counts: see it with `-p no:rerunfailures`.
    """
    if not config.pluginmanager.hasplugin("rerunfailures"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory):
    """The data folder of `address`."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def address(data_dir, maps):
    """The app behind a proxy that names the visitors, shared by the tests of one process."""
    layers = [
        {"title": layer, "url": maps.url(layer), "attribution": "Made for a test", "max_zoom": 18}
        for layer in ("pre", "post")
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORWARDED_ALLOW_IPS", "none")
        with served(
            data_dir,
            identity="header",
            basemaps=json.dumps(layers),
            allow_basemaps="0",
            allow_private_hosts="1",
        ) as url:
            yield url


@pytest.fixture(scope="session")
def chromium():
    """The machine's own browser."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium on this machine: make setup installs it where it can")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Remember whether a test, or what it stands on, failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


def _tell(page):
    """What the page showed when its test failed, for the log."""
    with suppress(Exception):
        words = page.locator("body").inner_text(timeout=5000)
        print(f"{page.url}\n{words[:SAID_CHARACTERS]}\nComplaints: {page.complaints}")  # noqa: T201


@pytest.fixture
def new_page(chromium, request):
    """Opens pages that note what a user would not want, each for a user nobody has seen before.

    Two pages with one `user` are two browsers of that person, who is another one in each try.
    """
    contexts = []
    once = secrets.token_hex(6)

    def open_page(*, user="", **options):
        name = f"{user}-{once}" if user else f"user-{secrets.token_hex(6)}"
        default = {
            "viewport": {"width": 1440, "height": 1000},
            "extra_http_headers": {"X-Forwarded-User": name},
        }
        context = chromium.new_context(**default | options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: _note_console(page, said))
        page.on("pageerror", lambda error: page.complaints.append(error.stack or str(error)))
        page.on("request", lambda request: _note_request(page, request.url))
        return page

    yield open_page
    if request.node.stash.get(FAILED, False):
        for context in contexts:
            for page in context.pages:
                _tell(page)
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """One such page."""
    return new_page()


def _note_console(page, said):
    if said.type == "error":
        page.complaints.append(f"{said.text} ({said.location.get('url', '')})")


def _note_request(page, url):
    parts = urlsplit(url)
    if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
        page.complaints.append(url)
