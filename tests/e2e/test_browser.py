"""The main job in a real browser: choose, run, look, move the threshold, download, read again."""

import os
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import geopandas as gpd
import pytest
import rasterio

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Other tests may share the machine; nothing here takes as long by itself.
PATIENCE_MS = 60_000

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="module", params=["streamlit", "uvicorn"])
def address(request, results):
    """The app behind one of its two servers, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    commands = {
        "streamlit": ["streamlit", "run", "app.py", "--server.port", port],
        "uvicorn": ["uvicorn", "app:app", "--host", "127.0.0.1", "--port", port],
    }
    with subprocess.Popen(
        [sys.executable, "-m", *commands[request.param]],
        cwd=ROOT,
        env=os.environ | {"GROUNDSHIFT_RESULTS_DIR": str(results)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(url, server):
    for _attempt in range(300):
        assert server.poll() is None, "the app ended at once"
        try:
            with urlopen(url, timeout=2):  # noqa: S310 - our own address
                return
        except (URLError, ConnectionError, TimeoutError):
            with pytest.raises(subprocess.TimeoutExpired):
                server.wait(0.2)
    pytest.fail("the app did not answer")


@pytest.fixture(scope="module")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium on this machine: make setup installs it where it can")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A page that notes what a user would not want: console errors and strangers' addresses."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: _note_console(page, said))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: _note_request(page, request.url))
    yield page
    context.close()


def _note_console(page, said):
    if said.type == "error":
        page.complaints.append(said.text)


def _note_request(page, url):
    parts = urlsplit(url)
    if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
        page.complaints.append(url)


def metric(page, label):
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")


def run_sample(page, address, number):
    page.goto(address)
    page.get_by_role("button", name="Use this pair").nth(number).click()
    page.get_by_role("button", name="Compare this pair").click()
    page.get_by_role("button", name="Find changes").click()
    metric(page, "Changed area").wait_for()


def test_analyst_finds_looks_moves_downloads_and_reads_again(page, address, tmp_path):
    run_sample(page, address, 2)
    pictures = page.get_by_test_id("stImage").locator("img")
    assert pictures.count() == 3
    for number in range(3):
        pictures.nth(number).scroll_into_view_if_needed()
        assert pictures.nth(number).evaluate(
            "image => image.decode().then(() => image.naturalWidth)"
        )
    assert page.locator("[data-testid=stVegaLiteChart] svg, canvas").count()
    ran = metric(page, "Changed area").inner_text()

    box = page.get_by_label("Exact value")
    box.fill("0.15")
    box.press("Enter")
    page.get_by_text("This is a preview").wait_for()
    assert metric(page, "Changed area").inner_text() != ran
    assert f"run: {ran}" in page.get_by_test_id("stMetric").first.inner_text()

    page.get_by_role("link", name="Report").first.click()
    page.get_by_text("Everything as one ZIP").wait_for()
    assert metric(page, "Changed area").inner_text() == ran
    with page.expect_download() as caught:
        page.get_by_role("button", name="Everything as one ZIP").click()
    folder = unpacked(caught.value, tmp_path)
    with rasterio.open(folder / "mask.tif") as mask:
        codes = mask.read(1)
        assert mask.crs is not None
    objects = gpd.read_file(folder / "changes.gpkg", layer="changes")
    assert set(objects["class"]) <= {"backscatter_increase", "backscatter_decrease"}
    assert len(objects) == int(metric(page, "Objects").inner_text())
    assert ((codes > 0) & (codes < 255)).any()
    assert page.complaints == []


def unpacked(download, folder):
    path = folder / "bundle.zip"
    download.save_as(path)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    (inside,) = (child for child in folder.iterdir() if child.is_dir())
    return inside


def test_stopped_and_reloaded_runs_leave_nothing_half_done(page, address, results):
    for leave in ("stop", "reload"):
        before = set(results.iterdir())
        page.goto(address)
        page.get_by_role("button", name="Use this pair").nth(0).click()
        page.get_by_role("button", name="Compare this pair").click()
        page.get_by_role("button", name="Find changes").click()
        stop = page.get_by_role("button", name="Stop the run")
        stop.wait_for()
        if leave == "stop":
            stop.click()
            page.get_by_text("The run was stopped").wait_for()
        else:
            page.reload()
            page.get_by_text("choose two scenes first").wait_for()
        page.wait_for_timeout(500)
        assert set(results.iterdir()) == before


def test_uploaded_file_that_is_no_image_gets_a_sentence(page, address):
    page.goto(address)
    page.get_by_role("tab", name="Your own files").click()
    inputs = page.locator("input[type=file]")
    inputs.nth(0).wait_for(state="attached")
    for number in (0, 1):
        inputs.nth(number).set_input_files(
            {"name": "<b>x</b>.tif", "mimeType": "image/tiff", "buffer": b"hello"}
        )
    page.get_by_role("button", name="Check these files").click()
    alert = page.get_by_test_id("stAlert")
    alert.wait_for()
    assert "is not what its name says" in alert.inner_text()
    assert page.complaints == []
