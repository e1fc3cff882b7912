"""Inputs of a finished run, found again by their content and never by their name alone."""

import hashlib
import os

import pytest

from services.recorded_inputs import find

CONTENT = b"an image"
ENTRY = {"role": "pre", "path": "scenes/pre.tif", "name": "pre.tif", "bytes": len(CONTENT),
         "sha256": hashlib.sha256(CONTENT).hexdigest()}  # fmt: skip


@pytest.fixture
def beside(tmp_path):
    (tmp_path / "pre.tif").write_bytes(CONTENT)
    return tmp_path


def found(beside, **changed):
    return find({"inputs": [ENTRY | changed]}, "pre", beside=beside)


def test_an_input_beside_its_record_is_found_by_its_name(beside):
    assert found(beside) == beside / "pre.tif"
    assert found(beside, name="../../elsewhere/pre.tif") == beside / "pre.tif"


def test_an_input_is_found_where_it_was_whatever_lies_beside_the_record(beside, tmp_path):
    kept = tmp_path / "kept.tif"
    kept.write_bytes(CONTENT)
    assert found(beside, path=str(kept)) == kept


@pytest.mark.parametrize(
    "changed",
    [
        {"sha256": "0" * 64}, {"bytes": len(CONTENT) + 1}, {"bytes": "many"}, {"bytes": None},
        {"name": "other.tif"}, {"name": ""}, {"name": "\x00"}, {"name": "n" * 5000},
    ],
)  # fmt: skip
def test_what_is_not_the_same_file_is_not_found(beside, changed):
    assert found(beside, **changed) is None


def test_a_record_without_the_input_names_none(beside):
    assert find({"inputs": [ENTRY]}, "post", beside=beside) is None
    assert find({"inputs": None}, "pre", beside=beside) is None
    assert find({}, "pre", beside=beside) is None


def test_a_device_is_never_read(beside):
    os.mkfifo(beside / "pipe.tif")
    assert found(beside, name="pipe.tif", path=str(beside / "pipe.tif")) is None
