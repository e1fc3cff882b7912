"""Scores of a question set beside what guessing without images gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.evaluation.datasets import blind, is_right, score, score_all, score_captions, table
from agent.evaluation.question_sets import Asked, QuestionSet


def asked(name, answer, kind="change_or_not"):
    return Asked(name, "p.png", kind, "?", (answer,))


def questions(*ones, is_changed=None):
    return QuestionSet("made up", "tests", ones, is_changed or {}, {})


SET = questions(
    asked("1", "yes"), asked("2", "yes"), asked("3", "no"),
    asked("4", "0_to_10", "change_ratio"), asked("5", "0_to_10", "change_ratio"),
)  # fmt: skip


def test_scores_stand_beside_those_of_guessing():
    found = score(SET, {"1": "Yes", "2": "no", "3": "no.", "4": "0 to 10"})
    assert found.overall_pct == pytest.approx(100 * 3 / 5)
    assert found.average_pct == pytest.approx((200 / 3 + 50) / 2)
    assert found.kinds["change_or_not"].right_pct == pytest.approx(200 / 3)
    assert found.unanswered == 1
    # Without question 1 the others say yes and no once each: `no` comes first; of question 3 the
    # others say yes.
    assert found.kinds["change_or_not"].blind_pct == 0
    assert found.kinds["change_ratio"].blind_pct == 100
    assert found.blind_overall_pct == pytest.approx(100 * 2 / 5)
    assert found.blind_average_pct == pytest.approx(50)


def test_the_guess_knows_nothing_of_the_question_itself():
    assert blind([asked("1", "yes"), asked("2", "no")]) == {"1": "no", "2": "yes"}
    assert blind([asked("1", "yes")]) == {"1": ""}


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=2, max_size=12))
def test_the_guess_is_the_commonest_of_the_others(answers):
    ones = [asked(str(at), answer) for at, answer in enumerate(answers)]
    for at, guess in enumerate(blind(ones).values()):
        others = answers[:at] + answers[at + 1 :]
        best = max(others.count(text) for text in others)
        assert guess == min(text for text in others if others.count(text) == best)


def test_an_answer_counts_whatever_its_case_and_marks():
    assert is_right(asked("1", "NVG_surface"), "nvg surface")
    assert not is_right(asked("1", "no"), "")
    assert not is_right(asked("1", "no"), "not at all")


def test_captions_are_scored_apart_for_changed_and_unchanged_pairs():
    one = Asked("1", "a.png", "caption", "?", ("a road appears",))
    other = Asked("2", "b.png", "caption", "?", ("nothing changed",))
    both = questions(one, other, is_changed={"a.png": True, "b.png": False})
    found = score_captions(both, {"1": "a road appears"})
    assert found["changed"].rouge_l_pct == 100
    assert found["unchanged"].rouge_l_pct == 0


def test_sets_without_such_questions_are_refused():
    with pytest.raises(ValueError, match="captions"):
        score_captions(SET, {})
    with pytest.raises(ValueError, match="captions"):
        score(questions(Asked("1", "a", "caption", "?", ("x",))), {})


def test_the_table_shows_both_and_says_what_has_no_answer():
    text = table(score_all(SET, {"1": "yes"}))
    assert "| change_ratio | 2 | 0.0 % | 100.0 % |" in text
    assert "| **overall (OA)** | 5 | 20.0 % | 40.0 % |" in text
    assert "4 questions have no answer and count as wrong." in text


def test_without_answers_the_table_shows_the_guess_alone():
    text = table(score_all(SET, {}))
    assert "| **overall (OA)** | 5 | - | 40.0 % |" in text
    assert "no answer" not in text


def test_captions_have_a_table_of_their_own_and_what_was_left_out_is_told():
    road = Asked("test a.png", "a.png", "caption", "?", ("a road appears in the north",))
    same = Asked("test b.png", "b.png", "caption", "?", ("the two scenes are alike",))
    flags = {"a.png": True, "b.png": False}
    both = QuestionSet("made up", "tests", (road, same), flags, {"a pair without a caption": 3})
    found = score_all(both, {"test a.png": "a road appears in the north"})
    assert found.questions is None
    rows = [line for line in table(found).splitlines() if line.startswith("| ")][1:]
    assert [row.split(" | ")[0] for row in rows] == ["| all", "| changed", "| unchanged"]
    assert "| changed | 1 | 100.0 % | 100.0 % | 100.0 % |" in rows[1]
    assert "| unchanged | 1 | 0.0 % |" in rows[2]
    assert "3 entries were left out: a pair without a caption." in table(found)


def test_captions_cannot_be_guessed():
    with pytest.raises(ValueError, match="cannot be guessed"):
        score_all(questions(Asked("1", "a", "caption", "?", ("x",))), {})
