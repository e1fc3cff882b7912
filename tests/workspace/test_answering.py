import threading

import pytest

from errors import InputError, LimitError, NotFoundError
from tests.workspace.steps import ANN, BOB
from workspace import answering

PATIENCE_S = 30


@pytest.fixture
def held():
    """Begins a question whose answer waits until the test lets it go."""
    gate, begun = threading.Event(), []

    def wait(asked):
        asked.words = "Counting"
        gate.wait(PATIENCE_S)

    def begin(owner=ANN, project="p", answer=wait):
        begun.append(answering.begin(owner, project, "How many?", answer))
        return begun[-1]

    begin.let_go = gate.set
    yield begin
    gate.set()
    assert all(asked.ended.wait(PATIENCE_S) for asked in begun)


def test_a_question_is_found_while_it_is_answered_and_gone_afterwards(held):
    asked = held()
    assert answering.current(ANN, "p") is asked
    assert answering.current(ANN, "another") is None
    held.let_go()
    assert asked.ended.wait(PATIENCE_S)
    assert answering.current(ANN, "p") is None
    assert not answering.standing(ANN, asked.id).is_active
    for owner, asked_id in ((BOB, asked.id), (ANN, "f" * 32)):
        with pytest.raises(NotFoundError):
            answering.standing(owner, asked_id)


def test_it_says_what_is_done_and_not_how_long_it_takes(held):
    told = threading.Event()

    def answer(asked):
        asked.words = "Measuring areas"
        told.set()
        asked.stop.wait(PATIENCE_S)

    asked = held(answer=answer)
    assert told.wait(PATIENCE_S)
    found = answering.standing(ANN, asked.id)
    assert (found.is_active, found.share_pct, found.words) == (True, None, "Measuring areas")
    answering.stop(ANN, asked.id)
    assert asked.ended.wait(PATIENCE_S)


def test_nobody_else_sees_or_stops_it(held):
    asked = held()
    assert answering.current(BOB, "p") is None
    for attempt in (answering.standing, answering.stop):
        with pytest.raises(NotFoundError):
            attempt(BOB, asked.id)
    assert not asked.stop.is_set()


def test_one_question_about_a_project_at_a_time_and_a_few_of_one_user(held, monkeypatch):
    monkeypatch.setattr(answering, "MAX_PER_USER", 2)
    held(project="a")
    with pytest.raises(LimitError, match="still being answered"):
        held(project="a")
    held(project="b")
    with pytest.raises(LimitError, match="2 of your questions"):
        held(project="c")
    held(owner=BOB, project="c")


def test_a_refusal_is_kept_in_its_own_words_and_a_fault_is_only_in_the_log(held, caplog):
    def refused(_asked):
        raise InputError("The dialogue is full.", hint="Clear it.")

    def broken(_asked):
        raise ValueError("secret detail")

    first, second = held(answer=refused), held(owner=BOB, answer=broken)
    assert first.ended.wait(PATIENCE_S)
    assert second.ended.wait(PATIENCE_S)
    assert (first.problem.message, first.problem.hint) == ("The dialogue is full.", "Clear it.")
    assert "our fault" in second.problem.message
    assert "secret detail" not in str(second.problem)
    assert "secret detail" in caplog.text
    assert answering.current(ANN, "p") is None
