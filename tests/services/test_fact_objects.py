import json

import pytest
import rasterio
from rasterio.transform import rowcol
from rasterio.warp import transform

from analysis.regions import REGIONS
from errors import NotFoundError
from services.fact_objects import objects_of
from services.results import load


@pytest.fixture
def result(result_folder):
    return load(result_folder)


def fact_of(result, name, *, change_class="any", region="aoi"):
    wanted = (name, change_class, region)
    return next(f for f in result.facts if (f["name"], f["class"], f["region"]) == wanted)


def test_a_sum_over_the_area_speaks_of_every_object(result):
    for name in ("changed_area", "changed_share", "object_count", "mean_object_area"):
        assert objects_of(result, fact_of(result, name)["id"]) == (1, 2, 3)
    of_class = fact_of(result, "object_count", change_class="changed")
    assert objects_of(result, of_class["id"]) == (1, 2, 3)


def test_a_ranked_fact_speaks_of_the_object_of_its_rank(result):
    ranked = [fact for fact in result.facts if fact["name"].startswith("largest_object_area")]
    areas = {
        f["properties"]["id"]: f["properties"]["area_m2"]
        for f in json.loads((result.folder / "changes.geojson").read_text())["features"]
    }
    assert {fact["name"][-2:] for fact in ranked} >= {"_2", "_3"}
    for fact in ranked:
        (found,) = objects_of(result, fact["id"])
        assert areas[found] == pytest.approx(fact["value"], rel=1e-6)


def test_a_fact_about_a_part_speaks_of_the_objects_in_it(result):
    """Independent route: the part of each object's inner point, by rows and columns."""
    points = {}
    for feature in json.loads((result.folder / "changes.geojson").read_text())["features"]:
        row = feature["properties"]
        points[row["id"]] = (row["lon"], row["lat"])
    with rasterio.open(result.folder / "mask.tif") as mask:
        for part in REGIONS:
            facts = [f for f in result.facts if (f["name"], f["region"]) == ("changed_area", part)]
            for fact in facts:
                found = objects_of(result, fact["id"])
                inside = {i for i, at in points.items() if place(mask, at) == part}
                assert inside <= set(found)
                assert bool(found) == (fact["value"] > 0)


def place(mask, lonlat):
    xs, ys = transform("EPSG:4326", mask.crs, [lonlat[0]], [lonlat[1]])
    row, col = rowcol(mask.transform, xs[0], ys[0])
    return REGIONS[3 * (3 * row // mask.height) + 3 * col // mask.width]


def test_a_fact_about_no_object_speaks_of_none(result):
    for name in ("valid_area", "detector_threshold", "unchanged_area"):
        assert objects_of(result, fact_of(result, name)["id"]) == ()


def test_the_main_place_speaks_of_the_objects_there(result):
    fact = fact_of(result, "main_location")
    there = fact_of(result, "changed_area", region=fact["value"])
    assert objects_of(result, fact["id"]) == objects_of(result, there["id"]) != ()


def test_an_unknown_fact_is_not_found(result):
    with pytest.raises(NotFoundError, match="no such fact"):
        objects_of(result, "0" * 16)
