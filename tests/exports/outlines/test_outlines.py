import csv
import json

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from rasterio.windows import Window

from analysis.outlined import Outlined, Place, covered_m2, derive
from analysis.things import measure
from errors import CancelledError, ExportError
from exports.outlines import folder, mask
from progress import Watcher
from raster.grid import Grid
from raster.instances import Instance
from tests.scenes import UTM33, transform

GRID = Grid(UTM33, transform(0.5), 400, 500)
PLACE = Place(1000.0, ("some_caution",), ("ab" * 32,), "f" * 16)


def outlined(*instances):
    things = measure(instances, GRID)
    facts = derive(things, instances, GRID, PLACE)
    run = {"id": "f" * 16, "created_utc": "2024-01-01T00:00:00+00:00"}
    return Outlined("scene.tif", GRID, instances, things, "flood", run, facts)


def block(top, left, rows, cols, score=0.9):
    return Instance(top, left, np.ones((rows, cols), bool), score)


LARGE, SMALL, APART = block(20, 30, 100, 80), block(50, 60, 10, 10), block(300, 400, 20, 30, 0.5)


def test_the_mask_covers_the_things_and_no_more(tmp_path):
    mask.write(outlined(LARGE, APART), tmp_path / "mask.tif")
    with rasterio.open(tmp_path / "mask.tif") as found:
        ids = found.read(1)
        assert found.transform @ (0, 0) == GRID.transform @ (30, 20)
        assert found.nodata == 0
        assert found.tags()["GROUNDSHIFT_RUN"] == "f" * 16
    assert ids.shape == (300, 400)
    assert (ids[:100, :80] == 1).all()
    assert (ids[280:, 370:] == 2).all()
    assert (ids > 0).sum() == 100 * 80 + 20 * 30


@pytest.mark.parametrize("order", [(LARGE, SMALL), (SMALL, LARGE)])
def test_the_smaller_of_two_things_is_on_top_whatever_their_order(tmp_path, order):
    mask.write(outlined(*order), tmp_path / "mask.tif")
    with rasterio.open(tmp_path / "mask.tif") as found:
        ids = found.read(1)
    small = 1 + order.index(SMALL)
    assert (ids[30:40, 30:40] == small).all()
    assert (ids == small).sum() == 100
    assert (ids > 0).all()


def test_a_mask_painted_in_tiles_is_that_painted_at_once(tmp_path, monkeypatch):
    rng = np.random.default_rng(4)
    shapes = [Instance(int(t), int(c), rng.uniform(size=(40, 50)) > 0.4, 0.9)
              for t, c in rng.integers(0, 340, (30, 2))]  # fmt: skip
    whole = outlined(*shapes)
    mask.write(whole, tmp_path / "whole.tif")
    monkeypatch.setattr(mask, "TILE_PX", 37)
    mask.write(whole, tmp_path / "tiled.tif")
    with rasterio.open(tmp_path / "whole.tif") as one, rasterio.open(tmp_path / "tiled.tif") as two:
        np.testing.assert_array_equal(one.read(1), two.read(1))


def test_without_things_the_mask_is_one_empty_pixel(tmp_path):
    assert mask.extent(outlined()) == Window(0, 0, 1, 1)
    mask.write(outlined(), tmp_path / "mask.tif")
    with rasterio.open(tmp_path / "mask.tif") as found:
        assert found.read(1).tolist() == [[0]]


def test_every_file_is_written_and_can_be_read(tmp_path):
    written = folder.write_all(outlined(LARGE, APART), tmp_path / "out", watcher=Watcher())
    assert {path.name for path in written} == set(folder.MEDIA_TYPES)
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(folder.MEDIA_TYPES)
    table = gpd.read_file(tmp_path / "out" / "things.gpkg", layer="things")
    assert table["score"].tolist() == [0.9, 0.5]
    assert table.crs.to_epsg() == 32633
    with (tmp_path / "out" / "statistics.csv").open() as file:
        (row,) = csv.DictReader(file)
    assert row["things"] == "2"
    assert float(row["largest_area_m2"]) == pytest.approx(2000, rel=2e-3)


def test_nothing_is_left_when_it_is_cancelled_or_the_folder_is_in_use(tmp_path):
    with pytest.raises(CancelledError):
        folder.write_all(
            outlined(LARGE), tmp_path / "out", watcher=Watcher(is_cancelled=lambda: True)
        )
    assert not list(tmp_path.iterdir())
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").touch()
    with pytest.raises(ExportError):
        folder.write_all(outlined(LARGE), tmp_path / "out", watcher=Watcher())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]


def test_labels_tell_the_pixels_of_the_scene(tmp_path):
    folder.write_all(outlined(SMALL), tmp_path / "out", watcher=Watcher())
    labels = json.loads((tmp_path / "out" / "labels.coco.json").read_text())
    (one,) = labels["annotations"]
    assert one["bbox"] == [60, 50, 10, 10]
    assert labels["images"][0]["file_name"] == "scene.tif"


def test_covered_ground_counts_once():
    assert covered_m2((LARGE, SMALL), GRID) == covered_m2((LARGE,), GRID)
    apart = covered_m2((LARGE, APART), GRID)
    assert apart == pytest.approx(covered_m2((LARGE,), GRID) + covered_m2((APART,), GRID))
    assert covered_m2((), GRID) == 0.0


def test_facts_are_those_of_the_things_and_carry_their_cautions():
    facts = {fact.name: fact for fact in outlined(LARGE, APART).facts}
    assert facts["thing_count"].value == 2
    assert facts["covered_area"].value == pytest.approx(2000 + 150, rel=2e-3)
    assert facts["mean_thing_area"].value == pytest.approx(1075, rel=2e-3)
    assert facts["smallest_thing_area"].value == pytest.approx(150, rel=2e-3)
    assert facts["largest_thing_area"].value == pytest.approx(2000, rel=2e-3)
    assert len({fact.id for fact in facts.values()}) == 5
    assert all(fact.cautions == ("some_caution",) for fact in facts.values())


def test_without_things_there_is_no_mean_of_nothing():
    assert [fact.name for fact in outlined().facts] == ["thing_count", "covered_area"]
