import shutil
import threading
from functools import partial

import cv2
import numpy as np
import pytest
import rasterio.warp

from errors import InputError, NotFoundError, UnreadableRasterError
from progress import Watcher
from raster import shelf
from raster.web_tile import WebTile, place_of
from services import map_tiles
from services.display import composites, style_of
from services.ingest import ingest
from services.map_tiles import EMPTY
from tests.scenes import ORIGIN, UTM33, ground, transform, write

RED = {"colors": {"1": "#ff0000", "2": "#0000ff"}}


@pytest.fixture(autouse=True)
def _closed_files():
    yield
    shelf.clear()


def _prepared(source, folder):
    return ingest(source, folder, watcher=Watcher())


def _style(facts, name=None, other=None):
    ways = {way.name: way for way in composites(facts, other or facts)}
    return style_of(ways[name] if name else next(iter(ways.values())), facts, other or facts)[0]


def _place(east_m, south_m, z):
    lon, lat = rasterio.warp.transform(
        UTM33, "EPSG:4326", [ORIGIN[0] + east_m], [ORIGIN[1] - south_m]
    )
    return place_of(lon[0], lat[0], z)


def _decoded(picture):
    """Red, green, blue and alpha."""
    found = cv2.imdecode(np.frombuffer(picture.content, np.uint8), cv2.IMREAD_UNCHANGED)
    if found.shape[2] == 3:
        found = np.dstack([found, np.full(found.shape[:2], 255, np.uint8)])
    return found[:, :, [2, 1, 0, 3]]


def _colour(draw, z, east_m, south_m):
    """Red, green, blue and alpha that `draw(z, x, y)` gives a place."""
    zxy = _place(east_m, south_m, z)
    xs, ys = rasterio.warp.transform(
        UTM33, "EPSG:3857", [ORIGIN[0] + east_m], [ORIGIN[1] - south_m]
    )
    col, row = ~WebTile(*zxy).grid.transform @ (xs[0], ys[0])
    return _decoded(draw(*zxy))[int(row), int(col)].astype(int).tolist()


def _drawing(folder, style):
    return partial(map_tiles.scene_tile, folder, style)


def _scene(size=(700, 800)):
    """A dark scene with a red square at 300..500 m east and south, and a white southern edge."""
    image = np.full((3, *size), 60.0)
    image[0, 300:500, 300:500] = 250
    image[:, size[0] // 10 * 9 :] = 250
    return image


@pytest.mark.parametrize("z", [13, 15, 17, 19])
def test_a_scene_is_drawn_where_it_lies(tmp_path, z):
    facts = _prepared(write(tmp_path / "a.tif", _scene()), tmp_path / "scene")
    draw = _drawing(tmp_path / "scene", _style(facts))
    red, green, blue, alpha = _colour(draw, z, 400, 400)
    assert alpha == 255
    assert red > max(green, blue) + 100
    assert max(_colour(draw, z, 150, 400)[:3]) < 60
    assert _colour(draw, z, 850, 400)[3] == 0


@pytest.mark.parametrize("z", [11, 13, 14, 16, 18])
def test_reduced_copies_look_like_the_scene_at_every_zoom(tmp_path, z):
    source = write(tmp_path / "a.tif", _scene((2300, 2200)))
    facts = _prepared(source, tmp_path / "scene")
    assert facts.has_pyramid
    draw = _drawing(tmp_path / "scene", _style(facts))
    red, green, blue, _alpha = _colour(draw, z, 400, 400)
    assert red > max(green, blue) + 60
    assert max(_colour(draw, z, 1200, 1200)[:3]) < 60


def test_single_pixels_come_from_the_original_and_not_from_a_copy(tmp_path):
    image = np.full((1, 1300, 1300), 100.0)
    image[0, 640::2, 640::2] = 200
    facts = _prepared(write(tmp_path / "a.tif", image), tmp_path / "scene")
    zxy = _place(650, 650, 20)
    picture = map_tiles.scene_tile(tmp_path / "scene", _style(facts, "grey"), *zxy)
    assert _decoded(picture)[:, :, 0].std() > 60


def test_tiles_of_a_mosaic_join_without_a_seam(tmp_path):
    image, folder = _scene(), tmp_path / "tiles"
    write(folder / "a.tif", image[:, :, :350])
    write(folder / "b.tif", image[:, :, 350:], at=transform(east_m=350))
    whole = _prepared(write(tmp_path / "a.tif", image), tmp_path / "whole")
    cut = _prepared(folder, tmp_path / "cut")
    for z in (14, 16, 18):
        zxy = _place(345, 350, z)
        style = _style(whole)
        one, other = (
            _decoded(map_tiles.scene_tile(tmp_path / name, style, *zxy)).astype(int)
            for name in ("whole", "cut")
        )
        differs = np.abs(one - other).max(axis=2) > 30
        assert differs.mean() < 0.02, z
    assert cut.files == ("a.tif", "b.tif")


def test_pre_and_post_share_their_stretch(tmp_path):
    image = ground((600, 600))
    pre = _prepared(write(tmp_path / "a.tif", image), tmp_path / "pre")
    post = _prepared(write(tmp_path / "b.tif", image + 30), tmp_path / "post")
    way = composites(pre, post)[0]
    zxy = _place(300, 300, 16)
    one, other = (
        _decoded(map_tiles.scene_tile(tmp_path / name, style, *zxy))
        for name, style in zip(("pre", "post"), style_of(way, pre, post), strict=True)
    )
    seen = one[:, :, 3] > 0
    assert other[seen][:, :3].mean() > one[seen][:, :3].mean() + 20


def test_an_index_shows_vegetation_in_another_colour_than_bare_ground(tmp_path):
    image = np.full((4, 400, 400), 50.0)
    image[3, :, :200] = 220
    path = write(tmp_path / "a.tif", image, photometric="minisblack", alpha="no")
    facts = _prepared(path, tmp_path / "scene")
    draw = _drawing(tmp_path / "scene", _style(facts, "ndvi"))
    green, brown = (_colour(draw, 17, east_m, 200) for east_m in (150, 250))
    assert green[1] > green[0]
    assert brown[0] > brown[2]


def test_nodata_is_clear(tmp_path):
    image = ground((600, 600))
    image[:, 200:400, 200:400] = 0
    facts = _prepared(write(tmp_path / "a.tif", image, nodata=0), tmp_path / "scene")
    draw = _drawing(tmp_path / "scene", _style(facts))
    assert draw(*_place(300, 300, 16)).media_type == "image/png"
    assert _colour(draw, 16, 300, 300)[3] == 0
    assert _colour(draw, 16, 190, 300)[3] == 255


@pytest.mark.parametrize("zxy", [(5, 0, 0), (16, 1, 1), (24, 2**24 - 1, 2**24 - 1)])
def test_tiles_beside_the_scene_are_the_one_empty_tile(tmp_path, zxy):
    facts = _prepared(write(tmp_path / "a.tif", _scene()), tmp_path / "scene")
    assert map_tiles.scene_tile(tmp_path / "scene", _style(facts), *zxy) is EMPTY


@pytest.mark.parametrize("z", range(25))
def test_no_zoom_fails(tmp_path_factory, z):
    folder = tmp_path_factory.getbasetemp() / "every-zoom"
    if not folder.exists():
        _prepared(write(folder / "a.tif", _scene((1100, 1100))), folder / "scene")
        codes = np.zeros((1, 1100, 1100))
        codes[0, 500:520, 500:520] = 1
        write(folder / "mask.tif", codes)
    facts = map_tiles.scene_facts.load(folder / "scene").facts
    zxy = _place(510, 510, z)
    scene = map_tiles.scene_tile(folder / "scene", _style(facts), *zxy)
    mask = map_tiles.mask_tile(folder / "mask.tif", RED, *zxy)
    if z >= 9:
        assert scene is not EMPTY
        assert mask is not EMPTY


@pytest.mark.parametrize("zxy", [(25, 0, 0), (2, 4, 0), (2, 0, -1)])
def test_a_tile_no_map_has_is_refused_in_words(tmp_path, zxy):
    facts = _prepared(write(tmp_path / "a.tif", _scene()), tmp_path / "scene")
    with pytest.raises(InputError, match="no map tile"):
        map_tiles.scene_tile(tmp_path / "scene", _style(facts), *zxy)


def test_a_deleted_scene_is_not_found_though_it_was_shown_before(tmp_path):
    facts = _prepared(write(tmp_path / "scene" / "files" / "a.tif", _scene()), tmp_path / "scene")
    zxy = _place(350, 350, 15)
    map_tiles.scene_tile(tmp_path / "scene", _style(facts), *zxy)
    shutil.rmtree(tmp_path / "scene")
    with pytest.raises(NotFoundError):
        map_tiles.scene_tile(tmp_path / "scene", _style(facts), *zxy)


def test_a_scene_prepared_anew_is_shown_anew(tmp_path):
    colours = []
    for level in (60.0, 200.0):
        image = np.full((3, 700, 700), level)
        image[:, :50] = 10
        image[:, 50:100] = 250
        facts = _prepared(write(tmp_path / f"{level}.tif", image), tmp_path / "scene")
        colours.append(_colour(_drawing(tmp_path / "scene", _style(facts)), 16, 350, 350)[0])
    assert colours[1] > colours[0] + 80


def test_a_damaged_original_is_an_error_in_words(tmp_path):
    path = write(tmp_path / "a.tif", _scene((1300, 1300)), tiled=True, compress="deflate")
    facts = _prepared(path, tmp_path / "scene")
    content = bytearray(path.read_bytes())
    content[len(content) // 4 :] = bytes(len(content) - len(content) // 4)
    path.write_bytes(content)
    with pytest.raises(UnreadableRasterError):
        map_tiles.scene_tile(tmp_path / "scene", _style(facts), *_place(650, 1200, 19))


def test_threads_draw_at_the_same_time(tmp_path):
    facts = _prepared(write(tmp_path / "a.tif", _scene((1300, 1300))), tmp_path / "scene")
    style, zxy = _style(facts), _place(350, 350, 15)
    expected = map_tiles.scene_tile(tmp_path / "scene", style, *zxy).content
    found = []

    def draw():
        for _turn in range(5):
            found.append(map_tiles.scene_tile(tmp_path / "scene", style, *zxy).content)
        shelf.clear()

    threads = [threading.Thread(target=draw) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 20


@pytest.mark.parametrize("z", [9, 12, 15, 18])
def test_one_changed_pixel_is_seen_at_every_zoom(tmp_path, z):
    codes = np.zeros((1, 900, 900))
    codes[0, 456, 123] = 1
    path = write(tmp_path / "mask.tif", codes, nodata=255)
    zxy = _place(123.5, 456.5, z)
    found = _decoded(map_tiles.mask_tile(path, RED, *zxy))
    assert (found == (255, 0, 0, 255)).all(axis=2).any()


def test_mask_tiles_show_classes_and_leave_unchanged_ground_clear(tmp_path):
    codes = np.zeros((1, 600, 600))
    codes[0, 100:300, 100:300] = 1
    codes[0, 100:300, 350:500] = 2
    codes[0, 400:600, 100:500] = 255
    path = write(tmp_path / "mask.tif", codes, nodata=255)
    draw = partial(map_tiles.mask_tile, path, RED | {"opacity": 0.5})
    assert _colour(draw, 15, 200, 200) == [255, 0, 0, 128]
    assert _colour(draw, 15, 420, 200) == [0, 0, 255, 128]
    assert _colour(draw, 15, 50, 50)[3] == 0
    assert {_colour(draw, 15, east_m, 500)[3] for east_m in range(150, 450, 9)} == {0, 75}


def test_a_colour_that_is_none_becomes_grey_and_not_markup(tmp_path):
    path = write(tmp_path / "mask.tif", np.ones((1, 300, 300)))
    draw = partial(map_tiles.mask_tile, path, {"colors": {"1": "url(x)"}})
    red, green, blue, alpha = _colour(draw, 17, 150, 150)
    assert (abs(red - blue) < 30, alpha) == (True, 255)
    assert abs(red - green) < 30


def test_scores_get_brighter_and_nothing_observed_is_hatched(tmp_path):
    scores = np.zeros((1, 600, 600), np.float32)
    scores[0, :, 200:400] = 0.5
    scores[0, :, 400:] = 1.0
    scores[0, 300:] = np.nan
    path = write(tmp_path / "score.tif", scores, dtype="float32", nodata=np.nan)
    draw = partial(map_tiles.score_tile, path, {"map": "magma"})
    sums = [sum(_colour(draw, 15, east_m, 150)[:3]) for east_m in (100, 300, 500)]
    assert sums[0] < sums[1] < sums[2]
    assert {_colour(draw, 15, east_m, 450)[3] for east_m in range(50, 550, 9)} == {0, 150}
    cut = partial(map_tiles.score_tile, path, {"map": "magma", "threshold": 0.6})
    assert [_colour(cut, 15, east_m, 150)[3] for east_m in (100, 300, 500)] == [0, 0, 255]


def test_a_mask_that_does_not_exist_is_not_found(tmp_path):
    with pytest.raises(NotFoundError):
        map_tiles.mask_tile(tmp_path / "mask.tif", RED, 3, 3, 3)
    with pytest.raises(NotFoundError):
        map_tiles.version(tmp_path / "mask.tif")


def test_the_version_changes_with_the_file(tmp_path):
    path = write(tmp_path / "mask.tif", np.ones((1, 300, 300)))
    before = map_tiles.version(path)
    assert map_tiles.version(path) == before
    write(tmp_path / "other.tif", np.ones((1, 300, 300))).replace(path)
    assert map_tiles.version(path) != before
