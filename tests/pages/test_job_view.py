import pytest
from streamlit.testing.v1 import AppTest

import settings
from tests.pages.steps import (
    OWNER,
    button,
    end_of_watch,
    errors,
    has_button,
    run_job,
    warnings,
    watchers,
    words,
)
from workspace import jobs


def page():
    import streamlit as st

    from errors import ExportError
    from pages._ui.job_view import show_job
    from pages._ui.words import show_refused

    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    show_refused()

    def note(job):
        if st.session_state.get("refuse"):
            raise ExportError("The disk is full.")
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
    app = shown(second.id)
    (told,) = watchers(app)
    assert told["words"] == "Waiting: 1 job runs before this one"
    assert told["address"] == f"/progress/jobs/{second.id}"
    button(app, "Stop").click().run()
    assert jobs.get(OWNER, second.id).status == "cancelled"
    assert jobs.get(OWNER, job.id).status == "waiting"
    app.run()
    assert "It was stopped. Nothing was written." in words(app)
    assert not has_button(app, "Stop")


def test_a_running_job_says_what_is_done(job):
    jobs.claim("prepare", "test")
    jobs.report(job.id, 0.4, "Reading <b>*tiles*")
    (told,) = watchers(shown(job.id))
    assert (told["share_pct"], told["words"]) == (40, "Reading <b>*tiles*")


def test_the_browser_asks_below_the_path_of_a_proxy(job, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_BASE_PATH", "/maps/")
    settings.load.cache_clear()
    (told,) = watchers(shown(job.id))
    assert told["address"] == f"/maps/progress/jobs/{job.id}"


def test_a_job_that_ended_well_before_it_was_looked_at_draws_nothing(job):
    app = shown(job.id)
    jobs.claim("prepare", "test")
    jobs.finish(job.id, {})
    app.run()
    assert words(app) == "status done"
    assert not app.button
    assert not watchers(app)
    assert "ended" not in app.session_state


def test_a_job_that_ends_well_is_handed_over_before_the_page_runs_again(job):
    app = shown(job.id)
    jobs.claim("prepare", "test")
    jobs.finish(job.id, {})
    end_of_watch(app)
    assert app.session_state["ended"] == job.id
    assert app.session_state["runs"] == 2
    assert words(app) == "status done"


def test_a_job_that_ends_badly_while_it_is_watched_is_told_and_not_handed_over(job):
    app = shown(job.id)
    run_job(jobs.claim("prepare", "test"))
    end_of_watch(app)
    assert "ended" not in app.session_state
    assert "The scene was deleted." in errors(app)


def test_a_browser_that_speaks_too_early_ends_nothing(job):
    app = shown(job.id)
    end_of_watch(app)
    assert "ended" not in app.session_state
    assert watchers(app)


def test_a_refusal_of_what_comes_next_is_told(job):
    app = shown(job.id)
    app.session_state["refuse"] = True
    jobs.claim("prepare", "test")
    jobs.finish(job.id, {})
    end_of_watch(app)
    assert not app.exception
    assert "The disk is full." in errors(app)


def test_a_job_deleted_while_it_is_watched_is_told(job):
    app = shown(job.id)
    jobs.delete(OWNER, job.id)
    end_of_watch(app)
    assert not app.exception
    assert "There is no such job." in errors(app)


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
