import cv2
import numpy as np
import pytest
from rasterio.warp import Resampling, reproject

import settings
from errors import InputError, UnknownDetectorError, WeightsMissingError
from inference import registry
from progress import Watcher
from services.evaluate import evaluate, judge
from services.labelled_pairs import find_pairs
from tests.scenes import UTM33, ground, transform, with_houses, write, write_pair

HOUSES = [(30, 40, 14, 20), (90, 120, 18, 12)]
SHAPE = (160, 180)
TRUTH = with_houses(np.zeros((1, *SHAPE)), HOUSES) > 0


@pytest.fixture
def without_fetched_weights(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_WEIGHTS_DIR", str(tmp_path_factory.mktemp("weights")))
    settings.load.cache_clear()
    yield
    settings.load.cache_clear()


def labelled(folder, *, label=TRUTH, **profile):
    """A pair in which two houses were built, and its label."""
    image = ground(SHAPE)
    write_pair(folder, image, with_houses(image, HOUSES), **profile)
    write(folder / "label.tif", label * 255)
    return folder


def score(data, *, detector="cva", gsd_m=None):
    return evaluate(detector, data, gsd_m=gsd_m, watcher=Watcher())


def test_a_pair_alone_is_a_set_of_one(tmp_path):
    found = score(labelled(tmp_path / "one"))
    assert (found["pairs"], found["per_pair"][0]["id"]) == (1, "one")
    assert found["recall"] > 0.8


def test_measures_are_pooled_over_pixels_not_averaged_over_pairs(tmp_path):
    labelled(tmp_path / "right")
    labelled(tmp_path / "wrong", label=~TRUTH)
    found = score(tmp_path)
    shares = [row["flagged_share"] for row in found["per_pair"]]
    assert shares[0] == shares[1] == pytest.approx(found["flagged_share"])
    # Of the same flagged pixels, what is right in one pair is wrong in the other.
    assert found["precision"] == pytest.approx(0.5)
    assert found["recall"] == pytest.approx(shares[0])


def test_plain_pictures_without_a_label_give_the_flagged_share_alone(tmp_path):
    for date in ("pre", "post"):
        picture = ground(SHAPE).transpose(1, 2, 0).astype(np.uint8)
        cv2.imwrite(str(tmp_path / f"{date}.png"), picture)
    found = score(tmp_path, detector="auto", gsd_m=0.5)
    assert found["f1"] is None
    assert found["flagged_share"] == 0
    assert found["per_pair"][0]["detector"] in registry.names()


@pytest.mark.parametrize("gsd_m", [None, 1.0])
def test_a_picture_without_a_ground_size_is_scored_with_pixels_of_one_metre(tmp_path, gsd_m):
    image = ground(SHAPE)
    for date, content in (("pre", image), ("post", with_houses(image, HOUSES))):
        cv2.imwrite(str(tmp_path / f"{date}.png"), content.transpose(1, 2, 0).astype(np.uint8))
    cv2.imwrite(str(tmp_path / "label.png"), TRUTH[0].astype(np.uint8) * 255)
    assert score(tmp_path, gsd_m=gsd_m)["recall"] > 0.8


def test_a_label_of_another_shape_is_refused(tmp_path):
    labelled(tmp_path, label=TRUTH[:, :-1])
    with pytest.raises(InputError, match=r"\(159, 180\).*\(160, 180\)"):
        score(tmp_path)


def test_a_pair_that_cannot_be_scored_is_told_and_in_no_figure(tmp_path):
    labelled(tmp_path / "good")
    alone = score(tmp_path)
    labelled(tmp_path / "short", label=TRUTH[:, :-1])
    found = score(tmp_path)
    assert [row["id"] for row in found["per_pair"]] == ["good"]
    assert [row["id"] for row in found["not_scored"]] == ["short"]
    assert "The label 'label.tif'" in found["not_scored"][0]["message"]
    timed = {"seconds", "mpix_per_s", "per_pair", "not_scored"}
    assert all(found[name] == alone[name] for name in alone.keys() - timed)
    assert alone["not_scored"] == []


def test_a_pair_a_detector_cannot_work_on_leaves_the_others(tmp_path):
    labelled(tmp_path / "fine")
    labelled(tmp_path / "coarse", gsd_m=10.0)
    write(tmp_path / "coarse" / "label.tif", TRUTH * 255, gsd_m=10.0)
    found = score(tmp_path, detector="changenet")
    assert ([row["id"] for row in found["per_pair"]], found["pairs"]) == (["fine"], 1)
    assert [row["id"] for row in found["not_scored"]] == ["coarse"]
    assert "10 m" in found["not_scored"][0]["message"]


def test_where_no_pair_can_be_scored_the_first_is_named(tmp_path):
    labelled(tmp_path / "short", label=TRUTH[:, :-1])
    with pytest.raises(InputError, match=r"Pair 'short': The label 'label\.tif'"):
        score(tmp_path)


def test_weights_that_are_missing_end_it_at_once(tmp_path, without_fetched_weights):
    labelled(tmp_path / "a", label=TRUTH[:, :-1])
    labelled(tmp_path / "b")
    with pytest.raises(WeightsMissingError):
        score(tmp_path, detector="tinycd_levir")


def test_a_label_is_moved_to_the_grid_of_a_coarser_pair(tmp_path):
    image = ground(SHAPE)
    write(tmp_path / "pre.tif", image)
    coarse = np.zeros((3, SHAPE[0] // 2, SHAPE[1] // 2), np.float32)
    reproject(
        with_houses(image, HOUSES), coarse, src_crs=UTM33, dst_crs=UTM33,
        src_transform=transform(), dst_transform=transform(2.0), resampling=Resampling.average,
    )  # fmt: skip
    write(tmp_path / "post.tif", coarse, gsd_m=2.0)
    write(tmp_path / "label.tif", TRUTH * 255)
    found = score(tmp_path)
    assert found["per_pair"][0]["flagged_share"] < 0.2
    assert found["recall"] > 0.6


@pytest.mark.parametrize("names", [(), ("pre.tif",), ("label.tif", "post.tif")])
def test_a_folder_without_both_dates_is_no_set(tmp_path, names):
    for name in names:
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputError, match="No pair was found"):
        find_pairs(tmp_path)


def test_an_unknown_detector_is_named(tmp_path):
    with pytest.raises(UnknownDetectorError, match="'cvaa'"):
        score(labelled(tmp_path), detector="cvaa")


def test_objects_are_paired_one_to_one(tmp_path):
    found = score(labelled(tmp_path / "one"))
    assert found["object_recall"] == 1.0
    assert 0 < found["object_f1"] <= 1.0
    assert found["per_pair"][0]["object_precision"] == found["object_precision"]


def test_a_labels_nodata_is_neither_changed_nor_unchanged(tmp_path):
    half = np.where(np.arange(SHAPE[1]) < 90, TRUTH * 1, 9)
    image = ground(SHAPE)
    write_pair(tmp_path, image, with_houses(image, HOUSES))
    write(tmp_path / "label.tif", half, nodata=9)
    judged = judge(find_pairs(tmp_path)[0], "cva")
    assert (judged.truth[:, 90:] == 255).all()
    counts = judged.scored().counts
    assert counts.total == SHAPE[0] * 90
    assert counts.true_positive + counts.false_negative == TRUTH[:, :90].sum() < TRUTH.sum()
    assert judged.scored().objects is None


def test_nodata_of_zero_still_means_unchanged(tmp_path):
    image = ground(SHAPE)
    write_pair(tmp_path, image, with_houses(image, HOUSES))
    write(tmp_path / "label.tif", TRUTH * 255, nodata=0)
    assert score(tmp_path)["precision"] is not None
    assert judge(find_pairs(tmp_path)[0], "cva").scored().counts.total == SHAPE[0] * SHAPE[1]


def test_a_date_may_be_a_folder_of_tiles(tmp_path):
    image = ground(SHAPE)
    write(tmp_path / "pre.tif", image)
    write(tmp_path / "post" / "a.tif", with_houses(image, HOUSES))
    write(tmp_path / "label.tif", TRUTH * 255)
    assert score(tmp_path)["recall"] > 0.8
