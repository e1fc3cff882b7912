import json
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
import rasterio

import settings
from errors import (
    CancelledError,
    GroundshiftError,
    InputError,
    LimitError,
    NotFoundError,
    OutboundError,
)
from progress import Watcher
from services import basemap_tiles
from tests.services import xyz_server
from workspace import database, places, projects, scenes
from workspace.kinds import basemap_pair, registry, wayback_releases
from workspace.records import Job

OWNER = "anna"
BOUNDS = [13.401, 52.501, 13.405, 52.503]
PARAMS = {
    "left": "yours-pre",
    "right": "yours-post",
    "bounds": BOUNDS,
    "zoom": 16,
    "title": "Mitte",
}


@pytest.fixture(scope="module")
def maps():
    with xyz_server.running() as server:
        yield server


@pytest.fixture(autouse=True)
def workspace(tmp_path, monkeypatch, maps):
    """A workspace of its own, with the layers of the map server as the operator's maps."""
    entries = [
        {
            "title": layer,
            "url": maps.url(layer),
            "attribution": f"© Server, {layer}",
            "max_zoom": 12 if layer == "holes" else 18,
        }
        for layer in ("pre", "post", "missing", "down", "holes")
    ]
    monkeypatch.setenv("GROUNDSHIFT_BASEMAPS", json.dumps(entries))
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_PRIVATE_HOSTS", "1")
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_BASEMAPS", "0")
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(basemap_tiles, "FIRST_PAUSE_S", 0.0)
    settings.load.cache_clear()
    maps.asked.clear()
    yield tmp_path / "data"
    monkeypatch.undo()
    settings.load.cache_clear()


def _job(**changes):
    return Job(
        id=places.new_id(),
        owner=OWNER,
        project=None,
        kind="basemap_pair",
        lane="prepare",
        status="running",
        progress=0.0,
        message="",
        hint="",
        params={**PARAMS, **changes},
        result={},
        created_utc=datetime.now(UTC),
        started_utc=None,
        finished_utc=None,
        device="cpu",
    )


def _nothing_is_left(data):
    assert scenes.listed(OWNER, with_samples=False) == ()
    assert projects.listed(OWNER) == ()
    assert not list((data / "jobs").glob("*"))
    assert not list((data / "scenes").glob("*"))


def test_the_registry_knows_both_kinds():
    assert registry.find("basemap_pair") is basemap_pair
    assert registry.find("wayback_releases") is wayback_releases


def test_both_dates_become_scenes_of_the_user_and_a_project(workspace):
    result = basemap_pair.run(_job(), Watcher())
    project = projects.get(OWNER, result["project"])
    pre, post = scenes.get(OWNER, project.pre), scenes.get(OWNER, project.post)
    assert (project.title, pre.title, post.title) == ("Mitte", "pre", "post")
    with rasterio.open(pre.source) as before, rasterio.open(post.source) as after:
        changed = (before.read() != after.read()).any(axis=0)
        assert before.tags()["TIFFTAG_COPYRIGHT"] == "© Server, pre"
        assert before.transform == after.transform
    rows, cols = xyz_server.HOUSE
    assert changed[rows, cols].mean() > 0.99
    assert changed[200:250, 200:250].sum() == 0
    assert not list((workspace / "jobs").glob("*"))


def test_the_fetched_rectangle_is_the_area_of_interest_where_none_was_drawn():
    project = projects.get(OWNER, basemap_pair.run(_job(), Watcher())["project"])
    (area,) = project.areas["features"]
    assert area["properties"]["name"] == "Fetched area"
    corners = np.array(area["geometry"]["coordinates"][0])
    assert [*corners.min(axis=0), *corners.max(axis=0)] == BOUNDS


def test_drawn_areas_are_kept_with_the_project():
    ring = [[13.402, 52.501], [13.403, 52.501], [13.403, 52.502], [13.402, 52.501]]
    drawn = {
        "type": "Feature",
        "properties": {"id": "a", "name": "Square"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    job = _job(areas={"type": "FeatureCollection", "features": [drawn]})
    project = projects.get(OWNER, basemap_pair.run(job, Watcher())["project"])
    assert [one["properties"]["name"] for one in project.areas["features"]] == ["Square"]


def test_another_user_sees_neither_scenes_nor_project():
    result = basemap_pair.run(_job(), Watcher())
    with pytest.raises(NotFoundError):
        projects.get("bert", result["project"])
    assert scenes.listed("bert", with_samples=False) == ()


def test_the_result_is_plain_json_and_counts_what_came(maps):
    result = basemap_pair.run(_job(), Watcher())
    assert json.loads(json.dumps(result)) == result
    assert result["tiles"] * 2 == len(maps.asked)
    assert (result["missing"], result["same_tiles"]) == ([0, 0], 0)
    assert result["captured_on"] == [[], []]
    assert result["bytes"] > 10_000


@pytest.mark.parametrize("layer", ["missing", "down"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_when_one_date_cannot_be_fetched_the_other_is_not_kept(workspace, side, layer):
    with pytest.raises(OutboundError):
        basemap_pair.run(_job(**{side: f"yours-{layer}"}), Watcher())
    _nothing_is_left(workspace)


def test_two_maps_with_the_same_picture_are_no_pair(workspace, monkeypatch, maps):
    real = maps.answer
    monkeypatch.setattr(maps, "answer", lambda _layer, *place: real("pre", *place))
    with pytest.raises(OutboundError, match="exactly the same picture"):
        basemap_pair.run(_job(), Watcher())
    _nothing_is_left(workspace)


def test_a_level_one_of_the_maps_lacks_is_refused_before_anything_is_asked(workspace, maps):
    with pytest.raises(InputError, match="no zoom level 16"):
        basemap_pair.run(_job(right="yours-holes"), Watcher())
    assert not maps.asked
    _nothing_is_left(workspace)


def test_when_the_second_scene_does_not_fit_the_first_goes_too(workspace, monkeypatch):
    real = scenes.add

    def add(owner, title, files):
        if title == "post":
            raise LimitError("Your storage is full.", hint="Delete scenes.")
        return real(owner, title, files)

    monkeypatch.setattr(scenes, "add", add)
    with pytest.raises(LimitError):
        basemap_pair.run(_job(), Watcher())
    _nothing_is_left(workspace)


def test_when_the_project_cannot_be_made_both_scenes_go(workspace):
    with pytest.raises(GroundshiftError):
        basemap_pair.run(_job(areas={"type": "nonsense"}), Watcher())
    _nothing_is_left(workspace)


def test_a_full_storage_refuses_the_pair(workspace, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_QUOTA_BYTES", "1000")
    settings.load.cache_clear()
    with pytest.raises(LimitError):
        basemap_pair.run(_job(), Watcher())
    _nothing_is_left(workspace)


@pytest.mark.parametrize("steps", [0, 2, 9])
def test_a_cancelled_job_leaves_nothing(workspace, steps):
    told = []
    watcher = Watcher(lambda *news: told.append(news), is_cancelled=lambda: len(told) >= steps)
    with pytest.raises(CancelledError):
        basemap_pair.run(_job(zoom=18), watcher)
    _nothing_is_left(workspace)


def test_progress_goes_over_both_dates():
    told = []
    basemap_pair.run(_job(), Watcher(lambda *news: told.append(news)))
    shares = [share for share, _words in told]
    assert shares == sorted(shares)
    assert {words.partition(":")[0] for _share, words in told} >= {"pre", "post"}
    assert shares[-1] == basemap_pair.FETCHED_SHARE


@pytest.mark.parametrize(
    "change",
    [
        {"bounds": "everywhere"}, {"bounds": [1, 2, 3]}, {"zoom": -1}, {"zoom": 99},
        {"left": None}, {"left": "yours-post"}, {"areas": "drawn"},
        {"bounds": [13.5, 52.5, 13.4, 52.6]}, {"bounds": [170, 0, -170, 1]},
    ],
)  # fmt: skip
def test_parameters_that_make_no_sense_are_refused_in_plain_words(workspace, maps, change):
    with pytest.raises(InputError) as caught:
        basemap_pair.run(_job(**change), Watcher())
    assert caught.value.hint
    assert not maps.asked
    _nothing_is_left(workspace)


def test_a_map_that_is_not_offered_any_more_is_told(workspace):
    with pytest.raises(NotFoundError, match="background map"):
        basemap_pair.run(_job(left="yours-gone"), Watcher())
    _nothing_is_left(workspace)


def test_newer_releases_are_not_asked_for_where_basemaps_are_off():
    job = replace(_job(), kind="wayback_releases", params={})
    with pytest.raises(InputError, match="may not ask"):
        wayback_releases.run(job, Watcher())


def test_newer_releases_are_counted(monkeypatch):
    from services import wayback

    monkeypatch.setenv("GROUNDSHIFT_ALLOW_BASEMAPS", "1")
    settings.load.cache_clear()
    monkeypatch.setattr(wayback, "refresh", lambda: 3)
    assert wayback_releases.run(_job(), Watcher()) == {"new": 3}


def test_the_database_is_that_of_the_test(workspace):
    database.connect()
    assert (workspace / "workspace.sqlite3").is_file()
