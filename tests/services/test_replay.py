import json
import os
import shutil
import zipfile

import pytest
from click.testing import CliRunner

import cli
from errors import InputError, RasterError
from progress import Watcher
from services import provenance
from services.replay import replay


@pytest.fixture
def record(result_folder):
    """The record of a finished run, as JSON to tamper with."""
    return json.loads((result_folder / "run.json").read_text(encoding="utf-8"))


def play(content, folder):
    """Replay a record written to a folder of its own; nothing may come of it but an error."""
    source = folder / "tampered" / "run.json"
    source.parent.mkdir()
    text = content if isinstance(content, str) else json.dumps(content)
    source.write_text(text, encoding="utf-8")
    try:
        return replay(source, out_dir=folder / "out", watcher=Watcher())
    finally:
        assert not (folder / "out").exists()


@pytest.mark.parametrize("what", ["mask", "facts"])
def test_what_differs_is_named(record, tmp_path, what):
    record[f"{what}_sha256"] = "0" * 64
    (tmp_path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    done = CliRunner().invoke(
        cli.main, ["replay", str(tmp_path / "run.json"), "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 0, done.output
    assert f"Identical: no\n  the {what} " in done.output
    assert (tmp_path / "out" / "run.json").is_file()


def test_other_weights_are_named_as_the_reason(record, tmp_path):
    record |= {"mask_sha256": "0" * 64, "weights_sha256": "1" * 64}
    (tmp_path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    found = replay(tmp_path / "run.json", out_dir=tmp_path / "out", watcher=Watcher())
    assert found.differences[-1] == "the method has other weights today than in the record"


def test_an_input_that_moved_is_found_beside_the_record(record, houses, tmp_path):
    for item, path in zip(record["inputs"], houses, strict=True):
        shutil.copy(path, tmp_path / item["name"])
        item["path"] = "/nowhere/at/all.tif"
    (tmp_path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    assert replay(tmp_path / "run.json", out_dir=tmp_path / "out", watcher=Watcher()).is_identical


HOSTILE_PATHS = (
    "/etc/passwd",
    "../../../etc/passwd",
    "/vsicurl/http://127.0.0.1:1/pre.tif",
    "/vsizip//etc/archive.zip/pre.tif",
    "https://example.org/pre.tif",
    "/dev/zero",
    "/",
    "/proc/self/mem",
    "nul\0byte.tif",
    "x" * 3000,
    "~/pre.tif",
    "",
)


@pytest.mark.parametrize("path", HOSTILE_PATHS, ids=lambda path: repr(path[:20]))
def test_a_record_that_names_another_file_reads_nothing_of_it(record, tmp_path, monkeypatch, path):
    hashed = []
    monkeypatch.setattr(provenance, "file_sha256", lambda path: hashed.append(path) or "")
    record["inputs"][0] |= {"path": path, "name": path[:1000]}
    with pytest.raises(InputError, match="missing or has changed"):
        play(record, tmp_path)
    assert hashed == []


def test_a_named_pipe_is_not_waited_for(record, tmp_path):
    os.mkfifo(tmp_path / "pipe.tif")
    record["inputs"][0] |= {"path": str(tmp_path / "pipe.tif"), "bytes": 0}
    with pytest.raises(InputError, match="missing or has changed"):
        play(record, tmp_path)


def test_another_kind_of_file_of_the_right_hash_is_no_raster(record, tmp_path):
    secret = tmp_path / "passwd"
    secret.write_text("root:x:0:0\n", encoding="utf-8")
    record["inputs"][0] |= provenance.identify("pre", secret).as_json()
    with pytest.raises(RasterError) as caught:
        play(record, tmp_path)
    assert "root:x" not in str(caught.value)


BAD_RECORDS = {
    "no pre": lambda record: record["inputs"].pop(0),
    "two pres": lambda record: record["inputs"].append(record["inputs"][0]),
    "no inputs": lambda record: record.update(inputs=[]),
    "an unknown role": lambda record: record["inputs"][0].update(role="mask"),
    "a hash that is none": lambda record: record["inputs"][0].update(sha256="../.."),
    "a threshold above one": lambda record: record["parameters"].update(threshold=2),
    "an infinite minimum": lambda record: record["parameters"].update(min_area_m2=float("inf")),
    "a minimum that is no number": lambda r: r["parameters"].update(min_area_m2=float("nan")),
    "a long detector": lambda record: record["parameters"].update(detector="x" * 101),
}


@pytest.mark.parametrize("spoil", BAD_RECORDS.values(), ids=BAD_RECORDS)
def test_a_spoiled_record_is_refused(record, tmp_path, spoil):
    spoil(record)
    with pytest.raises(InputError, match="not a run record"):
        play(record, tmp_path)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '"run"', "[" * 100_000, "1" * 5000, '{"id": "\udcff"}'.encode(
        "utf-8", "surrogateescape").decode("latin-1")],
    ids=["empty", "list", "null", "text", "deep", "huge number", "odd bytes"],
)  # fmt: skip
def test_what_is_no_record_is_refused(tmp_path, text):
    with pytest.raises(InputError, match="not a run record"):
        play(text, tmp_path)


def bundle(path, entries):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def test_a_bundle_is_replayed_without_unpacking_anything_else(result_folder, tmp_path):
    text = (result_folder / "run.json").read_text(encoding="utf-8")
    entries = [("../../escaped.txt", "x"), ("/tmp/escaped.txt", "x"), ("out/run.json", text)]  # noqa: S108
    packed = bundle(tmp_path / "bundle.zip", entries)
    outcome = replay(packed, out_dir=tmp_path / "again", watcher=Watcher())
    assert outcome.is_identical
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "bundle.zip"]


@pytest.mark.parametrize("names", [[], ["a/run.json", "b/run.json"], ["run.json.txt"]])
def test_a_bundle_without_one_record_is_refused(tmp_path, names):
    packed = bundle(tmp_path / "bundle.zip", [(name, "{}") for name in ["x", *names]])
    with pytest.raises(InputError, match="does not hold one"):
        replay(packed, out_dir=tmp_path / "out", watcher=Watcher())


def test_a_damaged_bundle_is_refused(tmp_path):
    packed = bundle(tmp_path / "bundle.zip", [("run.json", "x" * 1000)])
    content = bytearray(packed.read_bytes())
    content[100:140] = bytes(40)
    packed.write_bytes(content)
    with pytest.raises(InputError, match="damaged"):
        replay(packed, out_dir=tmp_path / "out", watcher=Watcher())
