"""Golden runs: the bundled samples give what was measured once, within tolerances.

After a change that is meant to change them, put the new figures of `tests/golden.py` under `run`
of the scene's expected.json and the change into the changelog.
"""

import json

import pytest

from services.samples import list_samples
from tests.golden import measure

AREA_TOLERANCE = 0.05
MEASURE_TOLERANCE = 0.02


@pytest.mark.parametrize("sample", list_samples(), ids=lambda sample: sample.id)
def test_sample_gives_its_golden_run(sample, tmp_path):
    folder = sample.pre.parent
    golden = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["run"]
    found = measure(folder, tmp_path / "out")
    assert found["detector"] == golden["detector"]
    assert found["changed_area_m2"] == pytest.approx(golden["changed_area_m2"], rel=AREA_TOLERANCE)
    assert found["objects"] == pytest.approx(golden["objects"], rel=2 * AREA_TOLERANCE)
    for name in ("precision", "recall", "f1"):
        assert found[name] == pytest.approx(golden[name], abs=MEASURE_TOLERANCE)
