import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import settings
from errors import ConflictError, InputError, LimitError, NotFoundError
from workspace import database, scenes, uploads

OWNER = "ann"
NOBODYS = "0" * 32


@pytest.fixture(autouse=True)
def limits(tmp_path, monkeypatch):
    """Set limits of this test; its data lies in a folder of its own."""

    def set_limits(**values):
        for name, value in {"data_dir": tmp_path / "data", **values}.items():
            monkeypatch.setenv(f"GROUNDSHIFT_{name.upper()}", str(value))
        settings.load.cache_clear()

    set_limits()
    yield set_limits
    settings.load.cache_clear()


def sent(content, *, owner=OWNER, name="pre.tif", **words):
    """The id of an upload that has arrived whole."""
    upload = uploads.begin(owner, name, len(content), **words)
    return uploads.append(owner, upload.id, 0, content).id


def files():
    """Everything that lies in the folder of uploads."""
    return {path.name for path in uploads.place().rglob("*") if path.is_file()}


def test_a_file_arrives_as_it_was_sent():
    upload = uploads.begin(OWNER, "pre.tif", 6, role="pre")
    assert (upload.received_bytes, upload.is_complete) == (0, False)
    assert uploads.append(OWNER, upload.id, 0, b"abc").received_bytes == 3
    after = uploads.append(OWNER, upload.id, 3, [b"d", b"ef"])
    assert (after.received_bytes, after.is_complete, after.role) == (6, True, "pre")
    path = uploads.finish(OWNER, upload.id)
    assert (path.name, path.read_bytes()) == ("pre.tif", b"abcdef")


class _ConnectionLostError(Exception):
    """Stands for whatever ends a request in its middle."""


def _broken_after(pieces, count):
    """The first `count` pieces, and then the connection is gone."""
    yield from pieces[:count]
    raise _ConnectionLostError


@given(
    content=st.binary(min_size=1, max_size=400),
    sends=st.lists(
        st.tuples(
            st.integers(1, 120),  # bytes of the request
            st.integers(1, 40),  # bytes that come at a time
            st.none() | st.integers(0, 8),  # after how many of those the connection breaks
            st.integers(-3, 3),  # by how much the browser is wrong about what has arrived
        ),
        max_size=25,
    ),
)
def test_any_split_with_any_breaks_gives_the_same_file(content, sends):
    upload = uploads.begin(OWNER, "pre.tif", len(content))
    for size, step, breaks_after, error in sends:
        received = uploads.get(OWNER, upload.id).received_bytes
        assert uploads._part(upload.id).read_bytes() == content[:received]
        if error and received + error >= 0:
            with pytest.raises(ConflictError):
                uploads.append(OWNER, upload.id, received + error, content[received + error :][:9])
            continue
        body = content[received:][:size]
        pieces = [body[at : at + step] for at in range(0, len(body), step)]
        if breaks_after is None or breaks_after > len(pieces):
            uploads.append(OWNER, upload.id, received, pieces)
            continue
        with pytest.raises(_ConnectionLostError):
            uploads.append(OWNER, upload.id, received, _broken_after(pieces, breaks_after))
    received = uploads.get(OWNER, upload.id).received_bytes
    uploads.append(OWNER, upload.id, received, content[received:])
    path = uploads.finish(OWNER, upload.id)
    assert path.read_bytes() == content
    uploads.cancel(OWNER, upload.id)


def test_what_has_arrived_is_the_size_of_the_file_whatever_happened_to_the_program():
    upload = uploads.begin(OWNER, "pre.tif", 10)
    part = uploads.open_part(OWNER, upload.id, 0)
    part.write(b"abc")  # and then the program is killed: nothing is closed or noted
    assert uploads.get(OWNER, upload.id).received_bytes == 3
    part.close()


def test_two_writers_of_one_upload_do_not_mix():
    upload = uploads.begin(OWNER, "pre.tif", 10)
    with uploads.open_part(OWNER, upload.id, 0) as part:
        part.write(b"abc")
        with pytest.raises(ConflictError):
            uploads.append(OWNER, upload.id, 0, b"xyz")
        with pytest.raises(ConflictError):
            uploads.append(OWNER, upload.id, 3, b"xyz")
    assert uploads._part(upload.id).read_bytes() == b"abc"


@pytest.mark.parametrize("is_beyond_the_file", [True, False])
def test_more_than_announced_or_than_one_piece_is_refused_whole(limits, is_beyond_the_file):
    limits(chunk_bytes=1 << 16)
    upload = uploads.begin(OWNER, "pre.tif", 5 if is_beyond_the_file else 1 << 20)
    body = b"abcdef" if is_beyond_the_file else bytes((1 << 16) + 1)
    with pytest.raises(LimitError, match="More was sent"):
        uploads.append(OWNER, upload.id, 0, [body[:4], body[4:]])
    assert uploads.get(OWNER, upload.id).received_bytes == 0


@pytest.mark.parametrize(
    "act",
    [
        uploads.get,
        uploads.finish,
        uploads.cancel,
        lambda owner, upload_id: uploads.open_part(owner, upload_id, 0),
        lambda owner, upload_id: uploads.append(owner, upload_id, 0, b""),
        uploads.touched,
    ],
)
def test_another_users_upload_is_told_from_none_by_nothing(act):
    theirs = sent(b"abc", owner="bob")
    said = []
    for upload_id in (theirs, NOBODYS, "../../etc/passwd", "' OR 1=1 --", ""):
        with pytest.raises(NotFoundError) as refusal:
            act(OWNER, upload_id)
        said.append((refusal.value.message, refusal.value.hint))
    assert len(set(said)) == 1
    assert uploads.listed(OWNER) == ()
    assert uploads.get("bob", theirs).is_complete


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("scene.exe", "not a raster we read"),
        ("scene", "not a raster we read"),
        ("scene.tif.zip", "not a raster we read"),
        ("", "1 to 200"),
        ("\u202e\x00", "1 to 200"),
        (f"{'x' * 300}.tif", "1 to 200"),
    ],
)
def test_a_name_we_cannot_use_is_refused_before_anything_is_sent(name, words):
    with pytest.raises(InputError, match=words) as refusal:
        uploads.begin(OWNER, name, 5)
    assert refusal.value.hint
    assert files() == set()


@pytest.mark.parametrize("name", ["a.TIF", "a.tiff", "a.jp2", "raw.img", "raw.hdr"])
def test_every_raster_we_open_may_be_sent(name):
    assert uploads.begin(OWNER, name, 5).name == name


@pytest.mark.parametrize("size_bytes", [0, -1])
def test_an_empty_file_is_refused(size_bytes):
    with pytest.raises(InputError, match="is empty"):
        uploads.begin(OWNER, "pre.tif", size_bytes)


def test_words_of_the_page_have_limits():
    with pytest.raises(InputError):
        uploads.begin(OWNER, "pre.tif", 5, role="a role; DROP TABLE uploads")
    with pytest.raises(InputError):
        uploads.begin(OWNER, "pre.tif", 5, fingerprint="x" * 601)


@pytest.mark.parametrize("name", ["../../../etc/cron.d/evil.tif", "..\\..\\evil.tif", "...tif"])
def test_no_name_from_outside_leads_out_of_the_folder(name):
    path = uploads.finish(OWNER, sent(b"abc", name=name))
    assert path.parent.parent == uploads.place()
    assert path.suffix == ".tif"
    assert not path.name.startswith(".")


def test_the_same_file_chosen_again_goes_on_where_it_stopped():
    first = uploads.begin(OWNER, "pre.tif", 6, role="pre", fingerprint="6:1:pre.tif")
    uploads.append(OWNER, first.id, 0, b"abc")
    again = uploads.begin(OWNER, "pre.tif", 6, role="pre", fingerprint="6:1:pre.tif")
    assert (again.id, again.received_bytes) == (first.id, 3)


@pytest.mark.parametrize(
    ("owner", "size", "role", "fingerprint"),
    [
        ("bob", 6, "pre", "print"),
        (OWNER, 7, "pre", "print"),
        (OWNER, 6, "post", "print"),
        (OWNER, 6, "pre", "other"),
    ],
)
def test_another_file_user_or_role_begins_anew(owner, size, role, fingerprint):
    first = uploads.begin(OWNER, "pre.tif", 6, role="pre", fingerprint="print")
    other = uploads.begin(owner, "pre.tif", size, role=role, fingerprint=fingerprint)
    assert other.id != first.id


def test_files_without_a_fingerprint_are_never_taken_for_each_other():
    assert uploads.begin(OWNER, "a.tif", 6).id != uploads.begin(OWNER, "a.tif", 6).id


def test_a_file_that_is_too_large_is_refused(limits):
    limits(max_upload_bytes=2_000_000)
    assert uploads.begin(OWNER, "a.tif", 2_000_000)
    with pytest.raises(LimitError, match=r"has 3\.5 MB; the limit is 2 MB"):
        uploads.begin(OWNER, "pre.tif", 3_500_000)


def test_announced_bytes_count_against_the_quota_until_they_are_cancelled(limits):
    limits(quota_bytes=1000)
    first = uploads.begin(OWNER, "a.tif", 600)
    assert uploads.begin("bob", "a.tif", 600)
    with pytest.raises(LimitError, match="has 401 bytes; 400 bytes of your 1 kB is free"):
        uploads.begin(OWNER, "b.tif", 401)
    assert uploads.begin(OWNER, "b.tif", 400)
    uploads.cancel(OWNER, first.id)
    assert uploads.begin(OWNER, "c.tif", 600)


def test_kept_scenes_count_against_the_quota(limits):
    limits(quota_bytes=1000)
    scenes.add(OWNER, "kept", [uploads.finish(OWNER, sent(bytes(700)))])
    with pytest.raises(LimitError, match="is free"):
        uploads.begin(OWNER, "b.tif", 301)
    assert uploads.begin(OWNER, "b.tif", 300)


def test_a_quota_that_filled_up_meanwhile_stops_the_upload_and_keeps_it(limits):
    upload = uploads.begin(OWNER, "a.tif", 6)
    uploads.append(OWNER, upload.id, 0, b"abc")
    limits(quota_bytes=3)
    with pytest.raises(LimitError, match="used up"):
        uploads.append(OWNER, upload.id, 3, b"def")
    limits(quota_bytes=1000)
    assert uploads.append(OWNER, upload.id, 3, b"def").is_complete


def test_a_file_the_disk_cannot_hold_is_refused_at_once(monkeypatch):
    usage = shutil.disk_usage(Path("/"))._replace(free=2_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage)
    with pytest.raises(LimitError, match=r"disk of the server has 2 MB left"):
        uploads.begin(OWNER, "a.tif", 2_000_001)
    assert uploads.begin(OWNER, "a.tif", 2_000_000)


def test_nobody_begins_files_without_end(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_OPEN", 2)
    for name in ("a.tif", "b.tif"):
        uploads.begin(OWNER, name, 5)
    with pytest.raises(LimitError, match="2 files are on their way"):
        uploads.begin(OWNER, "c.tif", 5)


def test_a_file_with_bytes_missing_is_not_finished():
    upload = uploads.begin(OWNER, "pre.tif", 6)
    uploads.append(OWNER, upload.id, 0, b"abc")
    with pytest.raises(InputError, match="Only 3 of 6"):
        uploads.finish(OWNER, upload.id)
    assert uploads.append(OWNER, upload.id, 3, b"def").is_complete


def test_a_finished_file_waits_until_it_is_taken_away():
    upload_id = sent(b"abc")
    path = uploads.finish(OWNER, upload_id)
    assert uploads.finish(OWNER, upload_id) == path
    assert [upload.id for upload in uploads.listed(OWNER)] == [upload_id]
    path.unlink()
    assert uploads.listed(OWNER) == ()
    with pytest.raises(NotFoundError):
        uploads.finish(OWNER, upload_id)


def test_two_files_of_one_name_do_not_meet():
    first, second = (uploads.finish(OWNER, sent(text)) for text in (b"abc", b"xyz"))
    assert (first.read_bytes(), second.read_bytes()) == (b"abc", b"xyz")


@pytest.mark.parametrize("is_finished", [True, False])
def test_cancel_leaves_nothing(is_finished):
    upload_id = sent(b"abc")
    if is_finished:
        uploads.finish(OWNER, upload_id)
    uploads.cancel(OWNER, upload_id)
    assert files() == set()
    assert list(uploads.place().iterdir()) == []
    with pytest.raises(NotFoundError):
        uploads.get(OWNER, upload_id)


def test_a_piece_on_its_way_when_the_upload_is_cancelled_leaves_nothing():
    upload = uploads.begin(OWNER, "pre.tif", 6)
    with uploads.open_part(OWNER, upload.id, 0) as part:
        uploads.cancel(OWNER, upload.id)
        part.write(b"abc")
    assert files() == set()


def test_uploads_nobody_goes_on_with_are_deleted_after_a_week():
    left, used = sent(b"abc"), sent(b"xyz")
    later = datetime.now(UTC) + timedelta(days=6)
    assert uploads.purge_stale(now=later) == 0
    with database.transaction() as connection:
        connection.execute(
            "UPDATE uploads SET touched_utc = ? WHERE id = ?", (database.utc_text(later), used)
        )
    assert uploads.purge_stale(now=later + timedelta(days=2)) == 1
    assert [upload.id for upload in uploads.listed(OWNER)] == [used]
    assert files() == {f"{used}.part"}
    with pytest.raises(NotFoundError):
        uploads.get(OWNER, left)


def test_files_nobody_knows_are_deleted_after_a_week_and_strangers_files_never():
    orphan, folder = uploads.place() / f"{NOBODYS}.part", uploads.place() / ("1" * 32)
    stranger = uploads.place() / "notes.txt"
    folder.mkdir()
    for path in (orphan, folder / "pre.tif", stranger):
        path.touch()
    assert uploads.purge_stale() == 0
    for path in (orphan, folder, stranger):
        os.utime(path, (0, 0))
    assert uploads.purge_stale() == 2
    assert list(uploads.place().iterdir()) == [stranger]


def test_files_are_not_for_other_users_of_the_machine():
    upload_id = sent(b"abc")
    assert uploads.place().stat().st_mode & 0o077 == 0
    assert uploads._part(upload_id).stat().st_mode & 0o077 == 0
