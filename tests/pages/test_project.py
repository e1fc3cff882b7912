import time

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui import project
from tests.pages.steps import MAIN, add_project, errors, go, is_clean, warnings, words
from workspace import jobs, projects, scenes

GONE = "The project in the address is not there any more, or it is not yours."


def switcher(app):
    (found,) = [one for one in app.selectbox if one.label == "Project"]
    return found


def test_heading_shows_the_project_and_its_two_dates(app, houses):
    shown = add_project(*houses, title="Two houses")
    go(app, "history.py", project=shown.id)
    assert switcher(app).value == shown.id
    assert switcher(app).options == ["Two houses"]
    assert "1 June 2023 to 3 June 2024" in words(app)


def test_another_project_can_be_picked_and_the_address_follows(app, houses):
    first, second = add_project(*houses, title="One"), add_project(*houses, title="Two")
    go(app, "history.py", project=first.id, job="a" * 32)
    switcher(app).select(second.id).run()
    assert is_clean(app)
    assert app.query_params == {"project": second.id}
    assert projects.latest("local").id == second.id


def test_a_link_drawn_before_another_project_was_chosen_leads_to_the_chosen_one(app, houses):
    first, second = add_project(*houses, title="One"), add_project(*houses, title="Two")
    go(app, "history.py", project=first.id)
    switcher(app).select(second.id).run()
    # The browser followed a link that was still on the screen.
    go(app, "report.py", project=first.id)
    assert switcher(app).value == second.id
    assert app.query_params["project"] == second.id


def test_a_link_to_the_former_project_counts_once_the_pages_are_drawn_anew(
    app, houses, monkeypatch
):
    first, second = add_project(*houses, title="One"), add_project(*houses, title="Two")
    go(app, "history.py", project=first.id)
    switcher(app).select(second.id).run()
    later_s = time.monotonic() + project.LINKS_LAG_S
    monkeypatch.setattr("pages._ui.project.time.monotonic", lambda: later_s)
    go(app, "history.py", project=first.id)
    assert switcher(app).value == first.id


def test_another_owners_project_is_as_if_it_did_not_exist(app, houses):
    mine, foreign = add_project(*houses), add_project(*houses, owner="somebody")
    go(app, "history.py", project=foreign.id)
    told = warnings(app)
    assert app.query_params["project"] == mine.id
    go(app, "history.py", project="f" * 32)
    assert GONE in told
    assert warnings(app) == told


@pytest.mark.parametrize("junk", ["x", "../../etc/passwd", "<script>", "A" * 32, "é" * 32])
def test_junk_in_the_address_is_no_project(app, junk):
    go(app, "history.py", project=junk)
    assert not app.exception
    assert GONE in warnings(app)
    assert "project" not in app.query_params


def test_the_word_of_a_missing_project_is_said_once(app, houses):
    add_project(*houses)
    go(app, "history.py", project="f" * 32)
    app.run()
    assert GONE not in warnings(app)


def test_a_project_deleted_in_another_tab_is_explained(app, houses):
    gone, left = add_project(*houses, title="Gone"), add_project(*houses, title="Left")
    go(app, "history.py", project=gone.id)
    projects.delete("local", gone.id)
    app.run()
    assert is_clean(app)
    assert GONE in warnings(app)
    assert app.query_params["project"] == left.id


def test_a_project_deleted_in_another_tab_cannot_be_picked_and_that_is_told(app, houses):
    gone, left = add_project(*houses, title="Gone"), add_project(*houses, title="Left")
    go(app, "history.py", project=left.id)
    projects.delete("local", gone.id)
    switcher(app).select(gone.id).run()
    assert not app.exception
    assert "There is no such project." in errors(app)
    assert app.query_params["project"] == left.id
    app.run()
    assert is_clean(app)


def test_a_deleted_scene_is_said_in_place_of_its_date(app, houses):
    project = add_project(*houses)
    scenes.delete("local", project.pre)
    go(app, "history.py", project=project.id)
    assert is_clean(app)
    assert "a scene that was deleted to 3 June 2024" in words(app)


def test_two_sessions_may_work_on_two_projects(app, houses):
    first, second = add_project(*houses), add_project(*houses)
    other = AppTest.from_file(str(MAIN), default_timeout=60).run()
    go(app, "history.py", project=first.id)
    go(other, "history.py", project=second.id)
    go(app, "models.py")
    assert app.query_params["project"] == first.id


def test_a_project_with_runs_survives_its_successor(houses):
    from pages._ui import project as pages_project

    former, fresh = add_project(*houses), add_project(*houses)
    jobs.submit("local", "compare", {}, project=former.id)
    pages_project.supersede(former, fresh)
    assert {one.id for one in projects.listed("local")} == {former.id, fresh.id}
