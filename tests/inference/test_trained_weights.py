import fcntl
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import settings
from errors import ConflictError, ExportError, InputError, UnknownDetectorError
from inference import registry, trained_detectors, trained_weights, weights
from inference.detectors import changenet
from inference.trained_weights import TrainedEntry
from inference.training.tuning import export
from tests import tuning


@pytest.fixture(autouse=True)
def parent(tmp_path, monkeypatch):
    """Shipped weights and a folder of trained ones of this test's own."""
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    settings.load.cache_clear()
    yield tuning.list_weights(tmp_path / "shipped", monkeypatch)
    settings.load.cache_clear()


def entry(name="blue_roofs", **fields):
    return TrainedEntry(
        name=f"own/{name}", title="Blue roofs", file=f"own/{name}.safetensors", sha256="0" * 64,
        bytes=1, licence="x", detector="changenet", parent_sha256="1" * 64, **fields,
    )  # fmt: skip


def keep(parent, name="blue_roofs"):
    write = lambda path: export.write(tuning.untrained(), path, parent=parent)  # noqa: E731
    return trained_weights.keep(entry(name), write)


def test_what_was_kept_is_a_detector_with_other_weights(parent):
    file = keep(parent)
    assert weights.path("own/blue_roofs") == file
    assert weights.sha256("own/blue_roofs") == weights.hash_of(file)
    card = registry.card("blue_roofs")
    assert (card.name, card.title, card.weights) == ("blue_roofs", "Blue roofs", "own/blue_roofs")
    assert card.classes == changenet.CARD.classes
    assert "one user's labels" in card.limits[0]
    (row,) = [one for one in registry.available() if one.name == "blue_roofs"]
    assert row.is_available


def test_the_parent_keeps_its_own_weights(parent):
    keep(parent)
    trained = registry.load("blue_roofs")
    assert trained.WEIGHTS == "own/blue_roofs"
    assert changenet.WEIGHTS == "changenet"
    assert trained.working_gsd_m(0.5) == 0.5


def test_weights_that_were_altered_are_no_longer_available(parent):
    file = keep(parent)
    file.write_bytes(file.read_bytes() + b"x")
    (row,) = [one for one in registry.available() if one.name == "blue_roofs"]
    assert not row.is_available
    assert "damaged" in row.reason


@pytest.mark.parametrize("name", ["blue_roofs", "own/blue_roofs"])
def test_what_was_removed_is_gone_and_its_name_is_free(parent, name):
    file = keep(parent)
    keep(parent, "red_roofs")
    trained_weights.remove(name)
    assert trained_detectors.names() == ("red_roofs",)
    assert not file.exists()
    trained_weights.require_free("blue_roofs", registry.names())
    assert keep(parent).is_file()


def test_weights_with_a_damaged_record_can_be_removed_too(parent):
    file = keep(parent)
    file.with_suffix(".json").write_text("{", "utf-8")
    trained_weights.remove("blue_roofs")
    assert not file.exists()
    assert not file.with_suffix(".json").exists()


@pytest.mark.parametrize(
    "name", ["red_roofs", "changenet", "own/../changenet", "../own/blue_roofs"]
)
def test_only_what_was_trained_here_can_be_removed(parent, name):
    file = keep(parent)
    with pytest.raises(InputError, match="trained here") as caught:
        trained_weights.remove(name)
    assert "blue_roofs" in caught.value.hint
    assert file.is_file()
    assert weights.path("changenet").is_file()


def test_a_name_is_given_once_and_the_first_owner_keeps_it(parent):
    file = keep(parent)
    before = file.read_bytes()
    with pytest.raises(ConflictError, match="already"):
        keep(parent)
    assert file.read_bytes() == before


def test_weights_that_cannot_be_written_leave_no_entry():
    def fail(_path):
        raise OSError("disk full")

    with pytest.raises(ExportError, match="could not be written"):
        trained_weights.keep(entry(), fail)
    assert trained_weights.entries() == ()


def test_a_record_that_cannot_be_written_takes_the_weights_with_it(parent, monkeypatch):
    def fail(_path, _text, **_how):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(ExportError, match="could not be written"):
        keep(parent)
    folder = weights.kept_dir() / trained_weights.FOLDER
    assert [path.name for path in folder.iterdir()] == [trained_weights.LOCK]


def test_of_two_that_write_at_once_the_second_leaves_the_first_alone(parent):
    folder = weights.kept_dir() / trained_weights.FOLDER
    folder.mkdir(parents=True)
    with (folder / trained_weights.LOCK).open("w") as lock, ThreadPoolExecutor(1) as other:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = other.submit(keep, parent)
        (folder / "blue_roofs.safetensors").write_bytes(b"of the first")
        (folder / "blue_roofs.json").write_text("{}", encoding="utf-8")
        fcntl.flock(lock, fcntl.LOCK_UN)
        with pytest.raises(ConflictError, match="already"):
            waiting.result()
    assert (folder / "blue_roofs.safetensors").read_bytes() == b"of the first"


def test_a_folder_that_cannot_be_written_is_told_before_any_work():
    weights.kept_dir().parent.mkdir(parents=True, exist_ok=True)
    weights.kept_dir().write_text("a file", encoding="utf-8")
    with pytest.raises(ExportError, match="could not be written"):
        trained_weights.require_writable()


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[" * 100_000, '{"name": "own/../../etc", "file": "own/x.safetensors"}', "null"],
)
def test_a_damaged_record_is_left_out(parent, content, caplog):
    keep(parent)
    folder = weights.kept_dir() / trained_weights.FOLDER
    (folder / "evil.json").write_text(content, encoding="utf-8")
    assert [one.short_name for one in trained_weights.entries()] == ["blue_roofs"]
    assert "evil.json" in caplog.text


def test_what_is_no_file_is_not_waited_for(parent):
    keep(parent)
    os.mkfifo(weights.kept_dir() / trained_weights.FOLDER / "pipe.json")
    assert [one.short_name for one in trained_weights.entries()] == ["blue_roofs"]


def test_a_record_under_another_name_is_left_out(parent):
    keep(parent)
    folder = weights.kept_dir() / trained_weights.FOLDER
    (folder / "blue_roofs.json").rename(folder / "other.json")
    assert trained_weights.entries() == ()


def test_a_variant_of_a_detector_that_takes_no_other_weights_is_none(parent):
    keep(parent)
    path = weights.kept_dir() / trained_weights.FOLDER / "blue_roofs.json"
    record = json.loads(path.read_text(encoding="utf-8")) | {"detector": "cva"}
    path.write_text(json.dumps(record), encoding="utf-8")
    assert trained_detectors.names() == ()
    with pytest.raises(UnknownDetectorError):
        registry.card("blue_roofs")


def test_a_damaged_record_holds_its_name(parent):
    keep(parent)
    (weights.kept_dir() / trained_weights.FOLDER / "blue_roofs.json").write_text("{", "utf-8")
    with pytest.raises(ConflictError, match="already"):
        trained_weights.require_free("blue_roofs", ())


@pytest.mark.parametrize("name", ["own_mine", "Ab", "a", "x/y", "changenet ", "auto"])
def test_names_that_are_none_are_refused(name):
    with pytest.raises(InputError, match="cannot be the name"):
        trained_weights.require_free(name, ())


def test_the_facts_of_the_parent_go_with_the_weights_but_not_what_it_learned_from(parent):
    from inference.siamese import facts

    file = keep(parent)
    mine, its = facts.read(file), facts.read(parent)
    assert (mine.threshold, mine.gsd_range_m) == (its.threshold, its.gsd_range_m)
    assert mine.training_stats is None
