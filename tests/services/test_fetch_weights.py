import fcntl
import shutil
from collections import namedtuple

import pytest

import settings
from errors import (
    CancelledError,
    ConflictError,
    ExportError,
    ForbiddenError,
    InputError,
    OutboundError,
    WeightsCorruptError,
    WeightsMissingError,
)
from inference import trained_weights, weights
from progress import Watcher
from services import fetch_weights
from services.fetch_weights import fetch
from tests.inference.weights_folder import CONTENT, entry, listing
from tests.services.weights_server import sending

PIECE = 40_000
PIECES = [0, 40_000, 80_000]


@pytest.fixture
def server():
    with sending(CONTENT) as parts:
        yield parts


@pytest.fixture
def setting(monkeypatch):
    def set_to(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"GROUNDSHIFT_{name.upper()}", str(value))
        settings.load.cache_clear()

    yield set_to
    monkeypatch.undo()
    settings.load.cache_clear()


@pytest.fixture
def kept(server, setting, tmp_path, monkeypatch):
    """The folder of fetched weights; the only ones known are those of the server."""
    listing(tmp_path / "shipped", monkeypatch, entry(), entry("own", url=None))
    monkeypatch.setattr(fetch_weights, "PIECE_BYTES", PIECE)
    monkeypatch.setattr(fetch_weights, "FIRST_PAUSE_S", 0.0)
    setting(
        weights_dir=tmp_path / "kept",
        weights_mirror=f"http://{server.server.host}/models/",
        allow_private_hosts=1,
    )
    return tmp_path / "kept"


def part(kept):
    return weights.part_place(weights.entry("small"))


def names(kept):
    return sorted(path.name for path in kept.iterdir())


def stopping_after(pieces):
    """A watcher that stops the work at a step, and what it was told."""
    told = []
    return Watcher(
        lambda share, text: told.append((share, text)), lambda: len(told) >= pieces
    ), told


def test_weights_are_fetched_in_pieces_checked_and_kept(kept, server):
    path = fetch("small", watcher=Watcher())
    assert path == kept / "small.pth" == weights.path("small")
    assert path.read_bytes() == CONTENT
    assert server.first_bytes == PIECES
    assert server.paths == {"/models/small.pth"}
    assert names(kept) == [".fetching", "small.pth"]


def test_the_publisher_is_asked_where_no_mirror_is_set(kept, setting, monkeypatch):
    asked = []
    monkeypatch.setattr(
        fetch_weights.Session, "get", lambda _self, url, _wanted: asked.append(url) or _gone()
    )
    setting(weights_mirror="")
    with pytest.raises(OutboundError, match=r"'weights\.example' answered with status 404"):
        fetch("small", watcher=Watcher())
    assert asked == ["https://weights.example/small.pth"]


def _gone():
    return fetch_weights.Reply(404, "text/html", b"")


def test_weights_that_are_here_are_not_asked_for(kept, server):
    fetch("small", watcher=Watcher())
    server.server.seen.clear()
    assert fetch("small", watcher=Watcher()) == kept / "small.pth"
    assert server.server.seen == []


def test_damaged_weights_are_fetched_anew(kept):
    kept.mkdir()
    (kept / "small.pth").write_bytes(CONTENT[:100])
    fetch("small", watcher=Watcher())
    assert weights.path("small").read_bytes() == CONTENT


def test_progress_is_told_and_ends_with_the_check(kept):
    told = []
    fetch("small", watcher=Watcher(lambda share, text: told.append((share, text))))
    shares = [share for share, _text in told]
    assert shares == sorted(shares)
    assert told[1][1] == "Fetching small: 40 kB of 102 kB"
    assert told[-1] == (1.0, "Checking small")


def test_a_fetch_that_was_stopped_goes_on_where_it_stopped(kept, server):
    watcher, _told = stopping_after(1)
    with pytest.raises(CancelledError, match="Fetching was stopped") as caught:
        fetch("small", watcher=watcher)
    assert "is kept" in caught.value.hint
    assert part(kept).read_bytes() == CONTENT[:PIECE]
    assert not (kept / "small.pth").exists()
    server.server.seen.clear()
    fetch("small", watcher=Watcher())
    assert server.first_bytes == PIECES[1:]
    assert weights.path("small").read_bytes() == CONTENT


def test_a_line_that_breaks_leaves_what_has_arrived(kept, server):
    server.troubles = [None, *[(503, {}, b"")] * 4]
    with pytest.raises(OutboundError, match="status 503") as caught:
        fetch("small", watcher=Watcher())
    assert "goes on from there" in caught.value.hint
    assert "docs/weights.md" in caught.value.hint
    assert part(kept).stat().st_size == PIECE


def test_a_busy_server_is_asked_again(kept, server):
    server.troubles = [(429, {"Retry-After": "0"}, b""), (503, {}, b""), (500, {}, b"")]
    fetch("small", watcher=Watcher())
    assert server.first_bytes == [0, 0, 0, *PIECES]


def test_a_part_that_is_too_long_is_begun_anew(kept, server):
    kept.mkdir()
    part(kept).write_bytes(b"x" * (len(CONTENT) + 1))
    fetch("small", watcher=Watcher())
    assert server.first_bytes == PIECES


def test_a_whole_part_needs_no_server(kept, server):
    kept.mkdir()
    part(kept).write_bytes(CONTENT)
    fetch("small", watcher=Watcher())
    assert server.server.seen == []
    assert weights.missing("small") == ""


def test_content_that_is_not_the_published_file_is_deleted_and_never_gets_its_name(kept, server):
    server.content = CONTENT[:-1] + b"?"
    with pytest.raises(WeightsCorruptError, match=r"not the published file 'small\.pth'"):
        fetch("small", watcher=Watcher())
    assert names(kept) == [".fetching"]


@pytest.mark.parametrize("content", [CONTENT + b"more", CONTENT[:50_000]])
def test_a_file_of_another_size_is_refused_at_the_first_piece(kept, server, content):
    server.content = content
    with pytest.raises(OutboundError, match="offers another file under the name"):
        fetch("small", watcher=Watcher())
    assert len(server.server.seen) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((404, {}, b""), "status 404"),
        ((200, {"Content-Type": "binary/octet-stream"}, CONTENT), "cannot send parts"),
        ((206, {"Content-Type": "text/html"}, b"<p>Log in first"), "answered with 'text/html'"),
        ((302, {"Location": "http://127.0.0.1:1/x"}, b""), "not among those"),
        ((206, {"Content-Type": "application/zip"}, CONTENT[:9]), "offers another file"),
    ],
)
def test_another_answer_than_the_piece_is_told_with_the_remedy(kept, server, answer, words):
    server.troubles = [answer] * 4
    with pytest.raises(OutboundError, match=words) as caught:
        fetch("small", watcher=Watcher())
    assert "this map" not in caught.value.hint
    assert "small.pth into the folder for weights" in caught.value.hint
    assert not (kept / "small.pth").exists()


def test_an_operator_can_forbid_it_before_anything_is_asked(kept, server, setting):
    setting(allow_downloads=0)
    with pytest.raises(ForbiddenError, match="may not fetch weights") as caught:
        fetch("small", watcher=Watcher())
    assert "operator" in caught.value.hint
    assert server.server.seen == []
    assert not kept.exists()


def test_a_folder_filled_by_hand_is_enough_where_it_is_forbidden(kept, setting):
    setting(allow_downloads=0)
    kept.mkdir()
    (kept / "small.pth").write_bytes(CONTENT)
    assert fetch("small", watcher=Watcher()) == kept / "small.pth"


def test_a_mirror_inside_the_own_network_has_to_be_allowed(kept, server, setting):
    setting(allow_private_hosts=0)
    with pytest.raises(OutboundError):
        fetch("small", watcher=Watcher())
    assert server.server.seen == []


@pytest.mark.parametrize("mirror", ["nonsense", "https://", "https://host:port/"])
def test_a_mirror_that_is_no_address_is_told(kept, setting, mirror):
    setting(weights_mirror=mirror)
    with pytest.raises(InputError, match="GROUNDSHIFT_WEIGHTS_MIRROR"):
        fetch("small", watcher=Watcher())


def test_shipped_weights_are_not_fetched(kept, server):
    with pytest.raises(WeightsMissingError, match="part of Groundshift") as caught:
        fetch("own", watcher=Watcher())
    assert "install it again" in caught.value.hint
    assert server.server.seen == []


def test_weights_that_were_trained_here_are_not_fetched(kept, server):
    trained_weights.keep(
        trained_weights.TrainedEntry(
            name="own/roofs", file="own/roofs.safetensors", sha256="0" * 64, bytes=1, licence="x",
            detector="changenet", parent_sha256="1" * 64,
        ),
        lambda path: path.write_bytes(b"numbers"),
    ).unlink()  # fmt: skip
    with pytest.raises(WeightsMissingError, match="trained here") as caught:
        fetch("own/roofs", watcher=Watcher())
    assert "train again" in caught.value.hint
    assert server.server.seen == []


def test_an_unknown_name_is_refused(kept):
    with pytest.raises(InputError, match=r"no weights called '\.\./x'"):
        fetch("../x", watcher=Watcher())


def test_two_fetches_at_once_are_one_too_many(kept, server):
    kept.mkdir()
    with (kept / ".fetching").open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(ConflictError, match="already"):
            fetch("small", watcher=Watcher())
    assert server.server.seen == []
    fetch("small", watcher=Watcher())


def test_a_full_disk_is_told_before_anything_is_fetched(kept, server, monkeypatch):
    usage = namedtuple("usage", "total used free")(10, 9, 1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(ExportError, match="The disk has 1 MB left; 200 MB are needed"):
        fetch("small", watcher=Watcher())
    assert server.server.seen == []


def test_a_folder_that_cannot_be_written_is_told(kept, setting, tmp_path):
    (tmp_path / "a file").write_bytes(b"")
    setting(weights_dir=tmp_path / "a file" / "below")
    with pytest.raises(ExportError, match="could not be written") as caught:
        fetch("small", watcher=Watcher())
    assert "rights" in caught.value.hint
