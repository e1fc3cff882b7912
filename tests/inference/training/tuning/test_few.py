import pytest
import torch

from inference.training.tuning import few
from inference.training.tuning.few import Pseudo
from inference.training.tuning.views import Batch


class Guide(torch.nn.Module):
    """Says the same score everywhere."""

    def __init__(self, score):
        super().__init__()
        self.logit = torch.nn.Parameter(torch.logit(torch.tensor(score)))

    def forward(self, pre, _post):
        return self.logit.expand(len(pre), 1, *pre.shape[2:]), None


BATCH = Batch(*(torch.zeros(1, 3, 4, 4, dtype=torch.uint8) for _date in range(2)),
              *(torch.zeros(1) for _other in range(4)))  # fmt: skip


@pytest.mark.parametrize(
    ("parent", "teacher", "change", "sure"),
    [
        (0.95, 0.95, 1, 1),
        (0.02, 0.02, 0, 1),
        (0.95, 0.02, 0, 0),
        (0.95, 0.6, 0, 0),
        (0.3, 0.02, 0, 0),
    ],
)
def test_only_what_both_guides_are_sure_of_is_a_label(parent, teacher, change, sure):
    found = few.agreed(Guide(parent), Guide(teacher), BATCH)
    assert found.change.unique().tolist() == [change]
    assert found.sure.unique().tolist() == [sure]


def test_where_nobody_is_sure_nothing_is_learned():
    logits = torch.randn(1, 4, 4, requires_grad=True)
    loss = few.consistency_loss(logits, Pseudo(torch.ones(1, 4, 4), torch.zeros(1, 4, 4)))
    loss.backward()
    assert loss == 0
    assert not logits.grad.any()


def test_a_learner_that_contradicts_both_guides_is_more_wrong():
    pseudo = Pseudo(torch.ones(1, 4, 4), torch.ones(1, 4, 4))
    agreeing, contradicting = (
        few.consistency_loss(torch.full((1, 4, 4), logit), pseudo) for logit in (3.0, -3.0)
    )
    assert agreeing < contradicting
