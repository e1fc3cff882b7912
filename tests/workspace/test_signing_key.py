from concurrent.futures import ThreadPoolExecutor

import pytest

import settings
from errors import InputError
from workspace import signing_key


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty data folder and nothing remembered."""
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    settings.load.cache_clear()
    yield tmp_path / "data"
    settings.load.cache_clear()


def _again(purpose="tokens"):
    """What a new process would derive."""
    signing_key._kept.cache_clear()
    return signing_key.derive(purpose)


def test_the_key_is_kept_for_the_next_start(folder):
    assert _again() == _again()
    assert len(_again()) == 32


def test_only_the_owner_of_the_process_may_read_the_key_file(folder):
    _again()
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600


def test_nothing_else_is_left_in_the_folder(folder):
    _again()
    assert [path.name for path in folder.iterdir()] == ["secret.key"]


def test_two_purposes_have_two_keys(folder):
    assert _again("tokens") != _again("cookies")


def test_two_installations_have_two_keys(folder, monkeypatch, tmp_path):
    first = _again()
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "other"))
    settings.load.cache_clear()
    assert _again() != first


def test_processes_that_start_together_agree_on_one_key(folder):
    path = folder / "secret.key"
    folder.mkdir()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: signing_key._make(path), range(32)))
    assert len(path.read_bytes()) == signing_key.KEY_BYTES
    assert [left.name for left in folder.iterdir()] == ["secret.key"]


def test_a_key_that_is_there_is_never_overwritten(folder):
    _again()
    path = folder / "secret.key"
    before = path.read_bytes()
    signing_key._make(path)
    assert path.read_bytes() == before


def test_a_secret_from_the_settings_is_used_and_nothing_is_written(folder, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_SECRET", "s" * 32)
    settings.load.cache_clear()
    mine = _again()
    monkeypatch.setenv("GROUNDSHIFT_SECRET", "t" * 32)
    settings.load.cache_clear()
    assert _again() != mine
    assert not folder.exists()


def test_a_short_secret_is_refused_with_a_way_to_make_one(folder, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_SECRET", "hunter2")
    settings.load.cache_clear()
    with pytest.raises(InputError, match="7 characters") as caught:
        _again()
    assert "openssl" in caught.value.hint
    assert "hunter2" not in str(caught.value)


def test_a_damaged_key_file_is_refused_with_a_remedy(folder):
    folder.mkdir()
    (folder / "secret.key").write_bytes(b"short")
    with pytest.raises(InputError, match="5 bytes instead of 32") as caught:
        _again()
    assert "Delete" in caught.value.hint


def test_a_folder_that_cannot_be_made_is_one_sentence(folder):
    folder.write_text("a file is in the way")
    with pytest.raises(InputError, match="cannot be made or read"):
        _again()
