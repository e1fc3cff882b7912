"""The uploader in a real browser: breaks, reloads and restarts lose nothing."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.servers import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
CHUNK_BYTES = 2 << 20
MIDDLE = 3 * CHUNK_BYTES
NAME = "pre <img src=x onerror=alert(1)>.tif"
LAST = 5 * CHUNK_BYTES

# A page that shows what has arrived and takes it, behind the rules and routes of the app.
PAGE = """
import streamlit as st
from pages._ui.uploader_view import show_uploader
from pages._ui.user import current_owner
from workspace import uploads

def take(arrived):
    for upload in arrived:
        uploads.finish(current_owner(), upload.id).unlink()

if st.toggle("Another page"):
    st.write("Nothing to send here")
else:
    arrived = show_uploader(key="pre", label="Pre: the earlier date", role="pre")
    single = show_uploader(
        key="post", label="Post: the later date", role="post", multiple=False, max_bytes=2_000_000
    )
    words = ", ".join(f"{one.name} ({one.size_bytes})" for one in arrived)
    st.text(f"Arrived: {words or 'nothing'}")
    st.button("Take them", on_click=take, args=(arrived,))
"""
SITE = """
from pathlib import Path
import streamlit as st
from errors import GroundshiftError
from web import errors, policy, uploads
app = st.App(
    str(Path(__file__).with_name("page.py")), routes=uploads.ROUTES, middleware=policy.MIDDLEWARE,
    exception_handlers={GroundshiftError: errors.answer_known},
)
"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Site:
    """A server process that can be killed and started again at the same address."""

    def __init__(self, folder):
        self.port = free_port()
        self.folder = folder
        self.address = f"http://127.0.0.1:{self.port}"
        (folder / "page.py").write_text(PAGE, encoding="utf-8")
        (folder / "site_under_test.py").write_text(SITE, encoding="utf-8")

    @property
    def parts(self):
        return self.folder / "data" / "uploads"

    @contextmanager
    def running(self):
        command = ["uvicorn", "site_under_test:app", "--app-dir", str(self.folder)]
        own = {
            "GROUNDSHIFT_DATA_DIR": str(self.folder / "data"),
            "GROUNDSHIFT_CHUNK_BYTES": str(CHUNK_BYTES),
            "PYTHONPATH": str(ROOT),
        }
        with subprocess.Popen(
            [sys.executable, "-m", *command, "--port", self.port, "--log-level", "error"],
            cwd=ROOT,
            env=os.environ | own,
        ) as server:
            try:
                wait_for(f"{self.address}/_stcore/health", server)
                yield server
            finally:
                server.kill()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    with site.running():
        yield site


@pytest.fixture
def page(new_page, site):
    page = new_page(viewport={"width": 1024, "height": 800})
    page.goto(site.address)
    yield page
    page.close()
    shutil.rmtree(site.parts)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """12 MB without a pattern, so that a byte in the wrong place shows."""
    path = tmp_path_factory.mktemp("own") / NAME
    path.write_bytes(os.urandom(12_000_000))
    return path


def uploader(page, role="pre"):
    return page.get_by_test_id(f"gs-uploader-{role}")


def choose(page, *paths, role="pre"):
    uploader(page, role).locator("input[type=file]").set_input_files([str(path) for path in paths])


def kept(site):
    """Content of everything that lies on the server's disk."""
    return [path.read_bytes() for path in site.parts.rglob("*") if path.is_file()]


def offset_of(request):
    return int(request.url.partition("offset=")[2] or 0)


def test_a_broken_connection_goes_on_by_itself_and_the_file_is_the_same(page, site, tmp_path):
    scene = tmp_path / NAME
    scene.write_bytes(os.urandom(40_000_000))
    page.route(
        f"**/uploads/*?offset={MIDDLE}", lambda route: route.abort("connectionreset"), times=1
    )
    choose(page, scene)
    page.get_by_text("Connection lost: will go on by itself").first.wait_for()
    page.get_by_text(f"Arrived: {scene.name} (40000000)").wait_for()
    uploader(page).get_by_text("Uploaded, 40 MB").first.wait_for()
    assert kept(site) == [scene.read_bytes()]


def test_a_reload_in_mid_upload_goes_on_when_the_same_file_is_chosen_again(page, site, scene):
    sent = []
    page.on("request", lambda request: sent.append(request))
    with page.expect_request(lambda request: offset_of(request) == MIDDLE):
        page.route(f"**/uploads/*?offset={MIDDLE}", lambda _route: None)  # it never arrives
        choose(page, scene)
    page.reload()
    page.unroute_all()
    half = uploader(page).get_by_text("Half-finished at 52 %: choose the same file again to go on")
    half.first.wait_for()
    sent.clear()
    choose(page, scene)
    page.get_by_text(f"Arrived: {scene.name} (12000000)").wait_for()
    assert kept(site) == [scene.read_bytes()]
    assert min(offset_of(request) for request in sent if request.method == "PUT") == MIDDLE


def test_a_server_that_ends_in_mid_upload_is_waited_for(new_page, tmp_path, scene):
    own, page = Site(tmp_path), new_page()
    with own.running() as server:

        def end_the_server(route):
            server.kill()
            server.wait()
            route.continue_()

        page.goto(own.address)
        page.route(f"**/uploads/*?offset={MIDDLE}", end_the_server, times=1)
        choose(page, scene)
        uploader(page).get_by_text("Connection lost: will go on by itself").first.wait_for()
    with own.running():
        uploader(page).get_by_text("Uploaded, 12 MB").first.wait_for()
        assert kept(own) == [scene.read_bytes()]


def test_pause_and_resume_and_remove(page, site, scene):
    page.route(f"**/uploads/*?offset={MIDDLE}", lambda _route: None)
    with page.expect_request(lambda request: offset_of(request) == MIDDLE):
        choose(page, scene)
    uploader(page).get_by_role("button", name=f"Pause {scene.name}").click()
    uploader(page).get_by_text("Paused at 52 %").first.wait_for()
    bar = uploader(page).get_by_role("progressbar", name=scene.name)
    assert bar.get_attribute("aria-valuenow") == "52"
    page.unroute_all()
    uploader(page).get_by_role("button", name=f"Resume {scene.name}").click()
    page.get_by_text(f"Arrived: {scene.name} (12000000)").wait_for()
    assert kept(site) == [scene.read_bytes()]
    uploader(page).get_by_role("button", name=f"Remove {scene.name}").click()
    page.get_by_text("Arrived: nothing").wait_for()
    assert uploader(page).locator("li").count() == 0
    assert kept(site) == []


def test_sending_goes_on_while_another_page_is_shown(page, site, scene):
    held = []
    page.route(f"**/uploads/*?offset={MIDDLE}", lambda route: held.append(route))
    with page.expect_request(lambda request: offset_of(request) == MIDDLE):
        choose(page, scene)
    page.get_by_text("Another page").click()
    page.get_by_text("Nothing to send here").wait_for()
    assert uploader(page).count() == 0
    with page.expect_response(lambda response: offset_of(response.request) == LAST):
        held.pop().continue_()
    page.get_by_text("Another page").click()
    page.get_by_text(f"Arrived: {scene.name} (12000000)").wait_for()
    assert kept(site) == [scene.read_bytes()]


def test_two_tabs_that_send_the_same_file_do_not_spoil_it(page, new_page, site, scene):
    other = page.context.new_page()
    other.goto(site.address)
    choose(page, scene)
    choose(other, scene)
    for tab in (page, other):
        uploader(tab).get_by_text("Uploaded, 12 MB").first.wait_for()
    assert kept(site) == [scene.read_bytes()]


def test_a_file_removed_in_another_tab_is_sent_anew_when_asked_for(page, site, scene):
    page.route(f"**/uploads/*?offset={MIDDLE}", lambda _route: None)
    with page.expect_request(lambda request: offset_of(request) == MIDDLE):
        choose(page, scene)
    uploader(page).get_by_role("button", name=f"Pause {scene.name}").click()
    page.unroute_all()
    other = page.context.new_page()
    other.goto(site.address)
    uploader(other).get_by_role("button", name=f"Remove {scene.name}").click()
    other.get_by_role("progressbar").wait_for(state="detached")
    resume = uploader(page).get_by_role("button", name=f"Resume {scene.name}")
    resume.click()
    uploader(page).get_by_text("There is no such upload. Choose the file again.").first.wait_for()
    resume.click()
    uploader(page).get_by_text("Uploaded, 12 MB").first.wait_for()
    assert kept(site) == [scene.read_bytes()]


def test_words_of_the_server_stop_the_file_until_it_is_resumed(page, site, scene):
    refusal = {"error": "The disk of the server is full.", "remedy": "Ask for space; then resume."}
    page.route(
        f"**/uploads/*?offset={MIDDLE}", lambda route: route.fulfill(status=413, json=refusal)
    )
    choose(page, scene)
    words = "The disk of the server is full. Ask for space; then resume."
    uploader(page).get_by_text(words).first.wait_for()
    page.unroute_all()
    uploader(page).get_by_role("button", name=f"Resume {scene.name}").click()
    page.get_by_text(f"Arrived: {scene.name} (12000000)").wait_for()
    assert kept(site) == [scene.read_bytes()]


def test_files_can_be_dropped(page, site):
    uploader(page).wait_for()
    page.evaluate(
        """() => {
            const zone = document.querySelector('[data-testid=stBidiComponentIsolated]')
                .shadowRoot.querySelector('.zone');
            const dropped = new DataTransfer();
            dropped.items.add(new File(['north'], 'north.tif'));
            zone.dispatchEvent(new DragEvent('drop', {dataTransfer: dropped, cancelable: true}));
        }"""
    )
    page.get_by_text("Arrived: north.tif (5)").wait_for()
    assert kept(site) == [b"north"]


def test_what_the_page_takes_leaves_the_list(page, site, tmp_path):
    for name in ("north.tif", "south.tif"):
        (tmp_path / name).write_bytes(name.encode())
    choose(page, tmp_path / "north.tif", tmp_path / "south.tif")
    page.get_by_text("Arrived: north.tif (9), south.tif (9)").wait_for()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["impact"]) for one in found] == []
    page.get_by_role("button", name="Take them").click()
    page.get_by_text("Arrived: nothing").wait_for()
    uploader(page).locator("li").first.wait_for(state="detached")
    assert kept(site) == []
    assert page.complaints == []


def test_files_that_cannot_be_used_are_refused_in_words(page, site, tmp_path):
    for name, size in (("notes.txt", 5), ("empty.tif", 0), ("large.tif", 2_000_001)):
        (tmp_path / name).write_bytes(bytes(size))
    for name, words in (
        ("notes.txt", "This kind of file is not read here"),
        ("empty.tif", "The file is empty"),
        ("large.tif", "The file has 2 MB; the limit is 2 MB"),
    ):
        choose(page, tmp_path / name, role="post")
        uploader(page, "post").get_by_text(words).first.wait_for()
        uploader(page, "post").get_by_role("button", name=f"Remove {name}").click()
    assert kept(site) == []
