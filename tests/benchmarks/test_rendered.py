from dataclasses import replace

import numpy as np
import pytest
import rasterio

from benchmarks.accuracy.rendered import Recipe, rendered, written_once
from simulation.pair import PairSpec

SPEC = PairSpec(3, "delta", shape=(62, 64), gsd_m=10.0, sensor="multispectral4")


def made(folder, recipe):
    (found,) = rendered((recipe,), folder)
    return found


def test_nothing_is_rendered_before_it_is_asked_for(tmp_path):
    found = made(tmp_path, Recipe("delta", "changed", (SPEC,)))
    assert not list(tmp_path.iterdir())
    found.prepare()
    assert found.pairs[0].pre.is_file()


def test_a_pair_is_rendered_once(tmp_path, monkeypatch):
    recipe = Recipe("delta", "changed", (SPEC,))
    made(tmp_path, recipe).prepare()
    monkeypatch.setattr("benchmarks.accuracy.rendered.render", lambda _spec: pytest.fail("again"))
    made(tmp_path, recipe).prepare()


def test_other_numbers_make_another_set(tmp_path):
    recipes = [
        Recipe("delta", "changed", (SPEC,)),
        Recipe("delta", "changed", (replace(SPEC, seed=4),)),
        Recipe("delta", "changed", (SPEC,), coarser=2),
        Recipe("delta", "unchanged", (SPEC,)),
    ]
    assert len({made(tmp_path, recipe).fingerprint() for recipe in recipes}) == 4


def test_a_coarser_post_covers_the_ground_of_pre_with_its_means(tmp_path):
    found = made(tmp_path, Recipe("delta", "curve", (SPEC,), coarser=3))
    fine = made(tmp_path, Recipe("delta", "curve", (SPEC,)))
    found.prepare()
    fine.prepare()
    with rasterio.open(found.pairs[0].post) as coarse, rasterio.open(fine.pairs[0].post) as own:
        assert coarse.shape == (20, 21)
        assert coarse.res == (30.0, 30.0)
        assert (coarse.bounds.left, coarse.bounds.top) == (own.bounds.left, own.bounds.top)
        first = own.read(1)[:3, :3].mean()
        assert coarse.read(1)[0, 0] == pytest.approx(first, abs=0.5)
    with rasterio.open(found.pairs[0].label) as label:
        assert label.shape == (62, 64)
        assert set(np.unique(label.read(1))) <= {0, 1}


def test_a_rendering_that_fails_leaves_nothing_behind(tmp_path):
    def fail(folder):
        (folder / "pre.tif").write_bytes(b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        written_once(tmp_path / "pair", fail)
    assert not list(tmp_path.iterdir())
