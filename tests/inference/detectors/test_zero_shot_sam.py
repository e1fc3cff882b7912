from dataclasses import replace

import numpy as np
import pytest

from errors import InputError, UnsuitableSceneError, WeightsMissingError
from inference import registry
from inference.adapters import kept_squares
from inference.detectors import zero_shot_sam
from inference.detectors.base import Example, Sample
from raster.align import PairBand, PairBlock
from raster.tiling import tiles
from tests.inference.kept_sam import small_zero_shot
from tests.scenes import ground, with_houses

SHAPE = (100, 150)
NAME = "zero_shot_sam"


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A small random Segment Anything in place of the base model, and squares of its size."""
    with small_zero_shot(tmp_path, monkeypatch) as folder:
        yield folder


@pytest.fixture(scope="module")
def block():
    pre = np.rint(ground(SHAPE))
    seen = np.ones(SHAPE, bool)
    return PairBlock(pre, with_houses(pre, [(30, 30, 40, 50)]), seen, seen)


def sample(block, **fields):
    bands = tuple(
        PairBand(role, role, (at,), (at,)) for at, role in enumerate(("red", "green", "blue"), 1)
    )
    return Sample((block,), bands, 0.5, **{"sensor": "optical"} | fields)


def scores(block):
    return zero_shot_sam.predict(zero_shot_sam.fit(sample(block)), block).score


def test_the_whole_path_from_the_file_of_weights_to_scores(kept, block):
    found = scores(block)
    is_changed = np.abs(block.pre - block.post).max(axis=0) > 0
    assert found.shape == SHAPE
    assert np.isfinite(found).all()
    assert found[is_changed].max() > 0
    assert found[:, 110:].max() == 0
    assert found.max() <= 1


@pytest.mark.parametrize(("gain", "offset"), [(1, 0), (0.7, 25), (1.3, -20)])
def test_identical_and_merely_brighter_pairs_give_nothing(kept, block, gain, offset):
    post = np.rint(np.clip(block.pre * gain + offset, 0, 255)).astype(np.float32)
    assert scores(replace(block, post=post)).max() < 0.01


def test_swapped_dates_give_equal_scores(kept, block):
    swapped = replace(block, pre=block.post, post=block.pre)
    np.testing.assert_allclose(scores(swapped), scores(block), atol=1e-3)


def test_tiled_equals_whole(kept, block):
    params, squares = zero_shot_sam.fit(sample(block)), zero_shot_sam.SQUARES
    whole = zero_shot_sam.predict(params, block).score
    for tile in tiles(SHAPE, core_px=squares.step_px, halo_px=squares.margin_px):
        place = tile.outer.toslices()
        seen = np.ones(SHAPE, bool)[place]
        part = PairBlock(block.pre[:, *place], block.post[:, *place], seen, seen, tile.inner)
        found = tile.trim(zero_shot_sam.predict(params, part).score)
        np.testing.assert_array_equal(found, whole[tile.core.toslices()])


def test_values_below_nodata_reach_no_score(kept, block):
    params, seen = zero_shot_sam.fit(sample(block)), np.ones(SHAPE, bool)
    seen[:40, 20:60] = False
    one, two = (
        zero_shot_sam.predict(
            params, PairBlock(np.where(seen, block.pre, np.float32(fill)), block.post, seen, seen)
        ).score
        for fill in (0, 255)
    )
    np.testing.assert_array_equal(one, two)
    np.testing.assert_array_equal(np.isnan(one), ~seen)


def pointed(params, block, row=50, col=60, least_score=0.01):
    example = Example(block, row, col, "13.00000, 52.00000")
    return zero_shot_sam.like_these(params, (example,), least_score)


def test_changes_like_the_one_pointed_at_are_a_part_of_all_changes(kept, block):
    params = zero_shot_sam.fit(sample(block))
    asked = pointed(params, block)
    every = zero_shot_sam.predict(params, block).score
    alike = zero_shot_sam.predict(asked, block).score
    assert (alike <= every).all()
    assert alike[50, 60] > 0
    (query,) = asked.queries
    nothing = replace(asked, queries=(replace(query, pixels=1),))
    assert zero_shot_sam.predict(nothing, block).score.max() == 0
    both = replace(asked, queries=(*nothing.queries, query))
    np.testing.assert_array_equal(zero_shot_sam.predict(both, block).score, alike)


def test_pointing_where_nothing_is_outlined_is_told(kept, block, monkeypatch):
    params = zero_shot_sam.fit(sample(block))
    monkeypatch.setattr("inference.segmentation.asking.LEAST_SCORE", 9.0)
    with pytest.raises(InputError, match=r"Nothing is outlined at 13\.00000, 52\.00000\."):
        pointed(params, block)


def test_pointing_where_nothing_changed_is_told(kept, block):
    params = zero_shot_sam.fit(sample(block))
    with pytest.raises(InputError, match="Nothing changed at"):
        pointed(params, block, col=140)
    with pytest.raises(InputError, match="Nothing changed at"):
        pointed(params, block, least_score=1.0)


def test_a_square_that_was_looked_at_is_not_looked_at_again(kept, block, monkeypatch):
    params = zero_shot_sam.fit(sample(block))
    first = zero_shot_sam.predict(params, block).score

    def look(*_anything):
        raise AssertionError

    monkeypatch.setattr(zero_shot_sam, "_look", look)
    np.testing.assert_array_equal(zero_shot_sam.predict(params, block).score, first)
    assert pointed(params, block).queries
    brighter = replace(block, post=block.post + 1)
    with pytest.raises(AssertionError):
        zero_shot_sam.predict(params, brighter)


def test_what_was_kept_on_disk_gives_the_same_scores(kept, block):
    params = zero_shot_sam.fit(sample(block))
    first = zero_shot_sam.predict(params, block).score
    kept_squares._kept.cache_clear()
    np.testing.assert_array_equal(zero_shot_sam.predict(params, block).score, first)


def test_a_damaged_entry_is_computed_again(kept, block):
    params = zero_shot_sam.fit(sample(block))
    first = zero_shot_sam.predict(params, block).score
    entries = list((kept.parent / "data" / "embeddings").glob("*/*.npz"))
    assert entries
    for path in entries:
        path.write_bytes(path.read_bytes()[:200])
    kept_squares._kept.cache_clear()
    np.testing.assert_array_equal(zero_shot_sam.predict(params, block).score, first)


def test_a_run_with_examples_says_so(kept, block):
    params = zero_shot_sam.fit(sample(block))
    (finding,) = zero_shot_sam.remarks(pointed(params, block)).findings
    assert (finding.code, finding.severity, finding.value) == ("like_examples", "caution", 1)


def test_remarks_name_the_network_that_was_asked(kept, block):
    remarks = zero_shot_sam.remarks(zero_shot_sam.fit(sample(block)))
    assert remarks.record["segmenter"] == "sam_vit_b"
    assert len(remarks.record["weights_sha256"]) == 64
    assert not remarks.findings


def test_radar_is_refused(kept, block):
    with pytest.raises(UnsuitableSceneError, match="radar"):
        zero_shot_sam.fit(sample(block, sensor="sar"))


def test_without_weights_it_is_unavailable_with_the_reason(kept):
    assert NAME in {one.name for one in registry.available() if one.is_available}
    (kept / "sam_vit_b.pth").unlink()
    row = next(one for one in registry.available() if one.name == NAME)
    assert not row.is_available
    assert "sam_vit_b" in row.reason
    with pytest.raises(WeightsMissingError):
        registry.load(NAME)
