import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from pyproj import Transformer
from shapely.geometry import shape

import settings
from errors import InputError
from services import answer_prompt
from services.answer_prompt import answer
from services.map_prompts import MapPrompt
from tests.flood import beside_the_real_ones
from tests.scenes import UTM33, transform, write

SHA = "ab" * 32
SHED, POND = (100, 140, 50, 90), (200, 220, 260, 290)


@pytest.fixture(autouse=True)
def flood(tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    settings.load.cache_clear()
    answer_prompt.forget_scenes()
    with beside_the_real_ones(monkeypatch) as loaded:
        yield loaded
    settings.load.cache_clear()


@pytest.fixture
def path(tmp_path):
    image = np.full((3, 300, 320), 90, np.float32)
    image[:, ::7, ::5] = 140
    for top, bottom, left, right in (SHED, POND):
        image[:, top:bottom, left:right] = np.array([200, 60, 20])[:, None, None]
    return write(tmp_path / "scene.tif", image, gsd_m=0.5)


def click(x, y, **more):
    to_lonlat = Transformer.from_crs(UTM33.to_wkt(), "EPSG:4326", always_xy=True)
    return MapPrompt(inside=(to_lonlat.transform(*(transform(0.5) @ (x, y))),), **more)


def on_grid(geometry):
    """Left, top, right, bottom of a WGS 84 outline in pixels of the scene."""
    to_grid = Transformer.from_crs("EPSG:4326", UTM33.to_wkt(), always_xy=True)
    xs, ys = to_grid.transform(*np.array(geometry["coordinates"][0]).T)
    cols, rows = ~transform(0.5) @ (np.array(xs), np.array(ys))
    return cols.min(), rows.min(), cols.max(), rows.max()


def test_a_click_becomes_an_outline_in_degrees(path):
    found = answer(path, SHA, click(70, 120), "flood")
    (feature,) = found.features
    assert on_grid(feature["geometry"]) == pytest.approx((50, 100, 90, 140), abs=0.05)
    about = feature["properties"]
    assert about["area_m2"] == pytest.approx(400, rel=2e-3)
    assert about["score"] == 0.9
    assert about["segmenter"] == "flood"
    assert shape(feature["geometry"]).exterior.is_ccw
    assert shape(feature["geometry"]).contains(shape({
        "type": "Point", "coordinates": [about["lon"], about["lat"]],
    }))  # fmt: skip
    json.dumps(found.to_json(), allow_nan=False)


def test_the_next_click_opens_and_embeds_nothing(path, flood, monkeypatch):
    answer(path, SHA, click(70, 120), "flood")
    monkeypatch.setattr(answer_prompt, "open_scene", lambda _path: pytest.fail("opened again"))
    monkeypatch.setattr(flood.segmenter, "embed", lambda *_any: pytest.fail("embedded again"))
    assert answer(path, SHA, click(75, 118), "flood").features


def test_a_scene_with_another_hash_is_another_scene(path, tmp_path):
    answer(path, SHA, click(70, 120), "flood")
    image = np.full((3, 300, 320), 90, np.float32)
    image[:, ::7, ::5] = 140
    image[:, 110:130, 60:80] = np.array([200, 60, 20])[:, None, None]
    write(path, image, gsd_m=0.5)
    (feature,) = answer(path, "cd" * 32, click(70, 120), "flood").features
    assert on_grid(feature["geometry"]) == pytest.approx((60, 110, 80, 130), abs=0.05)


def test_where_nothing_is_there_is_no_feature_but_a_sentence(path, flood, monkeypatch):
    monkeypatch.setattr(flood.segmenter, "answer", lambda *_any: ())
    found = answer(path, SHA, click(70, 120), "flood")
    assert found.features == ()
    assert [finding.code for finding in found.findings] == ["nothing_found"]


def test_a_click_outside_is_refused(path):
    with pytest.raises(InputError, match="outside the scene"):
        answer(path, SHA, click(-3, 120), "flood")


# rasterio (_io.pyx, MemoryDataset) silences this warning for all threads while it opens an array,
# and another thread may undo that; a worker, which has one thread, never sees it.
@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_two_users_at_once_get_their_own_outlines(path):
    def ask(number):
        place, expected = (((70, 120), SHED), ((275, 210), POND))[number % 2]
        (feature,) = answer(path, SHA, click(*place), "flood").features
        top, bottom, left, right = expected
        return on_grid(feature["geometry"]) == pytest.approx((left, top, right, bottom), abs=0.05)

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(ask, range(24)))
