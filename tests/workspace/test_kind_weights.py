import pytest

from errors import ForbiddenError
from progress import Watcher
from tests.inference.weights_folder import CONTENT, entry, listing
from tests.services.weights_server import sending
from tests.workspace.steps import ANN
from workspace import jobs
from workspace.kinds import weights


@pytest.fixture
def job(limits, tmp_path, monkeypatch):
    """A job that asks for weights which a server on this machine has."""
    listing(tmp_path / "shipped", monkeypatch, entry())
    with sending(CONTENT) as parts:
        limits(weights_mirror=f"http://{parts.server.host}", allow_private_hosts=1)
        jobs.submit(ANN, "weights", {"name": "small"})
        yield jobs.claim("prepare", "here")


def test_the_job_fetches_the_weights_it_names_into_the_data_folder(job, tmp_path):
    told = []
    assert weights.run(job, Watcher(lambda share, text: told.append(text))) == {"name": "small"}
    assert (tmp_path / "data" / "weights" / "small.pth").read_bytes() == CONTENT
    assert told[0].startswith("Fetching small")


def test_the_job_fails_where_the_operator_forbids_it(job, limits):
    limits(allow_downloads=0)
    with pytest.raises(ForbiddenError, match="may not fetch"):
        weights.run(job, Watcher())
