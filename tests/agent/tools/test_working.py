"""Tools that begin, follow and stop work, and that write files."""

from dataclasses import replace

import pytest

from agent.tools import registry
from tests.agent.tools.desks import Bench


def ask(desk, name, **arguments):
    return registry.call(registry.discover()[name], desk, arguments)


def test_short_work_begins_at_once(working, bench):
    told = ask(working, "start_work", kind="count", thing="tree")
    assert told.plan.standing == "running"
    assert bench.begun == ["count  tree aoi"]
    assert working.plans == [told.plan]


@pytest.mark.parametrize("bench", [Bench(31.0), Bench(1.0, needs_yes=True)])
def test_long_work_waits_for_a_yes(working, bench):
    told = ask(working, "start_work", kind="count", thing="tree")
    assert (told.plan.job, bench.begun) == ("", [])
    agreed = ask(working, "start_work", kind="count", thing="tree", confirmed=True)
    assert agreed.plan.job
    assert working.plans == [agreed.plan]


def test_nobody_can_have_agreed_to_long_work_that_was_not_shown(cases, working):
    bench = Bench(31.0)
    desk = replace(working, work=bench)
    told = ask(desk, "start_work", kind="count", thing="tree", confirmed=True)
    assert bench.begun == []
    assert told.plan.standing == "planned"


@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": "count", "thing": "huts"},
        {"kind": "count", "thing": "hut", "method": "bright", "place": "Yard West"},
        {"kind": "compare"},
        {"kind": "compare", "method": "cva"},
    ],
)
def test_a_finished_result_is_used_first(working, bench, wanted):
    told = ask(working, "start_work", **wanted)
    assert bench.begun == []
    assert told.plan is None
    assert "finished result" in told.notes[0]
    assert [one.fact.name for one in told.facts] == ["result", "result_made_on"]


@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": "count"},
        {"kind": "count", "thing": "hut", "method": "like_this"},
        {"kind": "count", "thing": "hut", "place": "Elsewhere"},
        {"kind": "compare", "method": "irmad"},
        {"kind": "segment"},
    ],
)
def test_work_that_no_result_holds_begins(working, bench, wanted):
    ask(working, "start_work", **wanted)
    assert len(bench.begun) == 1


def test_work_is_planned_for_a_place_by_its_own_name(working):
    told = ask(working, "start_work", kind="count", thing="tree", place="YARD west")
    assert told.plan.asked.place == "Yard West"


def test_the_same_work_is_begun_once_and_listed_once(working, bench):
    for _ in range(2):
        ask(working, "start_work", kind="count", thing="tree")
    assert len(bench.begun) == len(working.plans) == 1


def test_what_cannot_be_run_is_refused_in_the_words_of_the_app(working):
    told = ask(working, "start_work", kind="count", thing="unicorn")
    assert told.refusal.reason == "not_allowed"
    assert "'unicorn'" in told.quoted[0]
    assert told.quoted[0].endswith("needs examples.")


def test_without_a_worker_nothing_begins(desk):
    for name, wanted in (
        ("start_work", {"kind": "compare"}),
        ("check_work", {}),
        ("cancel_work", {}),
    ):
        assert ask(desk, name, **wanted).refusal.reason == "not_allowed"


def test_work_is_followed_and_stopped_by_its_job_or_the_newest(working):
    first = ask(working, "start_work", kind="count", thing="tree").plan
    newest = ask(working, "start_work", kind="count", thing="car").plan
    assert ask(working, "check_work").plan.job == newest.job
    assert ask(working, "check_work", job=first.job).plan.job == first.job
    assert ask(working, "cancel_work").plan.standing == "cancelled"
    assert {plan.job: plan.standing for plan in working.plans} == {
        first.job: "running",
        newest.job: "cancelled",
    }


def test_work_of_others_is_not_there(working, bench):
    other = bench.begin(
        bench.plan(type("Asked", (), dict.fromkeys(["kind", "method", "thing", "place"], "x"))())
    )
    assert ask(working, "check_work", job=other.job).refusal.reason == "no_result"
    assert ask(working, "cancel_work", job=other.job).refusal.reason == "no_result"
    assert bench.standing(other.job).standing == "running"


@pytest.mark.parametrize("file_format", ["html", "docx"])
def test_a_report_is_written_where_reports_may_be(desk, file_format):
    told = ask(desk, "write_report", format=file_format, question="How many huts are new?")
    assert told.refusal is None
    assert [path.name for path in desk.out_dir.iterdir()] == list(told.files)
    assert told.files[0].endswith(file_format)


@pytest.mark.parametrize(
    ("tag", "written"), [("de", "de"), ("DE-at", "de"), ("xx", "en"), ("../..", "en")]
)
def test_a_report_is_in_a_language_there_is(desk, tag, written):
    told = ask(desk, "write_report", language=tag, style="short")
    assert told.files == (f"report-short-{written}.html",)


def test_no_report_is_written_where_none_may_be(desk):
    for kept in (replace(desk, out_dir=None), replace(desk, folders={})):
        assert ask(kept, "write_report").refusal.reason == "not_allowed"
    assert list(desk.out_dir.iterdir()) == []


class Camera:
    """A model that takes images and says the same of everything."""

    def __init__(self):
        self.seen = []

    def __call__(self, cutouts):
        self.seen += [one.item for one in cutouts]
        return "A bright roof where there was bare ground."


def test_things_are_looked_at_by_a_model_that_takes_images(desk):
    camera = Camera()
    looking = replace(desk, look=camera)
    hut = ask(desk, "find_largest", subject="hut", state="appeared").facts[0]
    told = ask(looking, "describe_appearance", objects=list(hut.items))
    assert told.reading == "A bright roof where there was bare ground."
    assert camera.seen == list(hut.items)
    ask(looking, "describe_appearance")
    assert camera.seen == list(hut.items) * 2


def test_without_such_a_model_or_a_thing_nothing_is_looked_at(desk):
    assert ask(desk, "describe_appearance").refusal.reason == "ambiguous"
    assert ask(desk, "describe_appearance", objects=[1]).refusal.reason == "not_allowed"


def test_a_plan_made_while_answering_is_not_agreed_to_in_the_same_question(working):
    bench = Bench(31.0)
    desk = replace(working, work=bench, shown_plans=frozenset())
    ask(desk, "start_work", kind="count", thing="tree")
    told = ask(desk, "start_work", kind="count", thing="tree", confirmed=True)
    assert (told.plan.standing, bench.begun) == ("planned", [])
    seen = replace(desk, shown_plans=frozenset({told.plan.id}))
    assert ask(seen, "start_work", kind="count", thing="tree", confirmed=True).plan.job
