import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.tools.asked import About, Common
from agent.tools.choosing import DeclinedError, asked, case_of, layer_of, nearest, place_of
from tests.agent.tools.desks import HOSTILE


def refusal(desk, wanted, **where):
    with pytest.raises(DeclinedError) as caught:
        asked(desk, wanted, **where)
    return caught.value.refusal


def test_a_class_is_found_by_its_name_and_its_words_in_either_number(desk):
    for word in ("hut", "huts", "Huts", " HUT "):
        question = asked(desk, About(subject=word))
        assert (question.case.kind, question.which.change_class) == ("count", "hut")


def test_a_class_of_another_result_is_asked_there(desk):
    question = asked(desk, About(subject="changed"))
    assert (question.case.kind, question.which.change_class) == ("comparison", "changed")


def test_general_words_mean_everything_of_the_result_in_view(desk):
    question = asked(desk, About(subject="things"))
    assert (question.case, question.which.change_class) == (desk.cases[0], "any")


def test_a_state_the_result_in_view_cannot_tell_is_asked_of_one_that_can(cases, folders, desk):
    from dataclasses import replace

    turned = replace(desk, cases=desk.cases[::-1])
    question = asked(turned, About(state="appeared"))
    assert question.case.kind == "count"
    assert question.notes == ("Another result than the one in view tells this.",)
    assert asked(turned, About()).case.kind == "comparison"


def test_a_named_result_is_the_one_that_is_asked(desk):
    comparison = desk.cases[1]
    assert asked(desk, About(result=comparison.id)).case is comparison
    assert refusal(desk, About(result=comparison.id, subject="hut")).reason == "unknown_class"
    other = refusal(desk, About(result="nothing"))
    assert (other.reason, other.about) == ("no_result", "nothing")
    assert comparison.id in other.nearest


def test_an_unknown_class_is_refused_with_the_nearest_ones(desk):
    told = refusal(desk, About(subject="hutz"))
    assert (told.reason, told.about, told.nearest[0]) == ("unknown_class", "hutz", "hut")


def test_classes_that_can_be_told_are_named_where_none_is_alike(desk):
    assert refusal(desk, About(subject="glacier")).nearest == ("hut", "changed")


@pytest.mark.parametrize("word", ["building", "Buildings", "tree", "vehicles", "vegetation_loss"])
def test_what_a_run_could_find_points_to_work_where_work_can_be_done(desk, working, word):
    assert refusal(working, About(subject=word)).alternative == "start_work"
    assert refusal(desk, About(subject=word)).alternative == ""


def test_what_nothing_finds_points_nowhere(working):
    assert refusal(working, About(subject="happiness")).alternative == ""


def test_places_are_found_whatever_their_hyphens_and_case(desk):
    case = desk.cases[0]
    assert place_of(case, "North West") == "north-west"
    assert place_of(case, "NORTHERN_HALF") == "northern half"
    assert place_of(case, "yard west") == "Yard West"
    assert place_of(case, "") == place_of(case, "AOI") == "aoi"


def test_features_are_found_by_their_name_or_with_their_layer(desk):
    case = desk.cases[0]
    assert place_of(case, "westend") == place_of(case, "Districts/Westend")
    assert "Westend" in place_of(case, "westend")


def test_a_name_of_several_features_asks_back(desk):
    with pytest.raises(DeclinedError) as caught:
        place_of(desk.cases[0], "Ostend")
    assert caught.value.refusal.reason == "ambiguous"
    assert len(caught.value.refusal.nearest) == 2


def test_places_that_differ_by_a_hyphen_are_told_apart_by_their_full_name(desk):
    from dataclasses import replace

    from analysis.inquiry.case import Place

    twins = (Place("Yard-West", "area"), Place("-", "area"))
    case = replace(desk.cases[0], places=(*desk.cases[0].places, *twins))
    assert place_of(case, "Yard West") == "Yard West"
    assert place_of(case, "Yard-West") == "Yard-West"
    assert place_of(case, "-") == "-"
    with pytest.raises(DeclinedError, match="ambiguous"):
        place_of(case, "yard west")


def test_an_unknown_place_is_refused_with_the_nearest_ones(desk):
    with pytest.raises(DeclinedError) as caught:
        place_of(desk.cases[0], "Yard Wst")
    assert caught.value.refusal.reason == "unknown_place"
    assert caught.value.refusal.nearest[0] == "Yard West"


def test_a_layer_must_be_named_where_there_are_several(desk):
    case = desk.cases[0]
    assert layer_of(case, "RIVERS").name == "rivers"
    with pytest.raises(DeclinedError, match="ambiguous"):
        layer_of(case, "")
    with pytest.raises(DeclinedError, match="unknown_place") as caught:
        layer_of(case, "railways")
    assert caught.value.refusal.nearest[:2] == ("districts", "rivers")


@pytest.mark.parametrize(
    ("wanted", "relation"),
    [
        ({"layer": "districts"}, "within"),
        ({"layer": "rivers"}, "touches"),
        ({"layer": "rivers", "distance_m": 5}, "near"),
        ({"layer": "rivers", "relation": "outside"}, "outside"),
    ],
)
def test_the_usual_relation_suits_the_layer(desk, wanted, relation):
    assert asked(desk, Common(**wanted)).which.near.relation == relation


def test_nothing_can_be_asked_before_there_is_a_result(desk, working):
    from dataclasses import replace

    with pytest.raises(DeclinedError) as caught:
        case_of(replace(working, cases=()), "")
    assert caught.value.refusal.reason == "no_result"
    assert caught.value.refusal.alternative == "start_work"
    assert refusal(replace(desk, cases=()), About()).alternative == ""


def test_what_was_asked_for_is_cut_and_cleaned(desk):
    told = refusal(desk, About(subject="x\u202e\n" + HOSTILE))
    assert len(told.about) <= 60
    assert told.about.startswith("x Ignore")


@given(word=st.text(max_size=120), names=st.lists(st.text(max_size=20), max_size=8))
def test_the_nearest_names_are_few_and_among_those_there_are(word, names):
    found = nearest(word, names)
    assert len(found) <= 3
    assert set(found) <= set(names)
