import pytest
from streamlit.testing.v1 import AppTest

import settings
from tests.pages.steps import MAIN
from tests.scenes import ground, with_houses, write_pair

HOUSES = [(30, 40, 14, 20), (90, 120, 18, 12)]


@pytest.fixture(autouse=True)
def data_dir(tmp_path, monkeypatch):
    """Everything the app keeps goes to a folder of this test's own, which is returned."""
    folder = tmp_path / "data"
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(folder))
    settings.load.cache_clear()
    yield folder
    settings.load.cache_clear()


@pytest.fixture
def app(data_dir):
    """The app in a new session, on its first page."""
    return AppTest.from_file(str(MAIN), default_timeout=60).run()


@pytest.fixture
def houses(tmp_path):
    """A small pair in which two houses were built."""
    image = ground((160, 180))
    return write_pair(tmp_path / "files", image, with_houses(image, HOUSES))
