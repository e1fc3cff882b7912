import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from starlette.requests import Request
from starlette.responses import Response

from progress import Watcher
from raster.web_tile import place_of
from services.display import composites, style_of
from services.ingest import ingest
from tests.scenes import ground, write
from web import tiles
from workspace import identity, jobs, places, scenes, tokens

ANN, BOB = ({"X-Forwarded-User": name} for name in ("ann", "bob"))
RED = {"colors": {"1": "#ff0000"}}


@pytest.fixture
def ask(client, rules):
    """Asks for tiles as a user that a trusted proxy names."""
    rules(identity="header")
    tiles._threads.cache_clear()
    yield client(routes=tiles.ROUTES)
    tiles._threads().shutdown()
    tiles._threads.cache_clear()


@pytest.fixture
def ann():
    """The owner id of ann."""
    return identity.owner_of("header", ANN, None)


@pytest.fixture
def scene(tmp_path, ann, ask):
    """A prepared scene of ann."""
    added = scenes.add(ann, "Field", [write(tmp_path / "a.tif", ground((400, 400)))])
    facts = ingest(added.source, added.folder, watcher=Watcher())
    scenes.mark_ready(added.id, facts)
    jobs.finish(jobs.claim("prepare", "here").id, {})
    return scenes.get(ann, added.id)


@pytest.fixture
def result(scene, ann):
    """A finished comparison of ann, as its worker leaves it."""
    params = {"pre": scene.id, "post": scene.id, "aoi": None, "area_name": "", "detector": "cva"}
    job = jobs.submit(ann, "compare", params)
    jobs.finish(jobs.claim("compute", "here").id, {})
    codes = np.zeros((1, 400, 400))
    codes[0, 100:200, 100:200] = 1
    folder = places.folder("results", job.id)
    write(folder / "mask.tif", codes, nodata=255)
    write(folder / "score.tif", codes, dtype="float32", nodata=np.nan)
    write(places.folder("previews", job.id) / "0.2500.tif", codes + 0, nodata=255)
    return job


def _style(scene):
    return style_of(composites(scene.facts, scene.facts)[0], scene.facts, scene.facts)[0]


def _address(scene, token, zxy=None):
    west, south, east, north = scene.facts.bounds_wgs84
    z, x, y = zxy or place_of((west + east) / 2, (south + north) / 2, 16)
    return tokens.tile_url(token).format(z=z, x=x, y=y)


def _token(scene, owner, **options):
    return tokens.mint("scene", scene.id, owner, _style(scene), **options)


def test_a_scene_comes_as_a_picture_its_owner_may_keep(ask, scene, ann):
    answer = ask.get(_address(scene, _token(scene, ann)), headers=ANN)
    assert answer.status_code == 200
    assert answer.headers["content-type"] in {"image/png", "image/jpeg"}
    assert answer.headers["cache-control"].startswith("private, max-age=")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-encoding"] == "identity"
    assert len(answer.content) > 1000


def test_a_picture_the_browser_has_already_is_not_sent_again(ask, scene, ann):
    address = _address(scene, _token(scene, ann))
    tag = ask.get(address, headers=ANN).headers["etag"]
    again = ask.get(address, headers=ANN | {"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = ask.get(address, headers=ANN | {"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_tags_differ_by_place_and_by_style(ask, scene, ann):
    grey = {**_style(scene), "bands": [1], "low": [0], "high": [255]}
    found = {
        ask.get(_address(scene, token, zxy), headers=ANN).headers["etag"]
        for token in (_token(scene, ann), tokens.mint("scene", scene.id, ann, grey))
        for zxy in ((3, 0, 0), (3, 1, 0))
    }
    assert len(found) == 4


def test_beside_the_scene_there_is_a_clear_picture(ask, scene, ann):
    answer = ask.get(_address(scene, _token(scene, ann), (5, 0, 0)), headers=ANN)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert len(answer.content) < 1500


def test_another_user_is_refused_with_the_same_address(ask, scene, ann):
    answer = ask.get(_address(scene, _token(scene, ann)), headers=BOB)
    assert answer.status_code == 403
    assert "another user" in answer.json()["error"]


def test_nobody_is_refused(ask, scene, ann):
    assert ask.get(_address(scene, _token(scene, ann))).status_code == 403


def test_a_token_for_somebody_elses_scene_finds_nothing(ask, scene):
    bob = identity.owner_of("header", BOB, None)
    answer = ask.get(_address(scene, _token(scene, bob)), headers=BOB)
    unknown = tokens.mint("scene", "0" * 32, bob, _style(scene))
    missing = ask.get(_address(scene, unknown), headers=BOB)
    assert (answer.status_code, missing.status_code) == (404, 404)
    assert answer.json() == missing.json()


@pytest.mark.parametrize("spoil", [lambda t: t[:-2] + "AA", lambda t: "A" + t, lambda _t: "x"])
def test_an_altered_token_is_refused(ask, scene, ann, spoil):
    answer = ask.get(_address(scene, spoil(_token(scene, ann))), headers=ANN)
    assert answer.status_code == 403


def test_an_expired_token_is_refused(ask, scene, ann):
    answer = ask.get(_address(scene, _token(scene, ann, now_unix=0)), headers=ANN)
    assert answer.status_code == 403
    assert "expired" in answer.json()["error"]


def test_a_deleted_scene_is_gone_at_once(ask, scene, ann):
    address = _address(scene, _token(scene, ann))
    assert ask.get(address, headers=ANN).status_code == 200
    scenes.delete(ann, scene.id)
    assert ask.get(address, headers=ANN).status_code == 404


def test_a_scene_that_is_not_ready_is_not_found(ask, tmp_path, scene, ann):
    added = scenes.add(ann, "New", [write(tmp_path / "b.tif", ground((60, 60)))])
    token = tokens.mint("scene", added.id, ann, _style(scene))
    assert ask.get(_address(scene, token), headers=ANN).status_code == 404


@pytest.mark.parametrize("zxy", [(25, 0, 0), (3, 8, 0), (3, 0, 10**40)])
def test_a_tile_no_map_has_is_a_bad_request(ask, scene, ann, zxy):
    answer = ask.get(_address(scene, _token(scene, ann), zxy), headers=ANN)
    assert answer.status_code == 400
    assert "map tile" in answer.json()["error"]


@pytest.mark.parametrize(
    ("kind", "style"),
    [
        ("mask", RED),
        ("score", {"map": "magma", "threshold": 0.5}),
        ("preview", RED | {"threshold": 0.25}),
    ],
)
def test_results_are_drawn_for_their_owner_only(ask, scene, result, ann, kind, style):
    address = _address(scene, tokens.mint(kind, result.id, ann, style))
    answer = ask.get(address, headers=ANN)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert answer.content != tiles.map_tiles.EMPTY.content
    assert ask.get(address, headers=BOB).status_code == 403


def test_a_preview_that_was_swept_away_is_not_found(ask, scene, result, ann):
    token = tokens.mint("preview", result.id, ann, RED | {"threshold": 0.75})
    assert ask.get(_address(scene, token), headers=ANN).status_code == 404


def test_a_deleted_result_is_gone_at_once(ask, scene, result, ann):
    address = _address(scene, tokens.mint("mask", result.id, ann, RED))
    assert ask.get(address, headers=ANN).status_code == 200
    jobs.delete(ann, result.id)
    assert ask.get(address, headers=ANN).status_code == 404


def test_only_reading_is_possible(ask, scene, ann):
    assert ask.post(_address(scene, _token(scene, ann)), headers=ANN).status_code == 405


def _request(*messages):
    """A request whose browser sends these messages, then nothing."""
    waiting = list(messages)

    async def receive():
        if not waiting:
            await asyncio.Event().wait()
        return {"type": waiting.pop(0)}

    return Request({"type": "http", "headers": []}, receive)


def test_what_waits_for_a_thread_is_dropped_when_the_browser_leaves():
    hold, begun = threading.Event(), []
    with ThreadPoolExecutor(1) as pool:
        pool.submit(hold.wait)
        waiting = pool.submit(lambda: begun.append(1))
        request = _request("http.request", "http.disconnect")
        answer = asyncio.run(tiles._unless_gone(request, waiting))
        hold.set()
    assert answer.status_code == 204
    assert waiting.cancelled()
    assert not begun


def test_the_picture_comes_while_the_browser_stays():
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(lambda: Response(b"picture"))
        answer = asyncio.run(tiles._unless_gone(_request("http.request"), work))
    assert answer.body == b"picture"


def test_an_error_of_the_drawing_reaches_the_route():
    def fail():
        raise LookupError("spoiled")

    with ThreadPoolExecutor(1) as pool, pytest.raises(LookupError, match="spoiled"):
        asyncio.run(tiles._unless_gone(_request("http.request"), pool.submit(fail)))
