import io
import zipfile

import pytest

from errors import NotFoundError
from exports import registry
from web import downloads, identify
from workspace import jobs, places

JOB = "0123456789abcdef" * 2
RASTER = bytes(range(256)) * 4096


@pytest.fixture
def result(monkeypatch):
    """A result of one owner: a raster, a table, and a file no export wrote."""
    folder = places.folder("results", JOB)
    folder.mkdir(parents=True)
    (folder / "mask.tif").write_bytes(RASTER)
    (folder / "statistics.csv").write_text("class,area\nbuilt,12\n" * 500)
    (folder / "private.txt").write_text("not an export")
    monkeypatch.setattr(jobs, "get", _job_of_alice)
    monkeypatch.setattr(identify, "owner", lambda request: request.headers.get("who", "alice"))
    return folder


def _job_of_alice(owner, job_id):
    if (owner, job_id) != ("alice", JOB):
        raise NotFoundError("There is no such job.")
    return type("Job", (), {"id": job_id})


@pytest.fixture
def ask(client, result):
    """Asks as alice."""
    return client(routes=downloads.ROUTES)


def test_a_file_comes_as_it_is_under_its_own_name(ask):
    answer = ask.get(f"/downloads/{JOB}/mask.tif")
    assert answer.content == RASTER
    assert answer.headers["content-disposition"] == 'attachment; filename="mask.tif"'
    assert answer.headers["content-type"].startswith("image/tiff")
    assert answer.headers["content-encoding"] == "identity"
    assert "private" in answer.headers["cache-control"]


def test_a_part_of_a_file_can_be_asked_for(ask):
    answer = ask.get(f"/downloads/{JOB}/mask.tif", headers={"Range": "bytes=100-199"})
    assert (answer.status_code, answer.content) == (206, RASTER[100:200])
    assert answer.headers["content-range"] == f"bytes 100-199/{len(RASTER)}"


def test_a_part_beyond_the_end_is_refused(ask):
    answer = ask.get(f"/downloads/{JOB}/mask.tif", headers={"Range": f"bytes={len(RASTER)}-"})
    assert answer.status_code == 416


def test_the_size_can_be_asked_for_without_the_file(ask):
    answer = ask.head(f"/downloads/{JOB}/mask.tif")
    assert (answer.content, answer.headers["content-length"]) == (b"", str(len(RASTER)))


@pytest.mark.parametrize(
    "name",
    ["private.txt", "score.tif", "..%2Fmask.tif", "%2e%2e%2f%2e%2e%2fworkspace.sqlite3",
     "mask.tif%00", "MASK.TIF", ".", "%2Fetc%2Fpasswd"],
)  # fmt: skip
def test_nothing_comes_but_files_an_export_wrote(ask, name):
    assert ask.get(f"/downloads/{JOB}/{name}").status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(ask, result):
    (result / "score.tif").symlink_to(result / "private.txt")
    assert ask.get(f"/downloads/{JOB}/score.tif").status_code == 404
    names = zipfile.ZipFile(io.BytesIO(ask.get(f"/downloads/{JOB}.zip").content)).namelist()
    assert "groundshift-01234567/score.tif" not in names


@pytest.mark.parametrize("path", ["/mask.tif", ".zip"])
def test_anothers_result_and_no_result_are_the_same_404(ask, path):
    theirs = ask.get(f"/downloads/{JOB}{path}", headers={"who": "bob"})
    none = ask.get(f"/downloads/{'f' * 32}{path}", headers={"who": "bob"})
    assert theirs.status_code == none.status_code == 404
    assert theirs.text == none.text


def test_the_zip_holds_every_export_and_nothing_else(ask):
    answer = ask.get(f"/downloads/{JOB}.zip")
    assert (
        answer.headers["content-disposition"] == 'attachment; filename="groundshift-01234567.zip"'
    )
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    assert {name.rpartition("/")[2] for name in archive.namelist()} == {
        "mask.tif", "statistics.csv",
    }  # fmt: skip
    assert archive.read("groundshift-01234567/mask.tif") == RASTER


def test_a_job_without_files_has_no_zip(ask, result):
    for name in ("mask.tif", "statistics.csv"):
        (result / name).unlink()
    assert ask.get(f"/downloads/{JOB}.zip").status_code == 404


def test_every_export_can_be_downloaded(ask, result):
    for export in registry.discover().values():
        (result / export.FILE_NAME).write_bytes(b"content")
        answer = ask.get(f"/downloads/{JOB}/{export.FILE_NAME}")
        assert (answer.status_code, answer.content) == (200, b"content")
