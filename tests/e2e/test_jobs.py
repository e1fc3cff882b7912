"""Long work in the browser: it is watched, found again, stopped, and run again after a crash."""

import pytest

from tests.e2e import steps
from tests.e2e.compute import held

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def compute(address, data_dir):
    with held(data_dir) as process:
        yield process


def begin(page, address):
    """A run that waits; its id."""
    steps.use_sample(page, address)
    steps.find_changes(page)
    page.get_by_text("Waiting: next in line").wait_for()
    return steps.query(page, "job")


def files_of(data_dir, job):
    return [data_dir / place / job for place in ("jobs", "results", "previews")]


def test_a_reload_in_mid_run_and_a_second_tab_find_the_run_again(
    address, data_dir, compute, new_page
):
    page, other = new_page(user="anna"), new_page(user="anna")
    job = begin(page, address)
    share = compute.hold_in(job)
    assert 0 < share < 1
    page.reload()
    steps.heading(page, "Compare")
    bar = page.get_by_role("progressbar").first
    bar.wait_for()
    assert float(bar.get_attribute("aria-valuenow")) == pytest.approx(100 * share, abs=1)
    other.goto(f"{address}/history")
    steps.stop_button(other).wait_for()
    assert steps.query(page, "job") == job
    assert not (data_dir / "results" / job).exists()

    compute.let_go()
    steps.result(page)
    other.get_by_role("link", name="ZIP", exact=True).wait_for()
    assert steps.query(page, "job") == job
    assert page.complaints == other.complaints == []


def test_a_run_is_stopped_while_it_waits_and_while_it_does_not_listen(
    address, data_dir, compute, page
):
    waiting = begin(page, address)
    steps.stop_button(page).click()
    page.get_by_text("It was stopped. Nothing was written.").wait_for()
    steps.run_again(page)
    page.get_by_text("Waiting: next in line").wait_for()
    running = steps.query(page, "job")
    assert running != waiting
    compute.hold_in(running)
    page.get_by_text("Waiting: next in line").wait_for(state="detached")
    steps.stop_button(page).click()
    page.get_by_text("It was stopped. Nothing was written.").wait_for()
    assert compute.status(running) == "cancelled"
    left = [path for job in (waiting, running) for path in files_of(data_dir, job)]
    assert [path for path in left if path.exists()] == []
    assert page.complaints == []


def test_a_run_whose_process_was_killed_is_run_again_with_one_click(address, compute, page):
    lost = begin(page, address)
    compute.hold_in(lost)
    compute.kill()
    page.get_by_text("The process that ran this job ended before the job did.").wait_for()
    steps.run_again(page)
    steps.result(page)
    again = steps.query(page, "job")
    assert again != lost
    asked = "SELECT params FROM jobs WHERE id = ?"
    assert compute.ask(asked, again) == compute.ask(asked, lost)
    assert page.complaints == []


def test_watching_a_run_asks_for_a_few_words_and_runs_no_page(address, compute, page):
    said = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _frame: said.append(1)))
    begin(page, address)
    steps.calm(page)
    said.clear()
    for _turn in range(4):
        with page.expect_response("**/progress/jobs/*") as caught:
            pass
    assert caught.value.json() == {
        "is_active": True, "share_pct": 0, "words": "Waiting: next in line",
    }  # fmt: skip
    assert not said
    compute.let_go()
    steps.result(page)
    assert said
    assert page.complaints == []


def test_a_page_whose_server_is_out_of_reach_says_so_and_goes_on_by_itself(address, compute, page):
    begin(page, address)
    page.route("**/progress/**", lambda route: route.abort("connectionreset"))
    page.get_by_text("The server does not answer; trying again").wait_for()
    compute.let_go()
    page.unroute_all()
    steps.result(page)


def test_two_tabs_draw_in_one_project_and_lose_nothing(address, new_page):
    first, second = new_page(user="berta"), new_page(user="berta")
    steps.use_sample(first, address)
    second.goto(first.url)
    steps.first_tiles(second)
    for page, at in ((first, 0.2), (second, 0.6)):
        steps.calm(page)
        steps.draw_shares(page, (at, 0.75), (at + 0.2, 0.9))
        page.get_by_text("Area 2: ").first.wait_for()
    for page in (first, second):
        page.reload()
        steps.first_tiles(page)
        assert sorted(steps.areas(page)) == ["Area 2", "Area 2", "Area of interest"]
        assert page.complaints == []
