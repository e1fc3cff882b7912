"""Every odd raster prepared and drawn: pictures or a typed error, never anything else."""

from pathlib import Path

import pytest

from errors import GroundshiftError
from progress import Watcher
from raster import shelf
from raster.web_tile import place_of
from services import map_tiles
from services.display import composites, style_of
from services.ingest import ingest
from tests.limits import within

ODD = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "odd_rasters"
FILES = [path for path in sorted(ODD.rglob("*")) if path.is_file() and path.name != "INDEX.csv"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason=f"the odd rasters are not at {ODD}"),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ODD)))
def test_odd_raster_is_drawn_or_refused_in_words(path, tmp_path):
    with within(work_s=20, more_bytes=1.5e9):
        try:
            facts = ingest(path, tmp_path / "scene", watcher=Watcher())
        except GroundshiftError as error:
            assert error.message  # noqa: PT017 - any typed error will do, if it speaks
            assert not (tmp_path / "scene").exists() or not list((tmp_path / "scene").iterdir())
            return
        west, south, east, north = facts.bounds_wgs84
        lon, lat = (west + east) / 2, (south + north) / 2
        for way in composites(facts, facts):
            style, _post = style_of(way, facts, facts)
            drawn = [
                map_tiles.scene_tile(tmp_path / "scene", style, *place_of(lon, lat, zoom))
                for zoom in (0, 5, 10, 15, 20, 24)
            ]
            assert any(picture is not map_tiles.EMPTY for picture in drawn), way.name
        shelf.clear()
