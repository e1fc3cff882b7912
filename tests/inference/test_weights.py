import hashlib
import os

import pytest

import settings
from errors import InputError, WeightsCorruptError, WeightsMissingError
from inference import weights
from tests.inference.weights_folder import CONTENT, entry, listing


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The folder of fetched weights, in a listing of one published file and one shipped one."""
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setenv("GROUNDSHIFT_WEIGHTS_DIR", str(folder))
    settings.load.cache_clear()
    shipped = entry("own", file="own.safetensors", url=None)
    listing(tmp_path / "shipped", monkeypatch, entry(), shipped)
    yield folder
    settings.load.cache_clear()


def forbid(monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_DOWNLOADS", "0")
    settings.load.cache_clear()


def test_the_list_that_is_shipped_can_be_used():
    listed = {one.name: one for one in weights.entries()}
    assert {"sam_vit_b", "sam_vit_l", "sam_vit_h"} <= listed.keys()
    for one in listed.values():
        assert one.licence
        assert one.is_shipped == (not one.url)
        assert one.file.endswith(one.url.rpartition("/")[2]) or one.is_shipped
        assert not one.card or (weights.SHIPPED_DIR / one.card).is_file()


def test_shipped_weights_are_whole_and_small():
    shipped = [one for one in weights.entries() if one.is_shipped]
    assert all(weights.is_whole(one) for one in shipped)
    assert all(one.bytes <= 20_000_000 for one in shipped)


def test_weights_that_are_not_here_are_missing_with_their_size_and_the_remedy(kept):
    assert weights.missing("small") == ("The weights 'small' are not on this machine (102 kB).")
    with pytest.raises(WeightsMissingError, match="102 kB") as caught:
        weights.path("small")
    assert "python cli.py weights fetch small" in caught.value.hint


def test_where_downloads_are_forbidden_the_remedy_is_the_operator(kept, monkeypatch):
    forbid(monkeypatch)
    with pytest.raises(WeightsMissingError) as caught:
        weights.path("small")
    assert "may not fetch" in caught.value.hint
    assert "cli.py" not in caught.value.hint


def test_a_whole_file_is_given(kept):
    (kept / "small.pth").write_bytes(CONTENT)
    assert weights.missing("small") == ""
    assert weights.path("small") == kept / "small.pth"
    assert weights.sha256("small") == hashlib.sha256(CONTENT).hexdigest()


def test_shipped_weights_are_taken_from_the_folder_of_the_manifest(kept):
    (kept / "own.safetensors").write_bytes(CONTENT)
    assert "'own' are not on this machine" in weights.missing("own")
    (weights.SHIPPED_DIR / "own.safetensors").write_bytes(CONTENT)
    assert weights.path("own") == weights.SHIPPED_DIR / "own.safetensors"


def test_a_file_cut_short_is_damaged_and_said_so_without_reading_it(kept):
    (kept / "small.pth").write_bytes(CONTENT[:-1])
    assert "damaged: 102,399 of 102,400 bytes" in weights.missing("small")
    with pytest.raises(
        WeightsCorruptError, match=r"damaged, or another file: 'small\.pth'"
    ) as caught:
        weights.path("small")
    assert "Fetch them" in caught.value.hint


def test_another_file_of_the_same_size_is_refused(kept):
    (kept / "small.pth").write_bytes(CONTENT[:-1] + b"?")
    with pytest.raises(WeightsCorruptError):
        weights.path("small")


def test_a_file_is_read_once_in_a_process_and_again_when_it_has_changed(kept, monkeypatch):
    read = []
    monkeypatch.setattr(weights, "hash_of", lambda file: read.append(file) or _hash(file))
    (kept / "small.pth").write_bytes(CONTENT)
    assert weights.path("small") == weights.path("small")
    assert len(read) == 1
    (kept / "small.pth").write_bytes(CONTENT[::-1])
    os.utime(kept / "small.pth", ns=(1, 1))
    with pytest.raises(WeightsCorruptError):
        weights.path("small")
    assert len(read) == 2


def _hash(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_folder_in_place_of_the_file_counts_as_missing(kept):
    (kept / "small.pth").mkdir()
    assert "not on this machine" in weights.missing("small")


def test_a_name_that_is_not_listed_is_refused_with_the_names_there_are(kept):
    assert "nor in the list" in weights.missing("../../etc/passwd")
    with pytest.raises(InputError, match="no weights called 'smal'") as caught:
        weights.path("smal")
    assert "small, own" in caught.value.hint


def test_without_a_setting_weights_are_kept_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("GROUNDSHIFT_WEIGHTS_DIR", "")
    settings.load.cache_clear()
    assert weights.kept_dir() == tmp_path / "weights"
    monkeypatch.undo()
    settings.load.cache_clear()


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"file": "../escape.pth"}, "file"),
        ({"file": "/etc/passwd"}, "file"),
        ({"sha256": "0123abcd"}, "sha256"),
        ({"bytes": 0}, "bytes"),
        ({"url": "http://weights.example/small.pth"}, "https"),
        ({"licence": ""}, "licence"),
        ({"surprise": "yes"}, "surprise"),
        ({"name": "Small Name"}, "name"),
    ],
)
def test_an_entry_with_a_wrong_field_is_refused_by_name(tmp_path, monkeypatch, fields, named):
    listing(tmp_path / "shipped", monkeypatch, entry(**fields))
    with pytest.raises(InputError, match=named) as caught:
        weights.entries()
    assert "docs/weights.md" in caught.value.hint


def test_two_entries_of_one_name_or_one_file_are_refused(tmp_path, monkeypatch):
    listing(tmp_path / "shipped", monkeypatch, entry(), entry(file="other.pth"))
    with pytest.raises(InputError, match="two entries have one name"):
        weights.entries()
    listing(tmp_path / "again", monkeypatch, entry(), entry("other", file="small.pth"))
    with pytest.raises(InputError, match="two entries have one file"):
        weights.entries()


def test_a_manifest_that_is_no_toml_or_not_there_is_told(tmp_path, monkeypatch):
    listing(tmp_path / "shipped", monkeypatch, "[[weights")
    with pytest.raises(InputError, match=r"'manifest\.toml' cannot be used"):
        weights.entries()
    monkeypatch.setattr(weights, "SHIPPED_DIR", tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"'manifest\.toml' cannot be used"):
        weights.entries()


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [(375042383, "375 MB"), (2564550879, "2.56 GB"), (102400, "102 kB"), (7, "7 bytes")],
)
def test_sizes_are_told_in_three_digits(size_bytes, words):
    assert weights.size_words(size_bytes) == words
