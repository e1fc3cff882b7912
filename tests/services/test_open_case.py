"""Result folders opened for questions: the facts that were written, pixels from the files."""

import json
import shutil

import pytest
import shapely

from analysis.edits import Edit
from analysis.facts import to_json
from analysis.inquiry import measure, ranks
from analysis.inquiry.case import HALVES, Layer, Which
from analysis.inquiry.unanswerable import Unanswerable
from analysis.regions import REGIONS
from errors import GroundshiftError, InputError
from raster.aoi import from_geojson
from services.measure_areas import DrawnArea
from services.open_case import open_case
from tests.counting import (
    TRUTH,
    add_bright_counter,
    counted,
    polygon_lonlat,
    read_json,
    write_huts,
)


@pytest.fixture(scope="module")
def count_folder(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        add_bright_counter(patch)
        files = write_huts(tmp_path_factory.mktemp("huts"))
        return counted(files, tmp_path_factory.mktemp("count") / "out").folder


def drawn(name, geometry, *, identity="1"):
    return DrawnArea(identity, name, 1.0, geometry)


def test_a_comparison_has_the_facts_and_objects_that_were_written(result_folder):
    case = open_case(result_folder)
    assert [to_json(one) for one in case.facts] == read_json(result_folder / "facts.json")
    features = read_json(result_folder / "changes.geojson")["features"]
    assert [one.id for one in case.items] == [one["properties"]["id"] for one in features]
    assert (case.kind, case.title) == ("comparison", "pre.tif to post.tif")
    assert [kind.label for kind in case.kinds] == ["changed"]
    total = measure.area(case, Which())
    assert total.fact in case.facts
    for group in (REGIONS, HALVES[:2], HALVES[2:]):
        parts = sum(measure.area(case, Which(place=name)).fact.value for name in group)
        assert parts == pytest.approx(total.fact.value, rel=1e-7)


def test_new_facts_carry_the_origin_and_cautions_of_the_run(result_folder):
    case = open_case(result_folder)
    own, new = case.facts[0], measure.count(case, Which(place="northern half")).fact
    for name in ("aoi_area_m2", "valid_area_m2", "excluded", "cautions", "inputs", "run"):
        assert getattr(new, name) == getattr(own, name)
    assert new not in case.facts


def test_a_count_has_the_numbers_that_were_written(count_folder):
    case = open_case(count_folder)
    assert [to_json(one) for one in case.facts] == read_json(count_folder / "facts.json")
    for name in ("appeared", "vanished", "kept"):
        assert measure.count(case, Which(state=name)).fact.value == TRUTH[name]
    assert measure.count(case, Which(date="pre")).fact.value == TRUTH["pre"]
    assert case.kind == "count"


def test_corrections_by_hand_are_in_a_count(count_folder):
    plain = open_case(count_folder)
    (largest,) = ranks.largest(plain, Which(state="appeared"), k=1)
    edit = Edit("reject", largest.items, ("post",), (), "Ada", "2026-01-02T03:04:05+00:00")
    case = open_case(count_folder, corrections=(edit,))
    appeared = measure.count(case, Which(state="appeared")).fact
    assert appeared.value == TRUTH["appeared"] - 1
    assert "edited by hand: 1 edit" in appeared.method
    assert open_case(count_folder) is plain


def test_the_same_arguments_give_the_same_case(result_folder):
    areas = [drawn("Field", polygon_lonlat(10, 10, 100, 100))]
    assert open_case(result_folder, areas=areas) is open_case(result_folder, areas=list(areas))
    assert open_case(result_folder, areas=areas) is not open_case(result_folder)


def test_drawn_areas_are_places_and_unusable_ones_are_not(result_folder):
    areas = [drawn("Field", polygon_lonlat(40, 60, 60, 60)), DrawnArea("2", "Bad", 0.0, {}, "x")]
    case = open_case(result_folder, areas=areas)
    assert measure.count(case, Which(place="field")).fact.value == 1
    assert measure.count(case, Which(place="Field")).fact.region == "Field"
    with pytest.raises(Unanswerable):
        measure.count(case, Which(place="Bad"))


def test_features_of_layers_are_places(count_folder):
    shape = from_geojson(polygon_lonlat(190, 190, 80, 80), name="x").geometry
    layer = Layer("plots", ("new quarter",), (shape,))
    case = open_case(count_folder, layers=[layer])
    asked = Which(state="appeared", place="plots/new quarter")
    assert measure.count(case, asked).fact.value == 2
    assert shapely.get_dimensions(case.layers[0].shapes[0]) == 2


@pytest.mark.parametrize("name", ["mask.tif", "observed.tif", "changes.gpkg", "facts.json"])
def test_a_folder_without_one_of_its_files_is_told_so(result_folder, tmp_path, name):
    folder = tmp_path / "broken"
    shutil.copytree(result_folder, folder)
    (folder / name).unlink()
    with pytest.raises(GroundshiftError) as told:
        open_case(folder)
    assert "broken" in told.value.message or name in told.value.message
    assert told.value.hint


def test_a_folder_that_is_none_is_told_so(tmp_path):
    with pytest.raises(InputError, match="is not a complete result folder"):
        open_case(tmp_path)


def test_damaged_facts_are_told(result_folder, tmp_path):
    folder = tmp_path / "damaged"
    shutil.copytree(result_folder, folder)
    (folder / "facts.json").write_text(json.dumps([{"name": "x"}]), encoding="utf-8")
    with pytest.raises(InputError, match="damaged"):
        open_case(folder)
