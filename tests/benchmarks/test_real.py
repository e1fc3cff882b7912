import cv2
import numpy as np
import pytest
import rasterio

from benchmarks.accuracy.real import real
from errors import InputError
from raster.mask import NOT_OBSERVED
from tests.scenes import UTM33, ground, transform, write

SHAPE = (60, 70)


def sets(data, tmp_path):
    return {one.name: one for one in real(data, tmp_path / "made")}


def labelled(folder):
    for name in ("pre", "post", "label"):
        write(folder / f"{name}.tif", ground(SHAPE, bands=1 if name == "label" else 3))


def test_labelled_pairs_are_a_set_and_other_folders_are_none(tmp_path):
    labelled(tmp_path / "data" / "towns" / "one")
    labelled(tmp_path / "data" / "towns" / "two")
    (tmp_path / "data" / "empty").mkdir()
    found = sets(tmp_path / "data", tmp_path)
    assert [pair.id for pair in found["towns"].pairs] == ["one", "two"]
    assert "empty" not in found


def test_sets_may_lie_in_a_folder_of_pairs(tmp_path):
    labelled(tmp_path / "data" / "pairs" / "towns" / "one")
    assert "towns" in sets(tmp_path / "data", tmp_path)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match="no folder"):
        sets(tmp_path / "nowhere", tmp_path)


def test_samples_of_both_classes_become_a_label_that_leaves_the_rest_unsaid(tmp_path):
    place = tmp_path / "data" / "landsat" / "town"
    place.mkdir(parents=True)
    masks = {"change": np.zeros(SHAPE, np.uint8), "unchanged": np.zeros(SHAPE, np.uint8)}
    masks["change"][:5], masks["unchanged"][20:50] = 255, 255
    for name, mask in masks.items():
        cv2.imwrite(str(place / f"{name}.bmp"), mask)
    for name in ("2000tm", "2003tm"):
        envi = {"driver": "ENVI", "count": 6, "dtype": "uint8", "crs": UTM33}
        with rasterio.open(
            place / name, "w", height=60, width=70, transform=transform(30.0), **envi
        ) as out:
            out.write(ground(SHAPE, bands=6).astype(np.uint8))
    pair = sets(tmp_path / "data", tmp_path)["landsat"].pairs[0]
    assert (pair.pre.name, pair.post.name) == ("2000tm", "2003tm")
    with rasterio.open(pair.label) as dataset:
        label = dataset.read(1)
        assert dataset.nodata == NOT_OBSERVED
    assert np.bincount(label.ravel(), minlength=256)[[0, 1, NOT_OBSERVED]].tolist() == [
        30 * 70, 5 * 70, 25 * 70,
    ]  # fmt: skip


def test_tiles_of_two_dates_are_one_pair_without_a_label(tmp_path):
    for name in ("pre_1", "pre_2", "post_1"):
        write(tmp_path / "data" / "town" / f"{name}.tif", ground(SHAPE))
    (pair,) = sets(tmp_path / "data", tmp_path)["town"].pairs
    assert sorted(path.name for path in pair.pre.iterdir()) == ["pre_1.tif", "pre_2.tif"]
    assert pair.label is None


def test_the_wetland_is_compared_step_by_step_and_over_all_years(tmp_path):
    labelled(tmp_path / "data" / "pairs" / "towns" / "one")
    for year in (2009, 2012, 2015):
        write(tmp_path / "data" / "series" / "naip_wetland" / f"{year}0801.tif", ground(SHAPE))
    found = sets(tmp_path / "data", tmp_path)["naip_wetland, mostly unchanged"]
    assert found.kind == "unchanged"
    assert [pair.id for pair in found.pairs] == ["2009-2012", "2012-2015", "2009-2015"]


def test_a_scene_photographed_again_shows_the_same_ground_with_other_values(tmp_path):
    labelled(tmp_path / "data" / "towns" / "one")
    found = sets(tmp_path / "data", tmp_path)["real scenes photographed again"]
    (pair,) = found.pairs
    with rasterio.open(pair.pre) as pre, rasterio.open(pair.post) as post:
        assert (pre.crs, pre.transform) == (post.crs, post.transform)
        first, again = pre.read(1).astype(float), post.read(1).astype(float)
    # Three quarters of the light and a twelfth of white, 0.8 rows down and 1.3 columns right.
    assert again.mean() == pytest.approx(0.75 * first.mean() + 20, abs=1.5)
    assert np.corrcoef(first[:-1, :-1].ravel(), again[1:, 1:].ravel())[0, 1] > 0.9


def test_one_other_byte_makes_another_set(tmp_path):
    labelled(tmp_path / "data" / "towns" / "one")
    one = sets(tmp_path / "data", tmp_path)["towns"]
    before = one.fingerprint()
    assert sets(tmp_path / "data", tmp_path)["towns"].fingerprint() == before
    write(tmp_path / "data" / "towns" / "one" / "pre.tif", ground(SHAPE, seed=4))
    assert one.fingerprint() != before
