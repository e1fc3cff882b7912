import logging
from urllib.parse import parse_qs

import pytest

import settings
from errors import ExportError
from tests.pages.steps import MAIN, add_project, errors, go, is_clean, words
from workspace import projects

PAGES = [
    "Scenes", "Compare", "Segment", "Count", "Ask", "Report", "History", "Train", "Models",
    "Settings",
]  # fmt: skip
FILES = [
    "scenes.py", "compare.py", "segment.py", "count.py", "ask.py", "report.py", "history.py",
    "finetune.py", "models.py", "preferences.py",
]  # fmt: skip


def links(app):
    """The links of the bar at the top: label -> parts of the address."""
    shown = [one.proto for one in app.get("page_link")][: len(PAGES)]
    return {one.label: parse_qs(one.query_string) for one in shown}


def test_the_bar_leads_to_every_page_in_the_order_of_the_work(app):
    assert list(links(app)) == PAGES


@pytest.mark.parametrize("page", FILES)
def test_every_page_opens_without_a_project_and_without_an_error(app, page):
    app.switch_page(page).run()
    assert is_clean(app)
    assert app.title[0].value
    assert "project" not in app.query_params


@pytest.mark.parametrize("page", FILES)
def test_the_project_stays_in_the_address_of_every_page_and_link(app, houses, page):
    project = add_project(*houses)
    go(app, page, project=project.id)
    assert is_clean(app)
    assert app.query_params["project"] == project.id
    assert all(query["project"] == [project.id] for query in links(app).values())


def test_a_page_without_a_project_in_its_address_takes_that_of_the_session(app, houses):
    first, second = add_project(*houses, title="One"), add_project(*houses, title="Two")
    go(app, "history.py", project=first.id)
    projects.opened("local", second.id)
    go(app, "models.py")
    assert app.query_params["project"] == first.id


def test_a_new_session_goes_on_with_the_project_opened_last(app, houses):
    first, second = add_project(*houses, title="One"), add_project(*houses, title="Two")
    projects.opened("local", first.id)
    app.run()
    assert app.query_params["project"] == first.id
    assert second.id != first.id


def test_a_wrong_setting_is_told_on_the_page(app, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_THREADS", "many")
    settings.load.cache_clear()
    app.run()
    assert not app.exception
    assert "GROUNDSHIFT_THREADS" in errors(app)


def test_a_full_disk_is_told_in_plain_words(app, monkeypatch):
    def full(*_arguments):
        raise ExportError("The disk is full.", hint="Free some space.")

    monkeypatch.setattr(projects, "latest", full)
    app.run()
    assert not app.exception
    assert "The disk is full. \nFree some space." in errors(app).replace("  ", " ").replace("*", "")


def test_our_own_fault_is_logged_and_shown_without_a_traceback(app, monkeypatch, caplog):
    def broken(*_arguments):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(projects, "latest", broken)
    with caplog.at_level(logging.ERROR):
        app.run()
    assert not app.exception
    assert "it is our fault" in errors(app)
    assert "secret detail" not in errors(app) + words(app)
    assert "secret detail" in caplog.text


def test_no_page_is_called_like_a_module_of_ours():
    root = MAIN.parents[1]
    modules = {path.stem for path in root.glob("*.py")} | {
        path.parent.name for path in root.glob("*/__init__.py")
    }
    # The folder of the pages is searched first while a page runs.
    assert not modules & {path.stem for path in MAIN.parent.glob("*.py")}
