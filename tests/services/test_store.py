import io
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

import settings
from errors import ExportError, InputError
from services import store
from services.store import Upload, Uploads, discard, keep


@pytest.fixture(autouse=True)
def scenes(tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_SCENES_DIR", str(tmp_path / "scenes"))
    settings.load.cache_clear()
    yield tmp_path / "scenes"
    settings.load.cache_clear()


def upload(name, content=b"x"):
    return Upload(name, io.BytesIO(content))


def files_below(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_content_arrives_unchanged_under_a_name_that_keeps_its_date():
    pair = keep(Uploads([upload("T31_20240103.TIF", b"pre")], [upload("b.tif", b"post")]))
    assert pair.pre.name == "T31_20240103.tif"
    assert (pair.pre.read_bytes(), pair.post.read_bytes()) == (b"pre", b"post")
    assert pair.aoi is None


def test_reading_starts_at_the_first_byte_whatever_was_read_before():
    used = upload("a.tif", b"abc")
    used.content.read()
    assert keep(Uploads([used], [upload("b.tif")])).pre.read_bytes() == b"abc"


def test_one_name_for_both_dates_and_for_two_pairs_overwrites_nothing():
    first = keep(Uploads([upload("a.tif", b"1")], [upload("a.tif", b"2")]))
    second = keep(Uploads([upload("a.tif", b"3")], [upload("a.tif", b"4")]))
    contents = [path.read_bytes() for pair in (first, second) for path in (pair.pre, pair.post)]
    assert contents == [b"1", b"2", b"3", b"4"]


def test_several_tiles_become_a_folder():
    pair = keep(Uploads([upload("a.tif", b"1"), upload("b.tif", b"2")], [upload("c.tif")]))
    assert [path.read_bytes() for path in sorted(pair.pre.iterdir())] == [b"1", b"2"]


def test_tiles_whose_names_only_differ_in_unsafe_characters_are_all_kept():
    pair = keep(Uploads([upload("a b.tif"), upload("a/b.tif"), upload("A?b.TIF")], [upload("c")]))
    assert len(files_below(pair.pre)) == 3


def test_two_files_of_one_name_are_refused_and_nothing_is_stored(scenes):
    with pytest.raises(InputError, match=r"earlier date are called 'a\.tif'"):
        keep(Uploads([upload("a.tif"), upload("a.tif")], [upload("b.tif")]))
    assert not scenes.exists()


@pytest.mark.parametrize(("pre", "post", "missing"), [(0, 1, "earlier"), (1, 0, "later")])
def test_a_missing_date_is_named(pre, post, missing):
    with pytest.raises(InputError, match=f"no file for the {missing} date"):
        keep(Uploads([upload("a.tif")] * pre, [upload("b.tif")] * post))


def test_a_full_disk_leaves_nothing_behind(scenes, monkeypatch):
    def fail(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.shutil, "copyfileobj", fail)
    with pytest.raises(ExportError, match="No space left"):
        keep(Uploads([upload("a.tif")], [upload("b.tif")]))
    assert not list(scenes.iterdir())


@given(name=st.text(max_size=300))
def test_no_name_from_outside_leaves_its_folder(name):
    safe = store._safe_name(name, None)
    assert PurePosixPath(safe).name == safe
    assert "\\" not in safe
    assert not safe.startswith(".")
    assert 0 < len(safe.encode()) <= 100


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\boot.ini", "..", ".hidden.tif", "", "\x00.tif"]
)
def test_paths_in_names_stay_inside(name, scenes):
    pair = keep(Uploads([upload(name)], [upload("b.tif")]))
    assert pair.pre.parent == pair.folder / "pre"
    assert pair.folder.parent == scenes


def test_deleting_takes_the_pair_and_no_other(scenes):
    one, other = (keep(Uploads([upload("a.tif")], [upload("b.tif")])) for _ in range(2))
    discard(one.folder)
    assert not one.folder.exists()
    assert other.pre.exists()


def test_folders_that_are_no_uploads_are_never_deleted(tmp_path, scenes):
    mine = tmp_path / "mine"
    named = scenes / "mine"
    linked = scenes / ("0" * 32)
    for folder in (mine, named):
        folder.mkdir(parents=True)
    linked.symlink_to(mine)
    for folder in (mine, named, linked, scenes, scenes / ".." / "mine"):
        discard(folder)
    assert mine.exists()
    assert named.exists()
