"""How many methods see an object, from the pixels of the methods to the files of a result."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest

from inference import registry
from inference.detectors import consensus
from inference.run import Options, Site, detect
from progress import Watcher
from raster import aoi, scene
from raster.align import align
from services import results
from services.compare import CompareRequest, compare
from tests.scenes import ground, with_houses, write_pair

HOUSES = [(60, 80, 14, 20), (150, 200, 18, 12), (230, 60, 16, 16)]


@pytest.fixture
def houses(tmp_path):
    image = ground()
    return write_pair(tmp_path, image, with_houses(image, HOUSES))


@pytest.fixture
def plain(monkeypatch):
    """The methods without weights only: what they see does not change with training."""
    monkeypatch.setattr(consensus, "MEMBERS", ("cva", "irmad", "structure"))
    monkeypatch.setattr(consensus, "working_gsd_m", lambda gsd_m: gsd_m)


def test_the_files_say_how_many_and_which_methods_see_an_object(tmp_path, houses, plain):
    request = CompareRequest(*houses, detector="consensus")
    outcome = compare(request, out_dir=tmp_path / "out", watcher=Watcher())
    objects = gpd.read_file(outcome.folder / "changes.gpkg", layer="changes")
    asked = outcome.run["members"].keys()
    assert len(objects)
    for votes, names in zip(objects["votes"], objects["seen_by"], strict=True):
        seen = names.split(", ")
        assert len(seen) == votes
        assert set(seen) <= asked
    facts = {one.name: one.value for one in outcome.facts}
    assert facts["method_count"] == len(asked) == 3
    assert facts["unanimous_object_count"] == (objects["votes"] == 3).sum()
    row = results.largest_objects(results.load(outcome.folder))[0]
    assert row.votes == f"{objects['votes'].iloc[0]} of 3"
    assert registry.card("cva").title in row.seen_by
    page = (outcome.folder / "report.html").read_text(encoding="utf-8")
    assert f"{row.votes}: {row.seen_by}" in page
    assert "Seen by" in page


def test_one_method_alone_sees_what_it_found(tmp_path, houses):
    outcome = compare(
        CompareRequest(*houses, detector="cva"), out_dir=tmp_path / "out", watcher=Watcher()
    )
    objects = gpd.read_file(outcome.folder / "changes.gpkg", layer="changes")
    assert len(objects)
    assert objects["votes"].eq(1).all()
    assert "method_count" not in {one.name for one in outcome.facts}
    assert "Seen by" not in (outcome.folder / "report.html").read_text(encoding="utf-8")


def voted(paths, workdir):
    pair = align(*(scene.open(path) for path in paths))
    workdir.mkdir()
    site = Site(pair, pair.grid.window, aoi.whole(pair.grid))
    found = detect(site, "consensus", Options(), workdir=workdir, watcher=Watcher())
    return found.classified.mask


def test_votes_are_the_same_whatever_the_tiles(tmp_path, houses, plain, monkeypatch):
    whole = voted(houses, tmp_path / "one")
    monkeypatch.setattr(consensus, "CARD", replace(consensus.CARD, tile_px=96))
    tiled = voted(houses, tmp_path / "many")
    window = whole.grid.window
    assert whole.votes.voters == tiled.votes.voters == ("cva", "irmad", "structure")
    assert len(np.unique(whole.votes.read(window))) > 2
    np.testing.assert_array_equal(whole.votes.read(window), tiled.votes.read(window))


def test_votes_are_carried_back_to_the_pixels_of_the_pair(tmp_path, houses, plain, monkeypatch):
    monkeypatch.setattr(consensus, "working_gsd_m", lambda gsd_m: 2 * gsd_m)
    mask = voted(houses, tmp_path / "half")
    votes = mask.votes.read(mask.grid.window)
    changed = mask.codes(mask.grid.window) == 1
    assert votes.shape == mask.grid.shape == (300, 320)
    assert changed.any()
    # Scores are interpolated and votes are not: they may differ along outlines, not within.
    assert (np.bitwise_count(votes[changed]) >= 2).mean() > 0.8


def test_a_detector_that_names_no_voters_keeps_no_votes(tmp_path, houses, plain, monkeypatch):
    monkeypatch.delattr(consensus, "voters")
    assert voted(houses, tmp_path / "none").votes is None
