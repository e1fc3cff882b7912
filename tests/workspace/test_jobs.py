import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

import settings
from errors import InputError, LimitError, NotFoundError
from tests.workspace import steps
from tests.workspace.steps import ANN, BOB, finish_next
from workspace import database, heartbeat, jobs, places

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")


def submit(owner=ANN, **params):
    return jobs.submit(owner, "echo", params)


def claim(worker="here", lane="compute"):
    return jobs.claim(lane, worker)


def result_file(job_id):
    path = places.folder("results", job_id) / "mask.tif"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mask")
    return path


def test_a_job_is_followed_from_submission_to_its_result():
    job = submit(x=1)
    assert (job.status, job.lane, job.params, job.progress) == ("waiting", "compute", {"x": 1}, 0)
    assert jobs.claim("compute", "here", device="cuda:0").id == job.id
    jobs.report(job.id, 0.5, "Reading")
    seen = jobs.get(ANN, job.id)
    assert (seen.status, seen.progress, seen.message) == ("running", 0.5, "Reading")
    assert (seen.device, seen.is_active) == ("cuda:0", True)
    jobs.finish(job.id, {"y": 2})
    done = jobs.get(ANN, job.id)
    assert (done.status, done.progress, done.message, done.result) == ("done", 1, "", {"y": 2})
    assert done.created_utc <= done.started_utc <= done.finished_utc
    assert claim() is None


def test_the_result_says_what_ran_it_when_the_worker_had_more_to_offer():
    submit()
    job = jobs.claim("compute", "here", device="cuda:0")
    jobs.finish(job.id, {"device": "cpu"})
    assert jobs.get(ANN, job.id).device == "cpu"


def test_a_kind_nobody_knows_and_params_that_are_no_json_are_refused():
    with pytest.raises(InputError, match="no kind of job called 'dig'"):
        jobs.submit(ANN, "dig", {})
    with pytest.raises(InputError, match="not plain JSON"):
        submit(x=float("nan"))
    assert jobs.listed(ANN) == ()


def test_a_job_of_another_users_project_is_refused(tmp_path):
    theirs = steps.project(tmp_path, BOB)
    for project in (theirs.id, "0" * 32):
        with pytest.raises(NotFoundError, match="no such project"):
            jobs.submit(ANN, "echo", {}, project=project)


def test_workers_take_only_jobs_of_their_lane():
    submit()
    assert jobs.claim("prepare", "here") is None
    assert claim() is not None


def test_the_list_is_newest_first_and_can_be_of_one_project(tmp_path):
    project = steps.project(tmp_path)
    first = jobs.submit(ANN, "echo", {}, project=project.id)
    second, third = submit(), submit()
    assert [job.id for job in jobs.listed(ANN, limit=2)] == [third.id, second.id]
    assert [job.id for job in jobs.listed(ANN, project=project.id)] == [first.id]


# Turns.


def test_position_is_the_number_of_jobs_that_run_before():
    own = [submit(ANN) for _ in range(3)]
    other = submit(BOB)
    assert [jobs.position(ANN, job.id) for job in own] == [0, 2, 3]
    assert jobs.position(BOB, other.id) == 1
    assert claim().id == own[0].id
    assert jobs.position(ANN, own[0].id) == 0
    assert jobs.position(BOB, other.id) == 0
    assert [jobs.position(ANN, job.id) for job in own[1:]] == [1, 2]


def test_deleting_finished_jobs_does_not_bring_anybody_forward():
    first, second, other = submit(ANN), submit(ANN), submit(BOB)
    jobs.finish(claim().id, {})
    jobs.delete(ANN, first.id)
    assert claim().id == other.id
    assert jobs.position(ANN, second.id) == 0


def test_a_job_is_claimed_once_however_many_threads_ask(limits):
    limits(max_jobs_per_user=100)
    wanted = {submit(f"user{number % 5}").id for number in range(40)}

    def take(worker):
        found = []
        while job := claim(f"worker{worker}"):
            found.append(job.id)
        return found

    with ThreadPoolExecutor(8) as pool:
        taken = [job_id for found in pool.map(take, range(8)) for job_id in found]
    assert len(taken) == 40
    assert set(taken) == wanted


def test_a_job_is_claimed_once_however_many_processes_ask(limits):
    limits(max_jobs_per_user=100)
    wanted = {submit().id for _ in range(30)}
    code = (
        "import sys\nfrom workspace import jobs\n"
        "while job := jobs.claim('compute', sys.argv[1]): print(job.id)"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, name], stdout=subprocess.PIPE, text=True)
        for name in ("one", "two", "three")
    ]
    taken = [line for process in started for line in process.communicate()[0].split()]
    assert len(taken) == 30
    assert set(taken) == wanted


# Limits.


def test_a_full_queue_of_one_user_leaves_room_for_another(limits):
    limits(max_jobs_per_user=2)
    first = submit(), submit()
    with pytest.raises(LimitError, match="You have 2 jobs") as caught:
        submit()
    assert "stop one" in caught.value.hint
    submit(BOB)
    jobs.cancel(ANN, first[0].id)
    submit()


def test_running_jobs_count_and_finished_ones_do_not(limits):
    limits(max_jobs_per_user=1)
    submit()
    job = claim()
    with pytest.raises(LimitError):
        submit()
    jobs.finish(job.id, {})
    submit()


def test_a_queue_full_of_everybodys_jobs_is_full_for_a_newcomer(limits):
    limits(max_jobs=2)
    submit(ANN), submit(BOB)
    with pytest.raises(LimitError, match="The queue is full: 2 jobs"):
        submit("cleo")


def test_full_storage_refuses_more_results(limits):
    submit()
    job = claim()
    result_file(job.id)
    jobs.finish(job.id, {})
    limits(quota_bytes=3)
    with pytest.raises(LimitError, match="storage is full"):
        submit()
    jobs.delete(ANN, job.id)
    submit()


# Ends.


def test_a_waiting_job_is_cancelled_at_once():
    job = submit()
    jobs.report(job.id, 0.5, "Too early")
    cancelled = jobs.cancel(ANN, job.id)
    assert (cancelled.status, cancelled.progress) == ("cancelled", 0)
    assert claim() is None


def test_a_running_job_is_asked_to_stop_and_ends_when_its_worker_says_so():
    job = submit()
    claim()
    assert not jobs.is_cancel_asked(job.id)
    assert jobs.cancel(ANN, job.id).status == "running"
    assert jobs.is_cancel_asked(job.id)
    jobs.stopped(job.id)
    assert jobs.get(ANN, job.id).status == "cancelled"


def test_a_job_that_has_ended_cannot_be_cancelled_into_something_else():
    submit()
    job = finish_next()
    assert jobs.cancel(ANN, job.id).status == "done"
    file = result_file(job.id)
    jobs.fail(job.id, "Too late.", "")
    jobs.stopped(job.id)
    jobs.finish(job.id, {"twice": True})
    jobs.report(job.id, 0.1, "Too late")
    seen = jobs.get(ANN, job.id)
    assert (seen.status, seen.message, seen.progress) == ("done", "", 1)
    assert seen.result == {}
    assert file.exists()


def test_a_worker_is_overdue_only_after_the_grace(limits):
    submit()
    job = claim("slow")
    assert jobs.overdue(0.0) == ()
    jobs.cancel(ANN, job.id)
    assert jobs.overdue(60.0) == ()
    assert jobs.overdue(-1.0) == ("slow",)


def test_what_a_failed_job_tells_is_one_line_of_bounded_length():
    submit()
    job = claim()
    jobs.fail(job.id, "a\nb\x00" + "c" * 5000, "d\u202ee")
    seen = jobs.get(ANN, job.id)
    assert seen.status == "failed"
    assert seen.message.startswith("a bccc")
    assert len(seen.message) == jobs.MESSAGE_CHARS
    assert seen.hint == "de"


def test_the_jobs_of_a_dead_worker_are_lost_and_run_again_with_one_call(tmp_path):
    project = steps.project(tmp_path)
    job = jobs.submit(ANN, "echo", {"x": 1}, project=project.id)
    claim("dead")
    heartbeat.beat(heartbeat.Worker("alive", "compute", "cpu"))
    submit(BOB)
    other = claim("alive")
    leftover = places.folder("jobs", job.id) / "half.tif"
    leftover.parent.mkdir(parents=True)
    leftover.touch()
    assert jobs.mark_lost(spared=frozenset({"dead"})) == 0
    assert jobs.mark_lost() == 1
    lost = jobs.get(ANN, job.id)
    assert lost.status == "lost"
    assert lost.hint
    assert not leftover.exists()
    assert jobs.get(BOB, other.id).status == "running"

    fresh = jobs.again(ANN, job.id)
    assert fresh.id != job.id
    assert (fresh.status, fresh.params, fresh.project) == ("waiting", {"x": 1}, project.id)


def test_what_a_lost_worker_still_brings_is_not_kept():
    job = submit()
    claim("dead")
    jobs.mark_lost("dead")
    assert jobs.is_cancel_asked(job.id)
    late = result_file(job.id)
    jobs.finish(job.id, {"late": True})
    seen = jobs.get(ANN, job.id)
    assert (seen.status, seen.result) == ("lost", {})
    assert not late.exists()


def test_a_job_that_was_asked_to_stop_is_cancelled_not_lost_when_its_worker_dies():
    job = submit()
    claim("dead")
    jobs.cancel(ANN, job.id)
    jobs.mark_lost("dead")
    assert jobs.get(ANN, job.id).status == "cancelled"


def test_running_an_active_job_again_is_the_job_itself():
    job = submit()
    assert jobs.again(ANN, job.id).id == job.id
    claim()
    assert jobs.again(ANN, job.id).id == job.id
    assert len(jobs.listed(ANN)) == 1


def test_a_second_click_on_run_again_adds_nothing():
    lost, other = submit(x=1), submit(x=2)
    claim("dead")
    jobs.mark_lost("dead")
    fresh = jobs.again(ANN, lost.id)
    assert fresh.id not in {lost.id, other.id}
    assert jobs.again(ANN, lost.id).id == fresh.id
    jobs.cancel(ANN, fresh.id)
    assert jobs.again(ANN, lost.id).id not in {lost.id, fresh.id, other.id}


def test_deleting_a_finished_job_takes_its_files():
    submit()
    job = claim()
    file = result_file(job.id)
    jobs.finish(job.id, {})
    jobs.delete(ANN, job.id)
    assert not file.parent.exists()
    with pytest.raises(NotFoundError):
        jobs.get(ANN, job.id)


@pytest.mark.parametrize("end", ["stopped", "finished", "failed", "lost"])
def test_a_deleted_running_job_is_gone_for_its_owner_and_leaves_nothing_when_it_ends(end):
    job = submit()
    claim("busy")
    jobs.delete(ANN, job.id)
    assert jobs.listed(ANN) == ()
    assert jobs.is_cancel_asked(job.id)
    with pytest.raises(NotFoundError):
        jobs.get(ANN, job.id)
    file = result_file(job.id)
    match end:
        case "stopped":
            file.unlink()
            jobs.stopped(job.id)
        case "finished":
            jobs.finish(job.id, {})
        case "failed":
            jobs.fail(job.id, "It broke.", "")
        case "lost":
            jobs.mark_lost("busy")
    assert jobs.counts() == {}
    assert not file.exists()


def test_counts_are_of_everybody():
    submit(ANN), submit(BOB), submit(BOB)
    claim()
    assert jobs.counts() == {"running": 1, "waiting": 2}


@pytest.mark.parametrize("job_id", ["", "0" * 31, "../" + "0" * 29, "\udc80" * 32, "0" * 32 + "\n"])
def test_an_id_that_is_none_of_ours_is_not_found(job_id):
    with pytest.raises(NotFoundError, match="no such job"):
        jobs.get(ANN, job_id)


OWNERS = st.sampled_from(["ann", "bob", "cleo"])


class Queue(RuleBasedStateMachine):
    """Users submit and cancel, three workers claim and finish, in any order."""

    waiting = Bundle("waiting")
    running = Bundle("running")

    def __init__(self):
        super().__init__()
        database.connect().execute("DELETE FROM jobs")
        database.connect().execute("DELETE FROM turns")
        self.owners = {}
        self.started = []

    @rule(target=waiting, owner=OWNERS)
    def submit(self, owner):
        job = jobs.submit(owner, "echo", {})
        self.owners[job.id] = owner
        return job.id

    @rule(target=running, worker=st.sampled_from("xyz"))
    def claim(self, worker):
        expected = self.next_in_line()
        job = jobs.claim("compute", worker)
        assert (job.id if job else None) == expected
        if job is not None:
            assert job.id not in self.started
            self.started.append(job.id)
        return job.id if job else None

    @rule(job_id=consumes(running))
    def finish(self, job_id):
        if job_id is not None:
            jobs.finish(job_id, {})

    @rule(job_id=waiting)
    def cancel(self, job_id):
        jobs.cancel(self.owners[job_id], job_id)

    @invariant()
    def positions_number_the_queue(self):
        found = sorted(
            jobs.position(owner, job_id)
            for job_id, owner in self.owners.items()
            if jobs.get(owner, job_id).status == "waiting"
        )
        assert found == list(range(len(found)))

    @invariant()
    def whoever_waits_at_the_head_has_the_fewest_running(self):
        head = self.next_in_line()
        if head is None:
            return
        every = [jobs.get(owner, job_id) for job_id, owner in self.owners.items()]
        busy = Counter(job.owner for job in every if job.status == "running")
        waiting = {job.owner for job in every if job.status == "waiting"}
        assert busy[self.owners[head]] == min(busy[owner] for owner in waiting)

    def next_in_line(self):
        return next(
            (
                job_id
                for job_id, owner in self.owners.items()
                if jobs.get(owner, job_id).status == "waiting" and jobs.position(owner, job_id) == 0
            ),
            None,
        )


def test_no_job_has_two_runners_and_the_queue_stays_fair(limits):
    limits(max_jobs_per_user=1000, max_jobs=1000)
    Queue.TestCase.settings = hypothesis_settings(max_examples=25, stateful_step_count=25)
    Queue.TestCase().runTest()


@given(progress=st.floats())
def test_progress_is_kept_between_nothing_and_all(progress):
    job = jobs.submit(places.new_id(), "echo", {})
    database.connect().execute("UPDATE jobs SET status = 'running' WHERE id = ?", (job.id,))
    jobs.report(job.id, progress, "")
    assert 0 <= jobs.get(job.owner, job.id).progress <= 1


def test_nothing_is_submitted_beyond_the_settings_of_now(limits):
    assert settings.load().max_jobs_per_user == 8
    limits(max_jobs_per_user=1)
    submit()
    with pytest.raises(LimitError):
        submit()
