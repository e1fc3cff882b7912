import pytest
from streamlit.testing.v1 import AppTest

import settings
from tests.pages.steps import MAIN
from tests.scenes import ground, with_houses, write_pair

HOUSES = [(30, 40, 14, 20), (90, 120, 18, 12)]


@pytest.fixture(autouse=True)
def results(tmp_path, monkeypatch):
    """Results and uploads of this test go to a folder of its own, which is returned."""
    monkeypatch.setenv("GROUNDSHIFT_RESULTS_DIR", str(tmp_path / "results"))
    monkeypatch.setenv("GROUNDSHIFT_SCENES_DIR", str(tmp_path / "results" / "scenes"))
    settings.load.cache_clear()
    yield tmp_path / "results"
    settings.load.cache_clear()


@pytest.fixture
def app(results):
    """The app in a new session, on its first page."""
    return AppTest.from_file(str(MAIN), default_timeout=60).run()


@pytest.fixture
def houses(tmp_path):
    """A small pair in which two houses were built."""
    image = ground((160, 180))
    return write_pair(tmp_path / "files", image, with_houses(image, HOUSES))
