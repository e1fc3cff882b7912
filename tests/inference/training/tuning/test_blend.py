import torch

from inference.training.change.shards import CHANGED, SEEN, Stored
from inference.training.change.tally import Rule
from inference.training.tuning import blend, split, windows
from inference.training.tuning.lesson import Lesson
from tests import tuning
from tests.inference.training.tuning.grounds import ground, row_of


def eager(bias):
    """A network that says the same everywhere."""
    net = tuning.untrained()
    with torch.no_grad():
        net.change.last.weight.zero_()
        net.change.last.bias.fill_(bias)
    return net


def lesson(*, is_changed):
    """Ground of changes alone, and a rendered pair in which all or nothing changed."""
    place = ground((160, 160), row_of(1))
    codes = torch.full((64, 64), SEEN | (CHANGED if is_changed else 0), dtype=torch.uint8).numpy()
    pair = Stored(torch.zeros(2, 64, 64, 3, dtype=torch.uint8).numpy(), codes, codes[None])
    block = split.Block(0, 60, 30, 80, 50)
    places = windows.Places((), (), (), 64)
    return Lesson([place], [block], places, [pair], Rule(0.5, 0.0))


def test_weights_lie_on_the_way_between_both():
    one, other = eager(0.0), eager(4.0)
    assert blend.between(one, other, 0.75).change.last.bias.mean() == 3
    assert one.change.last.bias.mean() == 0
    assert other.change.last.bias.mean() == 4


def test_of_blends_that_are_equal_here_the_one_that_kept_more_is_taken():
    # All shares flag the block; on rendered ground where everything changed all do so as well.
    found = blend.choose(eager(1.0), eager(9.0), lesson(is_changed=True))
    assert found.f1 == 1
    assert found.share == 1.0


def test_what_is_gained_here_is_not_given_up_for_what_is_kept_elsewhere():
    # Half of the weights flag nothing: better on rendered ground without change, useless here.
    found = blend.choose(eager(-9.0), eager(3.5), lesson(is_changed=False))
    assert found.share == 1.0
    assert found.f1 == 1
