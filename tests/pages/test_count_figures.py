"""What is said beside the numbers of a count by example."""

from pathlib import Path

import pytest

from pages._ui.count_figures import LOW_SIMILARITY, few_words
from services.results import SavedResult

BOX = [15.0, 48.0, 15.1, 48.1]


def told(*, pre, post, dates=("pre",), similarity=0.5):
    examples = [{"date": date, "box": BOX} for date in dates]
    run = {
        "counter": {"thing": "tree", "things": "trees"},
        "parameters": {"similarity": similarity if dates else None, "examples": examples},
    }
    facts = tuple(
        {"name": f"objects_{date}", "class": "tree", "region": "aoi", "value": number}
        for date, number in (("pre", pre), ("post", post))
    )
    return SavedResult(Path("nowhere"), run, facts, "")


@pytest.mark.parametrize(("pre", "post"), [(0, 0), (1, 0), (1, 1)])
def test_where_only_the_example_was_found_a_lower_similarity_is_proposed(pre, post):
    assert "similarity of about 0.2" in few_words(told(pre=pre, post=post))


def test_examples_of_both_dates_are_allowed_for():
    both = ("pre", "pre", "post")
    assert "your examples was" in few_words(told(pre=2, post=1, dates=both))
    assert few_words(told(pre=2, post=2, dates=both)) == ""


@pytest.mark.parametrize(
    "found",
    [
        told(pre=2, post=0),
        told(pre=1, post=2),
        told(pre=0, post=0, dates=()),
        told(pre=1, post=1, similarity=LOW_SIMILARITY),
    ],
    ids=["more before", "more after", "no examples", "low already"],
)
def test_elsewhere_nothing_is_proposed(found):
    assert few_words(found) == ""
