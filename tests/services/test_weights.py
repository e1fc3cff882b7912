import pytest

import settings
from errors import CancelledError, InputError
from inference import weights
from progress import Watcher
from services.weights import list_weights, verify
from tests.inference.weights_folder import CONTENT, entry, listing


@pytest.fixture
def kept(tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setenv("GROUNDSHIFT_WEIGHTS_DIR", str(folder))
    settings.load.cache_clear()
    own = entry("own", url=None, title="Our own", trained_on=("ours (CC BY 4.0)",))
    listing(tmp_path / "shipped", monkeypatch, entry(), own)
    yield folder
    monkeypatch.undo()
    settings.load.cache_clear()


def rows():
    return {row.name: row for row in list_weights()}


def test_what_is_not_here_is_missing_and_can_be_fetched_unless_it_is_shipped(kept):
    assert {name: row.status for name, row in rows().items()} == {
        "small": "missing",
        "own": "missing",
    }
    assert {name: row.can_fetch for name, row in rows().items()} == {"small": True, "own": False}
    assert "cli.py weights fetch small" in rows()["small"].remedy
    assert "install it again" in rows()["own"].remedy


def test_what_is_here_is_present_or_shipped_and_needs_no_remedy(kept):
    (kept / "small.pth").write_bytes(CONTENT)
    (weights.SHIPPED_DIR / "own.pth").write_bytes(CONTENT)
    found = rows()
    assert (found["small"].status, found["own"].status) == ("present", "shipped")
    assert all(row.is_usable and not row.remedy and not row.can_fetch for row in found.values())


def test_a_row_says_how_large_under_which_licence_from_where_and_from_what(kept):
    small, own = rows()["small"], rows()["own"]
    assert (small.size_bytes, small.licence, small.host) == (
        102_400,
        "Apache-2.0",
        "weights.example",
    )
    assert (own.title, own.host, own.trained_on) == ("Our own", "", ("ours (CC BY 4.0)",))
    assert small.title == "small"


def test_where_downloads_are_forbidden_what_is_missing_is_forbidden(kept, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_DOWNLOADS", "0")
    settings.load.cache_clear()
    assert rows()["small"].status == "forbidden"
    assert not rows()["small"].can_fetch
    assert rows()["own"].status == "missing"


def test_what_an_interrupted_fetch_has_left_is_told(kept):
    weights.part_place(weights.entry("small")).write_bytes(CONTENT[:1000])
    assert rows()["small"].arrived_bytes == 1000
    assert rows()["small"].status == "missing"


def test_a_file_cut_short_is_damaged_in_the_list_and_can_be_fetched(kept):
    (kept / "small.pth").write_bytes(CONTENT[:-1])
    assert rows()["small"].status == "damaged"
    assert rows()["small"].can_fetch


def test_verify_reads_every_byte(kept):
    (kept / "small.pth").write_bytes(CONTENT[:-1] + b"?")
    assert rows()["small"].status == "present"
    checked = {row.name: row.status for row in verify(watcher=Watcher())}
    assert checked == {"small": "damaged", "own": "missing"}


def test_verify_looks_at_those_that_were_named(kept):
    (kept / "small.pth").write_bytes(CONTENT)
    (row,) = verify(["small"], watcher=Watcher())
    assert row.status == "present"
    with pytest.raises(InputError, match="no weights called 'smal'"):
        verify(["smal"], watcher=Watcher())


def test_verify_can_be_stopped(kept):
    with pytest.raises(CancelledError):
        verify(watcher=Watcher(is_cancelled=lambda: True))
