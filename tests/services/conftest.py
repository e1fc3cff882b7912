import pytest

from progress import Watcher
from services.compare import CompareRequest, compare
from tests.scenes import ground, with_houses, write_pair

HOUSES = [(60, 80, 14, 20), (150, 200, 18, 12), (230, 60, 16, 16)]


@pytest.fixture(scope="session")
def houses(tmp_path_factory):
    """Pre and post of a place where three houses were built."""
    image = ground()
    return write_pair(tmp_path_factory.mktemp("houses"), image, with_houses(image, HOUSES))


@pytest.fixture(scope="session")
def result_folder(houses, tmp_path_factory):
    """The result of comparing `houses`."""
    out = tmp_path_factory.mktemp("result") / "out"
    return compare(CompareRequest(*houses, detector="cva"), out_dir=out, watcher=Watcher()).folder
