import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from exports import jsontext


@dataclass(frozen=True)
class _Record:
    path: Path
    on: date


def test_records_and_numpy_scalars_become_plain_values():
    value = {"a": np.float32(0.5), "b": (np.int64(3), np.bool_(True)), 1: _Record(Path("x"), None)}
    assert json.loads(jsontext.dumps(value)) == {
        "a": 0.5, "b": [3, True], "1": {"path": "x", "on": None},
    }  # fmt: skip


@pytest.mark.parametrize("value", [float("nan"), float("inf"), np.float64("-inf")])
def test_what_json_does_not_have_becomes_null(value):
    assert json.loads(jsontext.dumps([value])) == [None]


def test_bytes_that_are_no_text_survive_and_direction_marks_are_visible():
    text = "caf\udce9 \u202etif"
    written = jsontext.dumps(text)
    assert json.loads(written) == text
    assert written.isascii()


def test_an_object_without_a_plain_form_is_refused():
    with pytest.raises(TypeError, match="no plain JSON"):
        jsontext.plain(object())
