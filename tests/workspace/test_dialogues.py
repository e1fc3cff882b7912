import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from errors import InputError, LimitError, NotFoundError
from tests.workspace import steps
from tests.workspace.steps import ANN, BOB
from workspace import database, dialogues, projects

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")


@pytest.fixture
def project(tmp_path):
    return steps.project(tmp_path).id


def questions(owner, project):
    return [json.loads(turn)["question"] for turn in dialogues.listed(owner, project)]


def test_turns_come_back_in_the_order_they_were_asked_with_all_that_was_in_them(project):
    turn = {"question": "Wie viele Gebäude? \x1b[31m", "facts": [{"value": 0.1}], "refused": False}
    dialogues.add(ANN, project, turn)
    dialogues.add(ANN, project, {"question": "And in the north?"})
    assert json.loads(dialogues.listed(ANN, project)[0]) == turn
    assert questions(ANN, project) == [turn["question"], "And in the north?"]


def test_each_project_has_a_dialogue_of_its_own(project, tmp_path):
    other = steps.project(tmp_path, title="Other").id
    dialogues.add(ANN, project, {"question": "here"})
    dialogues.add(ANN, other, {"question": "there"})
    assert (questions(ANN, project), questions(ANN, other)) == (["here"], ["there"])
    dialogues.clear(ANN, project)
    assert (questions(ANN, project), questions(ANN, other)) == ([], ["there"])


def test_nobody_else_reads_adds_to_or_clears_a_dialogue(project):
    dialogues.add(ANN, project, {"question": "mine"})
    for attempt in (
        lambda: dialogues.listed(BOB, project),
        lambda: dialogues.add(BOB, project, {"question": "theirs"}),
        lambda: dialogues.require_room(BOB, project),
        lambda: dialogues.clear(BOB, project),
        lambda: dialogues.add(ANN, "../" + project, {}),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    assert questions(ANN, project) == ["mine"]


def test_a_dialogue_goes_with_its_project(project):
    dialogues.add(ANN, project, {"question": "gone"})
    projects.delete(ANN, project)
    left = database.connect().execute("SELECT COUNT(*) FROM dialogue_turns").fetchone()[0]
    assert left == 0
    with pytest.raises(NotFoundError):
        dialogues.add(ANN, project, {"question": "too late"})


def test_two_windows_that_ask_at_once_lose_no_turn(project):
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(dialogues.add, ANN, project, {"question": str(n)}) for n in range(12)]
        for one in asked:
            one.result()
    assert sorted(questions(ANN, project), key=int) == [str(number) for number in range(12)]


def test_a_full_dialogue_says_so_before_and_keeps_what_it_has(project, monkeypatch):
    monkeypatch.setattr(dialogues, "MAX_TURNS", 2)
    for number in range(2):
        dialogues.require_room(ANN, project)
        dialogues.add(ANN, project, {"question": str(number)})
    with pytest.raises(LimitError, match="limit is 2"):
        dialogues.require_room(ANN, project)
    with pytest.raises(LimitError) as refused:
        dialogues.add(ANN, project, {"question": "more"})
    assert "clear" in refused.value.hint
    assert questions(ANN, project) == ["0", "1"]


def test_what_is_no_json_or_too_large_is_not_kept(project, monkeypatch):
    monkeypatch.setattr(dialogues, "MAX_TURN_BYTES", 100)
    for turn in ({"value": float("nan")}, {"question": "x" * 200}):
        with pytest.raises(InputError):
            dialogues.add(ANN, project, turn)
    assert questions(ANN, project) == []
