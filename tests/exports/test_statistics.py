import csv
from dataclasses import replace

from exports import statistics


def _read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_one_row_per_class_whose_areas_add_up_to_the_total(result, tmp_path):
    statistics.write(result, tmp_path / "s.csv")
    rows = _read(tmp_path / "s.csv")
    assert tuple(rows[0]) == statistics.COLUMNS
    assert [row["class"] for row in rows] == ["built_up_gain", "vegetation_loss"]
    total = next(entry for entry in result.statistics if entry.name == "any")
    assert abs(sum(float(row["area_m2"]) for row in rows) - total.area_m2) < 1e-3
    assert sum(int(row["objects"]) for row in rows) == total.objects


def test_no_cell_runs_as_a_formula_in_a_spreadsheet(result, tmp_path):
    rows = [replace(result.statistics[0], name="=HYPERLINK(1)")]
    statistics.write(replace(result, statistics=tuple(rows)), tmp_path / "s.csv")
    assert _read(tmp_path / "s.csv")[0]["class"] == "'=HYPERLINK(1)"
