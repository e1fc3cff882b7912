"""One suite over every export: it writes its one file, and an independent reader opens it."""

import csv
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio

from exports import registry
from tests.exports import synthetic
from tests.exports.markup import parse

HOSTILE = "=1+1</title><script>alert(1)</script>\u202e'\"" + "x" * 10_000
EXPORTS = [pytest.param(export, id=name) for name, export in registry.discover().items()]


def _open_raster(path: Path):
    with rasterio.open(path) as dataset:
        return dataset.read().shape == (1, synthetic.HEIGHT, synthetic.WIDTH)


def _open_vector(path: Path):
    return isinstance(gpd.read_file(path), gpd.GeoDataFrame)


def _open_csv(path: Path):
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return len(rows) == len(synthetic.LEGEND) and np.isfinite(float(rows[0]["area_m2"]))


def _open_json(path: Path):
    return bool(json.loads(path.read_text(encoding="utf-8")))


def _open_text(path: Path):
    return bool(path.read_text(encoding="utf-8").strip())


def _open_html(path: Path):
    page = parse(path.read_text(encoding="utf-8"))
    is_inert = all(not script.lstrip().startswith("alert") for script in page.raw["script"])
    return is_inert and "\u202e" not in page.text and not page.values("onerror", "onload")


READERS = {
    ".tif": _open_raster, ".gpkg": _open_vector, ".geojson": _open_vector, ".csv": _open_csv,
    ".json": _open_json, ".txt": _open_text, ".html": _open_html,
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    setups = {
        "usual": synthetic.Setup(),
        "unchanged": synthetic.Setup(has_change=False),
        "degrees": synthetic.Setup(grid=synthetic.DEGREES),
        "hostile": synthetic.Setup(
            pre_name=HOSTILE, post_name=HOSTILE, label=HOSTILE, finding=HOSTILE, has_dates=False
        ),
    }
    return {
        name: synthetic.build(tmp_path_factory.mktemp(name), setup)
        for name, setup in setups.items()
    }


@pytest.mark.parametrize("kind", ["usual", "unchanged", "degrees", "hostile"])
@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_leaves_the_result_alone_and_writes_one_file_that_others_can_read(
    results, export, kind, tmp_path
):
    objects, run = results[kind].objects.copy(), json.dumps(results[kind].run)
    export.write(results[kind], tmp_path / export.FILE_NAME)
    assert objects.equals(results[kind].objects)
    assert run == json.dumps(results[kind].run)
    assert [path.name for path in tmp_path.iterdir()] == [export.FILE_NAME]
    assert READERS[export.SUFFIX](tmp_path / export.FILE_NAME)


def test_the_report_makes_no_request(results):
    from exports import report

    page = parse(report.render(results["hostile"]))
    links = page.values("src", "href", "srcset", "action", "data", "poster")
    assert all(link.startswith(("data:image/", "#")) for link in links)
    assert "url(" not in "".join(page.raw["style"])
