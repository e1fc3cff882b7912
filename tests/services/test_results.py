import shutil

import geopandas as gpd
import pytest

from errors import InputError
from services.results import largest_objects, load


def test_facts_are_found_by_name_class_and_region(result_folder):
    result = load(result_folder)
    assert result.value("object_count") == 3
    assert result.value("object_count", change_class="changed") == 3
    assert result.value("object_count", region="nowhere") is None
    assert result.words("object_count", "1") == "3"
    assert result.words("no_such_fact", "m2") == "not known"


def test_areas_add_up_to_the_area_of_interest(result_folder):
    result = load(result_folder)
    left_out = sum(part.area_m2 for part in result.excluded)
    assert result.value("valid_area") + left_out == pytest.approx(result.value("aoi_area"))


def test_every_file_is_offered_with_its_kind(result_folder):
    kinds = {file.path.name: file.media_type for file in load(result_folder).files()}
    assert set(kinds) == {path.name for path in result_folder.iterdir()}
    assert kinds["report.html"] == "text/html"
    assert kinds["mask.tif"].startswith("image/tiff")


def test_largest_objects_come_first_and_agree_with_the_geopackage(result_folder):
    rows = largest_objects(load(result_folder), limit=2)
    table = gpd.read_file(result_folder / "changes.gpkg").nlargest(2, "area_m2")
    assert [row.id for row in rows] == table["id"].tolist()
    assert [row.score for row in rows] == pytest.approx(table["score"].tolist(), abs=1e-3)


def test_findings_come_back_as_records(result_folder):
    assert {finding.severity for finding in load(result_folder).findings} <= {"info", "caution"}


def test_incomplete_folder_is_said_to_be_incomplete(result_folder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(result_folder, copy)
    (copy / "facts.json").write_text("[{", encoding="utf-8")
    with pytest.raises(InputError, match="'copy' is not a complete result"):
        load(copy)
    with pytest.raises(InputError, match="'nothing' is not a complete result"):
        load(tmp_path / "nothing")


def test_lost_object_file_is_said_to_be_lost(result_folder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(result_folder, copy)
    (copy / "changes.geojson").unlink()
    with pytest.raises(InputError, match="not a complete result"):
        largest_objects(load(copy))
