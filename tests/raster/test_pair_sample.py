import numpy as np
import shapely
from pyproj import Transformer

from raster import scene
from raster.align import align
from raster.aoi import Aoi, AoiRaster
from raster.pair_sample import MAX_PIXELS, draw
from tests.scenes import UTM33, ground, transform, write


def pair_of(folder, pre, post=None, **profile):
    paths = (
        write(folder / "a.tif", pre, **profile),
        write(folder / "b.tif", pre if post is None else post, **profile),
    )
    return align(*(scene.open(path) for path in paths))


def aoi_of(geometry):
    """An AOI from a geometry in UTM 33."""
    to_lonlat = Transformer.from_crs(UTM33.to_wkt(), 4326, always_xy=True)
    lonlat = shapely.transform(geometry, to_lonlat.transform, interleaved=False)
    return Aoi(lonlat, "field", 1, is_whole_overlap=False)


def on_ground(east_m, south_m, width_m, height_m):
    left, top = transform(east_m=east_m, south_m=south_m) @ (0, 0)
    return shapely.box(left, top - height_m, left + width_m, top)


def test_a_small_pair_is_sampled_whole(tmp_path):
    image = np.rint(ground((90, 110)))
    sample = draw(pair_of(tmp_path, image), None)
    assert np.array_equal(np.sort(sample.pre, axis=1), np.sort(image.reshape(3, -1), axis=1))
    assert sample.valid_share == 1


def test_a_large_pair_is_sampled_within_bounds(tmp_path):
    image = np.zeros((1, 1500, 1300), np.uint8) + np.arange(1300, dtype=np.uint8) % 200 + 1
    sample = draw(pair_of(tmp_path, image), None)
    assert MAX_PIXELS / 4 < sample.valid.size <= 1.1 * MAX_PIXELS
    assert len(np.unique(sample.pre)) == 200


def test_only_pixels_of_the_aoi_are_sampled(tmp_path):
    image = np.full((1, 100, 100), 10)
    image[:, 20:40, 30:60] = 99
    sample = draw(pair_of(tmp_path, image), aoi_of(on_ground(30, 20, 30, 20)))
    assert sample.valid.size == 600
    assert set(np.unique(sample.pre)) == {99}


def test_a_narrow_aoi_in_a_large_scene_is_not_missed(tmp_path):
    image = np.tile(np.arange(1, 201, dtype=np.uint8), (1, 1400, 7))
    pair = pair_of(tmp_path, image)
    aoi = aoi_of(shapely.union(on_ground(1, 3, 3, 40), on_ground(1390, 1385, 4, 9)))
    sample = draw(pair, aoi)
    assert sample.valid.size == AoiRaster(aoi, pair.grid).inside(pair.grid.window).sum() == 156


def test_missing_pixels_of_either_date_are_counted(tmp_path):
    pre, post = np.full((1, 50, 50), 9), np.full((1, 50, 50), 8)
    pre[:, :10], post[:, :, :25] = 0, 0
    sample = draw(pair_of(tmp_path, pre, post, nodata=0), None)
    assert sample.pre_valid.mean() == 0.8
    assert sample.valid_share == 0.4
    assert sample.both[0].shape == (1, 1000)


def test_an_aoi_between_pixel_centres_gives_an_empty_sample(tmp_path):
    sample = draw(pair_of(tmp_path, ground((50, 50))), aoi_of(on_ground(20.1, 20.1, 0.2, 0.2)))
    assert sample.valid.size == 0
    assert sample.valid_share == 0
