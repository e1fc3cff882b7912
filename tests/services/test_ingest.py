import dataclasses
import hashlib
import json

import cv2
import numpy as np
import pytest
import rasterio

from errors import CancelledError, ExportError, GroundshiftError, MissingCrsError
from progress import Watcher
from raster import overviews
from services import ingest as ingesting
from services import provenance, scene_facts
from services.ingest import PYRAMID, THUMBNAIL, SceneFacts, ingest
from tests.scenes import ground, transform, write


def _ingested(source, folder, watcher=None):
    return ingest(source, folder, watcher=watcher or Watcher())


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_small_scene_is_described_and_gets_a_thumbnail(tmp_path):
    image = ground((300, 320))
    path = write(tmp_path / "field_2023-06-01.tif", image, gsd_m=2.0)
    facts = _ingested(path, tmp_path / "scene")
    assert _names(tmp_path / "scene") == ["scene.json", "thumbnail.png"]
    assert (facts.name, facts.crs, facts.width, facts.height) == (
        "field_2023-06-01.tif", "EPSG:32633", 320, 300,
    )  # fmt: skip
    assert facts.gsd_m == pytest.approx(2.0, rel=1e-3)
    assert facts.bands == ("red", "green", "blue")
    assert (facts.sensor, facts.acquired_on, facts.dtype) == ("optical", "2023-06-01", "uint8")
    assert facts.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (facts.size_bytes, facts.files) == (path.stat().st_size, (path.name,))
    assert (facts.has_pyramid, facts.pyramid_step, facts.nodata_share) == (False, 0, 0.0)
    expected = np.percentile(np.rint(image), [2, 98], axis=(1, 2)).T
    assert np.array(facts.stretch) == pytest.approx(expected, abs=0.01)


def test_a_large_scene_gets_reduced_copies_beside_it(tmp_path):
    path = write(tmp_path / "a.tif", ground((1300, 1100)))
    facts = _ingested(path, tmp_path / "scene")
    assert _names(tmp_path / "scene") == [PYRAMID, "scene.json", THUMBNAIL]
    assert (facts.has_pyramid, facts.pyramid_step) == (True, 2)
    assert (facts.width, facts.height) == (1100, 1300)


def test_the_original_stays_as_it_is(tmp_path):
    path = write(tmp_path / "in" / "a.tif", ground((1300, 1100)))
    before = hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns
    _ingested(path, tmp_path / "scene")
    assert (hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns) == before
    assert _names(tmp_path / "in") == ["a.tif"]


def test_tiles_of_a_folder_are_one_scene(tmp_path):
    folder = tmp_path / "tiles"
    write(folder / "a.tif", ground((200, 300)))
    write(folder / "b.tif", ground((200, 100)), at=transform(east_m=300))
    facts = _ingested(folder, tmp_path / "scene")
    assert (facts.width, facts.height, facts.files) == (400, 200, ("a.tif", "b.tif"))
    assert facts.sha256 == provenance.path_sha256(folder)
    prepared = scene_facts.load(tmp_path / "scene")
    assert prepared.paths == (folder / "a.tif", folder / "b.tif")
    (one, other), whole = prepared.bounds, facts.bounds_wgs84
    assert one[2] == pytest.approx(other[0], abs=1e-5)
    assert (one[0], other[2]) == pytest.approx((whole[0], whole[2]), abs=1e-5)


def test_the_share_that_was_not_observed_is_told_and_left_out_of_the_stretch(tmp_path):
    image = np.full((1, 400, 400), 500.0)
    image[0, :, 200:] = np.linspace(1000, 2000, 200)
    image[0, :100] = -9999
    path = write(tmp_path / "a.tif", image, dtype="float32", nodata=-9999)
    facts = _ingested(path, tmp_path / "scene")
    assert facts.nodata_share == pytest.approx(0.25)
    assert facts.quantiles[0][0] == 500
    assert facts.quantiles[0][-1] == pytest.approx(2000)


def test_facts_survive_json(tmp_path):
    path = write(tmp_path / "a.tif", ground((300, 320)))
    facts = _ingested(path, tmp_path / "scene")
    again = SceneFacts.from_json(json.loads(json.dumps(facts.to_json())))
    assert again == facts
    assert hash(again.bands) == hash(facts.bands)
    assert scene_facts.load(tmp_path / "scene").facts == facts


def test_a_scene_folder_may_be_moved_with_its_originals(tmp_path):
    path = write(tmp_path / "scene" / "files" / "a.tif", ground((300, 320)))
    _ingested(path, tmp_path / "scene")
    (tmp_path / "scene").rename(tmp_path / "moved")
    prepared = scene_facts.load(tmp_path / "moved")
    assert prepared.paths == (tmp_path / "moved" / "files" / "a.tif",)
    assert prepared.paths[0].is_file()


def test_the_thumbnail_is_small_and_clear_where_nothing_was_observed(tmp_path):
    image = ground((1300, 1100)) + 100
    image[:, :650] = 0
    path = write(tmp_path / "a.tif", image, dtype="uint16", nodata=0)
    _ingested(path, tmp_path / "scene")
    picture = cv2.imread(str(tmp_path / "scene" / THUMBNAIL), cv2.IMREAD_UNCHANGED)
    assert picture.shape == (320, 271, 4)
    assert not picture[:158, :, 3].any()
    assert (picture[162:, :, 3] == 255).all()
    assert picture[162:, :, :3].std() > 20


def test_a_thumbnail_of_a_long_strip_has_at_least_one_row(tmp_path):
    path = write(tmp_path / "a.tif", ground((8, 3000)))
    _ingested(path, tmp_path / "scene")
    assert cv2.imread(str(tmp_path / "scene" / THUMBNAIL)).shape == (1, 320, 3)


def test_a_file_without_crs_is_refused_and_nothing_is_written(tmp_path):
    path = write(tmp_path / "a.tif", ground((300, 320)), crs=None)
    with pytest.raises(MissingCrsError):
        _ingested(path, tmp_path / "scene")
    assert not (tmp_path / "scene").exists()


@pytest.mark.parametrize("after", [0.1, 0.75, 0.8, 0.9])
def test_a_cancelled_job_leaves_nothing_behind(tmp_path, after):
    path = write(tmp_path / "a.tif", ground((1300, 1100)))
    shares = []
    watcher = Watcher(
        lambda share, _words: shares.append(share), lambda: bool(shares and shares[-1] >= after)
    )
    with pytest.raises(CancelledError):
        _ingested(path, tmp_path / "scene", watcher)
    assert _names(tmp_path / "scene") == []


def test_progress_only_grows_and_ends_at_the_whole(tmp_path):
    path = write(tmp_path / "a.tif", ground((1300, 1100)))
    told = []
    _ingested(path, tmp_path / "scene", Watcher(lambda *step: told.append(step)))
    shares = [share for share, _words in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(words for _share, words in told)


def test_preparing_again_replaces_what_was_there(tmp_path):
    large = write(tmp_path / "a.tif", ground((1300, 1100)))
    small = write(tmp_path / "b.tif", ground((300, 320)))
    _ingested(large, tmp_path / "scene")
    facts = _ingested(small, tmp_path / "scene")
    assert scene_facts.load(tmp_path / "scene").facts == facts
    assert _names(tmp_path / "scene") == ["scene.json", THUMBNAIL]


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path):
    path = write(tmp_path / "a.tif", ground((300, 320)))
    (tmp_path / "scene").write_text("in the way")
    with pytest.raises(ExportError, match="could not be written"):
        _ingested(path, tmp_path / "scene")


def test_a_full_disk_is_an_error_in_words_and_leaves_nothing(tmp_path, monkeypatch):
    path = write(tmp_path / "a.tif", ground((1300, 1100)))

    def full(*_arguments, **_options):
        raise rasterio.errors.RasterioIOError("No space left on device")

    monkeypatch.setattr(overviews, "_halve", full)
    with pytest.raises(ExportError, match="could not be written"):
        _ingested(path, tmp_path / "scene")
    assert _names(tmp_path / "scene") == []


def test_a_disk_that_is_full_at_the_last_file_leaves_nothing(tmp_path, monkeypatch):
    path = write(tmp_path / "a.tif", ground((300, 320)))

    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scene_facts, "save", full)
    with pytest.raises(ExportError, match="could not be written"):
        _ingested(path, tmp_path / "scene")
    with pytest.raises(GroundshiftError, match="not prepared"):
        scene_facts.load(tmp_path / "scene")


def test_an_original_deleted_meanwhile_is_an_error_in_words(tmp_path):
    path = write(tmp_path / "a.tif", ground((300, 320)))

    def told(share, _words):
        if share >= 0.9:
            path.unlink()

    with pytest.raises(GroundshiftError, match="not there any more"):
        _ingested(path, tmp_path / "scene", Watcher(told))
    assert _names(tmp_path / "scene") == []


def test_a_scene_that_was_never_prepared_is_an_error_in_words(tmp_path):
    with pytest.raises(GroundshiftError, match="not prepared"):
        scene_facts.load(tmp_path)


def test_a_band_without_a_role_keeps_the_name_of_the_file(tmp_path):
    path = write(tmp_path / "a.tif", ground((300, 320), bands=2), dtype="uint16")
    facts = _ingested(path, tmp_path / "scene")
    assert facts.bands == ("band 1", "band 2")


def test_an_index_goes_by_its_own_name(tmp_path):
    path = write(tmp_path / "nbr_2023-06-01.tif", ground((300, 320), bands=1), dtype="float32")
    assert _ingested(path, tmp_path / "scene").bands == ("NBR",)


def test_facts_are_frozen(tmp_path):
    path = write(tmp_path / "a.tif", ground((300, 320)))
    facts = _ingested(path, tmp_path / "scene")
    with pytest.raises(dataclasses.FrozenInstanceError):
        facts.width = 3


def test_the_sample_of_many_bands_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(ingesting, "MAX_SAMPLES", 12_000)
    path = write(tmp_path / "a.tif", ground((300, 320), bands=3))
    opened = ingesting.scene.open(path)
    assert ingesting._sampled(opened).values.size <= 12_000
