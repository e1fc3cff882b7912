import pytest

from tests.agent.tools.desks import Bench, desk_of, open_both, run_both


@pytest.fixture(scope="session")
def folders(tmp_path_factory):
    return run_both(tmp_path_factory.mktemp("huts"))


@pytest.fixture(scope="session")
def cases(folders):
    """The count, then the comparison."""
    return open_both(folders)


@pytest.fixture
def desk(cases, folders, tmp_path):
    """The count in view; nothing can be run."""
    return desk_of(cases, folders, tmp_path)


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def working(cases, folders, tmp_path, bench):
    """The same with a worker."""
    return desk_of(cases, folders, tmp_path, work=bench)
