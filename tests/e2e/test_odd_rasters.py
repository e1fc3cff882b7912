"""Every odd raster compared with itself: a result or a typed error, never anything else."""

from pathlib import Path

import pytest

from errors import GroundshiftError
from progress import Watcher
from services.compare import CompareRequest, compare
from tests.limits import within

ODD = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "odd_rasters"
FILES = [path for path in sorted(ODD.rglob("*")) if path.is_file() and path.name != "INDEX.csv"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason=f"the odd rasters are not at {ODD}"),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ODD)))
def test_odd_raster_gives_a_result_or_a_typed_error(path, tmp_path):
    request, out = CompareRequest(path, path), tmp_path / "out"
    with within(work_s=30, more_bytes=1.5e9):
        try:
            outcome = compare(request, out_dir=out, watcher=Watcher())
        except GroundshiftError as error:
            assert error.message  # noqa: PT017 - any typed error will do, if it speaks
            assert not list(tmp_path.iterdir())
        else:
            assert (outcome.folder / "mask.tif").is_file()
            assert not [row for row in outcome.statistics if row.area_m2 > 0]
