import dataclasses
import threading

import numpy as np
import pytest
import rasterio
from rasterio.warp import transform_bounds

import settings
from errors import CancelledError, ExportError, InputError, LimitError, OutboundError
from progress import Watcher
from raster import scene as scenes
from services import basemap_tiles, fetch_basemap, wayback
from services.basemap import Basemap
from services.fetch_basemap import estimate, fetch
from services.mercator import covering
from tests.services import xyz_server
from tests.services.xyz_server import ground

BOUNDS = (13.401, 52.501, 13.411, 52.506)
ZOOM = 16
AREA = covering(BOUNDS, ZOOM)


@pytest.fixture(scope="module")
def maps():
    with xyz_server.running() as server:
        yield server


@pytest.fixture(autouse=True)
def allowed(tmp_path, monkeypatch, maps):
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_PRIVATE_HOSTS", "1")
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_BASEMAPS", "0")
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(basemap_tiles, "FIRST_PAUSE_S", 0.0)
    settings.load.cache_clear()
    maps.asked.clear()
    yield
    monkeypatch.undo()
    settings.load.cache_clear()


@pytest.fixture
def of(maps):
    """A function that makes the background map of a layer of the server."""

    def make(layer, **changes):
        made = Basemap(
            id=f"yours-{layer}",
            title=f"Layer {layer}",
            group="yours",
            series="Test",
            url=maps.url(layer),
            attribution="© Test server",
            terms="Free for tests.",
            min_zoom=1,
            max_zoom=18,
            dated_on="2021",
            host=maps.host,
            source=maps.url(layer),
        )
        return dataclasses.replace(made, **changes)

    return make


def _fetch(basemap, path, *, bounds=BOUNDS, zoom=ZOOM, watcher=None):
    return fetch(basemap, bounds, zoom, path, watcher=watcher or Watcher())


def _truth(size_px=256):
    """(3, row, col) of all tiles of the area, put together by another route."""
    rows = [
        np.concatenate([ground(ZOOM, x, y, size_px) for x in range(AREA.left, AREA.right)], axis=1)
        for y in range(AREA.top, AREA.bottom)
    ]
    return np.moveaxis(np.concatenate(rows), 2, 0)


def test_the_file_holds_the_pixels_of_the_server_in_their_place(of, tmp_path):
    report = _fetch(of("pre"), tmp_path / "pre.tif")
    with rasterio.open(report.path) as dataset:
        assert np.array_equal(dataset.read(), _truth())
        assert dataset.crs == "EPSG:3857"
        assert (dataset.dataset_mask() == 255).all()
        west, south, east, north = transform_bounds(dataset.crs, "EPSG:4326", *dataset.bounds)
    assert west <= BOUNDS[0]
    assert south <= BOUNDS[1]
    assert east >= BOUNDS[2]
    assert north >= BOUNDS[3]
    assert (report.tiles, report.missing) == (AREA.tiles, 0)
    assert AREA.columns >= 2
    assert AREA.rows >= 2


def test_the_file_lies_where_another_library_puts_its_tiles(of, tmp_path):
    from morecantile import tms

    report = _fetch(of("pre"), tmp_path / "pre.tif")
    corner = tms.get("WebMercatorQuad").xy_bounds(AREA.left, AREA.top, ZOOM)
    with rasterio.open(report.path) as dataset:
        assert dataset.bounds.left == pytest.approx(corner.left, abs=1e-6)
        assert dataset.bounds.top == pytest.approx(corner.top, abs=1e-6)
        assert dataset.res[0] == pytest.approx((corner.right - corner.left) / 256, rel=1e-12)


def test_the_estimate_says_what_the_fetch_brings(of, tmp_path):
    expected = estimate(BOUNDS, ZOOM)
    report = _fetch(of("pre"), tmp_path / "pre.tif")
    with rasterio.open(report.path) as dataset:
        assert (expected.width_px, expected.height_px) == (dataset.width, dataset.height)
    assert expected.tiles == report.tiles
    # Measured on the ellipsoid, where the projection takes the Earth for a sphere.
    assert scenes.open(report.path).grid.gsd_m == pytest.approx(expected.gsd_m, rel=0.005)


def test_source_attribution_level_and_day_are_in_the_tags(of, tmp_path):
    report = _fetch(of("pre"), tmp_path / "pre.tif")
    with rasterio.open(report.path) as dataset:
        tags = dataset.tags()
    assert tags["TIFFTAG_COPYRIGHT"] == "© Test server"
    assert tags["BASEMAP_SOURCE"] == of("pre").source
    assert tags["BASEMAP_TERMS"] == "Free for tests."
    assert (tags["BASEMAP_ZOOM"], tags["BASEMAP_DATED_ON"]) == ("16", "2021")
    assert tags["BASEMAP_FETCHED_UTC"].endswith("+00:00")
    assert "ACQUISITION_DATE" not in tags


def test_a_key_in_the_address_is_sent_and_not_kept(of, maps, tmp_path):
    keyed = of("pre", source=maps.url("pre") + "?key=hush", through_server=True)
    report = _fetch(keyed, tmp_path / "pre.tif")
    assert all(path.endswith("?key=hush") for path in maps.asked)
    assert b"hush" not in report.path.read_bytes()


def test_the_operators_key_is_added_to_planets_addresses(of, maps, tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_PLANET_KEY", "hush")
    settings.load.cache_clear()
    report = _fetch(of("pre", needs_key=True, group="dated"), tmp_path / "pre.tif")
    assert all(path.endswith("?api_key=hush") for path in maps.asked)
    assert b"hush" not in report.path.read_bytes()


def test_tiles_of_512_pixels_double_the_grid(of, tmp_path):
    report = _fetch(of("large"), tmp_path / "large.tif")
    with rasterio.open(report.path) as dataset:
        assert np.array_equal(dataset.read(), _truth(512))
        assert dataset.width == AREA.columns * 512


@pytest.mark.parametrize("layer", ["jpeg", "webp"])
def test_other_encodings_show_the_same_ground(of, tmp_path, layer):
    report = _fetch(of(layer), tmp_path / "tile.tif")
    with rasterio.open(report.path) as dataset:
        assert np.abs(dataset.read().astype(int) - _truth()).mean() < 4


def test_missing_tiles_are_nodata_and_counted(of, tmp_path):
    report = _fetch(of("holes"), tmp_path / "holes.tif")
    columns = np.arange(AREA.left, AREA.right) % 2 == 1
    expected = np.repeat(np.tile(columns, (AREA.rows, 1)).repeat(256, 0), 256, 1)
    with rasterio.open(report.path) as dataset:
        assert np.array_equal(dataset.dataset_mask() == 255, expected)
        assert np.array_equal(dataset.read(), _truth() * expected)
    assert report.missing == (~columns).sum() * AREA.rows
    assert sum(digest == "" for digest in report.digests) == report.missing


def test_transparent_pixels_are_nodata(of, tmp_path):
    report = _fetch(of("half"), tmp_path / "half.tif")
    with rasterio.open(report.path) as dataset:
        mask = dataset.dataset_mask() == 255
    assert mask.mean() == 0.5
    assert not mask[:, :128].any()


def test_a_busy_server_is_asked_again(of, maps, tmp_path):
    report = _fetch(of("busy"), tmp_path / "busy.tif")
    assert report.missing == 0
    assert set(maps.asked.values()) == {maps.failures + 1}


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        ("missing", "no picture of this area"),
        ("blank", "same picture in every tile"),
        ("denied", "refuses"),
        ("down", "status 503"),
        ("html", "text/html"),
        ("garbage", "damaged"),
        ("odd", "256 x 100"),
        ("huge", "damaged|30000"),
        ("mixed", "different sizes"),
    ],
)
def test_a_map_that_cannot_be_fetched_leaves_no_file_and_says_why(of, tmp_path, layer, words):
    with pytest.raises(OutboundError, match=words) as caught:
        _fetch(of(layer), tmp_path / "tile.tif")
    assert caught.value.hint
    assert not list(tmp_path.glob("*.tif*"))


def test_one_blank_tile_is_a_picture(of, tmp_path):
    assert _fetch(of("blank"), tmp_path / "one.tif", zoom=8).tiles == 1


def test_a_map_for_looking_only_is_refused_before_anything_is_asked(of, maps, tmp_path):
    with pytest.raises(InputError, match="may not be kept"):
        _fetch(of("pre", may_fetch=False), tmp_path / "pre.tif")
    assert not maps.asked


@pytest.mark.parametrize("zoom", [0, 19])
def test_a_level_the_map_does_not_have_is_refused(of, maps, tmp_path, zoom):
    with pytest.raises(InputError, match="no zoom level"):
        _fetch(of("pre"), tmp_path / "pre.tif", zoom=zoom)
    assert not maps.asked


def test_the_operators_limit_counts_both_dates(of, maps, tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_MAX_BASEMAP_TILES", str(2 * AREA.tiles - 1))
    settings.load.cache_clear()
    assert not estimate(BOUNDS, ZOOM).is_allowed
    with pytest.raises(LimitError, match=f"takes {2 * AREA.tiles} tiles"):
        _fetch(of("pre"), tmp_path / "pre.tif")
    assert not maps.asked
    monkeypatch.setenv("GROUNDSHIFT_MAX_BASEMAP_TILES", str(2 * AREA.tiles))
    settings.load.cache_clear()
    assert estimate(BOUNDS, ZOOM).is_allowed


def test_progress_rises_and_names_the_map(of, tmp_path):
    told = []
    _fetch(of("pre"), tmp_path / "pre.tif", watcher=Watcher(lambda *news: told.append(news)))
    assert [share for share, _words in told] == sorted(share for share, _words in told)
    assert told[0] == (0.0, f"Layer pre: tile 1 of {AREA.tiles}")
    assert len(told) == AREA.tiles


def test_cancelling_stops_asking_and_leaves_no_file(of, maps, tmp_path):
    told = []
    watcher = Watcher(lambda *news: told.append(news), is_cancelled=lambda: len(told) >= 3)
    with pytest.raises(CancelledError):
        _fetch(of("pre"), tmp_path / "pre.tif", zoom=18, watcher=watcher)
    assert len(maps.asked) <= 3 + fetch_basemap.AHEAD
    assert not list(tmp_path.glob("*.tif*"))
    assert not [one for one in threading.enumerate() if one.name.startswith("basemap")]


def test_a_folder_that_cannot_be_written_is_told_plainly(of, tmp_path):
    with pytest.raises(ExportError, match="could not be written"):
        _fetch(of("pre"), tmp_path / "nowhere" / "pre.tif")


def test_at_most_a_few_tiles_are_asked_for_at_a_time(of, maps, tmp_path, monkeypatch):
    running, most = [], []
    real = maps.answer

    def answer(*place):
        running.append(place)
        most.append(len(running))
        try:
            return real(*place)
        finally:
            running.remove(place)

    monkeypatch.setattr(maps, "answer", answer)
    _fetch(of("pre"), tmp_path / "pre.tif")
    assert max(most) <= fetch_basemap.THREADS


@pytest.mark.parametrize(
    ("days", "expected"), [(("2018-05-24",), "2018-05-24"), (("2018-05-24", "2019-06-01"), None)]
)
def test_only_a_single_day_of_capture_becomes_the_date_of_the_scene(
    of, tmp_path, monkeypatch, days, expected
):
    from datetime import date

    captured = tuple(map(date.fromisoformat, days))
    monkeypatch.setattr(wayback, "captured_on", lambda *_asked: captured)
    report = _fetch(of("pre", id="wayback-645"), tmp_path / "wayback-645.tif")
    assert report.captured_on == captured
    with rasterio.open(report.path) as dataset:
        tags = dataset.tags()
    assert tags["BASEMAP_CAPTURED_ON"] == " ".join(days)
    assert tags.get("ACQUISITION_DATE") == expected
