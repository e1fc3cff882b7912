import json
from datetime import date

import pytest

import settings
from errors import OutboundError
from services import wayback
from services.outbound import Session
from tests.services.plain_server import Server

ENTRY = {
    "itemID": "ad62e5488ac441cbaf487ac9268c0590",
    "itemTitle": "World Imagery (Wayback 2026-10-01)",
    "itemURL": "https://wayback.example/{level}/{row}/{col}",
    "metadataLayerUrl": "https://m.example/World_Imagery_Metadata_2026_r09/MapServer",
    "layerIdentifier": "WB_2026_R09",
}
BOUNDS = (13.3, 52.4, 13.4, 52.5)


@pytest.fixture
def esri(tmp_path, monkeypatch):
    """A stand-in for Esri's two servers; what is kept goes to a folder of the test."""
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_PRIVATE_HOSTS", "1")
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path))
    settings.load.cache_clear()
    with Server() as server:
        monkeypatch.setattr(wayback, "CONFIG_URL", server.url("/config.json"))
        monkeypatch.setattr(wayback, "METADATA_URL", server.url("/{metadata}/{layer}/query"))
        yield server
    monkeypatch.undo()
    settings.load.cache_clear()


def _answers(server, path, content, status=200):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    server.answers[path] = (status, {"Content-Type": "application/json"}, body)


def test_the_pinned_table_is_whole_and_the_newest_release_comes_first(esri):
    found = wayback.releases()
    assert len(found) == 196
    assert len({release.number for release in found}) == 196
    days = [release.released_on for release in found]
    assert days == sorted(days, reverse=True)
    assert (found[-1].number, days[-1]) == (10, date(2014, 2, 20))


@pytest.mark.parametrize(
    ("number", "day", "metadata"),
    [
        (645, "2019-06-26", "2019_r08"),
        (13161, "2018-01-08", "2017_r21"),
        (56102, "2023-12-07", "2023_r11"),
    ],
)
def test_releases_have_the_dates_esri_gives_them(esri, number, day, metadata):
    release = wayback.get(number)
    assert (release.released_on.isoformat(), release.metadata) == (day, metadata)
    assert f"/tile/{number}/{{z}}/{{y}}/{{x}}" in release.url


def test_a_refresh_adds_new_releases_and_keeps_the_known_ones(esri):
    _answers(esri, "/config.json", {"70001": ENTRY})
    assert wayback.refresh() == 1
    assert wayback.releases()[0] == wayback.Release(70001, date(2026, 10, 1), "2026_r09")
    assert wayback.get(645) is not None
    assert wayback.refresh() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"<html>", b"[]", b"{}", b"null", {"70001": "words"}, {"70001": {"itemTitle": "undated"}},
        {"not-a-number": ENTRY}, {"70001": {**ENTRY, "itemTitle": "(Wayback 2026-13-45)"}},
        {"1" * 9: ENTRY}, {str(number): ENTRY for number in range(6000)},
    ],
)  # fmt: skip
def test_a_list_that_is_not_esris_changes_nothing(esri, content):
    _answers(esri, "/config.json", content)
    with pytest.raises(OutboundError, match="could not be read"):
        wayback.refresh()
    assert len(wayback.releases()) == 196


def test_entries_that_are_not_understood_are_left_out(esri):
    _answers(esri, "/config.json", {"70001": ENTRY, "70002": {"itemTitle": 5}, "70003": None})
    assert wayback.refresh() == 1


def test_an_unreachable_list_changes_nothing(esri):
    _answers(esri, "/config.json", b"", 503)
    with pytest.raises(OutboundError):
        wayback.refresh()
    assert len(wayback.releases()) == 196


def test_a_damaged_kept_list_is_ignored(esri, tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "wayback_releases.json").write_text('[["x"]]', encoding="utf-8")
    assert len(wayback.releases()) == 196


def _asked(esri, zoom=17):
    with Session(frozenset({esri.host})) as session:
        return wayback.captured_on(session, 645, BOUNDS, zoom)


def _features(*milliseconds):
    return {"features": [{"attributes": {"SRC_DATE2": value}} for value in milliseconds]}


def test_days_of_capture_are_sorted_and_given_once(esri):
    may, june = 1_527_120_000_000, 1_528_329_600_000  # 2018-05-24 and 2018-06-07
    _answers(esri, "/2019_r08/6/query", _features(june, may, june))
    assert _asked(esri) == (date(2018, 5, 24), date(2018, 6, 7))
    assert "geometry=13.3" in esri.seen[-1][0]


def test_the_layer_of_the_zoom_level_is_asked_and_coarse_levels_share_one(esri):
    _answers(esri, "/2019_r08/13/query", _features(1_527_120_000_000))
    assert _asked(esri, zoom=4) == (date(2018, 5, 24),)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ({"error": {"code": 400}}, 200), (b"<html>", 200), (_features(None, -10**17, 10**17), 200),
        (_features(0, 4_102_444_800_000), 200), ({}, 500), ({"features": "x"}, 200),
    ],
)  # fmt: skip
def test_a_missing_or_odd_answer_is_only_a_missing_date(esri, content, status):
    _answers(esri, "/2019_r08/6/query", content, status)
    assert _asked(esri) == ()


def test_an_unknown_release_has_no_days(esri):
    with Session(frozenset()) as session:
        assert wayback.captured_on(session, 99999, BOUNDS, 17) == ()
