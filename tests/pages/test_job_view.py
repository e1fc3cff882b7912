import pytest
from streamlit.testing.v1 import AppTest

import settings
from pages._ui.job_view import place_words
from tests.pages.steps import OWNER, button, errors, has_button, run_job, warnings, words
from workspace import jobs


def page():
    import streamlit as st

    from pages._ui.job_view import show_job
    from pages._ui.words import show_refused

    show_refused()

    def note(job):
        st.session_state["ended"] = job.id

    shown = show_job("local", st.query_params["job"], on_done=note)
    st.markdown(f"status {shown.status if shown else 'none'}")


@pytest.fixture
def job():
    return submitted()


def submitted(owner=OWNER, scene="0" * 32):
    return jobs.submit(owner, "ingest", {"scene": scene})


def shown(job_id):
    app = AppTest.from_function(page, default_timeout=20)
    app.query_params["job"] = job_id
    return app.run()


def test_a_waiting_job_says_how_many_come_first_and_can_be_stopped(job):
    second = submitted()
    assert place_words(OWNER, job) == "Waiting: next in line"
    assert place_words(OWNER, second) == "Waiting: 1 job runs before this one"
    app = shown(second.id)
    button(app, "Stop").click().run()
    assert jobs.get(OWNER, second.id).status == "cancelled"
    assert jobs.get(OWNER, job.id).status == "waiting"
    app.run()
    assert "It was stopped. Nothing was written." in words(app)
    assert not has_button(app, "Stop")


def test_a_running_job_says_what_is_done(job):
    jobs.claim("prepare", "test")
    jobs.report(job.id, 0.4, "Reading *tiles*")
    app = shown(job.id)
    (bar,) = app.get("progress")
    assert bar.proto.value == 40
    assert bar.proto.text == r"Reading \*tiles\*"


def test_a_job_that_ends_well_is_handed_over_once_and_draws_nothing(job):
    app = shown(job.id)
    jobs.claim("prepare", "test")
    jobs.finish(job.id, {})
    app.run()
    assert words(app) == "status done"
    assert not app.button
    assert "ended" not in app.session_state


def test_the_page_runs_again_when_a_watched_job_ends(job, monkeypatch):
    """The poll sees the end between two looks at the same job."""
    ended = False
    real = jobs.get

    def get(owner, job_id):
        nonlocal ended
        found = real(owner, job_id)
        if not ended:
            ended = True
            jobs.claim("prepare", "test")
            jobs.finish(job_id, {})
        return found

    monkeypatch.setattr(jobs, "get", get)
    app = shown(job.id)
    assert app.session_state["ended"] == job.id
    assert words(app) == "status done"


def test_a_failed_job_says_why_and_what_to_do_and_runs_again(job):
    run_job(jobs.claim("prepare", "test"))
    app = shown(job.id)
    assert "The scene was deleted." in errors(app)
    assert "Add it again." in errors(app)
    button(app, "Run again").click().run()
    fresh = app.query_params["job"]
    assert fresh != job.id
    assert jobs.get(OWNER, fresh).params == job.params
    assert jobs.get(OWNER, fresh).status == "waiting"


def test_an_interrupted_job_says_so_and_runs_again(job):
    jobs.claim("prepare", "test")
    jobs.mark_lost("test")
    app = shown(job.id)
    assert "ended before the job did" in warnings(app)
    assert has_button(app, "Run again")


def test_a_full_queue_is_told_when_a_job_should_run_again(job, monkeypatch):
    jobs.cancel(OWNER, job.id)
    app = shown(job.id)
    monkeypatch.setenv("GROUNDSHIFT_MAX_JOBS_PER_USER", "1")
    settings.load.cache_clear()
    submitted(scene="1" * 32)
    button(app, "Run again").click().run()
    assert not app.exception
    assert "the limit is 1" in errors(app)
    assert app.query_params["job"] == job.id
    app.run()
    assert not errors(app)


@pytest.mark.parametrize("asked", ["f" * 32, "../x", ""])
def test_no_job_is_told_in_the_same_words_as_somebody_elses(asked):
    foreign = shown(submitted("somebody").id)
    missing = shown(asked)
    assert "There is no such job." in errors(foreign)
    assert errors(foreign) == errors(missing)
    assert "status none" in words(foreign)


def test_a_job_deleted_in_another_tab_is_told(job):
    app = shown(job.id)
    jobs.delete(OWNER, job.id)
    button(app, "Stop").click().run()
    assert not app.exception
    assert "There is no such job." in errors(app)
