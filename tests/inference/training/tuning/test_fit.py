import dataclasses

import numpy as np
import pytest
import torch

from errors import CancelledError
from inference.training.change.tally import Rule
from inference.training.tuning import fit, judge, split, windows
from inference.training.tuning.ground import Truth, make
from inference.training.tuning.lesson import Lesson
from progress import Watcher
from tests import tuning

SHORT = dataclasses.replace(tuning.QUICK, steps=6, judge_every=2, batch=2, size_px=64)
RULE = Rule(0.5, 4.0)


@pytest.fixture(scope="module")
def lesson():
    pre, post = (np.clip(one, 0, 255).astype(np.uint8) for one in tuning.pictures())
    shown = np.stack([pre.transpose(1, 2, 0), post.transpose(1, 2, 0)])
    changed, everywhere = tuning.changed(), np.ones(tuning.SHAPE, bool)
    none = np.zeros(tuning.SHAPE, np.uint16)
    truth = Truth(changed, everywhere, (none, changed.astype(np.uint16)), (everywhere, everywhere))
    ground = make("place", shown, everywhere, truth, gsd_m=0.5)
    blocks = split.choose([ground], gap_px=288)
    kept_out = split.apart([ground], blocks, gap_px=288)
    places = windows.find([ground], kept_out, size_px=SHORT.size_px)
    return Lesson([ground], blocks, places, [], RULE)


def stopped_at(step):
    """A watcher that stops the training before a step."""
    seen = []
    return Watcher(lambda _done, words: seen.append(words), lambda: len(seen) >= step)


def state_of(folder):
    return torch.load(folder / fit.CHECKPOINT, weights_only=True)


def test_a_training_taken_up_again_ends_as_one_that_was_never_stopped(lesson, tmp_path):
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    whole.mkdir()
    parts.mkdir()
    fit.tune(tuning.untrained(), lesson, SHORT, whole, watcher=Watcher())
    with pytest.raises(CancelledError):
        fit.tune(tuning.untrained(), lesson, SHORT, parts, watcher=stopped_at(5))
    assert state_of(parts)["told"][2] == 4
    again = fit.tune(tuning.untrained(), lesson, SHORT, parts, watcher=Watcher())
    assert again.steps == 6
    one, other = state_of(whole)["net"], state_of(parts)["net"]
    # The rate follows the time as well, which no two runs share to the last bit.
    assert all(torch.allclose(one[name], other[name], atol=2e-3) for name in one)


def test_the_encoder_rests_first_and_then_learns_slower_than_the_heads(lesson, tmp_path):
    parent = tuning.untrained()
    resting = dataclasses.replace(SHORT, steps=3, heads_first=1.0, judge_every=3)
    fit.tune(parent, lesson, resting, tmp_path, watcher=Watcher())
    now, before = state_of(tmp_path)["net"], parent.state_dict()
    moved = {name for name, value in before.items() if not torch.equal(value, now[name])}
    assert moved
    assert not {name for name in moved if name.startswith("encoder.")}


def test_statistics_of_batchnorm_stay_those_of_the_parent(lesson, tmp_path):
    parent = tuning.untrained()
    fit.tune(parent, lesson, dataclasses.replace(SHORT, steps=2), tmp_path, watcher=Watcher())
    now, before = state_of(tmp_path)["net"], parent.state_dict()
    kept = [name for name in before if name.endswith(("running_mean", "running_var"))]
    assert kept
    assert all(torch.equal(before[name], now[name]) for name in kept)


def test_a_training_that_stalls_ends_early_with_the_best_weights(lesson, tmp_path):
    still = dataclasses.replace(SHORT, rate=0.0, steps=40, judge_every=1, patience=3)
    parent = tuning.untrained()
    found = fit.tune(parent, lesson, still, tmp_path, watcher=Watcher())
    assert found.steps == 3
    assert found.ended == "it did not get better any more"
    assert not found.is_better
    mine, its = found.net.state_dict(), parent.state_dict()
    assert all(torch.equal(mine[name], its[name]) for name in its)


def test_few_labels_learn_from_unlabelled_ground_too(lesson, tmp_path):
    plain, few = tmp_path / "plain", tmp_path / "few"
    for folder in (plain, few):
        folder.mkdir()
        recipe = dataclasses.replace(SHORT, steps=2, few_labels=folder == few)
        fit.tune(tuning.untrained(bias=-6.0), lesson, recipe, folder, watcher=Watcher())
    one, other = state_of(plain)["net"], state_of(few)["net"]
    name = "change.last.weight"
    assert not torch.equal(one[name], other[name])


def test_a_block_looks_the_same_in_parts(lesson, monkeypatch):
    net, block = tuning.untrained(), lesson.blocks[0]
    with torch.no_grad():
        net.change.last.weight.mul_(30)
    whole = judge.scores(net, lesson.grounds[0], block)
    monkeypatch.setattr(judge, "CORE_PX", 160)
    parts = judge.scores(net, lesson.grounds[0], block)
    assert np.abs(whole - parts).max() < 0.02
    assert whole.std() > 0.01


def test_controls_show_what_a_network_flags_where_nothing_changed(lesson):
    eager = tuning.untrained()
    with torch.no_grad():
        eager.change.last.bias.fill_(5.0)
        eager.change.last.weight.zero_()
    found = judge.figures(eager, lesson.grounds, lesson.blocks, rule=RULE)
    assert found.identical_share == 1
    assert found.brighter_share == 1
    assert found.recall == 1
    calm = judge.figures(tuning.untrained(), lesson.grounds, lesson.blocks, rule=RULE)
    assert calm.identical_share == 0
    assert calm.generic_f1 is None
