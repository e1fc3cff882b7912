import json

import numpy as np
import pytest
from safetensors.numpy import save_file

from errors import WeightsCorruptError
from inference.siamese import facts
from tests.inference.small_changenet import FACTS


def written(path, text):
    metadata = {} if text is None else {"groundshift": text}
    save_file({"one": np.zeros(2, np.float32)}, path, metadata=metadata)
    return path


def test_the_facts_of_a_file_are_read_from_its_header(tmp_path):
    found = facts.read(written(tmp_path / "net.safetensors", json.dumps(FACTS)))
    assert found.bands == ("red", "green", "blue")
    assert found.gsd_range_m == (0.4, 1.2)
    assert found.training_stats is None


@pytest.mark.parametrize(
    "text",
    [
        None,
        "not json",
        "[1, 2]",
        "[" * 5000,
        json.dumps(FACTS | {"threshold": 1.5}),
        json.dumps(FACTS | {"working_gsd_m": 9.0}),
        json.dumps({key: value for key, value in FACTS.items() if key != "bands"}),
        json.dumps(FACTS | {"training_stats": {"pictures": "many"}}),
    ],
)
def test_a_file_that_does_not_say_what_it_needs_is_refused(tmp_path, text):
    with pytest.raises(WeightsCorruptError, match="do not say what their network expects"):
        facts.read(written(tmp_path / "net.safetensors", text))


def test_a_truncated_file_is_refused(tmp_path):
    path = written(tmp_path / "net.safetensors", json.dumps(FACTS))
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(WeightsCorruptError):
        facts.read(path)
