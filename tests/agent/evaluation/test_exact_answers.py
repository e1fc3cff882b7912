"""From the truth as its mask, every answer that can be computed is exact: types of CDVQA and
ChangeChat, asked of the offline planner about a rendered pair."""

import pytest

from agent.ask import ask
from agent.desk import Desk
from agent.dialogue import Dialogue
from agent.evaluation.faithful import unfaithful
from agent.evaluation.judge import shown_of
from services.open_case import open_case
from tests.agent.evaluation.truths import PARTS, Truth, true_result

WATER, LOSS, BURN = "water_gain", "vegetation_loss", "burn"
SLACK = 1e-4
"""The other road to an area takes a row's middle pixel for all of the row."""


@pytest.fixture(scope="module")
def truth():
    return Truth()


@pytest.fixture(scope="module")
def case(truth, tmp_path_factory):
    return open_case(true_result(tmp_path_factory.mktemp("delta"), truth))


def asked(case, *questions):
    """The last answer of a dialogue; every number in every answer is its fact's."""
    dialogue = Dialogue()
    for question in questions:
        turn = ask(Desk((case,)), question, dialogue)
        assert unfaithful(shown_of(turn)) == (), turn.text
        dialogue = dialogue.with_turn(turn)
    return turn


def cited(turn, name, change_class="any", region="aoi"):
    """The value of a fact the answer cites."""
    ids = {one for _start, _end, one in turn.citations}
    wanted = (name, change_class, region)
    found = [one.fact for one in turn.facts if one.fact.id in ids]
    values = [f.value for f in found if (f.name, f.change_class, f.region) == wanted]
    assert values, (turn.text, [(f.name, f.change_class, f.region) for f in found])
    return values[0]


def near(value):
    return pytest.approx(value, rel=SLACK)


def test_change_or_not(case, truth):
    turn = asked(case, "Did anything change?")
    assert cited(turn, "changed_area") == near(truth.area_m2())
    turn = asked(case, "Did the built-up areas change?")
    assert cited(turn, "changed_area", "built_up_gain") == 0
    assert "No new built-up" in turn.text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Have the areas of water increased?", WATER),
        ("Have the regions of water changed?", WATER),
        ("Did the vegetation decrease?", LOSS),
    ],
)
def test_increase_or_decrease_or_not(case, truth, question, name):
    turn = asked(case, question)
    assert cited(turn, "changed_area", name) == near(truth.area_m2(name))
    assert cited(turn, "object_count", name) == truth.objects(name)


def test_no_decrease_is_said_plainly(case):
    turn = asked(case, "Has the water decreased?")
    assert cited(turn, "changed_area", "water_loss") == 0
    assert turn.text.startswith("No water lost")


@pytest.mark.parametrize("name", [WATER, LOSS, BURN])
def test_largest_change_by_type(case, truth, name):
    turn = asked(case, "What type of change is the largest?")
    assert cited(turn, "changed_area", name) == near(truth.area_m2(name))


def test_change_ratio(case, truth):
    turn = asked(case, "What is the percentage of changed areas?")
    assert cited(turn, "changed_share") == near(truth.share_pct())


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What percentage of the area is new water?", WATER),
        ("What share of the ground burned?", BURN),
    ],
)
def test_change_ratio_of_types(case, truth, question, name):
    assert cited(asked(case, question), "changed_share", name) == near(truth.share_pct(name))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("How many changes are there?", "any"),
        ("How many areas of new water are there?", WATER),
        ("How many burned areas are there?", BURN),
    ],
)
def test_category_specific_counts(case, truth, question, name):
    assert cited(asked(case, question), "object_count", name) == truth.objects(name)


def test_category_specific_areas(case, truth):
    turn = asked(case, "How large is the burned area?")
    assert cited(turn, "changed_area", BURN) == near(truth.area_m2(BURN))


@pytest.mark.parametrize("part", PARTS)
def test_change_in_each_part_of_the_grid(case, truth, part):
    where = "centre" if part == "centre" else part
    turn = asked(case, f"How much changed in the {where}?")
    # A pixel on the border of two parts may count to the other by another road.
    assert cited(turn, "changed_area", region=part) == pytest.approx(
        truth.area_m2(part=part), rel=2e-3
    )


def test_where_most_of_the_change_is(case, truth):
    most = max(PARTS, key=lambda part: truth.area_m2(part=part))
    turn = asked(case, "In which part of the area did most of the change happen?")
    assert turn.facts[0].fact.region == most
    assert turn.text.index(most) < min(
        turn.text.find(part) for part in PARTS if part != most and part in turn.text
    )


def test_the_largest_object_of_a_class(case, truth):
    turn = asked(case, "How large is the largest burned area?")
    (large,) = [one.fact for one in turn.facts if one.fact.name.startswith("largest_object_area")]
    assert large.value == near(truth.largest_m2(BURN))


def test_several_turns(case, truth):
    turn = asked(case, "How much changed?", "And in the north?")
    assert cited(turn, "changed_area", region="north") == pytest.approx(
        truth.area_m2(part="north"), rel=2e-3
    )


def test_the_caption_states_the_truth(case, truth):
    turn = asked(case, "Describe the changes between the two images.")
    assert cited(turn, "changed_area") == near(truth.area_m2())
    assert cited(turn, "object_count") == truth.objects()


def test_what_it_became_is_not_made_up(case):
    """The result tells what was lost, not what stands there now."""
    turn = asked(case, "Why did the vegetation change?")
    assert (turn.refused, turn.reason) == (True, "cause")
