import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import settings
from errors import InputError, NotFoundError
from services import basemap_series, basemaps
from services.basemap import filled, host_of, origin_of

ROOT = Path(__file__).resolve().parents[2]
MINE = {"title": "My tiles", "url": "https://t.example.org/{z}/{x}/{y}.png", "attribution": "© Me"}


@pytest.fixture
def configured(tmp_path, monkeypatch):
    """A function that sets settings by their names; other tests see none of it."""

    def set_to(**values):
        for name, value in values.items():
            text = value if isinstance(value, str) else json.dumps(value)
            monkeypatch.setenv(f"GROUNDSHIFT_{name.upper()}", text)
        settings.load.cache_clear()

    set_to(data_dir=str(tmp_path))
    yield set_to
    monkeypatch.undo()
    settings.load.cache_clear()


def _by_series(name):
    return [one for one in basemaps.catalogue() if one.series == name]


def test_dated_maps_come_first_and_the_newest_of_a_series_before_the_older(configured):
    maps = basemaps.catalogue()
    groups = [one.group for one in maps]
    assert groups == sorted(groups, key=["dated", "current", "yours"].index)
    for name in {one.series for one in maps if one.group == "dated"}:
        days = [one.dated_on for one in _by_series(name)]
        assert days == sorted(days, reverse=True)
        assert None not in days


def test_wayback_cloudless_orthophotos_imagery_and_maps_are_offered(configured):
    assert len(_by_series(basemap_series.WAYBACK)) == 196
    assert [one.dated_on for one in _by_series(basemap_series.CLOUDLESS)] == [
        *map(str, range(2025, 2017, -1)),
        "2016",
    ]
    assert len(_by_series(basemaps.IGN)) >= 20
    titles = {one.title for one in basemaps.catalogue() if one.group == "current"}
    assert titles == {*basemaps.IMAGERY.values(), *basemaps.MAPS.values()}


def test_every_map_can_be_asked_for_and_names_its_maker(configured):
    for one in basemaps.catalogue():
        address = filled(one.url, 3, 4, 5)
        assert "{" not in address
        assert address.startswith("https://")
        assert one.attribution.strip()
        assert one.terms.strip()
        assert 0 <= one.min_zoom < one.max_zoom <= 24
        assert basemaps.get(one.id) is one


def test_ids_are_plain_and_given_once(configured):
    ids = [one.id for one in basemaps.catalogue()]
    assert len(set(ids)) == len(ids)
    assert all(set(one) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for one in ids)


def test_the_first_year_is_free_and_later_years_are_not_for_commerce(configured):
    assert "CC BY 4.0" in basemaps.get("cloudless-2016").terms
    assert "NC" in basemaps.get("cloudless-2018").terms
    assert "2018" in basemaps.get("cloudless-2018").attribution


def test_drawn_maps_are_for_looking_and_the_server_does_not_ask_them(configured):
    street = basemaps.get("openstreetmap-mapnik")
    assert not street.may_fetch
    assert street.host not in basemaps.allowed_hosts()
    assert origin_of(street.url) in basemaps.allowed_origins_csp()


def test_an_unknown_id_is_not_found(configured):
    with pytest.raises(NotFoundError):
        basemaps.get("../../etc/passwd")


def test_planet_is_offered_with_a_key_only_and_the_key_stays_here(configured):
    assert not _by_series(basemap_series.PLANET)
    configured(planet_key="hush-hush")
    months = _by_series(basemap_series.PLANET)
    assert months[-1].dated_on == "2016-01"
    assert all(one.through_server and one.needs_key for one in months)
    assert months[0].url == f"/tiles/basemap/{months[0].id}/{{z}}/{{x}}/{{y}}.png"
    assert "hush" not in repr(basemaps.catalogue())
    assert "tiles.planet.com" in basemaps.allowed_hosts()
    assert not any("planet" in origin for origin in basemaps.allowed_origins_csp())


@pytest.mark.parametrize(
    ("today", "newest"), [("2026-01-31", "2025-12"), ("2026-03-01", "2026-02")]
)
def test_the_month_that_runs_has_no_mosaic_yet(configured, today, newest):
    months = list(basemap_series.planet_months(date.fromisoformat(today)))
    assert months[0].dated_on == newest
    assert len({one.id for one in months}) == len(months)


def test_the_base_path_stands_before_addresses_of_our_own(configured):
    configured(planet_key="k", base_path="/geo/")
    assert _by_series(basemap_series.PLANET)[0].url.startswith("/geo/tiles/basemap/planet-")


def test_without_basemaps_only_the_operators_own_remain(configured):
    configured(allow_basemaps="0", basemaps=[MINE])
    assert [one.title for one in basemaps.catalogue()] == ["My tiles"]
    assert basemaps.allowed_hosts() == {"t.example.org"}
    assert basemaps.allowed_origins_csp() == ("https://t.example.org",)


def test_settings_that_change_change_the_catalogue(configured):
    configured(basemaps=[MINE])
    assert basemaps.get("yours-my-tiles").group == "yours"
    configured(basemaps=[])
    with pytest.raises(NotFoundError):
        basemaps.get("yours-my-tiles")


def test_a_wmts_template_becomes_an_xyz_template(configured):
    url = "https://w.example.org:8443/l/{TileMatrix}/{TileRow}/{TileCol}.jpg"
    configured(basemaps=[{**MINE, "url": url, "dated_on": "2021-05"}])
    mine = basemaps.get("yours-my-tiles")
    assert mine.url == "https://w.example.org:8443/l/{z}/{y}/{x}.jpg"
    assert (mine.host, mine.dated_on) == ("w.example.org:8443", "2021-05")
    assert basemaps.allowed_origins_csp()[-1] == "https://wmts.geo.admin.ch"
    assert "https://w.example.org:8443" in basemaps.allowed_origins_csp()


@pytest.mark.parametrize("kind", [{}, {"kind": "cog"}])
def test_a_cog_is_passed_on_by_the_server(configured, kind):
    configured(basemaps=[{**MINE, "url": "https://c.example.org/ortho.tif", **kind}])
    mine = basemaps.get("yours-my-tiles")
    assert mine.is_cog
    assert mine.url.startswith("/tiles/basemap/yours-my-tiles/")
    assert "https://c.example.org" not in basemaps.allowed_origins_csp()


def test_an_address_with_a_key_can_be_kept_from_the_browser(configured):
    url = MINE["url"] + "?key=hush"
    configured(basemaps=[{**MINE, "url": url, "through_server": True}])
    mine = basemaps.get("yours-my-tiles")
    assert "hush" not in mine.url
    assert mine.source == url


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"url": "http://t.example.org/{z}/{x}/{y}.png"}, "https://"),
        ({"url": "file:///etc/passwd"}, "https://"),
        ({"url": "https://me:word@t.example.org/{z}/{x}/{y}.png"}, "password"),
        ({"url": "https://t.example.org/{z}/{x}.png"}, "lacks {y}"),
        ({"url": "https:///{z}/{x}/{y}.png"}, "'url'"),
        ({"attribution": ""}, "'attribution'"),
        ({"title": " "}, "'title'"),
        ({"max_zoom": 99}, "'max_zoom'"),
        ({"min_zoom": 9, "max_zoom": 8}, "min_zoom is above max_zoom"),
        ({"dated_on": "last May"}, "'dated_on'"),
        ({"colour": "red"}, "'colour'"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_by_its_place(configured, change, words):
    configured(basemaps=[MINE, {**MINE, "title": "Other", **change}])
    with pytest.raises(InputError) as caught:
        basemaps.catalogue()
    assert words in caught.value.message
    assert "Background map 2" in caught.value.message


def test_two_maps_of_one_title_are_refused(configured):
    configured(basemaps=[MINE, MINE])
    with pytest.raises(InputError, match="same title"):
        basemaps.catalogue()


def test_a_title_is_one_clean_line(configured):
    configured(basemaps=[{**MINE, "title": "My\n<b>tiles</b>\u202e"}])
    assert basemaps.get("yours-my-b-tiles-b").title == "My <b>tiles</b>"


def test_hosts_have_their_port_where_it_is_unusual():
    assert host_of("https://A.example.org:443/x") == "a.example.org"
    assert host_of("https://a.example.org:8443/x") == "a.example.org:8443"
    assert host_of("http://[::1]:80/x") == "[::1]"


def test_reading_the_catalogue_asks_no_network_and_writes_no_file(tmp_path):
    code = """
import sys
events = []
def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.mkdir"}:
        events.append((event, str(arguments)))
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        events.append((event, str(arguments)))
sys.dont_write_bytecode = True
sys.addaudithook(watch)
from services import basemaps
assert "leafmap" not in sys.modules, "imported before it is needed"
assert len(basemaps.catalogue()) > 200
assert "leafmap" in sys.modules
assert not events, events
"""
    ran = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
    )
    assert ran.returncode == 0, ran.stderr
    assert not list(tmp_path.iterdir())
