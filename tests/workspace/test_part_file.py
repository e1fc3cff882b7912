import errno
import os
import shutil
import subprocess

import pytest

from errors import ConflictError, ExportError, LimitError, NotFoundError
from workspace.part_file import PartFile


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "one.part"
    path.write_bytes(b"abc")
    return path


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 256 kB, where this process may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    command = [mount or "false", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs the rights of an administrator")
    yield place
    subprocess.run([umount, str(place)], check=True)


def fill_up(monkeypatch, *, after):
    """A disk that takes `after` more bytes, as a real one does: the last write is cut short."""
    room = after
    write = os.write

    def write_some(descriptor, piece):
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fitting = bytes(piece[:room])
        room -= len(fitting)
        return write(descriptor, fitting)

    monkeypatch.setattr(os, "write", write_some)


def test_bytes_go_to_the_end(path):
    with PartFile(path, offset=3, most_bytes=10) as part:
        part.write(b"de")
        part.write(bytearray(b"f"))
        assert part.size_bytes == 6
    assert path.read_bytes() == b"abcdef"


def test_a_short_write_of_the_system_loses_nothing(path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, piece: write(file, piece[:2]))
    with PartFile(path, offset=3, most_bytes=10) as part:
        part.write(b"defghi")
    assert path.read_bytes() == b"abcdefghi"


@pytest.mark.parametrize("offset", [0, 2, 4])
def test_a_piece_that_does_not_follow_is_refused_and_changes_nothing(path, offset):
    with pytest.raises(ConflictError, match="3 bytes have arrived"):
        PartFile(path, offset=offset, most_bytes=10)
    assert path.read_bytes() == b"abc"
    PartFile(path, offset=3, most_bytes=10).close()


def test_only_one_writes_at_a_time(path):
    with PartFile(path, offset=3, most_bytes=10) as first:
        first.write(b"d")
        with pytest.raises(ConflictError, match="another tab"):
            PartFile(path, offset=4, most_bytes=10)
    with PartFile(path, offset=4, most_bytes=10) as second:
        second.write(b"e")
    assert path.read_bytes() == b"abcde"


def test_of_a_piece_that_is_too_long_nothing_stays(path):
    with PartFile(path, offset=3, most_bytes=5) as part:
        part.write(b"d")
        with pytest.raises(LimitError, match="More was sent"):
            part.write(b"ef")
    assert path.read_bytes() == b"abc"


def test_a_full_disk_keeps_what_fitted_and_takes_the_rest_later(path, monkeypatch):
    with monkeypatch.context() as patch:
        fill_up(patch, after=2)
        with (
            pytest.raises(LimitError, match="disk of the server is full"),
            PartFile(path, offset=3, most_bytes=10) as part,
        ):
            part.write(b"defg")
    assert path.read_bytes() == b"abcde"
    with PartFile(path, offset=5, most_bytes=10) as part:
        part.write(b"fg")
    assert path.read_bytes() == b"abcdefg"


def test_a_disk_that_is_really_full_keeps_what_fitted(small_disk):
    path = small_disk / "one.part"
    path.touch()
    (small_disk / "other").write_bytes(bytes(100_000))
    sent = os.urandom(250_000)
    with (
        pytest.raises(LimitError, match="disk of the server is full"),
        PartFile(path, offset=0, most_bytes=300_000) as part,
    ):
        part.write(sent)
    held = path.stat().st_size
    assert 0 < held < 250_000
    (small_disk / "other").unlink()
    with PartFile(path, offset=held, most_bytes=300_000) as part:
        part.write(sent[held:])
    assert path.read_bytes() == sent


def test_a_broken_disk_is_told_in_words(path, monkeypatch):
    def fail(_descriptor, _piece):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "write", fail)
    with (
        pytest.raises(ExportError, match="could not be stored"),
        PartFile(path, offset=3, most_bytes=10) as part,
    ):
        part.write(b"d")


def test_the_next_writer_gets_in_even_when_the_last_sync_failed(path, monkeypatch):
    def fail(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        part = PartFile(path, offset=3, most_bytes=10)
        part.write(b"d")
        with pytest.raises(LimitError):
            part.close()
    PartFile(path, offset=4, most_bytes=10).close()


def test_what_was_written_is_synced_before_anybody_is_told(path, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_size))
    with PartFile(path, offset=3, most_bytes=10) as part:
        part.write(b"de")
    assert synced == [5]


def test_the_first_error_is_the_one_that_is_told(path, monkeypatch):
    def fail(_descriptor):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    def write_and_fail():
        with PartFile(path, offset=3, most_bytes=10) as part:
            part.write(b"d")
            raise LookupError

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(LookupError):
        write_and_fail()


def test_a_file_that_is_gone_is_no_upload(path):
    path.unlink()
    with pytest.raises(NotFoundError):
        PartFile(path, offset=0, most_bytes=10)


def test_a_link_is_not_followed(path, tmp_path):
    target = tmp_path / "precious"
    target.write_bytes(b"abc")
    path.unlink()
    path.symlink_to(target)
    with pytest.raises(ExportError):
        PartFile(path, offset=3, most_bytes=10)
    assert target.read_bytes() == b"abc"
