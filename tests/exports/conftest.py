from pathlib import Path

import pytest

from tests.exports import synthetic


@pytest.fixture(scope="session")
def result(tmp_path_factory):
    return synthetic.build(tmp_path_factory.mktemp("result"))


@pytest.fixture
def build(tmp_path: Path):
    def make(**changes):
        folder = tmp_path / "inputs"
        folder.mkdir(exist_ok=True)
        return synthetic.build(folder, synthetic.Setup(**changes))

    return make
