import os
import zipfile

import pytest

from errors import ExportError
from exports import bundle


@pytest.fixture
def finished(tmp_path):
    folder = tmp_path / "run-1"
    folder.mkdir()
    for name in ("run.json", "mask.tif", "a.csv"):
        (folder / name).write_bytes(name.encode() * 1000)
    return folder


def test_every_file_comes_back_as_it_was(finished, tmp_path):
    bundle.write_zip(finished, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["run-1/a.csv", "run-1/mask.tif", "run-1/run.json"]
        for file in finished.iterdir():
            assert archive.read(f"run-1/{file.name}") == file.read_bytes()


def test_the_same_folder_gives_the_same_bytes(finished, tmp_path):
    bundle.write_zip(finished, tmp_path / "one.zip")
    for file in finished.iterdir():
        os.utime(file, (1, 1))
    bundle.write_zip(finished, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_bundle_inside_its_own_folder_does_not_hold_itself(finished):
    bundle.write_zip(finished, finished / "bundle.zip")
    with zipfile.ZipFile(finished / "bundle.zip") as archive:
        assert len(archive.namelist()) == 3


def test_links_are_not_followed(finished, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (finished / "link.txt").symlink_to(tmp_path / "secret.txt")
    bundle.write_zip(finished, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert "run-1/link.txt" not in archive.namelist()


def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ExportError, match="no result"):
        bundle.write_zip(tmp_path / "empty", tmp_path / "b.zip")


def test_a_target_that_cannot_be_written_leaves_nothing(finished, tmp_path):
    (tmp_path / "b.zip").mkdir()
    (tmp_path / "b.zip" / "full").write_text("")
    with pytest.raises(ExportError, match="could not be written"):
        bundle.write_zip(finished, tmp_path / "b.zip")
    assert not list(tmp_path.glob(".*.part"))
