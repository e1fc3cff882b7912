import threading

import pytest

from raster import shelf


class Opened:
    """Something that notices when it is closed."""

    def __init__(self):
        self.is_closed = False

    def close(self):
        self.is_closed = True


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.clear()
    yield
    shelf.clear()


def _file(folder, name="a", text="x"):
    path = folder / name
    path.write_text(text)
    return path


def test_a_file_is_opened_once(tmp_path):
    path = _file(tmp_path)
    first = shelf.take(Opened, path, Opened)
    assert shelf.take(Opened, path, Opened) is first


def test_a_replaced_file_is_opened_again_and_the_old_one_closed(tmp_path):
    path = _file(tmp_path)
    first = shelf.take(Opened, path, Opened)
    _file(tmp_path, "b", "longer").replace(path)
    assert shelf.take(Opened, path, Opened) is not first
    assert first.is_closed


def test_a_deleted_file_is_not_shown_from_memory(tmp_path):
    path = _file(tmp_path)
    shelf.take(Opened, path, Opened)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        shelf.take(Opened, path, Opened)


def test_a_deleted_file_is_let_go_with_the_next_one(tmp_path):
    gone = _file(tmp_path)
    opened = shelf.take(Opened, gone, Opened)
    gone.unlink()
    shelf.take(Opened, _file(tmp_path, "b"), Opened)
    assert opened.is_closed


def test_the_longest_unused_is_closed_when_there_is_no_room(tmp_path):
    first = shelf.take(Opened, _file(tmp_path, "first"), Opened)
    second = shelf.take(Opened, _file(tmp_path, "second"), Opened)
    for number in range(shelf.ROOM - 1):
        shelf.take(Opened, tmp_path / "first", Opened)
        shelf.take(Opened, _file(tmp_path, f"{number}"), Opened)
    assert second.is_closed
    assert not first.is_closed


def test_threads_do_not_share_what_they_opened(tmp_path):
    path = _file(tmp_path)
    mine = shelf.take(Opened, path, Opened)
    theirs = []
    other = threading.Thread(target=lambda: theirs.append(shelf.take(Opened, path, Opened)))
    other.start()
    other.join()
    assert theirs[0] is not mine
